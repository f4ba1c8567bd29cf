"""The arithmetic of deadlines: moving on through time that counts, around time that is paused."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Protocol

from shouwen.core.timing.calendar import WorkingCalendar
from shouwen.core.timing.durations import WorkingDays
from shouwen.core.timing.spans import Stretch

_NOTHING = timedelta(0)


class Ruler(Protocol):
    """A kind of time that can be measured and laid off; moments in UTC."""

    def time_between(self, start: datetime, end: datetime) -> timedelta: ...

    def time_after(self, start: datetime, length: timedelta) -> datetime: ...


class NaturalTime:
    """The wall clock as a ruler: every second counts."""

    def time_between(self, start: datetime, end: datetime) -> timedelta:
        return max(_NOTHING, end - start)

    def time_after(self, start: datetime, length: timedelta) -> datetime:
        return start + length


def unpaused_between(
    ruler: Ruler, *, start: datetime, end: datetime, paused: Sequence[Stretch]
) -> timedelta:
    """Time of the ruler's kind from `start` to `end` that is not paused."""
    counted = ruler.time_between(start, end)
    for pause_start, pause_end in paused:
        counted -= ruler.time_between(max(pause_start, start), min(pause_end, end))
    return counted


def unpaused_after(
    ruler: Ruler, *, start: datetime, length: timedelta, paused: Sequence[Stretch]
) -> datetime:
    """The earliest moment at which `length` has passed without the pauses.

    `paused` is disjoint, in order and not before `start`. A pause that begins when the time is
    already used up moves nothing.
    """
    moment = ruler.time_after(start, length)
    for pause_start, pause_end in paused:
        if pause_start >= moment:
            break
        length += ruler.time_between(pause_start, pause_end)
        moment = ruler.time_after(start, length)
    return moment


def working_time_due(
    calendar: WorkingCalendar, *, start: datetime, length: timedelta, paused: Sequence[Stretch]
) -> datetime:
    """The same for working time: most answers come from the table of one year.

    Raises YearNotPublished.
    """
    if not length:
        return start
    within = calendar.table_at(start).unpaused_after(start=start, length=length, paused=paused)
    return within or unpaused_after(calendar, start=start, length=length, paused=paused)


@dataclass(frozen=True, slots=True)
class CountedDay:
    """A working day on the way to the limit: the n-th that counts, or one paused from end to end.

    `limit` is where the duration would end if this were its last day.
    """

    day: date
    n: int
    is_paused: bool
    limit: datetime


def counted_days(
    *, start: datetime, duration: WorkingDays, paused: Sequence[Stretch], calendar: WorkingCalendar
) -> tuple[CountedDay, ...]:
    """The working days from `start` up to the one on which the duration ends, that one included.

    A day all of whose working time (after `start`) is paused does not count and so pushes the
    limit by one working day; a day paused in part counts. A limit inside a pause moves on to the
    next working day whose limit is not, since a clock that stands still cannot run out.
    Raises YearNotPublished.
    """
    result: list[CountedDay] = []
    wanted = duration.days + duration.half_days
    n = 0
    for day in _days_from_first(start=start, duration=duration, calendar=calendar):
        limit = _limit_on(day, start=start, duration=duration, calendar=calendar)
        may_be_last = n + 1 >= wanted
        # What begins when the time is used up came too late to matter.
        pauses = [pause for pause in paused if pause[0] < limit] if may_be_last else paused
        is_paused = _is_all_paused(day, start=start, paused=pauses, calendar=calendar)
        n += not is_paused
        result.append(CountedDay(day, n, is_paused, limit))
        if may_be_last and not is_paused and not any(limit < ends for _, ends in pauses):
            break
    return tuple(result)


def last_working_day_due(
    *, start: datetime, duration: WorkingDays, paused: Sequence[Stretch], calendar: WorkingCalendar
) -> datetime:
    """When the working days are over; the pausing rule is that of counted_days."""
    plain = duration.first_day == "next" and duration.ends == "close" and not duration.half_days
    if plain and not paused:
        return calendar.working_day_after(calendar.day_of(start), duration.days)[1]
    days = counted_days(start=start, duration=duration, paused=paused, calendar=calendar)
    return days[-1].limit


def _days_from_first(
    *, start: datetime, duration: WorkingDays, calendar: WorkingCalendar
) -> Iterator[date]:
    day = calendar.day_of(start)
    if duration.first_day == "same" and any(start < end for _, end in calendar.openings(day)):
        yield day
    while True:
        day = calendar.next_working_day(day)
        yield day


def _is_all_paused(
    day: date, *, start: datetime, paused: Sequence[Stretch], calendar: WorkingCalendar
) -> bool:
    if not paused:
        return False
    return all(
        any(begins <= max(opens, start) and closes <= ends for begins, ends in paused)
        for opens, closes in calendar.openings(day)
        if closes > start
    )


def _limit_on(
    day: date, *, start: datetime, duration: WorkingDays, calendar: WorkingCalendar
) -> datetime:
    if duration.ends == "same_time":
        at = start.astimezone(calendar.zone).time()
        return datetime.combine(day, at, calendar.zone).astimezone(UTC)
    openings = calendar.openings(day)
    close = max(closes for _, closes in openings)
    if not duration.half_days:
        return close
    opens, first_close = openings[0]
    half = first_close if len(openings) > 1 else opens + (first_close - opens) / 2
    return half if half > start else close
