"""Deadlines found the slow and obvious way: walk from day to day and cut up each window by hand.

Shares nothing with the product but the calendar's plain fields. Local naive time throughout, which
is exact in Shanghai.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from shouwen.core.timing.calendar import Window, WorkingCalendar

Stretch = tuple[datetime, datetime]
ONE_DAY = timedelta(days=1)


def windows_of(calendar: WorkingCalendar, day: date) -> tuple[Window, ...]:
    year = calendar.years[day.year]
    if day in calendar.special:
        return calendar.special[day]
    if day in year.makeup:
        return calendar.week[0]
    if day in year.holidays:
        return ()
    return calendar.week.get(day.weekday(), ())


def stretches_of(calendar: WorkingCalendar, day: date) -> list[Stretch]:
    result = []
    for window in windows_of(calendar, day):
        closing_day = day + ONE_DAY if window.closes <= window.opens else day
        opens = datetime.combine(day, window.opens)
        result.append((opens, datetime.combine(closing_day, window.closes)))
    return sorted(result)


def without(stretches: list[Stretch], hole: Stretch) -> list[Stretch]:
    result = []
    for opens, closes in stretches:
        before, after = (opens, min(closes, hole[0])), (max(opens, hole[1]), closes)
        result += [part for part in (before, after) if part[0] < part[1]]
    return result


def worked_stretches(
    calendar: WorkingCalendar, start: datetime, holes: list[Stretch]
) -> Iterator[Stretch]:
    """Working time after `start` outside the holes, in order, no second twice."""
    done_until = start
    day = start.date() - ONE_DAY
    while True:
        for stretch in stretches_of(calendar, day):
            pieces = [stretch] if stretch[1] > done_until else []
            pieces = [(max(opens, done_until), closes) for opens, closes in pieces]
            for hole in holes:
                pieces = without(pieces, hole)
            yield from pieces
            done_until = max(done_until, stretch[1])
        day += ONE_DAY


def working_time_due(
    calendar: WorkingCalendar, start: datetime, seconds: int, holes: list[Stretch]
) -> datetime:
    left = timedelta(seconds=seconds)
    if not left:
        return start
    for opens, closes in worked_stretches(calendar, start, holes):
        if closes - opens >= left:
            return opens + left
        left -= closes - opens
    raise AssertionError


def working_days_due(
    calendar: WorkingCalendar, start: datetime, days: int, holes: list[Stretch]
) -> datetime:
    """Day of receipt not counted, close of the last day; wholly paused days do not count."""
    day = start.date()
    counted = 0
    while True:
        day += ONE_DAY
        stretches = stretches_of(calendar, day)
        if not stretches:
            continue
        left = stretches
        for hole in holes:
            left = without(left, hole)
        if not left:
            continue
        counted += 1
        close = max(closes for _, closes in stretches)
        if counted >= days and not any(a < close < b for a, b in joined(holes)):
            return close


def joined(holes: list[Stretch]) -> list[Stretch]:
    """Holes that touch are one hole."""
    result: list[Stretch] = []
    for hole in sorted(holes):
        if result and hole[0] <= result[-1][1]:
            result[-1] = (result[-1][0], max(result[-1][1], hole[1]))
        else:
            result.append(hole)
    return result
