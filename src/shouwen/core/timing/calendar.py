"""Which days and hours are worked: weekly windows, statutory holidays, make-up days, own days."""

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import TypeVar
from zoneinfo import ZoneInfo

from shouwen.core.timing.spans import Stretch, in_utc
from shouwen.core.timing.year_table import YearTable, tabulate

Key = TypeVar("Key")

_ONE_DAY = timedelta(days=1)
_NOTHING = timedelta(0)


class YearNotPublished(LookupError):
    """The calendar holds no holidays of that year, so no promise can be computed in it."""

    def __init__(self, year: int, version: str) -> None:
        self.year = year
        self.version = version
        super().__init__(f"calendar {version} does not know the year {year} yet")


class NoWorkingHours(ValueError):
    """A calendar whose week has no window at all: no working time would ever pass."""


@dataclass(frozen=True, slots=True)
class Window:
    """Open from `opens` up to but not including `closes`, local time of day.

    A window that closes at or before its opening closes on the next day: 20:00-08:00 is a night,
    00:00-00:00 the whole day.
    """

    opens: time
    closes: time

    @property
    def ends_next_day(self) -> bool:
        return self.closes <= self.opens


@dataclass(frozen=True, slots=True)
class YearOfDays:
    """The statutory days of one year, by name, and the notice they come from.

    `holidays` holds every day of a break, weekends inside it included; `makeup` the weekend days
    that are worked for it.
    """

    year: int
    holidays: Mapping[date, str]
    makeup: Mapping[date, str]
    source: str


@dataclass(frozen=True, slots=True)
class WorkingCalendar:
    """A week of windows (0 = Monday) corrected by statutory days and by the house's own days.

    A day's windows are, in this order: those of `special` (none: closed by the house); on a
    make-up day those of the first weekday that has any; none on a holiday; else the weekday's.
    Days are local days of `zone`; moments may be in any zone and come back in UTC. Every answer
    about a year that is not in `years` raises YearNotPublished. Tables are built year by year when
    first asked for; they follow from the fields alone, so keeping them changes no answer.
    """

    name: str
    version: str
    zone: ZoneInfo
    week: Mapping[int, tuple[Window, ...]]
    years: Mapping[int, YearOfDays]
    special: Mapping[date, tuple[Window, ...]] = field(default_factory=dict)
    _tables: dict[int, YearTable] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def __post_init__(self) -> None:
        if not any(self.week.values()):
            raise NoWorkingHours(f"calendar {self.version}: the week has no working hours")
        object.__setattr__(self, "week", _in_order(self.week))
        object.__setattr__(self, "special", _in_order(self.special))

    def __hash__(self) -> int:
        return hash((self.name, self.version))

    def is_published(self, year: int) -> bool:
        return year in self.years

    def is_working_day(self, day: date) -> bool:
        """Whether the day has any working hours. Raises YearNotPublished."""
        return bool(self.windows(day))

    def is_holiday(self, day: date) -> bool:
        """Whether the day belongs to a statutory break. Raises YearNotPublished."""
        return day in self._days_of(day.year).holidays

    def is_makeup(self, day: date) -> bool:
        """Whether the day is a weekend day worked for a break. Raises YearNotPublished."""
        return day in self._days_of(day.year).makeup

    def day_name(self, day: date) -> str | None:
        """The name of the statutory break the day is part of. Raises YearNotPublished."""
        return self._days_of(day.year).holidays.get(day)

    def windows(self, day: date) -> tuple[Window, ...]:
        """The day's windows in order of opening, none when closed. Raises YearNotPublished."""
        days = self._days_of(day.year)
        if day in self.special:
            return self.special[day]
        if day in days.makeup:
            return next(self.week[i] for i in sorted(self.week) if self.week[i])
        if day in days.holidays:
            return ()
        return self.week.get(day.weekday(), ())

    def openings(self, day: date) -> tuple[Stretch, ...]:
        """The day's windows as moments in UTC. Raises YearNotPublished."""
        return tuple(
            (
                self._moment(day, window.opens),
                self._moment(day + _ONE_DAY * window.ends_next_day, window.closes),
            )
            for window in self.windows(day)
        )

    def day_of(self, moment: datetime) -> date:
        """The local day on which the moment falls."""
        return in_utc(moment).astimezone(self.zone).date()

    def next_working_day(self, day: date) -> date:
        """The first working day after `day`. Raises YearNotPublished."""
        return self.working_day_after(day, 1)[0]

    def working_day_after(self, day: date, n: int) -> tuple[date, datetime]:
        """The n-th working day after `day` (n >= 1) and its close, in UTC.

        Raises YearNotPublished.
        """
        table = self._table(day.year)
        i = bisect_right(table.days, day) + n - 1
        while i >= len(table.days):
            i -= len(table.days)
            table = self._table(table.year + 1)
        return table.days[i], table.day_closes[i]

    def time_between(self, start: datetime, end: datetime) -> timedelta:
        """Working time from `start` to `end`, UTC; nothing when they are the other way round.

        Raises YearNotPublished.
        """
        if end <= start:
            return _NOTHING
        first, last = self.table_at(start), self.table_at(end)
        between = last.worked_until(end) - first.worked_until(start)
        for year in range(first.year, last.year):
            between += self._table(year).total
        return between

    def time_after(self, start: datetime, length: timedelta) -> datetime:
        """The earliest moment at which `length` of working time has passed since `start`, UTC.

        Time used up exactly at a close ends there, not at the next opening. Raises
        YearNotPublished.
        """
        if not length:
            return start
        table = self.table_at(start)
        goal = table.worked_until(start) + length
        while goal > table.total:
            goal -= table.total
            table = self._table(table.year + 1)
        return table.moment_at(goal)

    def table_of(self, year: int) -> YearTable:
        """The prefix sums of one year, for whoever counts in bulk. Raises YearNotPublished."""
        return self._table(year)

    def table_at(self, moment: datetime) -> YearTable:
        """The prefix sums of the year in which a moment (UTC) lies. Raises YearNotPublished."""
        table = self._tables.get(moment.year)
        if table is None or not table.begins <= moment < table.ends:
            table = self._table(moment.astimezone(self.zone).year)
            if moment < table.begins:
                raise YearNotPublished(table.year - 1, self.version)
        return table

    def _days_of(self, year: int) -> YearOfDays:
        try:
            return self.years[year]
        except KeyError:
            raise YearNotPublished(year, self.version) from None

    def _table(self, year: int) -> YearTable:
        table = self._tables.get(year)
        if table is None:
            self._days_of(year)
            table = self._tables[year] = tabulate(
                year=year,
                begins=self._known_from(year),
                ends=self._moment(date(year + 1, 1, 1), time()),
                openings=((day, self.openings(day)) for day in self._days_reaching_into(year)),
            )
        return table

    def _days_reaching_into(self, year: int) -> Iterator[date]:
        first = date(year, 1, 1)
        if self.is_published(year - 1):
            yield first - _ONE_DAY
        yield from (first + _ONE_DAY * i for i in range((date(year + 1, 1, 1) - first).days))

    def _known_from(self, year: int) -> datetime:
        """When the year before is unknown, nobody knows whether its last night was worked."""
        first = date(year, 1, 1)
        nights = [
            window.closes
            for windows in self.week.values()
            for window in windows
            if window.ends_next_day
        ]
        if self.is_published(year - 1) or not nights:
            return self._moment(first, time())
        return self._moment(first, max(nights))

    def _moment(self, day: date, at: time) -> datetime:
        return datetime.combine(day, at, self.zone).astimezone(UTC)


def _in_order(windows_by: Mapping[Key, tuple[Window, ...]]) -> dict[Key, tuple[Window, ...]]:
    return {
        key: tuple(sorted(windows, key=lambda window: window.opens))
        for key, windows in windows_by.items()
    }
