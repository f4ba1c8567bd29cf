"""What is done about a kind of matter beside its record, and the crew sent: frozen values, every text worded."""

from __future__ import annotations

from dataclasses import dataclass

from shouwen.ui.pages import SaidPart
from shouwen.ui.pages_cockpit import Act
from shouwen.ui.parts import ClauseMark, Field, KeyLabel, Note, Option
from shouwen.ui.presenters import ClockChip


@dataclass(frozen=True, slots=True)
class Tick:
    """Something to tick: told or not."""

    name: str
    value: str
    label: str
    is_on: bool


@dataclass(frozen=True, slots=True)
class Way:
    """One thing that can be done: what it is, how it stands, what is asked, the buttons.

    rows   what is read out, such as the stages of a procedure
    ticks  what is ticked while it is told
    acts   the buttons; each posts the same form to its own address
    """

    id: str
    title: str
    acts: tuple[Act, ...] = ()
    fields: tuple[Field, ...] = ()
    ticks: tuple[Tick, ...] = ()
    rows: tuple[KeyLabel, ...] = ()
    mark: ClauseMark | None = None
    note: Note | None = None
    state: Note | None = None


@dataclass(frozen=True, slots=True)
class Belongs:
    """A caller from the area of an incident: which, what to say, one key to join them."""

    text: str
    url: str
    says: tuple[SaidPart, ...]
    act: Act | None


@dataclass(frozen=True, slots=True)
class Dispatch:
    """Sending the crew: what goes out, the clock, the button; or that it is out.

    people  who could be sent, the department first
    """

    clock: ClockChip | None
    crew: str
    message: str
    act: Act | None
    sent: str = ""
    phone: str = ""
    people: tuple[Option, ...] = ()
