"""Published years on end as columns: what a calendar knows, laid out for whole arrays of moments."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from shouwen.core.timing.calendar import WorkingCalendar
from shouwen.core.timing.spans import Stretch
from shouwen.core.timing.year_table import YearTable

Instants = NDArray[np.int64]
"""Moments as microseconds since 1970-01-01 00:00 UTC."""
Amounts = NDArray[np.int64]
"""Lengths of time in microseconds, counts, or places in a column."""
Mask = NDArray[np.bool_]

DAY = 86_400_000_000
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_EPOCH_DAY = date(1970, 1, 1).toordinal()
_MICROSECOND = timedelta(microseconds=1)


class ShiftingZone(ValueError):
    """The zone changes its clocks within the published years: the batch does not count such days."""


def instant(moment: datetime) -> int:
    """An aware moment as microseconds since 1970, UTC."""
    return (moment - _EPOCH) // _MICROSECOND


@dataclass(frozen=True, slots=True)
class Years:
    """The local years `first` to `last`, all published. Moments in microseconds since 1970, UTC.

    begins, ends    the moments between which working time is known
    from_, until    the local midnights at which the first year begins and the last one ends
    opens, before   each window's opening, and the working time before it
    closes, worked  each window's close, and the working time up to it
    offset          of the zone from UTC
    day_zero        the number of the first local day, counted from 1970-01-01
    next_day        for each local day the place of the first working day after it
    days, day_closes, halves    of each working day its number, its close, the end of its half
    day_opens, day_shuts        of each working day its windows; shorter rows repeat their last one
    """

    first: int
    last: int
    begins: int
    ends: int
    from_: int
    until: int
    opens: Instants
    closes: Instants
    before: Amounts
    worked: Amounts
    offset: int
    day_zero: int
    next_day: Amounts
    days: Amounts
    day_closes: Instants
    halves: Instants
    day_opens: Instants
    day_shuts: Instants

    @property
    def total(self) -> int:
        """The working time of all the years."""
        return int(self.worked[-1]) if len(self.worked) else 0

    def worked_until(self, moments: Instants) -> Amounts:
        """Working time of these years before each moment; nothing before they begin."""
        i = np.searchsorted(self.opens, moments, side="right")
        i -= 1
        np.maximum(i, 0, out=i)
        inside = moments - self.opens[i]
        np.minimum(inside, self.closes[i] - self.opens[i], out=inside)
        np.maximum(inside, 0, out=inside)
        inside += self.before[i]
        return inside

    def moment_at(self, worked: Amounts) -> Instants:
        """The earliest moments by which so much working time is over, at most `total`."""
        i = np.searchsorted(self.worked, worked, side="left")
        np.minimum(i, len(self.worked) - 1, out=i)
        left = self.worked[i] - worked
        return np.asarray(self.closes[i] - left)

    def day_of(self, moments: Instants) -> Amounts:
        """The number of each moment's local day, counted from the first day of these years."""
        return np.asarray((moments + self.offset) // DAY - self.day_zero)


@lru_cache(maxsize=32)
def runs_of(calendar: WorkingCalendar) -> tuple[Years, ...]:
    """The calendar's published years, those on end together, oldest first. Raises ShiftingZone."""
    published = sorted(calendar.years)
    breaks = [0, *(i for i in range(1, len(published)) if published[i] != published[i - 1] + 1)]
    ends = [*breaks[1:], len(published)]
    return tuple(
        _tabulated(calendar, published[first:end])
        for first, end in zip(breaks, ends, strict=True)
        if first < end
    )


def local_years(calendar: WorkingCalendar, moments: Instants) -> NDArray[np.int16]:
    """The local year of each moment, published or not."""
    if not len(moments):
        return np.zeros(0, np.int16)
    first, last = (
        (_EPOCH + timedelta(microseconds=int(end))).year for end in (moments.min(), moments.max())
    )
    years = range(first, last + 2)
    begin = np.array([_midnight(calendar, date(year, 1, 1)) for year in years], np.int64)
    return (first - 1 + np.searchsorted(begin, moments, side="right")).astype(np.int16)


def _tabulated(calendar: WorkingCalendar, years: Sequence[int]) -> Years:
    tables = [calendar.table_of(year) for year in years]
    days = [day for table in tables for day in table.days]
    openings = [calendar.openings(day) for day in days]
    numbers = np.array([day.toordinal() - _EPOCH_DAY for day in days], np.int64)
    from_, until = (_midnight(calendar, date(year, 1, 1)) for year in (years[0], years[-1] + 1))
    day_zero = date(years[0], 1, 1).toordinal() - _EPOCH_DAY
    count = date(years[-1] + 1, 1, 1).toordinal() - _EPOCH_DAY - day_zero
    opens, closes = (_column(tables, name) for name in ("opens", "closes"))
    worked = np.cumsum(closes - opens)
    return Years(
        first=years[0],
        last=years[-1],
        begins=instant(tables[0].begins),
        ends=until,
        from_=from_,
        until=until,
        opens=opens,
        closes=closes,
        before=worked - (closes - opens),
        worked=worked,
        offset=_offset(calendar, years),
        day_zero=day_zero,
        next_day=np.searchsorted(numbers, np.arange(count) + day_zero, side="right"),
        days=numbers - day_zero,
        day_closes=_column(tables, "day_closes"),
        halves=np.array([instant(_half(each)) for each in openings], np.int64),
        day_opens=_windows(openings, 0),
        day_shuts=_windows(openings, 1),
    )


def _column(tables: Sequence[YearTable], name: str) -> Instants:
    return np.array([instant(each) for table in tables for each in getattr(table, name)], np.int64)


def _windows(openings: Sequence[Sequence[Stretch]], end: int) -> Instants:
    """The n-th windows of all days in one row, so that a row is one array on end."""
    most = max(map(len, openings), default=0)
    rows = [
        [instant(each[min(place, len(each) - 1)][end]) for each in openings]
        for place in range(most)
    ]
    return np.array(rows, np.int64).reshape(most, len(openings))


def _half(openings: Sequence[Stretch]) -> datetime:
    """Where half a day ends; see WorkingDays."""
    opens, first_close = openings[0]
    return first_close if len(openings) > 1 else opens + (first_close - opens) / 2


def _offset(calendar: WorkingCalendar, years: Sequence[int]) -> int:
    offsets = {moment.utcoffset() for moment in _noons(calendar, years)}
    if len(offsets) != 1:
        raise ShiftingZone(f"{calendar.zone.key} changes its clocks in {years[0]} to {years[-1]}")
    return (offsets.pop() or timedelta(0)) // _MICROSECOND


def _noons(calendar: WorkingCalendar, years: Sequence[int]) -> Iterator[datetime]:
    day, last = date(years[0], 1, 1), date(years[-1], 12, 31)
    while day <= last:
        yield datetime.combine(day, time(12), calendar.zone)
        day += timedelta(days=1)


def _midnight(calendar: WorkingCalendar, day: date) -> int:
    return instant(datetime.combine(day, time(), calendar.zone))
