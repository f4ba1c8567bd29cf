"""The standard this installation works by: loaded once per process."""

from functools import cache
from pathlib import Path

from shouwen.core.timing.calendar import WorkingCalendar
from shouwen.standard.locations import default_pack_path
from shouwen.standard.pack import Pack, load_pack


def active_pack() -> Pack:
    """The pack in SHOUWEN_STANDARD; a changed pack takes a new process. Raises PackFaults."""
    return _loaded(default_pack_path())


def active_calendar() -> WorkingCalendar:
    """The working calendar of the active pack. Raises PackFaults."""
    return active_pack().calendar


@cache
def _loaded(path: Path) -> Pack:
    return load_pack(path)
