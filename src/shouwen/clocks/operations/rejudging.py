"""Judging clocks anew: the only way a clock row changes."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from django.db import connection, transaction

from shouwen.clocks.models import Clock, Interval
from shouwen.clocks.operations.beginning import has_chains, record_starts
from shouwen.clocks.operations.ruling import settle
from shouwen.clocks.queries.judgements import (
    History,
    Judgement,
    columns,
    differing,
    history,
    judgements,
)
from shouwen.clocks.queries.rulings import ruling_of
from shouwen.core.events import Subject
from shouwen.core.verdict import Gap, Met, Missed
from shouwen.jobs.operations import enqueue
from shouwen.journal.operations import record
from shouwen.journal.queries import entry_with_id
from shouwen.standard.faults import PackFaults

TURNED = "clocks.turned"
"""Kind of the job that is asked for when a clock is warned of or missed and somebody still waits."""
ALARMING = ("clock.warned", "clock.missed")


@dataclass(frozen=True, slots=True)
class Answering:
    """Who answers for a subject: a staff number and the code of a department; empty for nobody."""

    owner_no: str = ""
    department: str = ""


NOBODY = Answering()


@transaction.atomic
def rejudge(*, subject: Subject, now: datetime) -> None:
    """Computes every clock of the subject from its journal and brings the rows up to date.

    What became true meanwhile (warned, missed, met, a calendar year that is missing) is recorded
    once. `now` is aware UTC. Call it in the transaction that recorded the event. Never refuses.
    """
    try:
        bring_up_to_date(subject=subject, now=now)
    except PackFaults:
        flag_unreadable_standard(subject=subject, now=now)


@transaction.atomic
def bring_up_to_date(*, subject: Subject, now: datetime) -> None:
    """The same for whoever can come again later. Raises PackFaults."""
    alone_with(subject)
    renew(history(subject=subject), now=now)


def renew(past: History, *, now: datetime, answering: Answering = NOBODY) -> None:
    """The same for a history just read by whoever is alone with the subject.

    `answering` is named on clocks of a subject that had none.
    """
    now = past.not_before(now)
    rows = {clock.pk: clock for clock in _rows(past.subject)}
    for row in rows.values():
        answering = Answering(row.owner_no, row.department)
    known = {entry.pk for entry in past.entries}
    fresh, turned = [], False
    for judged in judgements(past, now=now):
        row = _written(past, judged, row=rows.get(judged.clock_id), answering=answering, now=now)
        fresh.append(ruling_of(past, judged, department=row.department, staff_no=row.owner_no))
        turned |= _record_turn(past, judged, known=known, now=now)
    settle(subject=past.subject, fresh=fresh)
    if turned and has_chains(past):
        _begin_what_waited(past.subject, now=now)


def _begin_what_waited(subject: Subject, *, now: datetime) -> None:
    """Starts the clocks that waited for another one to be met or missed, and judges them too."""
    past = history(subject=subject)
    if record_starts(past, facts=past.facts or {}, now=now):
        renew(history(subject=subject), now=now)


def alone_with(subject: Subject) -> None:
    """Waits until no other transaction judges this subject, and keeps others waiting until commit.

    Two requests that record events at once would otherwise each judge without the other's event.
    On SQLite a transaction is alone from its first statement on.
    """
    if connection.vendor != "postgresql":
        return
    number = subject.id.int & (2**63 - 1)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [number])


def flag_unreadable_standard(*, subject: Subject, now: datetime) -> None:
    """Puts on record, once for a subject, that no clock could be judged."""
    flag = uuid5(subject.id, f"case.gap_flagged:{subject.kind}:standard_unreadable")
    if entry_with_id(id=flag):
        return
    record(
        id=flag,
        kind="case.gap_flagged",
        subject=subject,
        happened_at=now,
        now=now,
        data={"gap": "standard_unreadable"},
    )


def _rows(subject: Subject) -> list[Clock]:
    rows = Clock.objects.filter(subject_kind=subject.kind, subject_id=subject.id)
    return list(rows.prefetch_related("intervals"))


def _written(
    past: History,
    judged: Judgement,
    *,
    row: Clock | None,
    answering: Answering,
    now: datetime,
) -> Clock:
    """The row of a clock, brought up to date."""
    is_new = row is None
    if row is None:
        row = _new(past, judged, answering=answering)
    elif not differing(row, judged) and not _milestone_moved(row, judged):
        return row
    for name, value in columns(judged).items():
        setattr(row, name, value)
    row.remaining_seconds = judged.standing.remaining_seconds
    row.next_milestone = judged.standing.next_milestone
    row.next_milestone_at = judged.standing.next_milestone_at
    row.pack_digest = judged.pack_digest
    row.judged_at = now
    row.save(force_insert=is_new)
    _write_intervals(row, judged, is_new=is_new)
    return row


def _new(past: History, judged: Judgement, *, answering: Answering) -> Clock:
    return Clock(
        id=judged.clock_id,
        subject_kind=past.subject.kind,
        subject_id=past.subject.id,
        rule_id=judged.rule_id,
        ordinal=judged.ordinal,
        owner_no=answering.owner_no,
        department=answering.department,
    )


def _milestone_moved(row: Clock, judged: Judgement) -> bool:
    fresh = judged.standing
    return (row.next_milestone, row.next_milestone_at) != (
        fresh.next_milestone,
        fresh.next_milestone_at,
    )


def _write_intervals(row: Clock, judged: Judgement, *, is_new: bool) -> None:
    if not is_new and row.intervals.all():  # read together with the row
        row.intervals.all().delete()
    Interval.objects.bulk_create(
        Interval(
            clock=row,
            started_at=pause.span.start,
            ended_at=pause.span.end,
            reason=pause.reason[:40],
            evidence=pause.evidence[:200],
        )
        for pause in judged.pauses
    )


def _record_turn(past: History, judged: Judgement, *, known: set[UUID], now: datetime) -> bool:
    """Records what became true of a clock, unless that very thing is on record; whether it did."""
    turn = _turn(judged, now=now)
    if turn is None:
        return False
    kind, at, data = turn
    told = uuid5(judged.clock_id, f"{kind}:{data.get('year') or at.isoformat()}")
    if told in known:
        return False
    record(
        id=told,
        kind=kind,
        subject=past.subject,
        happened_at=at,
        now=now,
        data={"clock": str(judged.clock_id), "rule": judged.rule_id, **data},
        standard_version=judged.pack_digest,
    )
    if kind in ALARMING and judged.standing.is_open:
        _tell(told, past.subject, judged, now=now)
    return True


def _tell(told: UUID, subject: Subject, judged: Judgement, *, now: datetime) -> None:
    """Leaves word for whoever escalates: a job for each warning and each miss that still stands."""
    due = judged.standing.due_at
    enqueue(
        kind=TURNED,
        key=f"turned:{told}",
        payload={
            "subject_kind": subject.kind,
            "subject_id": str(subject.id),
            "clock": str(judged.clock_id),
            "due_at": due.isoformat() if due else "",
        },
        run_at=now,
        now=now,
    )


def _turn(judged: Judgement, *, now: datetime) -> tuple[str, datetime, dict[str, Any]] | None:
    stands = judged.standing
    match judged.verdict:
        case Met(at=at, due_at=due):
            return "clock.met", at, {"due_at": due.isoformat() if due else ""}
        case Missed(at=at, due_at=due):
            return "clock.missed", due or at or now, {"due_at": due.isoformat() if due else ""}
        case Gap(year=int(year)):
            return "calendar.year_missing", now, {"year": year}
        case _ if stands.state == "warned" and stands.warn_at and stands.due_at:
            return "clock.warned", stands.warn_at, {"due_at": stands.due_at.isoformat()}
        case _:
            return None
