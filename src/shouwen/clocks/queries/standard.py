"""The standard this installation works by: the pack, with the calendar years added to it here.

The pack is loaded once per process. Added years are noticed while running: the folder is looked at
again every few seconds, and at once when somebody says that it changed.
"""

import logging
import time
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from pathlib import Path

from django.conf import settings

from shouwen.core.timing.calendar import WorkingCalendar
from shouwen.standard.calendar_years import AddedYear, kept_years, with_years, year_files
from shouwen.standard.locations import default_pack_path
from shouwen.standard.pack import Pack, load_pack
from shouwen.standard.settings import (
    Ladder,
    ReopeningPolicy,
    load_ladder,
    load_reopening_policy,
)

LOOK_EVERY_SECONDS = 2.0

_log = logging.getLogger(__name__)

Stamp = tuple[tuple[str, int, int], ...]
"""Name, change time and size of every file of an added year."""


@dataclass
class _Look:
    """The last look at the folder of added years."""

    stamp: Stamp = ()
    looked_at: float = float("-inf")


_look = _Look()


def active_pack() -> Pack:
    """The pack in SHOUWEN_STANDARD with the added years; a changed pack takes a new process.

    Raises PackFaults. A file of an added year that cannot be used is logged and left out: that
    year then counts as not published.
    """
    if time.monotonic() - _look.looked_at > LOOK_EVERY_SECONDS:
        look_again()
    return _with_added_years(default_pack_path(), calendar_folder(), _look.stamp)


def active_calendar() -> WorkingCalendar:
    """The working calendar in force. Raises PackFaults."""
    return active_pack().calendar


def calendar_folder() -> Path:
    """Where the years added to the calendar are kept."""
    return Path(settings.SHOUWEN_HOME) / "calendar"


def look_again() -> None:
    """Takes note of added years at once; called by whoever has changed them or was told so."""
    _look.stamp = _stamp(calendar_folder())
    _look.looked_at = time.monotonic()


def pack_with(added: Iterable[AddedYear]) -> Pack:
    """The pack as it would be with these years besides, or in the place of, those in force. Raises PackFaults."""
    base = _loaded(default_pack_path())
    kept, _ = kept_years(calendar_folder(), name=base.organisation.calendar)
    by_year = {each.year: each for each in (*kept, *added)}
    return replace(base, calendar=with_years(base.calendar, by_year.values()))


def _stamp(folder: Path) -> Stamp:
    stats = ((path, path.stat()) for path in year_files(folder, name="*"))
    return tuple((path.name, stat.st_mtime_ns, stat.st_size) for path, stat in stats)


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


@lru_cache(maxsize=4)
def _with_added_years(path: Path, folder: Path, stamp: Stamp) -> Pack:
    pack = _loaded(path)
    if not stamp:
        return pack
    kept, faults = kept_years(folder, name=pack.organisation.calendar)
    for fault in faults:
        _log.error("an added calendar year is left out: %s", fault)
    return replace(pack, calendar=with_years(pack.calendar, kept))
