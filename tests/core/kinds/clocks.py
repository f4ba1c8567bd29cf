"""Clocks in one line, for the tests of the clock language."""

from datetime import date, datetime
from typing import Any

from shouwen.core.kinds.clock import ClockVersion, Start, Trigger, judge_clock
from shouwen.core.matter import Matter
from shouwen.core.verdict import Excepted, Gap, Met, Missed, Paused, Running, Verdict
from tests.core.kinds.moments import CALENDAR, at

DONE = Trigger(on=("case.repaired",))


def clock(**parts: Any) -> ClockVersion:
    """A clock from case.reported to case.repaired, and whatever is said of its limit."""
    given = {"start": Start(on=("case.reported",)), "stop": DONE, **parts}
    return ClockVersion(from_=date(2025, 1, 1), **given)


def judged(version: ClockVersion, *events: Any, now: str = "12-01 00:00", **more: Any) -> Verdict:
    """What the clock comes to at a local moment; events in any order."""
    known = sorted((e for e in events if e.at <= at(now)), key=lambda e: e.at)
    matter = Matter(facts={}, events=known, calendar=CALENDAR, now=at(now), **more)
    return judge_clock(version, matter)


def codes(verdict: Verdict) -> list[str]:
    """The codes of its steps."""
    return [step.code for step in verdict.steps]


def started_at(verdict: Verdict) -> datetime | None:
    """When it began to count; of a verdict that never counts this may not be asked."""
    assert isinstance(verdict, Running | Met | Missed | Paused | Excepted | Gap), verdict
    return verdict.started_at


def due_at(verdict: Verdict) -> datetime | None:
    """When it is due; of a verdict that promises nothing this may not be asked."""
    assert isinstance(verdict, Running | Met | Missed | Excepted), verdict
    return verdict.due_at


def warn_at(verdict: Verdict) -> datetime | None:
    """When it warns; only a clock that runs, or ran to its end, does."""
    assert isinstance(verdict, Running | Met | Missed), verdict
    return verdict.warn_at
