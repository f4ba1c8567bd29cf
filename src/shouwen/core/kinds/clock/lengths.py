"""Lengths of time as rules write them, as durations that can be counted."""

from datetime import timedelta
from functools import lru_cache
from math import ceil, inf

from shouwen.core.clause import Limit, Scalar
from shouwen.core.kinds.clock.words import DEFAULT_READING, LimitFrom, Reading
from shouwen.core.timing.durations import Duration, Natural, WorkingDays, WorkingTime

_SECONDS = {"seconds": 1, "minutes": 60, "hours": 3600, "days": 86400, "working_hours": 3600}


@lru_cache(maxsize=1024)
def duration_of(limit: Limit, reading: Reading | None = None) -> Duration:
    """The limit as a duration of its kind of time."""
    if limit.unit == "working_days":
        read = reading or DEFAULT_READING
        return WorkingDays(
            days=int(limit.value),
            half_days=int(limit.value * 2) % 2,
            first_day="next" if read.day_of_receipt == "excluded" else "same",
            ends="close" if read.limit_ends == "close_of_last_working_day" else "same_time",
        )
    seconds = round(limit.value * _SECONDS[limit.unit])
    return WorkingTime(seconds) if limit.unit == "working_hours" else Natural(seconds)


def natural(limit: Limit) -> timedelta:
    """A length of natural time: seconds, minutes, hours or days."""
    return timedelta(seconds=limit.value * _SECONDS[limit.unit])


def number_of(value: Scalar | None) -> float | None:
    """A number above zero as a record holds it, as number or as text; None for anything else."""
    if value is None or isinstance(value, bool):
        return None
    try:
        number = float(value)
    except ValueError:
        return None
    return number if 0 < number < inf else None


def bounded(number: float, said: LimitFrom, reading: Reading) -> Limit:
    """The number as a limit within its bounds; working days in halves, or whole where the
    reading knows no halves. Broken ones are rounded up.
    """
    value = min(max(number, said.at_least), said.at_most)
    if said.unit == "working_days":
        parts = 1 if reading.limit_ends == "same_time_of_day" else 2
        value = ceil(value * parts) / parts
    return Limit(value=value, unit=said.unit)
