"""What becomes of what a phone reports late, twice or in another order. Pure: no clock, no storage.

Each phone numbers its events. They are kept as they come, taken in the order of their numbers, and
judged against what the office decided meanwhile: nothing is dropped, nothing overwrites silently.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID

from shouwen.core.clause import Scalar

CLOCK_IS_OFF: Final = timedelta(minutes=5)
"""A phone whose clock differs by more is told so, and its times are marked."""


class Stand(StrEnum):
    """Whose word counts: what was found at the door is the site's, who goes when is the office's."""

    SITE = "site"
    OFFICE = "office"


class Trouble(StrEnum):
    """Why a person has to look at what a phone reported."""

    REASSIGNED = "reassigned"
    ENDED = "ended"
    CHANGED = "changed"
    NO_ORDER = "no_order"
    ALTERED = "altered"
    NUMBER_TWICE = "number_twice"
    WAITING = "waiting"
    FINDINGS_DIFFER = "findings_differ"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceEvent:
    """One thing that happened outside, as the phone wrote it down; it never changes.

    `device_at` is what the phone's clock showed, `offset` what has to be added to it as measured at
    the last contact. `base_version`: the order as the phone knew it. `edition`: the standard it used.
    """

    id: UUID
    device: UUID
    sequence: int
    kind: str
    device_at: datetime
    order: UUID | None = None
    visit: UUID | None = None
    offset: timedelta = timedelta(0)
    base_version: int = 0
    edition: str = ""
    by: str = ""
    data: Mapping[str, Scalar] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Bounded:
    """When something happened, between the package and the receipt. `doubt`: why that is not the phone's word."""

    at: datetime
    doubt: str = ""


def bounded(
    *,
    device_at: datetime,
    offset: timedelta,
    not_before: datetime,
    received_at: datetime,
) -> Bounded:
    """The instant that counts; the phone's own is kept beside it by whoever calls."""
    said = device_at + offset
    if said < not_before:
        return Bounded(not_before, "before_package")
    if said > received_at:
        # A phone that is a breath ahead is not worth a mark.
        ahead = said - received_at > CLOCK_IS_OFF
        return Bounded(received_at, "after_receipt" if ahead else "")
    return Bounded(said, "clock_off" if abs(offset) > CLOCK_IS_OFF else "")


@dataclass(frozen=True, slots=True)
class OrderNow:
    """An order as the office has it: its version, who has it, whether anybody still waits."""

    version: int
    assignee: str
    is_open: bool


@dataclass(frozen=True, slots=True)
class Judged:
    """Whether an event takes effect, and whether somebody has to look at it."""

    applies: bool
    trouble: Trouble | None = None


def judged(
    *, stand: Stand, by: str, known_version: int, order: OrderNow | None, needs_order: bool
) -> Judged:
    """What becomes of an event whose turn it is.

    `known_version`: the last version of the order that this phone had seen or made itself. Facts of
    the site stand whatever the office decided; what the office decides is not changed by a phone
    that did not know.
    """
    if order is None:
        return Judged(not needs_order, Trouble.NO_ORDER if needs_order else None)
    trouble = _trouble(by=by, known_version=known_version, order=order)
    if stand is Stand.SITE:
        return Judged(applies=True, trouble=trouble)
    return Judged(applies=trouble in (None, Trouble.CHANGED), trouble=trouble)


def _trouble(*, by: str, known_version: int, order: OrderNow) -> Trouble | None:
    if order.version <= known_version:
        return None
    if not order.is_open:
        return Trouble.ENDED
    if order.assignee != by:
        return Trouble.REASSIGNED
    return Trouble.CHANGED


def in_turn(*, next_: int, waiting: Collection[int]) -> Iterator[int]:
    """The numbers that may be taken now: from the next one on without a gap."""
    there = set(waiting)
    while next_ in there:
        yield next_
        next_ += 1


class Danger(StrEnum):
    """How dangerous a finding is, the least first."""

    NONE = "none"
    MINOR = "minor"
    GENERAL = "general"
    MAJOR = "major"


_RANKS: Final = {danger: rank for rank, danger in enumerate(Danger)}


def danger_of(text: str) -> Danger | None:
    """The danger that a word names; None for any other word."""
    return Danger(text) if text in set(map(str, Danger)) else None


def rank(danger: Danger) -> int:
    """Higher is more dangerous."""
    return _RANKS[danger]


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found of one thing in one place, by which event."""

    danger: Danger
    event: UUID
    by: str


@dataclass(frozen=True, slots=True)
class Standing:
    """What counts after two findings, and whether a person has to decide between them."""

    finding: Finding
    differs: bool


def standing(now: Finding | None, new: Finding) -> Standing:
    """The more dangerous finding counts. That it differs from the other is for a person to settle,
    except where the same person found it worse than before. Equal ones: the first stands.
    """
    if now is None:
        return Standing(new, differs=False)
    if new.danger == now.danger:
        return Standing(now, differs=False)
    is_worse = rank(new.danger) > rank(now.danger)
    if is_worse:
        return Standing(new, differs=new.by != now.by)
    return Standing(now, differs=True)
