"""The standard this installation works by: loaded once per process."""

from functools import cache
from pathlib import Path

from shouwen.core.timing.calendar import WorkingCalendar
from shouwen.standard.locations import default_pack_path
from shouwen.standard.pack import Pack, load_pack
from shouwen.standard.settings import (
    Ladder,
    ReopeningPolicy,
    load_ladder,
    load_reopening_policy,
)


def active_pack() -> Pack:
    """The pack in SHOUWEN_STANDARD; a changed pack takes a new process. Raises PackFaults."""
    return _loaded(default_pack_path())


def active_calendar() -> WorkingCalendar:
    """The working calendar of the active pack. Raises PackFaults."""
    return active_pack().calendar


def reopening_policy() -> ReopeningPolicy:
    """Which clocks begin anew when a matter is reopened. Raises PackFaults."""
    return _reopening(default_pack_path())


def escalation_ladder() -> Ladder:
    """Who is told when a promise nears or passes its due time. Raises PackFaults."""
    return _ladder(default_pack_path())


@cache
def _reopening(path: Path) -> ReopeningPolicy:
    return load_reopening_policy(path)


@cache
def _ladder(path: Path) -> Ladder:
    return load_ladder(path)


@cache
def _loaded(path: Path) -> Pack:
    return load_pack(path)
