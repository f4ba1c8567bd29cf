"""Working days of whole columns: the rule of `counting.counted_days`, many rows at a time."""

from dataclasses import dataclass

import numpy as np

from shouwen.core.timing.batch_years import DAY, Amounts, Instants, Mask, Years
from shouwen.core.timing.durations import WorkingDays

PausedRows = tuple[Amounts, Amounts, Instants, Instants]
"""Row, place within the row, start and end of disjoint pauses, in order."""


def last_days_due(
    *, starts: Instants, duration: WorkingDays, years: Years, pauses: PausedRows | None
) -> tuple[Instants, Mask]:
    """When the working days of each row are over, and which rows run past the years known.

    Instants in microseconds since 1970, UTC; all starts lie in `years`.
    """
    count = _Count(starts, duration, years)
    first = count.first_days()
    last = first + (count.wanted - 1)
    is_over = last >= len(years.days)
    due = count.limits(np.minimum(last, len(years.days) - 1))
    if pauses is None:
        return due, is_over
    rows, nth, begins, ends = pauses
    matters = (ends > starts[rows]) & (begins < due[rows]) & ~is_over[rows]
    touched = np.unique(rows[matters])
    if len(touched):
        walk = _Walk.begun(count, touched, first[touched], (rows, nth, begins, ends))
        due[touched], is_over[touched] = walk.walked()
    return due, is_over


@dataclass(frozen=True, slots=True)
class _Count:
    starts: Instants
    duration: WorkingDays
    years: Years

    @property
    def wanted(self) -> int:
        return self.duration.days + self.duration.half_days

    def of(self, rows: Amounts) -> "_Count":
        return _Count(self.starts[rows], self.duration, self.years)

    def first_days(self) -> Amounts:
        """The place of the first working day that may count."""
        years = self.years
        after: Amounts = years.next_day[years.day_of(self.starts)]
        if self.duration.first_day == "next" or not len(years.days):
            return after
        same = np.maximum(after - 1, 0)
        is_today = years.days[same] == years.day_of(self.starts)
        return np.asarray(after - (is_today & (self.starts < years.day_closes[same])))

    def limits(self, days: Amounts) -> Instants:
        """Where the duration would end if these were the last days."""
        years = self.years
        if self.duration.ends == "same_time":
            time_of_day = (self.starts + years.offset) % DAY
            midnight = (years.days[days] + years.day_zero) * DAY - years.offset
            return np.asarray(midnight + time_of_day)
        if not self.duration.half_days:
            return years.day_closes[days]
        half = years.halves[days]
        return np.where(half > self.starts, half, years.day_closes[days])


@dataclass(slots=True)
class _Walk:
    """Rows whose pauses may matter, walked day by day together.

    `begins` and `ends` hold the pauses of a row in a column each; missing ones are empty and lie
    after everything.
    """

    count: _Count
    days: Amounts
    counted: Amounts
    begins: Instants
    ends: Instants

    @classmethod
    def begun(cls, count: _Count, touched: Amounts, first: Amounts, pauses: PausedRows) -> "_Walk":
        rows, nth, begins, ends = pauses
        place = np.searchsorted(touched, rows)
        mine = touched[np.minimum(place, len(touched) - 1)] == rows
        mine &= ends > count.starts[rows]
        shape = (int(nth[mine].max()) + 1, len(touched))
        never = np.iinfo(np.int64).max
        walk = cls(
            count.of(touched),
            first.copy(),
            np.zeros(len(touched), np.int64),
            np.full(shape, never),
            np.full(shape, np.iinfo(np.int64).min),
        )
        walk.begins[nth[mine], place[mine]] = np.maximum(begins[mine], count.starts[rows[mine]])
        walk.ends[nth[mine], place[mine]] = ends[mine]
        walk.skip()
        return walk

    def skip(self) -> None:
        """Days two days and more before the first pause count: no night reaches that far."""
        years = self.count.years
        day = np.clip(years.day_of(self.begins.min(axis=0)) - 2, 0, len(years.next_day) - 1)
        plain = np.clip(years.next_day[day] - self.days, 0, self.count.wanted - 1)
        self.days += plain
        self.counted += plain

    def walked(self) -> tuple[Instants, Mask]:
        """The due times, and which rows run past the years known."""
        size = len(self.days)
        due, is_over = np.zeros(size, np.int64), np.zeros(size, bool)
        rows = np.arange(size)
        while len(rows):
            past = self.days >= len(self.count.years.days)
            is_over[rows[past]] = True
            rows = self.keep(rows, ~past)
            limits = self.count.limits(self.days)
            ended = self.step(limits)
            due[rows[ended]] = limits[ended]
            rows = self.keep(rows, ~ended)
        return due, is_over

    def keep(self, rows: Amounts, those: Mask) -> Amounts:
        if those.all():
            return rows
        self.count = self.count.of(np.flatnonzero(those))
        self.days, self.counted = self.days[those], self.counted[those]
        self.begins, self.ends = self.begins[:, those], self.ends[:, those]
        return rows[those]

    def step(self, limits: Instants) -> Mask:
        """Counts one day of each row; gives those for which it was the last."""
        may_be_last = self.counted + 1 >= self.count.wanted
        # What begins when the time is used up came too late to matter.
        real = ~may_be_last | (self.begins < limits)
        is_paused = self.is_all_paused(real)
        self.counted += ~is_paused
        self.days += 1
        inside = (real & (limits < self.ends)).any(axis=0)
        return np.asarray(may_be_last & ~is_paused & ~inside)

    def is_all_paused(self, real: Mask) -> Mask:
        starts, years = self.count.starts, self.count.years
        result: Mask = np.any(real & (self.begins < self.ends), axis=0)
        for opens, shuts in zip(years.day_opens, years.day_shuts, strict=True):
            begins, ends = np.maximum(opens[self.days], starts), shuts[self.days]
            covered = (real & (self.begins <= begins) & (ends <= self.ends)).any(axis=0)
            result = result & (covered | (ends <= starts))
        return result
