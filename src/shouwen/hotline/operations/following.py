"""After a call: promises written down, the matter handed on, or the case closed with its answer."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime

from shouwen.cases import operations as cases
from shouwen.cases.models import Case, CaseGap, CaseKind
from shouwen.cases.operations import part_of
from shouwen.core.calls import CallRecord
from shouwen.core.gathering import Gathered
from shouwen.core.kinds.clock import ClockRule, ClockVersion, duration_of
from shouwen.core.text.moments import end_of
from shouwen.core.text.promising import Promised
from shouwen.core.timing.calendar import YearNotPublished
from shouwen.core.timing.deadlines import due_at
from shouwen.core.timing.durations import Duration
from shouwen.hotline.operations.reading import at_of
from shouwen.hotline.queries import readable_standard
from shouwen.people.models import Department, Staff
from shouwen.standard.pack import Pack

# Matters that a department takes on; everything else stays with whoever was asked.
HANDED_ON = frozenset(
    {CaseKind.COMPLAINT, CaseKind.REPAIR, CaseKind.ALARM, CaseKind.NETWORK_FAULT}
)


@dataclass(frozen=True, slots=True)
class Aftermath:
    """A call, its case and what was said on it; `now` is when we hear of it."""

    case: Case
    call: CallRecord
    said: Gathered
    staff: Staff
    now: datetime
    source: str

    def act(self, name: str) -> uuid.UUID:
        """The id of one act of this call: always the same."""
        return part_of(self.case.pk, name)

    @property
    def ended_at(self) -> datetime:
        """When the call was over."""
        return at_of(self.call, None)


class NoLimitForPromises(LookupError):
    """The standard has no clock for promises, or cannot be read."""


def follow_through(after: Aftermath) -> None:
    """Does what the call calls for: promises, deferral, hand-over, or answer and closing."""
    promised = _write_promises(after)
    if after.said.deferred:
        _defer(after)
    if after.case.kind in HANDED_ON or "visit" in promised:
        _hand_on(after)
    elif not promised and not after.said.deferred:
        _answer_and_close(after)


def _write_promises(after: Aftermath) -> frozenset[str]:
    """One promise of a kind at most; gives back the kinds that were promised."""
    said = after.said
    made = [said.promised_call_back, said.promised_answer, said.promised_visit]
    return frozenset(promise.kind for promise in made if promise and _write(after, promise))


def _write(after: Aftermath, promise: Promised) -> bool:
    said_at = at_of(after.call, after.call.turns[promise.turn].end)
    try:
        kept_by = _kept_by(promise, said_at=said_at, now=after.now)
    except (YearNotPublished, NoLimitForPromises):
        CaseGap.objects.get_or_create(
            case=after.case, code="calendar", defaults={"flagged_at": after.now}
        )
        return True
    cases.make_promise(
        act_id=after.act(f"promise:{promise.kind}"),
        case_id=after.case.pk,
        by=after.staff,
        kind=promise.kind,
        words=promise.words,
        due_at=kept_by,
        at=said_at,
        now=after.now,
        source=after.source,
    )
    if _is_appointment(promise) and promise.by and promise.by.starts_at:
        cases.agree_time(
            act_id=after.act("agreed"),
            case_id=after.case.pk,
            by=after.staff,
            agreed_at=promise.by.starts_at,
            at=said_at,
            now=after.now,
        )
    return True


def _is_appointment(promise: Promised) -> bool:
    """A time agreed with the customer; being put off until tomorrow is none."""
    return promise.kind == "visit" and not promise.is_put_off


def _kept_by(promise: Promised, *, said_at: datetime, now: datetime) -> datetime:
    """When a promise is due: as it was said, else within the limit of the standard.

    Raises YearNotPublished when only a working calendar could tell and it is not there.
    """
    pack = readable_standard()
    if pack is None:
        raise NoLimitForPromises
    calendar = pack.calendar
    named = end_of(moment=promise.by, said_at=said_at, calendar=calendar) if promise.by else None
    if named and named > said_at:
        return named
    limit = limit_of_promises(pack, on=calendar.day_of(said_at))
    return due_at(start=said_at, duration=limit, calendar=calendar, now=now)


def limit_of_promises(pack: Pack, *, on: date) -> Duration:
    """Within what time the standard wants a promise kept that named no time itself."""
    for rule in pack.rules.values():
        version = rule.on(on) if isinstance(rule, ClockRule) else None
        if not isinstance(version, ClockVersion) or "promise.made" not in version.start.on:
            continue
        if version.limit is not None:
            return duration_of(version.limit, version.reading)
    raise NoLimitForPromises


def _defer(after: Aftermath) -> None:
    promise = after.said.promised_call_back or after.said.promised_answer
    seconds = after.call.turns[promise.turn].end if promise else None
    cases.report(
        act_id=after.act("deferred"),
        case_id=after.case.pk,
        what="deferred",
        by=after.staff,
        at=at_of(after.call, seconds),
        now=after.now,
        data={
            "name_recorded": bool(after.case.customer or after.case.caller_name),
            "phone_recorded": bool(after.case.caller_phone),
            "apology": after.said.apologised,
        },
        source=after.source,
    )


def _hand_on(after: Aftermath) -> None:
    """Offers the case to the department of its matter; without one it stays where it is."""
    department = after.case.department
    if department is None or department == after.staff.department:
        return
    cases.offer_handover(
        act_id=after.act("handed-on"),
        case_id=after.case.pk,
        by=after.staff,
        to_department=Department.objects.get(pk=department.pk),
        note=after.case.said,
        at=after.ended_at,
        now=after.now,
        source=after.source,
    )


def _answer_and_close(after: Aftermath) -> None:
    if after.case.kind != CaseKind.FOLLOW_UP:
        cases.answer_customer(
            act_id=after.act("answered"),
            case_id=after.case.pk,
            by=after.staff,
            channel="phone",
            content="电话里当场答复",
            at=after.ended_at,
            now=after.now,
            source=after.source,
        )
    cases.close_case(
        act_id=after.act("closed"),
        case_id=after.case.pk,
        by=after.staff,
        at=after.ended_at,
        now=after.now,
        source=after.source,
    )
