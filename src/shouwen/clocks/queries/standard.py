"""The standard this installation works by: its editions, with the calendar years added to it here.

The newest published edition is in force; without any, the pack in SHOUWEN_STANDARD. Editions and added
years are noticed while running: their folders are looked at again every few seconds, and at once when
somebody says that they changed. A matter keeps the edition it began under.
"""

import logging
import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from shouwen.core.audio.settings import Listening
from shouwen.core.timing.calendar import WorkingCalendar
from shouwen.standard.by_sound import load_listening
from shouwen.standard.calendar_years import AddedYear, kept_years, with_years, year_files
from shouwen.standard.callbacks import CallBackPlan, load_callbacks
from shouwen.standard.cockpit import Cockpit, load_cockpit
from shouwen.standard.dispatching import DispatchPlan, load_dispatch
from shouwen.standard.edition_files import (
    LIST,
    PACK,
    PublishedEdition,
    published_editions,
    tampering,
)
from shouwen.standard.faults import PackFaults
from shouwen.standard.hall import Hall, load_hall
from shouwen.standard.hazards import Hazards, load_hazards
from shouwen.standard.letters import Letters, load_letters
from shouwen.standard.locations import default_pack_path
from shouwen.standard.pack import Pack, load_pack
from shouwen.standard.reviewing import Reviewing, load_reviewing
from shouwen.standard.settings import (
    Ladder,
    ReopeningPolicy,
    load_ladder,
    load_reopening_policy,
)

LOOK_EVERY_SECONDS = 2.0

_log = logging.getLogger(__name__)

Stamp = tuple[tuple[str, int, int], ...]
"""Name, change time and size of every file of an added year, or of the list of editions."""


@dataclass
class _Look:
    """The last look at the folders of added years and of editions."""

    years: Stamp = ()
    editions: Stamp = ()
    looked_at: float = float("-inf")


_look = _Look()


def active_pack() -> Pack:
    """The pack in force with the added years.

    Raises PackFaults, also when a file of the edition in force is not what was published. A file of
    an added year that cannot be used is logged and left out: that year then counts as not published.
    """
    return _pack(edition_in_force())


def readable_standard() -> Pack | None:
    """The pack in force, or None when it cannot be read: what needs no rule goes on without it."""
    try:
        return active_pack()
    except PackFaults:
        return None


def active_pack_path() -> Path:
    """The directory of the pack in force. Raises PackFaults."""
    return _path(edition_in_force())


def active_calendar() -> WorkingCalendar:
    """The working calendar in force. Raises PackFaults."""
    return active_pack().calendar


def edition_in_force() -> PublishedEdition | None:
    """The edition in force; None while the pack in SHOUWEN_STANDARD is. Raises PackFaults."""
    editions = known_editions()
    return editions[-1] if editions else None


def known_editions() -> tuple[PublishedEdition, ...]:
    """Every published edition, the oldest first. Raises PackFaults."""
    if time.monotonic() - _look.looked_at > LOOK_EVERY_SECONDS:
        look_again()
    return _editions(editions_folder(), _look.editions)


def pack_begun_under(*, digest: str, at: datetime) -> Pack:
    """The pack that a matter keeps: the one of this digest, or the one in force at `at` (UTC). Raises PackFaults."""
    editions = known_editions()
    if not editions or editions[-1].digest == digest:
        return active_pack()
    same = [edition for edition in editions if edition.digest == digest]
    before = [edition for edition in editions if edition.published_at <= at]
    return _pack((same or before or editions[:1])[-1])


def calendar_folder() -> Path:
    """Where the years added to the calendar are kept."""
    return _folders(settings.SHOUWEN_HOME)[0]


def editions_folder() -> Path:
    """Where drafts and published editions are kept."""
    return _folders(settings.SHOUWEN_HOME)[1]


def look_again() -> None:
    """Takes note of added years and editions at once; called by whoever has changed them or was told so."""
    _look.years = _stamp(year_files(calendar_folder(), name="*"))
    _look.editions = _stamp([editions_folder() / LIST])
    _look.looked_at = time.monotonic()


def pack_with(added: Iterable[AddedYear]) -> Pack:
    """The pack as it would be with these years besides, or in the place of, those in force. Raises PackFaults."""
    base = _loaded(active_pack_path())
    kept, _ = kept_years(calendar_folder(), name=base.organisation.calendar)
    by_year = {each.year: each for each in (*kept, *added)}
    return base.with_calendar(with_years(base.calendar, by_year.values()))


def pack_in(path: Path) -> Pack:
    """The pack in a directory with the years added here. Raises PackFaults."""
    look_again()
    return _with_years(_loaded(path), calendar_folder(), _look.years)


def reopening_policy() -> ReopeningPolicy:
    """Which clocks begin anew when a matter is reopened. Raises PackFaults."""
    return _reopening(active_pack_path())


def escalation_ladder() -> Ladder:
    """Who is told when a promise nears or passes its due time. Raises PackFaults."""
    return _ladder(active_pack_path())


def cockpit_plan() -> Cockpit:
    """Which rule speaks at which step of a call. Raises PackFaults."""
    return _cockpit(active_pack_path())


def hall_plan() -> Hall:
    """What the company set for its hall. Raises PackFaults."""
    return _hall(active_pack_path())


def dispatch_plan() -> DispatchPlan:
    """What the company set for the field. Raises PackFaults."""
    return _dispatch(active_pack_path())


def hazard_catalogue() -> Hazards:
    """The hazards that are looked for, with their readings and actions. Raises PackFaults."""
    return _hazards(active_pack_path())


def letters_plan() -> Letters:
    """What the company set for mails and the form on the web. Raises PackFaults."""
    return _letters(active_pack_path())


def callback_plan() -> CallBackPlan:
    """How often a promised call is tried, and what follows the last try. Raises PackFaults."""
    return _callbacks(active_pack_path())


def reviewing_plan() -> Reviewing:
    """How calls are reviewed: draws, score sheet, reasons, appeals. Raises PackFaults."""
    return _reviewing(active_pack_path())


def listening_plan() -> Listening:
    """How recordings are listened to. Raises PackFaults."""
    return _listening(active_pack_path())


@lru_cache(maxsize=2)
def _folders(home: str | Path) -> tuple[Path, Path]:
    """Made once: they are asked for with every matter that is judged."""
    return Path(home) / "calendar", Path(home) / "editions"


def _path(edition: PublishedEdition | None) -> Path:
    return default_pack_path() if edition is None else editions_folder() / edition.folder / PACK


def _pack(edition: PublishedEdition | None) -> Pack:
    path = _path(edition)
    if edition is not None:
        _refuse_tampering(path.parent, edition.seal)
    return _with_added_years(path, calendar_folder(), _look.years)


@lru_cache(maxsize=16)
def _refuse_tampering(folder: Path, seal: str) -> None:
    """Once per process: what was loaded stays loaded. A failed look is not remembered."""
    faults = tampering(folder, seal=seal)
    if faults:
        raise PackFaults(faults)


def _stamp(files: Iterable[Path]) -> Stamp:
    found = []
    for path in files:
        try:
            stat = path.stat()
        except FileNotFoundError:
            continue
        found.append((path.name, stat.st_mtime_ns, stat.st_size))
    return tuple(found)


@lru_cache(maxsize=2)
def _editions(folder: Path, stamp: Stamp) -> tuple[PublishedEdition, ...]:
    return published_editions(folder) if stamp else ()


@lru_cache(maxsize=8)
def _reopening(path: Path) -> ReopeningPolicy:
    return load_reopening_policy(path)


@lru_cache(maxsize=8)
def _ladder(path: Path) -> Ladder:
    return load_ladder(path)


@lru_cache(maxsize=8)
def _cockpit(path: Path) -> Cockpit:
    return load_cockpit(path)


@lru_cache(maxsize=8)
def _hall(path: Path) -> Hall:
    return load_hall(path)


@lru_cache(maxsize=8)
def _dispatch(path: Path) -> DispatchPlan:
    return load_dispatch(path)


@lru_cache(maxsize=8)
def _hazards(path: Path) -> Hazards:
    return load_hazards(path)


@lru_cache(maxsize=8)
def _letters(path: Path) -> Letters:
    return load_letters(path)


@lru_cache(maxsize=8)
def _callbacks(path: Path) -> CallBackPlan:
    return load_callbacks(path)


@lru_cache(maxsize=8)
def _reviewing(path: Path) -> Reviewing:
    return load_reviewing(path)


@lru_cache(maxsize=8)
def _loaded(path: Path) -> Pack:
    return load_pack(path)


@lru_cache(maxsize=16)
def _with_added_years(path: Path, folder: Path, stamp: Stamp) -> Pack:
    return _with_years(_loaded(path), folder, stamp)


def _with_years(pack: Pack, folder: Path, stamp: Stamp) -> Pack:
    if not stamp:
        return pack
    kept, faults = kept_years(folder, name=pack.organisation.calendar)
    for fault in faults:
        _log.error("an added calendar year is left out: %s", fault)
    return pack.with_calendar(with_years(pack.calendar, kept))


@lru_cache(maxsize=8)
def _listening(path: Path) -> Listening:
    return load_listening(path)
