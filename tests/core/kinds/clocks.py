"""Clocks in one line, for the tests of the clock language."""

from datetime import date
from typing import Any

from shouwen.core.kinds.clock import ClockVersion, Start, Trigger, judge_clock
from shouwen.core.matter import Matter
from shouwen.core.verdict import Verdict
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
