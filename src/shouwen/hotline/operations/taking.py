"""Taking one recorded call: the call, its case, clocks, promises and verdicts in one transaction."""

import uuid
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction

from shouwen.cases.operations import entered_late, open_case, part_of
from shouwen.core.calls import CallRecord
from shouwen.core.events import Scalar, Subject
from shouwen.hotline.models import Call, CallVerdict
from shouwen.hotline.operations.following import Aftermath, follow_through
from shouwen.hotline.operations.reading import listen, new_case_of
from shouwen.hotline.operations.ruling import rule_on_call
from shouwen.hotline.queries import find_caller, readable_standard
from shouwen.journal.operations import record
from shouwen.people.models import Staff
from shouwen.people.operations import unknown_staff
from shouwen.standard.judging import judge_calls

CALL_SPACE = uuid.UUID("0d6c4f4a-9a34-5b6b-8f0e-6c1d9a1b77aa")
# The column holds no more; nobody waits that long.
MOST_RINGS = 32_767


class OtherContent(Exception):
    """A call with this id is on record and says something else."""


@dataclass(frozen=True, slots=True)
class Taken:
    """A call that was taken now: its case, the verdicts on it, what was missing."""

    call_id: str
    case_number: str
    kept: int
    broken: int
    gaps: tuple[str, ...]


@transaction.atomic
def take_call(
    *, call: CallRecord, digest: str, shift: timedelta, now: datetime, source: str = "replay"
) -> Taken | None:
    """Takes the call as if it had just been spoken; None when it was taken before.

    `shift` moves every instant of the call; `digest` identifies its content. Whatever is
    missing (an unknown number, a name, a staff number, even a standard that can be read)
    becomes a gap of the case, never a refusal. Raises OtherContent when the id is on record with another digest.
    """
    there = Call.objects.filter(call_id=call.call_id).first()
    if there:
        if there.digest != digest:
            raise OtherContent(call.call_id)
        return None
    moved = replace(call, started_at=(call.started_at + shift).astimezone(UTC))
    staff, gaps = _taker(call.staff_no)
    row = _write_call(call=moved, digest=digest, staff=staff)
    _journal_call(call=moved, row=row, now=now, source=source)
    said = listen(call=moved)
    new = new_case_of(
        call=moved,
        said=said,
        case_id=part_of(row.id, "case"),
        staff=staff,
        caller=find_caller(call=moved),
        gaps=gaps,
    )
    with entered_late(now=now):
        case = open_case(new=new, now=now, zone=_zone(), source=source)
        row.case = case
        row.save(update_fields=["case"])
        follow_through(Aftermath(case, moved, said, staff, now, source))
    kept, broken = _judge(row=row, call=call)
    return Taken(call.call_id, case.number, kept, broken, (*new.missing, *new.unsettled))


def _zone() -> ZoneInfo:
    """The zone in which days are counted: the standard's, else the installation's."""
    pack = readable_standard()
    return pack.calendar.zone if pack else ZoneInfo(settings.TIME_ZONE)


def _taker(staff_no: str) -> tuple[Staff, list[str]]:
    staff = Staff.objects.select_related("department").filter(staff_no=staff_no).first()
    if staff:
        return staff, []
    return unknown_staff(staff_no=staff_no), ["staff"]


def _write_call(*, call: CallRecord, digest: str, staff: Staff) -> Call:
    began_at, answered, ended = call.started_at, call.answered_after, call.ended_after
    return Call.objects.create(
        id=uuid.uuid5(CALL_SPACE, call.call_id),
        call_id=call.call_id,
        digest=digest,
        direction=call.direction,
        kind=call.kind,
        staff=staff,
        number=call.customer.phone if call.customer else "",
        rang_at=began_at,
        answered_at=None if answered is None else began_at + timedelta(seconds=answered),
        ended_at=None if ended is None else began_at + timedelta(seconds=ended),
        ended_by=call.hung_up_by[:10],
        rings=min(MOST_RINGS, sum(1 for event in call.events if event.type == "ring")),
        turns=[
            {"start": turn.start, "end": turn.end, "speaker": turn.speaker, "text": turn.text}
            for turn in call.turns
        ],
    )


_EVENTS = {
    "answer": "call.answered",
    "hold": "call.held",
    "resume": "call.resumed",
    "transfer": "call.transferred",
    "hangup": "call.ended",
}


def _journal_call(*, call: CallRecord, row: Call, now: datetime, source: str) -> None:
    subject, began_at = Subject("call", row.id), call.started_at
    record(
        id=row.id,
        kind="call.rang",
        subject=subject,
        happened_at=began_at,
        now=now,
        source=source,
    )
    for place, event in enumerate(call.events):
        if event.type in _EVENTS:
            data: dict[str, Scalar] = {"by": event.by, "cause": event.cause}
            record(
                id=part_of(row.id, f"{event.type}:{place}"),
                kind=_EVENTS[event.type],
                subject=subject,
                happened_at=began_at + timedelta(seconds=event.t),
                now=now,
                actor=call.staff_no,
                data={name: value for name, value in data.items() if value},
                source=source,
            )


def _judge(*, row: Call, call: CallRecord) -> tuple[int, int]:
    pack = readable_standard()
    findings = judge_calls(pack=pack, call=call) if pack else ()
    CallVerdict.objects.bulk_create(
        CallVerdict(
            call=row,
            rule_id=finding.rule_id,
            ordinal=ordinal,
            clause=finding.clause,
            verdict=finding.verdict,
            turn=finding.turn,
            why_zh=finding.why.zh[:300],
            why_en=finding.why.en[:300],
            parts=list(finding.parts),
            measured=finding.measured,
        )
        for ordinal, finding in enumerate(findings, start=1)
    )
    if pack:
        rule_on_call(call=row, pack=pack)
    kept = sum(1 for finding in findings if finding.verdict == "kept")
    return kept, sum(1 for finding in findings if finding.verdict == "broken")
