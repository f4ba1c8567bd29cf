"""Which running clocks another calendar would move, before it is put in force."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby
from uuid import UUID

from django.db.models import Q, QuerySet

from shouwen.clocks.models import Clock
from shouwen.clocks.queries.judgements import History, judgements, pack_of_matter
from shouwen.core.events import Subject
from shouwen.journal.models import Entry
from shouwen.standard.pack import Pack

LOOKED_AT_AT_MOST = 500
_BATCH = 100


@dataclass(frozen=True, slots=True)
class Move:
    """One clock whose due time would change. None: no due time could be given. Instants are UTC."""

    clock: Clock
    old_due_at: datetime | None
    new_due_at: datetime | None


@dataclass(frozen=True, slots=True)
class Moves:
    """What would move: how many clocks were looked at of all that could move, and those that would.

    `after` continues the list; None when it is complete.
    """

    could_move: int
    looked_at: int
    rows: tuple[Move, ...]
    after: UUID | None


def clocks_to_rejudge() -> QuerySet[Clock]:
    """Open clocks that say something about the calendar: its version, or that a year is missing."""
    waits = Q(state__in=(Clock.State.NO_PROMISE, Clock.State.PAUSED))
    return Clock.objects.filter(is_open=True).filter(waits | ~Q(calendar_version=""))


def moves(*, pack: Pack, since: datetime, now: datetime, after: UUID | None = None) -> Moves:
    """Judges by `pack` the open clocks that are due from `since` on or have no promise, and compares.

    Looks at most at LOOKED_AT_AT_MOST clocks in the order of their subjects, beginning behind the
    subject `after`. Nothing is written.
    """
    could = Clock.objects.filter(is_open=True).filter(
        Q(state=Clock.State.NO_PROMISE) | (Q(due_at__gte=since) & ~Q(calendar_version=""))
    )
    rows = could if after is None else could.filter(subject_id__gt=after)
    batch = list(rows.order_by("subject_id", "id")[: LOOKED_AT_AT_MOST + 1])
    rest = batch[LOOKED_AT_AT_MOST:]
    batch = _whole_subjects(batch[:LOOKED_AT_AT_MOST], rest)
    found = tuple(move for part in _parts(batch) for move in _moves(part, pack=pack, now=now))
    last = batch[-1].subject_id if rest and batch else None
    return Moves(could_move=could.count(), looked_at=len(batch), rows=found, after=last)


def _whole_subjects(batch: list[Clock], rest: Sequence[Clock]) -> list[Clock]:
    """Leaves a subject that does not fit to the next page, unless it is the only one."""
    if not rest or batch[0].subject_id == rest[0].subject_id:
        return batch
    return [clock for clock in batch if clock.subject_id != rest[0].subject_id]


def _parts(clocks: Sequence[Clock]) -> Iterator[Sequence[Clock]]:
    return (clocks[start : start + _BATCH] for start in range(0, len(clocks), _BATCH))


def _moves(clocks: Sequence[Clock], *, pack: Pack, now: datetime) -> Iterator[Move]:
    by_subject = _entries({clock.subject_id for clock in clocks})
    for subject, rows in groupby(clocks, key=lambda clock: clock.subject):
        entries = by_subject.get(subject, [])
        past = History(subject, entries, _with_calendar(pack_of_matter(entries), pack))
        fresh = {judged.clock_id: judged.standing.due_at for judged in judgements(past, now=now)}
        for clock in rows:
            due_at = fresh.get(clock.pk, clock.due_at)
            if due_at != clock.due_at:
                yield Move(clock, clock.due_at, due_at)


def _with_calendar(began_under: Pack, pack: Pack) -> Pack:
    """The pack of a matter with the years of another one: a matter keeps its rules and hours."""
    calendar = began_under.calendar
    if pack.digest == began_under.digest:
        return pack
    years, version = pack.calendar.years, pack.calendar.version
    return began_under.with_calendar(replace(calendar, years=years, version=version))


def _entries(subjects: set[UUID]) -> dict[Subject, list[Entry]]:
    found: dict[Subject, list[Entry]] = {}
    rows = Entry.objects.filter(subject_id__in=subjects)
    for entry in rows.order_by("happened_at", "recorded_at", "id"):
        found.setdefault(entry.subject, []).append(entry)
    return found
