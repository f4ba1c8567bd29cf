"""When something is due, how much of its time is used, and why: pure functions of their inputs.

Pausing, by kind of time
------------------------
Natural time: a pause pushes the due time by its length.
Working time: a pause pushes it by the working time it covers; a pause at night pushes nothing.
Working days: each working day that is paused from end to end does not count; a day paused in part
counts. A limit that falls inside a pause moves to the next working day whose limit does not.
For all three: overlapping pauses count once, the part before the start does not count, a pause
that begins when the time is already used up changes nothing, and an open pause lasts until `now`,
so that a clock never runs out while it stands still.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from shouwen.core.timing.calendar import WorkingCalendar
from shouwen.core.timing.counting import (
    NaturalTime,
    Ruler,
    last_working_day_due,
    unpaused_after,
    unpaused_between,
    working_time_due,
)
from shouwen.core.timing.durations import Duration, Natural, WorkingDays
from shouwen.core.timing.explanation import steps_to
from shouwen.core.timing.spans import Pause, in_utc, paused_since
from shouwen.core.timing.steps import STEP_CODES, Param, Step

__all__ = [
    "STEP_CODES",
    "CalendarRequired",
    "Deadline",
    "Param",
    "Step",
    "due",
    "due_at",
    "elapsed",
    "remaining",
    "share_point",
]

_NATURAL_TIME = NaturalTime()
_NOTHING = timedelta(0)


class CalendarRequired(ValueError):
    """Working time or working days were asked for without a calendar."""


@dataclass(frozen=True, slots=True)
class Deadline:
    """The due time in UTC, the steps that lead to it, and the version of the calendar used.

    `calendar` is None for natural time. Done exactly at `due_at` is in time.
    """

    due_at: datetime
    steps: tuple[Step, ...]
    calendar: str | None


def due(
    *,
    start: datetime,
    duration: Duration,
    pauses: Sequence[Pause] = (),
    calendar: WorkingCalendar | None,
    now: datetime,
) -> Deadline:
    """When `duration` after `start` is over, with the explanation.

    Moments are aware, in any zone; days are those of the calendar's zone. See the module for how
    pauses count. Raises YearNotPublished, CalendarRequired, NaiveMoment.
    """
    start, now = in_utc(start), in_utc(now)
    if isinstance(duration, Natural):
        calendar = None
    moment = due_at(start=start, duration=duration, pauses=pauses, calendar=calendar, now=now)
    steps = steps_to(
        moment, start=start, duration=duration, pauses=pauses, calendar=calendar, now=now
    )
    return Deadline(moment, steps, calendar.version if calendar else None)


def due_at(
    *,
    start: datetime,
    duration: Duration,
    pauses: Sequence[Pause] = (),
    calendar: WorkingCalendar | None,
    now: datetime,
) -> datetime:
    """The due time of `due`, in UTC, without the explanation: for clocks by the thousand."""
    start = in_utc(start)
    paused = paused_since(pauses, start=start, now=now) if pauses else ()
    if isinstance(duration, WorkingDays):
        return last_working_day_due(
            start=start, duration=duration, paused=paused, calendar=_required(calendar)
        )
    if isinstance(duration, Natural):
        return unpaused_after(_NATURAL_TIME, start=start, length=duration.length, paused=paused)
    return working_time_due(
        _required(calendar), start=start, length=duration.length, paused=paused
    )


def elapsed(
    *,
    start: datetime,
    end: datetime,
    duration: Duration,
    pauses: Sequence[Pause] = (),
    calendar: WorkingCalendar | None,
    now: datetime,
) -> float:
    """Seconds between `start` and `end` that count for this kind of duration and are not paused.

    Natural seconds for natural time, working seconds for working time and for working days.
    0 when `end` is before `start`. Raises YearNotPublished, CalendarRequired, NaiveMoment.
    """
    start, end = in_utc(start), in_utc(end)
    paused = paused_since(pauses, start=start, now=now) if pauses else ()
    ruler = _ruler(duration, calendar)
    return unpaused_between(ruler, start=start, end=end, paused=paused).total_seconds()


def remaining(
    *,
    at: datetime,
    due_at: datetime,
    duration: Duration | None = None,
    calendar: WorkingCalendar | None = None,
) -> float:
    """Seconds left at `at` until `due_at`, below zero when overdue.

    Natural seconds, unless the `duration` tells another kind (see elapsed).
    Raises YearNotPublished, CalendarRequired, NaiveMoment.
    """
    at, due_at = in_utc(at), in_utc(due_at)
    ruler = _NATURAL_TIME if duration is None else _ruler(duration, calendar)
    left = ruler.time_between(at, due_at) - ruler.time_between(due_at, at)
    return left.total_seconds()


def share_point(
    *,
    start: datetime,
    duration: Duration,
    share: float,
    pauses: Sequence[Pause] = (),
    calendar: WorkingCalendar | None,
    now: datetime,
) -> datetime:
    """The moment, in UTC, at which `share` (0 to 1) of the duration is used, for early warning.

    Of working days, the share of the unpaused working time between start and due time; where
    there is none, of the natural time. Raises YearNotPublished, CalendarRequired, NaiveMoment.
    """
    start = in_utc(start)
    paused = paused_since(pauses, start=start, now=now) if pauses else ()
    ruler = _ruler(duration, calendar)
    if not isinstance(duration, WorkingDays):
        length = duration.length
        return unpaused_after(ruler, start=start, length=length * share, paused=paused)
    end = due_at(start=start, duration=duration, pauses=pauses, calendar=calendar, now=now)
    for kind in (ruler, _NATURAL_TIME):
        length = unpaused_between(kind, start=start, end=end, paused=paused)
        if length > _NOTHING:
            return unpaused_after(kind, start=start, length=length * share, paused=paused)
    return end


def _ruler(duration: Duration, calendar: WorkingCalendar | None) -> Ruler:
    return _NATURAL_TIME if isinstance(duration, Natural) else _required(calendar)


def _required(calendar: WorkingCalendar | None) -> WorkingCalendar:
    if calendar is None:
        raise CalendarRequired("working time needs a working calendar")
    return calendar
