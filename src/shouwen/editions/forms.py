"""What a person can send to the pages of the editions: read once here, into values that cannot be wrong."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shouwen.people.forms import ActForm
from shouwen.standard.plain_values import UNITS, PlainValue, changed

_BARS = ("|", "｜")
HEAD = ("title", "wording")
POLICIES = ("freeze", "rejudge_open", "rejudge_from")


class StartForm(ActForm):
    """A new draft and what it is called."""

    name = forms.CharField(
        max_length=60, error_messages={"required": gettext_lazy("给草案起个名字")}
    )


class RevisionForm(ActForm):
    """An act on the draft as it was when the page was shown."""

    revision = forms.IntegerField(min_value=1)


class RefuseForm(ActForm):
    """Why an edition is sent back."""

    reason = forms.CharField(
        max_length=300, error_messages={"required": gettext_lazy("写上退回的原因")}
    )


class UploadForm(RevisionForm):
    """A zip archive of a pack."""

    file = forms.FileField(error_messages={"required": gettext_lazy("选一个 zip 文件")})


@dataclass
class VersionForm:
    """The plain values of a rule version as they were sent; `errors` by the name of the field.

    `taken`: first days of versions that are published.
    """

    sent: Mapping[str, str]
    today: date
    taken: Collection[date] = ()
    errors: dict[str, str] = field(default_factory=dict)

    def table(
        self, base: Mapping[str, Any], values: Sequence[PlainValue], reasons: Sequence[str]
    ) -> dict[str, Any]:
        """The version as the file will say it: `base` with what was sent. Look at `errors` afterwards."""
        day = self._first_day()
        fresh = changed(base, {each.path: self._value(each, reasons) for each in values})
        for name in ("on_change", "rejudge_from", "withdrawn"):
            fresh.pop(name, None)
        policy = self._choice("on_change", POLICIES)
        if policy not in ("", "freeze"):
            fresh["on_change"] = policy
        if policy == "rejudge_from":
            fresh["rejudge_from"] = self._day("rejudge_from", _("写明重判哪天以后开始的"))
        if self.sent.get("withdrawn") == "true":
            fresh["withdrawn"] = True
        limit = fresh.get("limit")
        if isinstance(limit, dict) and limit.get("unit") != "working_days":
            fresh.pop("reading", None)  # there is nothing to read in natural time
        return {"from": day, **{name: value for name, value in fresh.items() if name != "from"}}

    def head(self) -> dict[str, Any]:
        """Title and wording, where they were sent."""
        found = {}
        for name in HEAD:
            words = {
                tongue: self.sent.get(f"head.{name}.{tongue}", "").strip()
                for tongue in ("zh", "en")
            }
            if not any(f"head.{name}.{tongue}" in self.sent for tongue in words):
                continue
            for tongue, said in words.items():
                if not said:
                    self.errors[f"head.{name}.{tongue}"] = _("不能空着")
            found[name] = words
        return found

    def _value(self, value: PlainValue, reasons: Sequence[str]) -> Any:  # noqa: C901 - one line for each shape
        name = ".".join(value.path)
        match value.shape:
            case "limit":
                return self._limit(name, value)
            case "number":
                return self._number(name, value)
            case "yes_no":
                chosen = self._choice(name, ("true", "false")) == "true"
                return None if value.value is None and chosen == value.default else chosen
            case "choice":
                chosen_word = self._choice(name, value.options)
                is_default = value.value is None and chosen_word == (value.default or "")
                return None if is_default or not chosen_word else chosen_word
            case "lines":
                return self._required(name, value, self._lines(name))
            case "texts":
                return self._required(name, value, self._texts(name))
            case "items":
                return self._required(name, value, self._items(name, value.value or ()))
            case "pauses":
                return self._pauses(name, value.value or (), reasons) or None

    def _first_day(self) -> date | None:
        day = self._day("from", _("写明从哪天起"))
        if day is not None and day in self.taken:
            self.errors["from"] = _("那天已有发布过的版本，换一天")
        elif day is not None and day < self.today:
            self.errors["from"] = _("那天已经过去，写今天或以后")
        return day

    def _day(self, name: str, missing: str) -> date | None:
        try:
            return date.fromisoformat(self.sent.get(name, ""))
        except ValueError:
            self.errors[name] = missing
            return None

    def _choice(self, name: str, options: Sequence[str]) -> str:
        chosen = self.sent.get(name, "")
        if chosen and chosen not in options:
            self.errors[name] = _("没有这个选项")
        return chosen

    def _limit(self, name: str, value: PlainValue) -> dict[str, Any] | None:
        number = self._plain_number(f"{name}.value", is_required=value.required)
        unit = self._choice(f"{name}.unit", UNITS)
        return None if number is None else {"value": number, "unit": unit}

    def _number(self, name: str, value: PlainValue) -> float | int | None:
        number = self._plain_number(name, is_required=value.required)
        return None if value.value is None and number == value.default else number

    def _plain_number(self, name: str, *, is_required: bool) -> float | int | None:
        text = self.sent.get(name, "").strip()
        if not text:
            if is_required:
                self.errors[name] = _("写一个数")
            return None
        try:
            number = float(text)
        except ValueError:
            self.errors[name] = _("写一个数")
            return None
        return int(number) if number.is_integer() and "." not in text else number

    def _required(self, name: str, value: PlainValue, found: list[Any]) -> list[Any] | None:
        if found or value.required:
            return found
        return None if value.value is None else found or None

    def _lines(self, name: str) -> list[str]:
        return [line.strip() for line in self.sent.get(name, "").splitlines() if line.strip()]

    def _parted(self, name: str, parts: int, hint: str) -> list[list[str]]:
        found = []
        for number, line in enumerate(self._lines(name), 1):
            pieces = [piece.strip() for piece in line.replace(_BARS[1], _BARS[0]).split("|")]
            if len(pieces) != parts or not all(pieces):
                self.errors[name] = _("第 %(line)s 行应写成：%(hint)s") % {
                    "line": number,
                    "hint": hint,
                }
                continue
            found.append(pieces)
        return found

    def _texts(self, name: str) -> list[dict[str, str]]:
        return [{"zh": zh, "en": en} for zh, en in self._parted(name, 2, _("中文 | English"))]

    def _items(self, name: str, before: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
        """What an entry says besides its title stays with its name."""
        known = {each["id"]: each for each in before}
        return [
            {**known.get(id_, {}), "id": id_, "title": {"zh": zh, "en": en}}
            for id_, zh, en in self._parted(name, 3, _("名字 | 中文 | English"))
        ]

    def _pauses(
        self, name: str, before: Sequence[Mapping[str, Any]], reasons: Sequence[str]
    ) -> list[dict[str, Any]]:
        known = {each["reason"]: each for each in before}
        return [
            self._pause(f"{name}.{reason}", known.get(reason, {"reason": reason}))
            for reason in reasons
            if self.sent.get(f"{name}.{reason}.allowed") == "true"
        ]

    def _pause(self, name: str, before: Mapping[str, Any]) -> dict[str, Any]:
        pause = {key: value for key, value in before.items() if key not in ("evidence", "longest")}
        if self.sent.get(f"{name}.evidence") == "true":
            pause["evidence"] = True
        longest = self._plain_number(f"{name}.longest.value", is_required=False)
        if longest is not None:
            pause["longest"] = {
                "value": longest,
                "unit": self._choice(f"{name}.longest.unit", UNITS),
            }
        return pause
