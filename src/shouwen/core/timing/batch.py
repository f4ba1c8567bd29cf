"""Due times of whole columns at once: a rule or a calendar changes, and a million clocks with it.

The answers are those of `deadlines.due_at`, microsecond for microsecond; how pauses count is told
there. Working time is two binary searches for each moment in the prefix sums of the calendar's
years; working days are places in the list of working days. Rows are counted in blocks that fit
into the processor's cache.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from shouwen.core.timing.batch_days import last_days_due
from shouwen.core.timing.batch_years import (
    Amounts,
    Instants,
    Mask,
    ShiftingZone,
    Years,
    instant,
    local_years,
    runs_of,
)
from shouwen.core.timing.calendar import WorkingCalendar
from shouwen.core.timing.durations import Duration, Natural, WorkingDays, WorkingTime

__all__ = ["DueTimes", "Instants", "Pauses", "ShiftingZone", "due_times", "instants", "moment"]

BLOCK = 16_384
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Pauses:
    """Paused stretches, half-open: pause i lies on row `rows[i]` from `starts[i]` to `ends[i]`.

    Instants in microseconds since 1970, UTC. In any order, any number to a row, overlapping or
    not; a pause that still goes on ends at the moment of asking.
    """

    rows: Amounts
    starts: Instants
    ends: Instants


@dataclass(frozen=True)
class DueTimes:
    """The due time of each row, microseconds since 1970, UTC; meaningless where a year is missing.

    `missing_year` is the year that the calendar does not know yet, 0 where nothing is missing.
    """

    at: Instants
    missing_year: NDArray[np.int16]

    @cached_property
    def is_known(self) -> Mask:
        """Which rows have a due time."""
        return np.asarray(self.missing_year == 0)


def instants(moments: Iterable[datetime]) -> Instants:
    """Aware moments, in any zone, as microseconds since 1970, UTC."""
    return np.fromiter((instant(each) for each in moments), np.int64)


def moment(at: int) -> datetime:
    """Microseconds since 1970 as an aware moment in UTC."""
    return _EPOCH + timedelta(microseconds=int(at))


def due_times(
    *,
    starts: Instants,
    duration: Duration,
    calendar: WorkingCalendar | None,
    pauses: Pauses | None = None,
) -> DueTimes:
    """When `duration` after each start is over.

    `starts` in microseconds since 1970, UTC; days are those of the calendar's zone, which natural
    time does without. Rows whose answer lies in a year that is not published are masked, not
    raised. Raises ShiftingZone when the zone changes its clocks within the published years, and
    TypeError when working time is asked for without a calendar.
    """
    result = DueTimes(np.empty_like(starts), np.zeros(len(starts), np.int16))
    paused = None if pauses is None else _Paused.of(pauses)
    for first in range(0, len(starts), BLOCK):
        rows = slice(first, min(first + BLOCK, len(starts)))
        block = _Block(
            starts[rows],
            None if paused is None else paused.within(rows),
            result.at[rows],
            result.missing_year[rows],
        )
        _fill(block, duration, calendar)
    return result


@dataclass(frozen=True)
class _Paused:
    """Disjoint pauses in order of row and start, none empty; `nth` counts those of a row from 0."""

    rows: Amounts
    starts: Instants
    ends: Instants
    nth: Amounts

    @classmethod
    def of(cls, pauses: Pauses) -> "_Paused":
        rows, starts, ends = pauses.rows, pauses.starts, pauses.ends
        real = starts < ends
        if not real.all():
            rows, starts, ends = rows[real], starts[real], ends[real]
        if not (rows[1:] > rows[:-1]).all():
            rows, starts, ends = _merged(rows, starts, ends)
        new_row = np.concatenate(([True], rows[1:] != rows[:-1]))[: len(rows)]
        places = np.arange(len(rows))
        nth = places - np.maximum.accumulate(np.where(new_row, places, 0))
        return cls(rows, starts, ends, nth)

    def within(self, block: slice) -> "_Paused":
        """The pauses of a block of rows, its rows counted from 0."""
        part = slice(*np.searchsorted(self.rows, (block.start, block.stop)))
        rows = self.rows[part] - block.start
        return _Paused(rows, self.starts[part], self.ends[part], self.nth[part])

    def each(self, count: int) -> Iterator[tuple[slice | Amounts, Instants, Instants]]:
        """The first pauses of the rows, then the second ones …: rows, starts, ends."""
        for n in range(int(self.nth.max(initial=-1)) + 1):
            those = self.nth == n
            rows = self.rows[those]
            whole = len(rows) == count
            yield (slice(None) if whole else rows), self.starts[those], self.ends[those]


def _merged(rows: Amounts, starts: Instants, ends: Instants) -> tuple[Amounts, Instants, Instants]:
    """Pauses of a row that overlap or touch become one."""
    order = np.lexsort((starts, rows))
    rows, starts, ends = rows[order], starts[order], ends[order]
    # A running maximum that begins anew with each row: the row leads the key.
    values, rank = np.unique(ends, return_inverse=True)
    reach = values[np.maximum.accumulate(rows * len(values) + rank) % max(len(values), 1)]
    apart = np.ones(len(rows), bool)
    apart[1:] = (rows[1:] != rows[:-1]) | (starts[1:] > reach[:-1])
    last = np.append(np.flatnonzero(apart)[1:], len(rows)) - 1
    return rows[apart], starts[apart], reach[last]


@dataclass(frozen=True)
class _Block:
    """Some rows: their starts and pauses, and where their due times and missing years go."""

    starts: Instants
    paused: _Paused | None
    at: Instants
    missing: NDArray[np.int16]


def _fill(block: _Block, duration: Duration, calendar: WorkingCalendar | None) -> None:
    if isinstance(duration, Natural):
        _natural(block, duration.seconds * 1_000_000)
        return
    if calendar is None:
        raise TypeError("working time needs a working calendar")
    left = np.ones(len(block.starts), bool)
    for years in runs_of(calendar):
        # Working days are counted from midnight; working time only from where it is known.
        begins = years.from_ if isinstance(duration, WorkingDays) else years.begins
        here = (block.starts >= begins) & (block.starts < years.until)
        if here.all():
            _fill_run(block, duration, calendar, years)
            return
        if here.any():
            part = _selected(block, here)
            _fill_run(part, duration, calendar, years)
            block.at[here], block.missing[here] = part.at, part.missing
        left &= ~here
    _fill_strangers(block, duration, calendar, left)


def _fill_strangers(
    block: _Block, duration: Duration, calendar: WorkingCalendar, left: Mask
) -> None:
    """Rows that start in no published year. No time at all needs no calendar."""
    if not left.any():
        return
    block.at[left] = block.starts[left]
    if duration != WorkingTime(0):
        block.missing[left] = _unknown_year(calendar, block.starts[left])


def _unknown_year(calendar: WorkingCalendar, moments: Instants) -> NDArray[np.int16]:
    """The year that is missing: the moment's own, or the one before whose last night is unknown."""
    years = local_years(calendar, moments)
    for run in runs_of(calendar):
        years[(moments >= run.from_) & (moments < run.begins)] = run.first - 1
    return years


def _selected(block: _Block, rows: Mask) -> _Block:
    paused = block.paused
    if paused is not None:
        new_number = np.cumsum(rows) - 1
        kept = rows[paused.rows]
        paused = _Paused(
            new_number[paused.rows[kept]], paused.starts[kept], paused.ends[kept], paused.nth[kept]
        )
    starts = block.starts[rows]
    return _Block(starts, paused, np.empty_like(starts), np.zeros(len(starts), np.int16))


def _fill_run(
    block: _Block, duration: WorkingTime | WorkingDays, calendar: WorkingCalendar, years: Years
) -> None:
    if isinstance(duration, WorkingTime):
        _working_time(block, duration.seconds * 1_000_000, calendar, years)
        return
    paused = block.paused
    pauses = (paused.rows, paused.nth, paused.starts, paused.ends) if paused else None
    at, is_over = last_days_due(starts=block.starts, duration=duration, years=years, pauses=pauses)
    block.at[:] = at
    block.missing[is_over] = years.last + 1


def _natural(block: _Block, length: int) -> None:
    np.add(block.starts, length, out=block.at)
    if block.paused is None or not length:
        return
    for rows, starts, ends in block.paused.each(len(block.starts)):
        begins = np.maximum(starts, block.starts[rows])
        counts = (begins < block.at[rows]) & (ends > begins)
        block.at[rows] += np.where(counts, ends - begins, 0)


def _working_time(block: _Block, length: int, calendar: WorkingCalendar, years: Years) -> None:
    """A pause begins before the due time exactly when less than the goal was worked by then."""
    if not length:
        block.at[:] = block.starts
        return
    worked = years.worked_until(block.starts)
    goal = worked + length
    if block.paused is not None:
        for rows, starts, ends in block.paused.each(len(goal)):
            _lengthen(block, goal, worked, (rows, starts, ends), calendar, years)
    block.at[:] = years.moment_at(goal)
    too_late = goal > years.total
    if too_late.any():
        block.missing[too_late & (block.missing == 0)] = years.last + 1


def _lengthen(
    block: _Block,
    goal: Amounts,
    worked: Amounts,
    pause: tuple[slice | Amounts, Instants, Instants],
    calendar: WorkingCalendar,
    years: Years,
) -> None:
    rows, starts, ends = pause
    begins = np.maximum(years.worked_until(starts), worked[rows])
    counts = begins < goal[rows]
    added = years.worked_until(ends)
    added -= begins
    np.maximum(added, 0, out=added)
    added *= counts
    outside = ends >= years.until
    if outside.any():
        _mask_outside(block, goal, (rows, ends), counts & outside, calendar, years)
    goal[rows] += added


def _mask_outside(
    block: _Block,
    goal: Amounts,
    pause: tuple[slice | Amounts, Instants],
    outside: Mask,
    calendar: WorkingCalendar,
    years: Years,
) -> None:
    """Pauses that end in a year nobody knows, or behind one."""
    rows, ends = pause
    # What is due after the last known year is not known for that reason already.
    outside &= (block.missing[rows] == 0) & (goal[rows] <= years.total)
    missing = np.zeros(len(ends), np.int16)
    missing[outside] = _unknown_year(calendar, ends[outside])
    published = np.isin(missing, list(calendar.years)) & outside
    missing[published] = years.last + 1
    block.missing[rows] = np.where(outside, missing, block.missing[rows])
