"""Comparing every cached row with a fresh computation, and mending those that differ."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from shouwen.clocks.models import Clock, Ruling
from shouwen.clocks.operations.rejudging import rejudge
from shouwen.clocks.operations.ruling import take_back
from shouwen.clocks.queries.judgements import History, Judgement, differing, history, judgements
from shouwen.clocks.queries.rulings import changed, ruling_of
from shouwen.core.events import Subject
from shouwen.jobs.models import Job
from shouwen.journal.models import Entry

BATCH = 500
GRACE = timedelta(seconds=60)
"""How long a milestone may wait for ticker and worker before it counts as a difference."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A clock whose row, or a ruling that, is not what journal, standard and calendar give.

    `columns` names where; those of the ruling begin with "ruling".
    """

    subject: Subject
    clock_id: UUID
    rule_id: str
    columns: tuple[str, ...]


Recomputing = Callable[[bool, datetime], Iterator[Difference]]
"""Takes `check` and `now` (UTC) as `recompute` does."""

_others: dict[str, Recomputing] = {}


def also_recompute(subject_kind: str) -> Callable[[Recomputing], Recomputing]:
    """Registers who compares the rulings on subjects that no clock runs for."""

    def register(function: Recomputing) -> Recomputing:
        _others[subject_kind] = function
        return function

    return register


def recompute(*, check: bool, now: datetime) -> Iterator[Difference]:
    """Every difference, subject by subject; unless `check`, each is mended as it is found.

    Reads only when checking, and holds no lock over more than one subject. A row that has no entry
    in the journal, or the other way round, is a difference in "row". Raises PackFaults.
    """
    for subject in subjects():
        found = _differences(history(subject=subject), now=now)
        yield from found
        if found and not check:
            _mend(subject, found, now=now)
    for others in _others.values():
        yield from others(check, now)


def subjects() -> Iterator[Subject]:
    """Everything that has a clock in the journal, a row or a ruling, in the order of its id."""
    journalled = Entry.objects.filter(kind="clock.started").values_list(
        "subject_kind", "subject_id"
    )
    rows = Clock.objects.values_list("subject_kind", "subject_id")
    ruled = Ruling.objects.exclude(subject_kind__in=_others).values_list(
        "subject_kind", "subject_id"
    )
    found = journalled.order_by().union(rows.order_by(), ruled.order_by())
    for kind, id_ in found.order_by("subject_id").iterator():
        yield Subject(kind, id_)


def _differences(past: History, *, now: datetime) -> list[Difference]:
    about = {"subject_kind": past.subject.kind, "subject_id": past.subject.id}
    clocks = Clock.objects.filter(**about).prefetch_related("intervals")
    rows = {row.pk: row for row in clocks}
    ruled = {row.pk: row for row in Ruling.objects.filter(**about)}
    found = []
    for judged in judgements(past, now=now):
        row, ruling = rows.pop(judged.clock_id, None), ruled.pop(judged.clock_id, None)
        columns = _columns(past, judged, row, ruling)
        if columns and not (row and _is_on_its_way(row, now=now)):
            found.append(Difference(past.subject, judged.clock_id, judged.rule_id, columns))
    for stray in rows.keys() | ruled.keys():
        columns = tuple(
            name for name, known in (("row", rows), ("ruling", ruled)) if stray in known
        )
        rule_id = (rows.get(stray) or ruled[stray]).rule_id
        found.append(Difference(past.subject, stray, rule_id, columns))
    return found


def _columns(
    past: History, judged: Judgement, row: Clock | None, ruling: Ruling | None
) -> tuple[str, ...]:
    """Where a clock and its ruling differ from the fresh judgement."""
    clock = ("row",) if row is None else differing(row, judged)
    if ruling is None:
        return (*clock, "ruling")
    return (*clock, *(f"ruling.{name}" for name in changed(ruling, ruling_of(past, judged))))


def _is_on_its_way(row: Clock, *, now: datetime) -> bool:
    """A milestone has just passed; ticker or worker is about to see to it."""
    if row.next_milestone_at is not None:
        return row.next_milestone_at <= now < row.next_milestone_at + GRACE
    jobs = Job.objects.filter(key__startswith=f"clock:{row.pk}:", run_at__gt=now - GRACE)
    return jobs.filter(state__in=(Job.State.READY, Job.State.RUNNING)).exists()


def _mend(subject: Subject, found: list[Difference], *, now: datetime) -> None:
    rejudge(subject=subject, now=now)
    left = {each.clock_id for each in _differences(history(subject=subject), now=now)}
    stray = [each.clock_id for each in found if each.clock_id in left]
    Clock.objects.filter(pk__in=stray).delete()
    take_back(rulings=Ruling.objects.filter(pk__in=stray))
