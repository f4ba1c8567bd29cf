"""The parts of the screen-pop as frozen values; the template prints them and nothing else."""

from __future__ import annotations

from dataclasses import dataclass

from shouwen.ui.pages import MaskedPhone
from shouwen.ui.parts import ClauseMark, Note, Tag
from shouwen.ui.presenters import ClockChip


@dataclass(frozen=True, slots=True)
class Who:
    """Who is calling, as far as it is known: name, what stands under it, care and class."""

    initial: str
    name: str
    sub: str
    tags: tuple[Tag, ...] = ()
    care: Tag | None = None
    care_words: tuple[str, ...] = ()
    care_clause: ClauseMark | None = None
    url: str = ""


@dataclass(frozen=True, slots=True)
class HomeChoice:
    """One home of the number. `value` is what is posted when it is chosen."""

    value: str
    name: str
    address: str
    sub: str
    is_chosen: bool = False
    tags: tuple[Tag, ...] = ()


@dataclass(frozen=True, slots=True)
class Choosing:
    """The homes to choose from. `version` is that of the choice that holds; `is_open` shows the list at once."""

    url: str
    act_id: str
    version: int
    text: str
    homes: tuple[HomeChoice, ...]
    more: str = ""
    is_open: bool = True
    is_none_of_them: bool = False


@dataclass(frozen=True, slots=True)
class FactRow:
    """One line of what is kept of the home."""

    label: str
    value: str
    phone: MaskedPhone | None = None


@dataclass(frozen=True, slots=True)
class HazardBadge:
    """A danger that was found and not put right."""

    grade: str
    word: str
    text: str


@dataclass(frozen=True, slots=True)
class OutageSaid:
    """Gas is off: the fact, and the words to say to the customer."""

    text: str
    words: str


@dataclass(frozen=True, slots=True)
class Place:
    """The home: address in two lines, facts, dangers, outages, what others in the building said."""

    lines: tuple[str, ...]
    url: str
    rows: tuple[FactRow, ...]
    hazards: tuple[HazardBadge, ...] = ()
    outages: tuple[OutageSaid, ...] = ()
    neighbours: Note | None = None


@dataclass(frozen=True, slots=True)
class CaseLine:
    """An open case. Without `url` it is another department's: number, kind and clock only."""

    number: str
    url: str
    kind: str
    text: str
    clock: ClockChip | None


@dataclass(frozen=True, slots=True)
class Contact:
    """An earlier call or case in one line."""

    day: str
    text: str
    state: str
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PopPage:
    """hotline/pop.html.

    times        本月第 2 次来电; billing_url: GET returns what the billing system knows, "" for none
    choosing     the homes to choose from; None when there is nothing to choose
    live         what a screen reader says when the pop-up comes
    """

    url: str
    live: str
    times: str
    phone: MaskedPhone
    who: Who | None
    place: Place | None
    choosing: Choosing | None
    cases: tuple[CaseLine, ...]
    contacts: tuple[Contact, ...]
    contacts_text: str
    billing_url: str = ""
    notice: Note | None = None
