"""When a message may go out: quiet hours, limits for each recipient, waits between attempts. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True, kw_only=True)
class QuietHours:
    """From `begins` up to but not including `ends`, local time; over midnight when it ends earlier."""

    begins: time
    ends: time

    def end_after(self, at: datetime, *, zone: ZoneInfo) -> datetime:
        """The first instant from `at` on that is not quiet (UTC)."""
        local = at.astimezone(zone)
        if not self._is_quiet(local.time()):
            return at
        day = local.date()
        if local.time() >= self.ends:
            day += timedelta(days=1)
        return datetime.combine(day, self.ends, tzinfo=zone).astimezone(UTC)

    def _is_quiet(self, moment: time) -> bool:
        if self.begins <= self.ends:
            return self.begins <= moment < self.ends
        return moment >= self.begins or moment < self.ends


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """At most `count` messages to one recipient within `minutes`."""

    count: int
    minutes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Retry:
    """Attempts at a message, and the waits between them: doubled each time up to the longest."""

    attempts: int
    first_wait_seconds: int
    longest_wait_minutes: int
    urgent_wait_seconds: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Sending:
    """The rules of sending. A message that could only go later than `longest_delay_hours` does not go."""

    quiet_hours: QuietHours
    retry: Retry
    limits: tuple[Limit, ...]
    longest_delay_hours: int
    keep_days: int

    @property
    def most_counted(self) -> int:
        """How many of a recipient's messages must be known to decide."""
        return max((limit.count for limit in self.limits), default=0)


@dataclass(frozen=True, slots=True)
class GoesAt:
    """The message may go at this instant (UTC)."""

    at: datetime


@dataclass(frozen=True, slots=True)
class TooMany:
    """The recipient has had so many that this one would come too late."""


def decide(
    *,
    at: datetime,
    planned: Sequence[datetime],
    rules: Sending,
    zone: ZoneInfo,
    is_urgent: bool = False,
) -> GoesAt | TooMany:
    """When a message wanted at `at` may go. `planned`: the recipient's other messages, newest first (UTC).

    Urgent ones go at once.
    """
    if is_urgent:
        return GoesAt(at)
    free = at
    for limit in rules.limits:
        if len(planned) >= limit.count:
            free = max(free, planned[limit.count - 1] + timedelta(minutes=limit.minutes))
    free = rules.quiet_hours.end_after(free, zone=zone)
    return TooMany() if free - at > timedelta(hours=rules.longest_delay_hours) else GoesAt(free)


def next_attempt(
    *, message: UUID, attempts: int, rules: Sending, now: datetime, is_urgent: bool
) -> datetime | None:
    """When to try again after `attempts` failures (UTC); None when it was the last.

    Each message waits up to a fifth longer than the rule says, always the same for the same
    message, so that those which failed together do not come back together.
    """
    retry = rules.retry
    if attempts >= retry.attempts:
        return None
    first = retry.urgent_wait_seconds if is_urgent else retry.first_wait_seconds
    seconds = min(first * 2 ** (attempts - 1), retry.longest_wait_minutes * 60)
    return now + timedelta(seconds=seconds * (1 + message.int % 100 / 500))
