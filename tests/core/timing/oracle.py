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
    calendar: WorkingCalendar,
    start: datetime,
    days: int,
    holes: list[Stretch],
    *,
    first_day: str = "next",
    ends: str = "close",
    half_days: int = 0,
) -> datetime:
    """The limit on the last day that counts; wholly paused days do not count.

    A limit inside a pause moves on; on the last day only pauses that begin before the limit count.
    """
    day = start.date() - ONE_DAY if first_day == "same" else start.date()
    holes = joined(holes)
    counted = 0
    while True:
        day += ONE_DAY
        stretches = [(a, b) for a, b in stretches_of(calendar, day) if b > start]
        if not stretches:
            continue
        limit = limit_on(calendar, day, start, ends, half_days)
        is_last = counted + 1 >= days + half_days
        early = [hole for hole in holes if not is_last or max(hole[0], start) < limit]
        left = [(max(a, start), b) for a, b in stretches]
        for hole in early:
            left = without(left, hole)
        if not left:
            continue
        counted += 1
        if is_last and not any(limit < b for _, b in early if b > start):
            return limit


def limit_on(
    calendar: WorkingCalendar, day: date, start: datetime, ends: str, half_days: int
) -> datetime:
    stretches = stretches_of(calendar, day)
    close = max(closes for _, closes in stretches)
    if ends == "same_time":
        return datetime.combine(day, start.time())
    if not half_days:
        return close
    opens, first_close = stretches[0]
    half = first_close if len(stretches) > 1 else opens + (first_close - opens) / 2
    return half if half > start else close


def joined(holes: list[Stretch]) -> list[Stretch]:
    """Holes that touch are one hole."""
    result: list[Stretch] = []
    for hole in sorted(holes):
        if result and hole[0] <= result[-1][1]:
            result[-1] = (result[-1][0], max(result[-1][1], hole[1]))
        else:
            result.append(hole)
    return result


def natural_due(start: datetime, seconds: int, holes: list[Stretch]) -> datetime:
    """Every second counts outside the holes; a hole that begins when time is up changes nothing."""
    due = start + timedelta(seconds=seconds)
    for begins, ends in joined(holes):
        if begins >= due:
            break
        due += ends - begins
    return due
