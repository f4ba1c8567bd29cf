"""The three ways to say how long: by the clock, by working hours, by working days."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Literal


class BadDuration(ValueError):
    """A duration that cannot be counted; the message says what is wrong."""


@dataclass(frozen=True, slots=True)
class Natural:
    """Seconds by the wall clock, day and night, working or not."""

    seconds: int

    def __post_init__(self) -> None:
        _refuse_negative(self.seconds)

    @property
    def length(self) -> timedelta:
        return timedelta(seconds=self.seconds)


@dataclass(frozen=True, slots=True)
class WorkingTime:
    """Seconds that count only inside the windows of a working calendar."""

    seconds: int

    def __post_init__(self) -> None:
        _refuse_negative(self.seconds)

    @property
    def length(self) -> timedelta:
        return timedelta(seconds=self.seconds)


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """Whole working days, and perhaps half a day more, read the way the standard reads them.

    first_day
        "next": the day of receipt does not count; day 1 is the first working day after it.
        "same": the day of receipt is day 1 when it is a working day and was not over yet;
        otherwise day 1 is the next working day.
    ends
        "close": at the close of the last window of the last day.
        "same_time": at the time of day at which the clock started, on the last day.
    half_days
        0 or 1. Half a day ends at the close of the first window of a day with several windows,
        and in the middle of the window of a day with one. Started on the day itself after that
        point, it ends at the close of the day.

    "same_time" needs first_day="next" and no half day: else the limit would be the start itself.
    Raises BadDuration.
    """

    days: int
    first_day: Literal["next", "same"] = "next"
    ends: Literal["close", "same_time"] = "close"
    half_days: int = 0

    def __post_init__(self) -> None:
        _refuse_negative(self.days)
        if self.half_days not in (0, 1):
            raise BadDuration(f"half_days is 0 or 1, not {self.half_days}")
        if not self.days and not self.half_days:
            raise BadDuration("no working days at all")
        if self.ends == "same_time" and (self.first_day == "same" or self.half_days):
            raise BadDuration("same_time needs first_day next and no half day")


Duration = Natural | WorkingTime | WorkingDays


def _refuse_negative(amount: int) -> None:
    if amount < 0:
        raise BadDuration(f"{amount} is less than nothing")
