"""How long before a moment something must have happened at the latest."""

from datetime import date, datetime, timedelta

from shouwen.core.timing.calendar import WorkingCalendar
from shouwen.core.timing.durations import Duration, Natural, WorkingTime
from shouwen.core.timing.spans import in_utc

_DAY = timedelta(days=1)
_NOTHING = timedelta(0)


def latest_before(*, end: datetime, duration: Duration, calendar: WorkingCalendar) -> datetime:
    """The latest moment, in UTC, that lies at least `duration` before `end`.

    Natural time is counted by the clock, working time inside the windows. Of n working days the
    day of `end` does not count: the close of the n-th working day before it, half a day earlier
    the close of the first window of the day before that. Raises YearNotPublished.
    """
    end = in_utc(end)
    if isinstance(duration, Natural):
        return end - duration.length
    if isinstance(duration, WorkingTime):
        return _working_time_before(end, duration.length, calendar)
    day = calendar.day_of(end)
    for _ in range(duration.days + duration.half_days):
        day = _working_day_before(day, calendar)
    openings = calendar.openings(day)
    return openings[0][1] if duration.half_days else max(closes for _, closes in openings)


def _working_time_before(end: datetime, length: timedelta, calendar: WorkingCalendar) -> datetime:
    day = calendar.day_of(end)
    moment = end
    while length > _NOTHING:
        for opens, closes in reversed(calendar.openings(day)):
            closes = min(closes, moment)
            if opens < closes:
                taken = min(length, closes - opens)
                length -= taken
                moment = closes - taken
            if length <= _NOTHING:
                return moment
        day -= _DAY
    return moment


def _working_day_before(day: date, calendar: WorkingCalendar) -> date:
    day -= _DAY
    while not calendar.is_working_day(day):
        day -= _DAY
    return day
