"""Due times that stand on the wall clock: a day, so many days on, at a time of day.

Moments are UTC, days and times of day local to the calendar's zone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal

from shouwen.core.timing.calendar import WorkingCalendar

_ONE_DAY = timedelta(days=1)
_MIDNIGHT = time()
Days = Literal["days", "working_days"]
Boundary = Literal["next_row", "row_before"]


@dataclass(frozen=True, slots=True, kw_only=True)
class DayPoint:
    """`at` this time on the `day`-th day after a moment; day 0 is the day of the moment itself.

    In `working_days` day 0 is the day itself when it is worked and the point still lies ahead,
    else the next working day. Without `at` it is the end of the day: midnight, or the close of
    its last window (`close_of_business`, for working days).
    """

    day: int = 0
    unit: Days = "days"
    at: time | None = None
    ends: Literal["end_of_day", "close_of_business"] = "end_of_day"


@dataclass(frozen=True, slots=True, kw_only=True)
class HourRow(DayPoint):
    """The point that holds for moments `from` this time of day up to, not including, `before`
    (None: midnight).
    """

    from_: time = _MIDNIGHT
    before: time | None = None


def point_after(*, start: datetime, point: DayPoint, calendar: WorkingCalendar) -> datetime:
    """The moment that the point means, seen from `start`; in UTC. Raises YearNotPublished."""
    day = calendar.day_of(start)
    if point.unit == "days":
        return _on(day + _ONE_DAY * point.day, point, calendar)
    if point.day:
        return _on(calendar.working_day_after(day, point.day)[0], point, calendar)
    if calendar.is_working_day(day):
        moment = _on(day, point, calendar)
        if moment > start:
            return moment
    return _on(calendar.next_working_day(day), point, calendar)


def row_of(
    *, start: datetime, rows: Sequence[HourRow], boundary: Boundary, calendar: WorkingCalendar
) -> HourRow:
    """The row for the time of day of `start`.

    Exactly on a boundary the row that begins there holds, or with `row_before` the one that ends
    there; midnight always belongs to the first row. Rows follow each other and cover the day.
    """
    told = start.astimezone(calendar.zone).time()
    found = rows[0]
    for row in rows[1:]:
        if told < row.from_ or (told == row.from_ and boundary == "row_before"):
            break
        found = row
    return found


def beginning_of_day(
    *, start: datetime, day: int, unit: Days, opening: bool, calendar: WorkingCalendar
) -> datetime:
    """The beginning of the `day`-th day after `start`, in UTC: midnight, or its first opening.

    A natural day without any opening begins at midnight. Raises YearNotPublished.
    """
    begun = calendar.day_of(start)
    if unit == "days":
        begun += _ONE_DAY * day
    else:
        begun = calendar.working_day_after(begun, day)[0]
    openings = calendar.openings(begun) if opening else ()
    return openings[0][0] if openings else _moment(begun, _MIDNIGHT, calendar)


def _on(day: date, point: DayPoint, calendar: WorkingCalendar) -> datetime:
    if point.at is not None:
        return _moment(day, point.at, calendar)
    if point.ends == "close_of_business":
        return max(closes for _, closes in calendar.openings(day))
    return _moment(day + _ONE_DAY, _MIDNIGHT, calendar)


def _moment(day: date, at: time, calendar: WorkingCalendar) -> datetime:
    return datetime.combine(day, at, calendar.zone).astimezone(UTC)
