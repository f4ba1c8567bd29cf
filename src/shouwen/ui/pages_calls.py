"""What the pages of calls read: one call, the board, promised calls. Frozen values, every text worded."""

from __future__ import annotations

from dataclasses import dataclass

from shouwen.ui.pages import MaskedPhone, TimelineDay
from shouwen.ui.pages_cockpit import TurnLine
from shouwen.ui.parts import Action, Choice, ClauseMark, Empty, KeyLabel, Note, Tag
from shouwen.ui.presenters import ClockChip

# --- one call -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Measured:
    """A clock of a call, or what a rule says of it: look as of a clock chip, word, value, reason.

    why_url  how it was judged, step by step; "" where nothing is judged
    """

    look: str
    title: str
    word: str
    value: str = ""
    why: str = ""
    mark: ClauseMark | None = None
    why_url: str = ""


@dataclass(frozen=True, slots=True)
class SideChoice:
    """Which side of a recording is heard: a link to the page, and the box alone for where it stands."""

    label: str
    url: str
    box_url: str
    is_on: bool = False


@dataclass(frozen=True, slots=True)
class SoundBox:
    """One recording: what it is, how long it is kept; a button to open it, or the player once it is open.

    src       address of the sound; "" while it is not open
    channels  left, right, both: links to the same page
    """

    id: str
    text: str
    kept: str
    note: Note | None = None
    play: Action | None = None
    download: Action | None = None
    src: str = ""
    label: str = ""
    channels: tuple[SideChoice, ...] = ()


@dataclass(frozen=True, slots=True)
class CallPage:
    """One call. `unheard`: what nobody can prove; `turns_note`: why there is no transcript."""

    subject_id: str
    live_url: str
    title: str
    tags: tuple[Tag, ...]
    facts: tuple[KeyLabel, ...]
    phone: MaskedPhone
    case_text: str
    case_url: str
    clocks: tuple[Measured, ...]
    verdicts: tuple[Measured, ...]
    unheard: tuple[Note, ...]
    days: tuple[TimelineDay, ...]
    sounds: tuple[SoundBox, ...]
    sounds_note: Note | None
    turns: tuple[TurnLine, ...]
    turns_note: Note | None
    notice: Note | None = None


# --- the board ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure: label, value, what it is a part of; look as of a tag; the rule's mark and why."""

    label: str
    value: str
    of: str = ""
    look: str = ""
    mark: ClauseMark | None = None
    why_url: str = ""
    since_iso: str = ""
    grey: float = 0.0
    late: float = 0.0


@dataclass(frozen=True, slots=True)
class WaitingCall:
    """Somebody nobody has answered yet. The browser counts from `since_iso` and turns the row grey and red
    at the limits, in seconds; `look` is how it stands now: run, warn, over.
    """

    id: str
    url: str
    number: str
    waited: str
    since_iso: str
    grey: float
    late: float
    look: str
    word: str
    where: str
    sub: str
    acts: tuple[Action, ...] = ()


@dataclass(frozen=True, slots=True)
class AgentLine:
    """One agent: what they do, why, since when, on which call; acts of a supervisor."""

    name: str
    staff_no: str
    extension: str
    status: Tag
    reason: str
    since: str
    since_iso: str
    call: str
    call_url: str
    acts: tuple[Action, ...] = ()


@dataclass(frozen=True, slots=True)
class LostCall:
    """A call of today that reached nobody, and what became of it."""

    time: str
    number: str
    url: str
    word: str
    waited: str
    next: str
    next_url: str
    look: str = ""


@dataclass(frozen=True, slots=True)
class BoardPage:
    """The queue board. `rows_url` gives the body again; `is_wall`: big figures for a wall."""

    rows_url: str
    figures: tuple[Figure, ...]
    waiting: tuple[WaitingCall, ...]
    waiting_more: str
    agents: tuple[AgentLine, ...]
    agents_summary: str
    lost: tuple[LostCall, ...]
    lost_summary: str
    wall_url: str
    empty: Empty
    note: Note | None = None
    notice: Note | None = None
    limits: str = ""
    limits_mark: ClauseMark | None = None
    is_wall: bool = False


# --- promised calls -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class CallBackRow:
    """One promised call: its clock, who, what, whose, attempts, when it is tried again, what can be done."""

    id: str
    clock: ClockChip
    mark: ClauseMark | None
    title: str
    sub: str
    case_url: str
    number: str
    owner: str
    kind: Tag
    tries: str
    next: str
    look: str
    acts: tuple[Action, ...]
    more: tuple[Action, ...]
    owed: str = ""


@dataclass(frozen=True, slots=True)
class CallBacksPage:
    """The queue of promised calls, by due time."""

    rows_url: str
    heading: str
    choices: tuple[Choice, ...]
    rows: tuple[CallBackRow, ...]
    empty: Empty | None
    plan: str
    more_url: str = ""
    notice: Note | None = None
