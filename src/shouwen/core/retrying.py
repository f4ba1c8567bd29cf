"""When a customer who was promised a call is tried again: a function of the attempts so far and the plan."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal, get_args
from zoneinfo import ZoneInfo

Outcome = Literal["reached", "no_answer", "busy", "wrong_number", "asked_later"]
OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)
TRIED_AGAIN: tuple[Outcome, ...] = ("no_answer", "busy")
_DAYS_AHEAD = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """A part of the day in which customers are called, local time; the end does not belong to it."""

    begins: time
    ends: time

    def holds(self, at: time) -> bool:
        """Whether a local time lies in it."""
        return self.begins <= at < self.ends


@dataclass(frozen=True, slots=True, kw_only=True)
class RetryPlan:
    """How often and when a promised call is tried again. Without `attempts` nothing is planned.

    attempts     how many attempts there are at most
    waits        minutes to the next attempt, by outcome: before the second, the third …; the last repeats
    bands        parts of the day in which customers are called, in order; none: the whole day
    change_band_after  attempts in one band after which another one is taken; 0: never
    before_due_minutes  one attempt is still made so long before the promise is due
    """

    attempts: int = 0
    waits: tuple[tuple[Outcome, tuple[int, ...]], ...] = ()
    bands: tuple[Band, ...] = ()
    change_band_after: int = 0
    before_due_minutes: int = 0

    def wait(self, outcome: Outcome, number: int) -> timedelta | None:
        """How long to wait after so many attempts; None for an outcome that nothing is said of."""
        minutes = dict(self.waits).get(outcome, ())
        if not minutes:
            return None
        return timedelta(minutes=minutes[min(number, len(minutes)) - 1])


@dataclass(frozen=True, slots=True)
class Tried:
    """One attempt: when it was made (aware), what became of it."""

    at: datetime
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class TryAgain:
    """The next attempt is due at this instant (UTC)."""

    at: datetime


@dataclass(frozen=True, slots=True)
class Stop:
    """No further attempt. `why`: reached, wrong_number, used_up, or no_plan."""

    why: Literal["reached", "wrong_number", "used_up", "no_plan"]


Next = TryAgain | Stop


def next_try(
    plan: RetryPlan,
    tried: Sequence[Tried],
    *,
    due_at: datetime,
    zone: ZoneInfo,
    asked_for: datetime | None = None,
) -> Next:
    """What follows the last of these attempts, of which there is at least one; pure.

    `asked_for` is the time that the customer named: it stands as it is, and such attempts do not
    count towards the limit. A promise that is still to be kept in time is tried once more before it
    is due. Calls are made within the bands; after so many attempts in one band, in another one.
    """
    last = tried[-1]
    if last.outcome == "reached":
        return Stop("reached")
    if last.outcome == "asked_later" and asked_for is not None:
        return TryAgain(asked_for)
    if last.outcome == "wrong_number":
        return Stop("wrong_number")
    counted = [each for each in tried if each.outcome in TRIED_AGAIN]
    wait = plan.wait(last.outcome, len(counted))
    if plan.attempts == 0 or wait is None:
        return Stop("no_plan")
    if len(counted) >= plan.attempts:
        return Stop("used_up")
    at = _banded(plan, counted, last.at + wait, zone=zone)
    latest = due_at - timedelta(minutes=plan.before_due_minutes)
    if at > due_at and latest > last.at + _shortest(plan) and _in_a_band(plan, latest, zone):
        at = latest
    return TryAgain(at)


def _shortest(plan: RetryPlan) -> timedelta:
    return timedelta(minutes=min(minutes for _, waits in plan.waits for minutes in waits))


def _banded(
    plan: RetryPlan, counted: Sequence[Tried], wanted: datetime, *, zone: ZoneInfo
) -> datetime:
    """The first moment from `wanted` on that lies in a band which may be used."""
    if not plan.bands:
        return wanted
    barred = _used_up(plan, counted, zone)
    day = wanted.astimezone(zone).date()
    for _ in range(_DAYS_AHEAD):
        for band in plan.bands:
            begins, ends = _on(day, band.begins, zone), _on(day, band.ends, zone)
            if ends > wanted and band != barred:
                return max(begins, wanted)
        day += timedelta(days=1)
    return wanted


def _used_up(plan: RetryPlan, counted: Sequence[Tried], zone: ZoneInfo) -> Band | None:
    """The band in which the last attempts all were, when they were enough; another one comes next."""
    most = plan.change_band_after
    last = [_band_at(plan, each.at, zone) for each in counted[-most:]] if most else []
    is_same = len(last) == most and most > 0 and len(set(last)) == 1
    return last[0] if is_same and len(plan.bands) > 1 else None


def _band_at(plan: RetryPlan, at: datetime, zone: ZoneInfo) -> Band | None:
    local = at.astimezone(zone).time()
    return next((band for band in plan.bands if band.holds(local)), None)


def _in_a_band(plan: RetryPlan, at: datetime, zone: ZoneInfo) -> bool:
    return not plan.bands or _band_at(plan, at, zone) is not None


def _on(day: date, at: time, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, at, zone)
