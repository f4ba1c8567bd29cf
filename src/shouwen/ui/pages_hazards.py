"""What the pages of hazards read: frozen values, every text worded."""

from __future__ import annotations

from dataclasses import dataclass

from shouwen.ui.pages import CaseClock, Facts, Timeline, WhyDrawer
from shouwen.ui.parts import Action, Choice, Empty, Field, Note, Tag
from shouwen.ui.presenters import ClockChip


@dataclass(frozen=True, slots=True)
class GradeMark:
    """The mark of a hazard: look (major, general), 重大, what it is."""

    look: str
    word: str
    text: str


@dataclass(frozen=True, slots=True)
class HazardRow:
    """One hazard in the list. `off`: gas is off because of it."""

    number: str
    url: str
    mark: GradeMark
    sub: str
    owner: str
    found: str
    state: Tag
    subject_id: str
    clock: ClockChip | None = None
    off: Tag | None = None


@dataclass(frozen=True, slots=True)
class HazardsPage:
    """The list: filters, rows, the next page."""

    heading: str
    choices: tuple[Choice, ...]
    filter_url: str
    fields: tuple[Field, ...]
    kept: tuple[Field, ...]
    rows: tuple[HazardRow, ...]
    rows_url: str
    actions: tuple[Action, ...] = ()
    told: tuple[Note, ...] = ()
    empty: Empty | None = None
    more_url: str = ""
    notice: Note | None = None


@dataclass(frozen=True, slots=True)
class ChainStep:
    """One step of the chain: state (done, now, ""), its title, when, what is to be known of it."""

    no: int
    title: str
    state: str = ""
    time: str = ""
    sub: str = ""


@dataclass(frozen=True, slots=True)
class ReadingRow:
    """One reading: what, value with unit, how it stands, when and with which instrument."""

    title: str
    value: str
    stands: Tag
    sub: str


@dataclass(frozen=True, slots=True)
class PaperLink:
    """A sealed paper: its name, address, what seals it."""

    name: str
    url: str
    sub: str


@dataclass(frozen=True, slots=True)
class NoticeBox:
    """One written notice: number, how it was given, papers, what can be done about it."""

    number: str
    state: Tag
    sub: str
    papers: tuple[PaperLink, ...]
    actions: tuple[Action, ...]


@dataclass(frozen=True, slots=True)
class PhotoLink:
    """A photo, loaded when it is looked at."""

    url: str
    label: str


@dataclass(frozen=True, slots=True)
class HazardPage:
    """One hazard, its chain, clocks, readings, photos, notices, and what happened."""

    number: str
    mark: GradeMark
    tags: tuple[Tag, ...]
    origin: str
    place: str
    actions: tuple[Action, ...]
    more_actions: tuple[Action, ...]
    steps: tuple[ChainStep, ...]
    lacks: Note | None
    clocks: tuple[CaseClock, ...]
    readings: tuple[ReadingRow, ...]
    photos: tuple[PhotoLink, ...]
    notices: tuple[NoticeBox, ...]
    boxes: tuple[Facts, ...]
    timeline: Timeline
    live_url: str
    subject_id: str
    why: WhyDrawer | None = None
    notice: Note | None = None


@dataclass(frozen=True, slots=True)
class FindHazardPage:
    """The form in which the office puts a hazard on record."""

    heading: str
    url: str
    fields: tuple[Field, ...]
    back_url: str
    notice: Note | None = None
