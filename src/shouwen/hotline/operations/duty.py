"""The start of a shift: the lists are looked through before the first call is taken."""

import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction

from shouwen.cases.operations import part_of
from shouwen.core.events import Scalar
from shouwen.hotline.models import AgentState
from shouwen.hotline.operations.agents import set_status
from shouwen.journal.models import Entry
from shouwen.journal.operations import record
from shouwen.people.models import Staff
from shouwen.people.subjects import staff_subject

LONGEST_SHIFT = timedelta(hours=14)
OCCASION = "start_of_shift"


class NotChecked(Exception):
    """The lists of the start of the shift are not in order yet."""


@transaction.atomic
def check_in(
    *,
    act_id: uuid.UUID,
    staff: Staff,
    rules: Sequence[str],
    failed: Sequence[str],
    variant: str,
    began_at: datetime,
    now: datetime,
) -> None:
    """The agent has looked through the lists; `failed` are written `rule.item`.

    `began_at`: when they came on duty, told once a shift.
    """
    if last_of(staff=staff, kind="staff.duty_began", now=now) is None:
        _note(part_of(act_id, "began"), staff, "staff.duty_began", at=began_at, now=now, data={})
    data: dict[str, Scalar] = {
        "occasion": OCCASION,
        "rules": ",".join(rules),
        "of": staff.staff_no,
        "by": staff.staff_no,
        "variant": variant,
        "failed": ",".join(failed),
    }
    _note(act_id, staff, "checklist.done", at=now, now=now, data=data)


@transaction.atomic
def go_ready(
    *,
    act_id: uuid.UUID,
    staff: Staff,
    now: datetime,
    extension: str | None = None,
    by: Staff | None = None,
    reason: str = "",
) -> AgentState:
    """Ready for calls; `by` is the supervisor who says so. Raises NotChecked, ExtensionTaken, OnACall."""
    if not is_checked(staff=staff, now=now):
        raise NotChecked
    state = set_status(
        act_id=act_id, staff=staff, status="ready", now=now, extension=extension, by=by,
        reason=reason,
    )  # fmt: skip
    if last_of(staff=staff, kind="staff.went_ready", now=now) is None:
        _note(part_of(act_id, "ready"), staff, "staff.went_ready", at=now, now=now, data={})
    return state


def is_checked(*, staff: Staff, now: datetime) -> bool:
    """Whether the lists were in order in this shift, the last time somebody looked."""
    done = last_of(staff=staff, kind="checklist.done", now=now)
    return done is not None and not done.data.get("failed")


def last_of(*, staff: Staff, kind: str, now: datetime) -> Entry | None:
    """The last event of this kind in the shift of `now`."""
    subject = staff_subject(staff.staff_no)
    return (
        Entry.objects.filter(
            subject_kind=subject.kind,
            subject_id=subject.id,
            kind=kind,
            happened_at__gt=now - LONGEST_SHIFT,
        )
        .order_by("happened_at", "recorded_at", "id")
        .last()
    )


def last_variant(*, staff: Staff) -> str:
    """Whether the lists for men or for women were ticked the last time."""
    subject = staff_subject(staff.staff_no)
    rows = Entry.objects.filter(
        subject_kind=subject.kind, subject_id=subject.id, kind="checklist.done"
    )
    last = rows.order_by("happened_at").last()
    return str(last.data.get("variant", "")) if last else ""


def _note(
    act_id: uuid.UUID,
    staff: Staff,
    kind: str,
    *,
    at: datetime,
    now: datetime,
    data: dict[str, Scalar],
) -> None:
    record(
        id=act_id,
        kind=kind,
        subject=staff_subject(staff.staff_no),
        happened_at=at,
        now=now,
        actor=staff.staff_no,
        data=data,
    )
