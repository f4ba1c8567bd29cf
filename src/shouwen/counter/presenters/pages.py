"""What the pages of the hall read: frozen values, every text worded."""

from dataclasses import dataclass

from shouwen.ui.pages import SaidPart
from shouwen.ui.pages_cockpit import Act, KindButton, SafetyLine, Script, StepLine
from shouwen.ui.parts import ClauseMark, Empty, Field, KeyLabel, Note, Option, Tag
from shouwen.ui.presenters import ClockChip


@dataclass(frozen=True, slots=True)
class QueueLine:
    """Somebody who waits or is served: number, what for, how long, where."""

    number: str
    title: str
    sub: str
    tags: tuple[Tag, ...] = ()
    is_alarm: bool = False
    act: Act | None = None


@dataclass(frozen=True, slots=True)
class ServedLine:
    """A customer who has gone: number, matter, wait and service, the phrases kept."""

    number: str
    title: str
    wait: str
    service: str
    phrases: Tag
    case: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Promised:
    """An answer that must wait: the words, when it is due and why, or that it is promised."""

    parts: tuple[SaidPart, ...]
    marks: tuple[ClauseMark, ...]
    due: str
    why: str
    number: str
    act: Act | None
    made: str = ""


@dataclass(frozen=True, slots=True)
class RunningClock:
    """A clock of the case and what it promises."""

    title: str
    chip: ClockChip


@dataclass(frozen=True, slots=True)
class AtCounter:
    """The customer at the counter. Before they have come (`is_called`) there is nothing but the number."""

    number: str
    title: str
    sub: str
    tags: tuple[Tag, ...]
    since_iso: str
    time: str
    acts: tuple[Act, ...]
    is_called: bool
    is_alarm: bool
    name: str
    name_sub: str
    address: str
    customer_url: str
    find_url: str
    script: Script | None
    skip: Act | None
    safety: tuple[SafetyLine, ...]
    steps: tuple[StepLine, ...]
    kinds: tuple[KindButton, ...]
    fields: tuple[Field, ...]
    record: Act
    missing: Note | None
    clocks: tuple[RunningClock, ...]
    promise: Promised | None
    answer: Act
    note: Act
    pass_on: Act
    departments: tuple[Option, ...]
    handover: str
    send_on: Act
    places: tuple[Option, ...]
    case_number: str = ""
    case_url: str = ""


@dataclass(frozen=True, slots=True)
class CounterPage:
    """The clerk's screen. `seats`: counters to sit down at while the clerk has none."""

    seat: str
    seats: tuple[Option, ...]
    sit: Act
    acts: tuple[Act, ...]
    serving: AtCounter | None
    queue: tuple[QueueLine, ...]
    queue_url: str
    queue_sub: str
    missed: tuple[QueueLine, ...]
    figures: tuple[KeyLabel, ...]
    served: tuple[ServedLine, ...]
    empty: Empty | None = None
    notice: Note | None = None


@dataclass(frozen=True, slots=True)
class BusinessKey:
    """A large key of the ticket machine."""

    id: str
    letter: str
    title: str
    is_alarm: bool
    waiting: str


@dataclass(frozen=True, slots=True)
class MachinePage:
    """The ticket machine. Closed, it says when it opens; a leak gets a ticket at any hour."""

    title: str
    act_id: str
    keys: tuple[BusinessKey, ...]
    care: str
    closed: str = ""
    notice: Note | None = None


@dataclass(frozen=True, slots=True)
class TicketPage:
    """A ticket, for the eye and for the printer."""

    hall: str
    company: str
    number: str
    title: str
    time: str
    ahead: str
    care: str
    again_url: str
    do: tuple[str, ...] = ()
    leave: tuple[str, ...] = ()
    crew: str = ""


@dataclass(frozen=True, slots=True)
class WallLine:
    """A number and the counter it is called to."""

    number: str
    counter: str
    is_new: bool


@dataclass(frozen=True, slots=True)
class WallPage:
    """The display of the hall: whom it calls, who is next. `said` is read out."""

    hall: str
    clock: str
    calls: tuple[WallLine, ...]
    next: tuple[str, ...]
    waiting: str
    said: str
