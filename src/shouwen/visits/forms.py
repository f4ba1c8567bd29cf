"""What phones send and what is pressed on pages about visits, read once."""

import json
import uuid
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from shouwen.people.forms import ActForm
from shouwen.visits.models import Conflict, GiftReport
from shouwen.visits.operations import KINDS, Sent

MOST_EVENTS: Final = 200
MOST_BODY: Final = 1024 * 1024
_MOST_VALUES, _MOST_TEXT = 24, 500
_MOST_OFFSET = 10 * 366 * 24 * 3600


class BadRequest(ValueError):
    """What a phone sent cannot be read; the text is a code."""


def body_of(content: bytes) -> Mapping[str, Any]:
    """The JSON object of a request. Raises BadRequest."""
    if len(content) > MOST_BODY:
        raise BadRequest("too_large")
    try:
        value = json.loads(content or b"{}")
    except (ValueError, RecursionError) as error:
        raise BadRequest("not_json") from error
    if not isinstance(value, dict):
        raise BadRequest("not_an_object")
    return value


def id_in(body: Mapping[str, Any], name: str) -> uuid.UUID:
    """An id that must be there. Raises BadRequest."""
    found = maybe_id(body, name)
    if found is None:
        raise BadRequest(name)
    return found


def maybe_id(body: Mapping[str, Any], name: str) -> uuid.UUID | None:
    """An id that may be missing. Raises BadRequest for what is none."""
    value = body.get(name)
    if value in (None, ""):
        return None
    try:
        return uuid.UUID(str(value))
    except ValueError as error:
        raise BadRequest(name) from error


def sent_events(body: Mapping[str, Any]) -> list[Sent]:
    """The events of a batch. Raises BadRequest: then nothing of it is kept, and the phone keeps all."""
    events = body.get("events")
    if not isinstance(events, list) or len(events) > MOST_EVENTS:
        raise BadRequest("events")
    return [_sent(event) for event in events]


def _sent(event: Any) -> Sent:
    if not isinstance(event, dict) or event.get("kind") not in KINDS:
        raise BadRequest("kind")
    return Sent(
        id=id_in(event, "id"),
        sequence=_number(event, "sequence", 1, 2**31 - 1),
        kind=event["kind"],
        device_at=moment_in(event, "at"),
        offset=_number(event, "offset", -_MOST_OFFSET, _MOST_OFFSET),
        order=maybe_id(event, "order"),
        visit=maybe_id(event, "visit"),
        package=maybe_id(event, "package"),
        base_version=_number(event, "version", 0, 2**31 - 1),
        edition=str(event.get("edition", ""))[:80],
        data=_data(event.get("data", {})),
    )


def moment_in(body: Mapping[str, Any], name: str) -> datetime:
    """An aware instant in UTC. Raises BadRequest."""
    try:
        at = datetime.fromisoformat(str(body.get(name, "")))
        return at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)
    except (ValueError, OverflowError) as error:
        raise BadRequest(name) from error


def _number(body: Mapping[str, Any], name: str, least: int, most: int) -> int:
    value = body.get(name, 0)
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        raise BadRequest(name)
    return value


def _data(data: Any) -> dict[str, str | int | float | bool]:
    """Plain values only. Text that is too long is cut, never refused: what was seen must not be lost."""
    if not isinstance(data, dict) or len(data) > _MOST_VALUES:
        raise BadRequest("data")
    plain: dict[str, str | int | float | bool] = {}
    for name, value in data.items():
        if isinstance(value, str):
            plain[str(name)[:40]] = value.replace("\x00", "")[:_MOST_TEXT]
        elif isinstance(value, bool | int | float) and abs(value) < 2**53:
            plain[str(name)[:40]] = value
        else:
            raise BadRequest("data")
    return plain


class DecideForm(ActForm):
    """Whose side counts, and why."""

    decision = forms.ChoiceField(
        choices=Conflict.Decision.choices, error_messages={"required": _("选按哪一边")}
    )
    remark = forms.CharField(max_length=200, error_messages={"required": _("写一句理由")})


class GiftForm(ActForm):
    """What the superior decides about a gift."""

    decision = forms.ChoiceField(
        choices=GiftReport.Decision.choices, error_messages={"required": _("选一个处理决定")}
    )
    remark = forms.CharField(max_length=200, required=False)


class CodeForm(forms.Form):
    """The code on the badge or the phone of whoever is at the door."""

    shown = forms.RegexField(
        r"^\s*\d{4}\s?\d{4}\s*$", error_messages={"required": _("输入八位数字")}
    )

    @property
    def code(self) -> str:
        """Its digits."""
        return "".join(self.cleaned_data["shown"].split())
