"""Comparing every cached row with a fresh computation, and mending those that differ."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from shouwen.clocks.models import Clock
from shouwen.clocks.operations.rejudging import rejudge
from shouwen.clocks.queries.judgements import History, differing, history, judgements
from shouwen.core.events import Subject
from shouwen.jobs.models import Job
from shouwen.journal.models import Entry

BATCH = 500
GRACE = timedelta(seconds=60)
"""How long a milestone may wait for ticker and worker before it counts as a difference."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A clock whose row is not what journal, standard and calendar give; `columns` names where."""

    subject: Subject
    clock_id: UUID
    rule_id: str
    columns: tuple[str, ...]


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


def subjects() -> Iterator[Subject]:
    """Everything that has a clock in the journal or a row, in the order of its id."""
    journalled = Entry.objects.filter(kind="clock.started").values_list(
        "subject_kind", "subject_id"
    )
    rows = Clock.objects.values_list("subject_kind", "subject_id")
    for kind, id_ in (
        journalled.order_by().union(rows.order_by()).order_by("subject_id").iterator()
    ):
        yield Subject(kind, id_)


def _differences(past: History, *, now: datetime) -> list[Difference]:
    rows = Clock.objects.filter(subject_kind=past.subject.kind, subject_id=past.subject.id)
    stored = {row.pk: row for row in rows.prefetch_related("intervals")}
    found = []
    for judged in judgements(past, now=now):
        row = stored.pop(judged.clock_id, None)
        columns = ("row",) if row is None else differing(row, judged)
        if columns and not (row and _is_on_its_way(row, now=now)):
            found.append(Difference(past.subject, judged.clock_id, judged.rule_id, columns))
    found += [Difference(past.subject, row.pk, row.rule_id, ("row",)) for row in stored.values()]
    return found


def _is_on_its_way(row: Clock, *, now: datetime) -> bool:
    """A milestone has just passed; ticker or worker is about to see to it."""
    if row.next_milestone_at is not None:
        return row.next_milestone_at <= now < row.next_milestone_at + GRACE
    jobs = Job.objects.filter(key__startswith=f"clock:{row.pk}:", run_at__gt=now - GRACE)
    return jobs.filter(state__in=(Job.State.READY, Job.State.RUNNING)).exists()


def _mend(subject: Subject, found: list[Difference], *, now: datetime) -> None:
    rejudge(subject=subject, now=now)
    left = {each.clock_id for each in _differences(history(subject=subject), now=now)}
    Clock.objects.filter(
        pk__in=[each.clock_id for each in found if each.clock_id in left]
    ).delete()
