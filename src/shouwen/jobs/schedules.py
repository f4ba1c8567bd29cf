"""When periodic work is due: a few fixed forms, in local time."""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

LONGEST_GAP = timedelta(days=62)
"""No form leaves a longer time between two instants."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class EveryMinutes:
    """Every so many minutes, counted from 1970-01-01 00:00 UTC."""

    minutes: int


@dataclass(frozen=True, slots=True)
class Daily:
    """Every day at a time of day."""

    at: time


@dataclass(frozen=True, slots=True)
class Weekly:
    """Once a week; 0 is Monday."""

    weekday: int
    at: time


@dataclass(frozen=True, slots=True)
class Monthly:
    """Once a month; in a month without that day on its last one."""

    day: int
    at: time


Schedule = EveryMinutes | Daily | Weekly | Monthly


def instants(
    schedule: Schedule, *, after: datetime, until: datetime, zone: ZoneInfo
) -> Iterator[datetime]:
    """The instants in (after, until], oldest first, in UTC. A local time that a change of the clocks
    skips counts as the same time without the change.
    """
    if isinstance(schedule, EveryMinutes):
        yield from _every(timedelta(minutes=schedule.minutes), after=after, until=until)
        return
    day, last = after.astimezone(zone).date(), until.astimezone(zone).date()
    while day <= last:
        at = datetime.combine(day, schedule.at, tzinfo=zone).astimezone(UTC)
        if _falls_on(schedule, day) and after < at <= until:
            yield at
        day += timedelta(days=1)


def _every(step: timedelta, *, after: datetime, until: datetime) -> Iterator[datetime]:
    at = _EPOCH + ((after - _EPOCH) // step + 1) * step
    while at <= until:
        yield at
        at += step


def _falls_on(schedule: Daily | Weekly | Monthly, day: date) -> bool:
    match schedule:
        case Daily():
            return True
        case Weekly(weekday=weekday):
            return day.weekday() == weekday
        case Monthly(day=number):
            return day.day == min(number, monthrange(day.year, day.month)[1])
