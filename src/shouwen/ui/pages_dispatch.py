"""What the dispatcher's pages print: worded, placed, nothing left to compute."""

from __future__ import annotations

from dataclasses import dataclass

from shouwen.ui.parts import Action, Choice, ClauseMark, Empty, Note, Tag
from shouwen.ui.presenters import ClockChip


@dataclass(frozen=True, slots=True)
class JobCard:
    """An order that waits. `look`: "", warn, over; `paging`: who was rung, since when nobody answers.

    url         the page with this order chosen; suggest_url: what it would mean to send each
    """

    id: str
    number: str
    title: str
    place: str
    sub: str
    url: str
    suggest_url: str
    detail_url: str
    chip: ClockChip | None = None
    mark: ClauseMark | None = None
    look: str = ""
    tags: tuple[Tag, ...] = ()
    paging: str = ""
    since_iso: str = ""
    is_current: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """Something on a lane: css classes (place, width, look), two short lines, all in words."""

    css: str
    first: str = ""
    second: str = ""
    label: str = ""
    url: str = ""
    id: str = ""


@dataclass(frozen=True, slots=True)
class LaneLine:
    """One person's day. `state`: idle, busy, off."""

    id: str
    staff_no: str
    name: str
    sub: str
    state: str
    state_word: str
    load: str
    pieces: tuple[Piece, ...]
    now_css: str = ""


@dataclass(frozen=True, slots=True)
class HourHead:
    """The head of an hour."""

    css: str
    text: str


@dataclass(frozen=True, slots=True)
class Ghost:
    """Where an order would stand in somebody's day, and what it would mean in a sentence."""

    staff_no: str
    name: str
    css: str
    first: str
    second: str
    says: str
    can_go: bool


@dataclass(frozen=True, slots=True)
class ReasonLine:
    """What speaks for and against somebody."""

    name: str
    staff_no: str
    fit: str
    fit_look: str
    arrives: str
    reasons: str


@dataclass(frozen=True, slots=True)
class SuggestionPart:
    """An order chosen: ghosts for the lanes, the proposal, the reasons. `to` is empty without anybody."""

    order_id: str
    title: str
    act_url: str
    act_id: str
    version: int
    day: str
    to: str
    name: str
    says: str
    ghosts: tuple[Ghost, ...]
    reasons: tuple[ReasonLine, ...]
    can_send: bool


@dataclass(frozen=True, slots=True)
class MapCell:
    """The ground of an estate."""

    points: str
    css: str


@dataclass(frozen=True, slots=True)
class MapText:
    """A name on the map."""

    x: float
    y: float
    text: str


@dataclass(frozen=True, slots=True)
class MapPerson:
    """Somebody on the map."""

    x: float
    y: float
    initial: str
    is_busy: bool


@dataclass(frozen=True, slots=True)
class MapPoint:
    """A job (`d` empty, a square) or an alarm (`d`: the path of its triangle)."""

    x: float
    y: float
    d: str = ""


@dataclass(frozen=True, slots=True)
class SchematicMap:
    """The area without tiles. `label` says it in words."""

    label: str
    cells: tuple[MapCell, ...]
    names: tuple[MapText, ...]
    ways: tuple[str, ...]
    jobs: tuple[MapPoint, ...]
    people: tuple[MapPerson, ...]
    view_box: str = "0 0 286 250"


@dataclass(frozen=True, slots=True)
class HoldsLine:
    """One line of: does it hold as planned."""

    look: str
    text: str
    value: str
    css: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class AsidePart:
    """What stands beside the lanes, fetched alone; the names are those of the page."""

    map: SchematicMap | None
    map_note: str
    holds: tuple[HoldsLine, ...]


@dataclass(frozen=True, slots=True)
class DispatchPage:
    """The board. `later`: number and name of those whose days are fetched once the page stands. `changed_url` gives the lanes that changed and the list of jobs, `aside_url` map and sums."""

    choices: tuple[Choice, ...]
    day: str
    jobs: tuple[JobCard, ...]
    jobs_heading: str
    jobs_more: str
    hours: tuple[HourHead, ...]
    lanes: tuple[LaneLine, ...]
    now_text: str
    now_css: str
    changed_url: str
    aside_url: str
    body_url: str
    suggestion: SuggestionPart | None
    map: SchematicMap | None
    map_note: str
    holds: tuple[HoldsLine, ...]
    empty: Empty
    lanes_empty: Empty
    notice: Note | None = None
    is_part: bool = False
    later: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class WeekCell:
    """Somebody's day in the week: shift, jobs, share taken (0–5 for the ground)."""

    shift: str
    jobs: str
    ramp: str
    url: str


@dataclass(frozen=True, slots=True)
class WeekLine:
    """Somebody's week."""

    name: str
    sub: str
    cells: tuple[WeekCell, ...]


@dataclass(frozen=True, slots=True)
class WeekPage:
    """The week: who works when, how full it is."""

    choices: tuple[Choice, ...]
    days: tuple[str, ...]
    lines: tuple[WeekLine, ...]
    empty: Empty


@dataclass(frozen=True, slots=True)
class OrderEvent:
    """One line of what happened to an order."""

    time: str
    text: str
    sub: str = ""


@dataclass(frozen=True, slots=True)
class WindowLine:
    """A window that can be offered: how much is left of it."""

    text: str
    left: str
    act_url: str
    value: str
    act_id: str
    look: str = ""


@dataclass(frozen=True, slots=True)
class WindowDay:
    """The windows of a day."""

    title: str
    windows: tuple[WindowLine, ...]


@dataclass(frozen=True, slots=True)
class OrderPage:
    """One order: what, where, who, when; the time agreed; what happened."""

    heading: str
    state: Tag
    facts: tuple[tuple[str, str], ...]
    case_text: str
    case_url: str
    actions: tuple[Action, ...]
    appointment: str
    appointment_sub: str
    appointment_actions: tuple[Action, ...]
    days: tuple[WindowDay, ...]
    windows_heading: str
    history: tuple[OrderEvent, ...]
    back_url: str
    notice: Note | None = None
    chips: tuple[tuple[str, ClockChip, ClauseMark | None], ...] = ()
