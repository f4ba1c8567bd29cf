"""What the agent's cockpit reads: frozen values, every text worded."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from shouwen.ui.pages import MaskedPhone, SaidPart
from shouwen.ui.pages_casework import Move
from shouwen.ui.parts import ClauseMark, Field, KeyLabel, Note, Option, Tag
from shouwen.ui.presenters import Burn, ClockChip

if TYPE_CHECKING:
    from shouwen.ui.pages_assist import Assist
    from shouwen.ui.pages_ways import Belongs, Dispatch, Way


@dataclass(frozen=True, slots=True)
class Act:
    """A button that posts: verb, address, key cap, hidden values; `icon` and `look` as of an Action.

    `is_armed`: the first press shows what to say, the second does it.
    """

    verb: str
    url: str
    key: str = ""
    icon: str = ""
    look: str = ""
    values: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class CallBar:
    """The line on top: kind, time, number, how it was answered, what to press.

    since_iso  the call's time counts up from here; "" while it does not count, then `time` stands
    says       what to say before the hold; () when there is nothing to say
    """

    label: str
    icon: str
    is_alarm: bool
    time: str
    since_iso: str
    number: str
    sub: str
    mark: ClauseMark | None
    last: str
    acts: tuple[Act, ...]
    hold: Act | None = None
    says: tuple[SaidPart, ...] = ()
    says_mark: ClauseMark | None = None
    notice: Note | None = None
    is_held: bool = False


@dataclass(frozen=True, slots=True)
class Dial:
    """A timer that counts up to its limit: title, mark, value, limit, line.

    started_iso, limit  the browser counts from here, up to so many seconds; "" when it stands still
    """

    title: str
    value: str
    limit_text: str
    look: str
    burn: Burn
    mark: ClauseMark | None
    started_iso: str = ""
    limit: float = 0.0
    unit: str = ""
    per: float = 0.0


@dataclass(frozen=True, slots=True)
class StepLine:
    """A step: state "", now or done; `act` ticks it; `sub` says how far it is."""

    id: str
    state: str
    no: int
    title: str
    time: str
    mark: ClauseMark | None
    act: Act | None = None
    key: str = ""


@dataclass(frozen=True, slots=True)
class SafetyLine:
    """One sentence to be said first; `act` tells that it has been said."""

    no: int
    text: str
    is_said: bool
    is_now: bool
    act: Act | None


@dataclass(frozen=True, slots=True)
class Script:
    """What to say now: Song with a teal rule, filled from the record; `act` confirms it."""

    title: str
    parts: tuple[SaidPart, ...]
    mark: ClauseMark | None
    act: Act | None
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """The call-back promise as drafted; shown when the look-up nears its limit (`is_due`) or on F4.

    due_iso  from when on it is due to be shown
    """

    parts: tuple[SaidPart, ...]
    marks: tuple[ClauseMark, ...]
    number: str
    number_shown: str
    what: str
    owner: str
    why: str
    act: Act | None
    is_due: bool = False
    due_iso: str = ""
    made: str = ""
    clock: ClockChip | None = None


@dataclass(frozen=True, slots=True)
class KindButton:
    """A kind of matter with its number; the previewed clocks say what it will start."""

    id: str
    no: str
    label: str
    is_on: bool
    act: Act
    clocks: tuple[Move, ...] = ()


@dataclass(frozen=True, slots=True)
class Who:
    """The caller: name, what is known, tags, rows of the premises; `version` changes with who it is."""

    name: str
    initial: str
    sub: str
    tags: tuple[Tag, ...]
    is_confirmed: bool
    confirm_mark: ClauseMark | None
    address: tuple[str, ...]
    address_mark: ClauseMark | None
    phone: MaskedPhone | None
    rows: tuple[KeyLabel, ...]
    notes: tuple[Note, ...]
    name_form: Act
    name_fields: tuple[Field, ...]
    url: str = ""
    version: str = ""


@dataclass(frozen=True, slots=True)
class PastLine:
    """09-22 咨询：过户要带什么 已答复."""

    day: str
    text: str
    end: str
    url: str


@dataclass(frozen=True, slots=True)
class Hinted:
    """A clause of this call in a sentence, with its state."""

    mark: ClauseMark
    text: str


@dataclass(frozen=True, slots=True)
class Soft:
    """Instead of `never`, say."""

    never: str
    says: tuple[SaidPart, ...]
    mark: ClauseMark
    act: Act
    is_used: bool


@dataclass(frozen=True, slots=True)
class Advised:
    """A situation and what helps in it; opening it is noted."""

    id: str
    situation: str
    do: tuple[str, ...]
    avoid: tuple[str, ...]
    says: tuple[str, ...]
    mark: ClauseMark
    look: Act
    use: Act
    is_open: bool
    is_used: bool


@dataclass(frozen=True, slots=True)
class Pointed:
    """Points to handle a matter by."""

    title: str
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody the call can be offered to. `sub`: what they are doing."""

    value: str
    name: str
    sub: str
    is_free: bool


@dataclass(frozen=True, slots=True)
class Transfer:
    """Passing on warm: what to say, to whom, the note; or how the offer stands."""

    says: tuple[SaidPart, ...]
    mark: ClauseMark | None
    people: tuple[Colleague, ...]
    departments: tuple[Option, ...]
    offer: Act
    state: str = ""
    is_accepted: bool = False
    withdraw: Act | None = None


@dataclass(frozen=True, slots=True)
class TurnLine:
    """A turn of the conversation."""

    time: str
    who: str
    text: str
    is_agent: bool


@dataclass(frozen=True, slots=True)
class PromiseSlip:
    """One of my promises in the strip at the bottom."""

    clock: ClockChip
    mark: ClauseMark | None
    text: str
    url: str
    dial: Act | None = None


@dataclass(frozen=True, slots=True)
class CallScreen:
    """Everything while a call rings, is spoken, or is finished off.

    asked    the form of the kind, beside the record that the standard wants
    pass_on  saves the record and offers the matter to its department
    ways     what can be done about this kind of matter
    belongs  incidents in whose area the caller lives
    """

    call: str
    bar: CallBar
    who: Who
    past: tuple[PastLine, ...]
    past_summary: str
    dials: tuple[Dial, ...]
    script: Script | None
    draft: Draft | None
    safety: tuple[SafetyLine, ...]
    safety_mark: ClauseMark | None
    steps: tuple[StepLine, ...]
    steps_clock: Dial | None
    kinds: tuple[KindButton, ...]
    record: Act
    fields: tuple[Field, ...]
    missing: Note | None
    record_mark: ClauseMark | None
    case_number: str
    case_url: str
    answer: Act
    note: Act
    transfer: Transfer
    dispatch: Dispatch | None
    hints: tuple[Hinted, ...]
    hints_summary: str
    soft: tuple[Soft, ...]
    advice: tuple[Advised, ...]
    points: tuple[Pointed, ...]
    authority: tuple[KeyLabel, ...]
    turns: tuple[TurnLine, ...]
    turns_summary: str
    endings: tuple[Option, ...]
    end: Act
    is_alarm: bool = False
    is_over: bool = False
    knowledge_url: str = ""
    pop_url: str = ""
    clocks: tuple[Move, ...] = ()
    asked: tuple[Field, ...] = ()
    pass_on: Act | None = None
    ways: tuple[Way, ...] = ()
    belongs: tuple[Belongs, ...] = ()
    assist: Assist | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """Somebody asked the supervisor in, or offers a call."""

    text: str
    sub: str
    act: Act
    url: str = ""


@dataclass(frozen=True, slots=True)
class TakenCall:
    """A call that was taken today: how many rings, how long, who hung up, the case."""

    time: str
    number: str
    kind: str
    rings: str
    is_late: bool
    talk: str
    is_long: bool
    ended_by: str
    case: str = ""
    url: str = ""
    call_url: str = ""


@dataclass(frozen=True, slots=True)
class OwedOutcome:
    """A call-back that was dialled: what became of it? `act` posts; `outcomes` are its buttons, the first
    one keeps the promise; `is_up`: the call is still under way."""

    id: str
    text: str
    act: Act
    outcomes: tuple[Option, ...]
    needs_words: bool
    closes: bool
    is_up: bool = False


@dataclass(frozen=True, slots=True)
class IdleScreen:
    """Between calls: status, the day's figures, what I promised."""

    title: str
    text: str
    acts: tuple[Act, ...]
    reasons: tuple[Option, ...]
    not_ready: Act
    figures: tuple[KeyLabel, ...]
    promises: tuple[PromiseSlip, ...]
    check: Note | None
    check_url: str
    is_ready: bool = False
    calls: tuple[TakenCall, ...] = ()
    next_call: Act | None = None
    call_backs_url: str = ""


@dataclass(frozen=True, slots=True)
class CockpitPage:
    """The cockpit. body_url: GET gives the parts again, nothing (204) when nothing changed."""

    body_url: str
    status: Tag
    call: CallScreen | None
    idle: IdleScreen | None
    promises: tuple[PromiseSlip, ...]
    promises_summary: str
    asked: tuple[Asked, ...] = ()
    owed: tuple[OwedOutcome, ...] = ()
    toast: str = ""
    undo: Act | None = None
    notice: Note | None = None
    said: str = ""
    context: str = ""
