"""Editions as rows, and the packs in their folders."""

from collections.abc import Iterator
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from uuid import UUID

from django.db.models import QuerySet

from shouwen.clocks.queries import editions_folder, pack_in
from shouwen.core.clause import Version
from shouwen.core.kinds import Rule
from shouwen.editions.models import Edition
from shouwen.people.models import Staff
from shouwen.standard.edition_files import PACK
from shouwen.standard.pack import Pack, read_pack

_PEOPLE = ("base", "editor", "submitted_by", "decided_by")


def edition_with(*, id: UUID) -> Edition:
    """One edition with everybody who had a hand in it. Raises Edition.DoesNotExist."""
    return Edition.objects.select_related(*_PEOPLE).get(pk=id)


def in_force() -> Edition | None:
    """The published edition with the highest number; None before the first."""
    return Edition.objects.filter(state=Edition.State.PUBLISHED).order_by("-number").first()


def editions_listed(*, before: int | None = None, limit: int = 50) -> list[Edition]:
    """Published editions, the newest first; `before` is the number of the last one seen."""
    rows = Edition.objects.filter(state=Edition.State.PUBLISHED).select_related(*_PEOPLE)
    if before is not None:
        rows = rows.filter(number__lt=before)
    return list(rows.order_by("-number")[:limit])


def open_drafts(*, limit: int = 50) -> list[Edition]:
    """Drafts that can still be changed or wait for approval, the latest first."""
    states = [Edition.State.SUBMITTED, *Edition.OPEN]
    return list(_drafts().filter(state__in=states)[:limit])


def draft_for(*, editor: Staff) -> Edition | None:
    """The draft that an editor goes on with: the latest own one, else the latest of anybody."""
    drafts = _drafts().filter(state__in=Edition.OPEN)
    return drafts.filter(editor=editor).first() or drafts.first()


def waiting_changes(clause: str) -> list[Edition]:
    """Editions that wait for approval and change the clause, the oldest first."""
    waiting = Edition.objects.filter(state=Edition.State.SUBMITTED).order_by("submitted_at")
    return [edition for edition in waiting if clause in edition.clauses]


def edition_path(edition: Edition) -> Path:
    """The folder of an edition: `pack/`, `calendar/` and, once sealed, SHA256SUMS."""
    return editions_folder() / edition.folder


def loaded(edition: Edition) -> Pack:
    """The pack of an edition with the years added to the calendar here. Raises PackFaults."""
    return pack_in(edition_path(edition) / PACK)


def readable(edition: Edition) -> Pack | None:
    """The pack of an edition, though it may have faults, for whoever mends it; None when it cannot be read."""
    return _readable(edition_path(edition) / PACK)


@lru_cache(maxsize=8)
def _readable(path: Path) -> Pack | None:
    return read_pack(path)[0]


def new_versions(*, base: Pack, pack: Pack) -> Iterator[tuple[Rule, Version]]:
    """Every rule version that `pack` has and `base` has not, by its first day."""
    for rule in pack.rules.values():
        known = base.digests.get(rule.id, {})
        for version in rule.versions:
            if version.from_.isoformat() not in known:
                yield rule, version


def effective_on(*, base: Pack, pack: Pack) -> date | None:
    """The earliest day on which a version that is new begins; None when none is."""
    return min((version.from_ for _, version in new_versions(base=base, pack=pack)), default=None)


def began_at(day: date, *, pack: Pack) -> datetime:
    """The first instant of a day in the zone of the pack."""
    return datetime(day.year, day.month, day.day, tzinfo=pack.calendar.zone)


def _drafts() -> QuerySet[Edition]:
    return Edition.objects.select_related(*_PEOPLE).order_by("-saved_at", "id")
