"""What the pages of customers and premises read: frozen values, worded and formatted."""

from __future__ import annotations

from dataclasses import dataclass

from shouwen.ui.pages import Facts, MaskedPhone, Timeline
from shouwen.ui.parts import Action, Choice, ClauseMark, Empty, Field, Note, Tag
from shouwen.ui.presenters import ClockChip


@dataclass(frozen=True, slots=True)
class FoundRow:
    """A customer at a home. `address` and `home_url` are empty for one without a home."""

    name: str
    url: str
    address: str
    home_url: str
    phones: str
    class_text: str
    tags: tuple[Tag, ...] = ()


@dataclass(frozen=True, slots=True)
class FreeHome:
    """Premises at the address sought where nobody is registered."""

    address: str
    url: str
    class_text: str


@dataclass(frozen=True, slots=True)
class SearchPage:
    """customers/customers.html: the field, what was found, what may be registered.

    summary  how many are shown; hint: what can be typed
    """

    field: Field
    rows: tuple[FoundRow, ...]
    homes: tuple[FreeHome, ...]
    summary: str
    choices: tuple[Choice, ...]
    actions: tuple[Action, ...] = ()
    notice: Note | None = None
    empty: Empty | None = None
    more_url: str = ""
    hint: str = ""


@dataclass(frozen=True, slots=True)
class StayRow:
    """A stay: where or who, as what, from when until when. `action` ends it (None: ended)."""

    title: str
    url: str
    relation: str
    span: str
    is_over: bool = False
    action: Action | None = None
    tags: tuple[Tag, ...] = ()


@dataclass(frozen=True, slots=True)
class CareLine:
    """An entry of the special-care register.

    clock   runs to the day of the next review; None once the entry has ended
    facts   consent, needs, contact: only for those who keep the register
    """

    kind: str
    text: str
    clock: ClockChip | None
    facts: tuple[str, ...] = ()
    actions: tuple[Action, ...] = ()


@dataclass(frozen=True, slots=True)
class MergeLine:
    """A record that was merged into this one, with the way back."""

    text: str
    action: Action | None


@dataclass(frozen=True, slots=True)
class CustomerPage:
    """customers/customer.html.

    cases_url  GET returns the cases of this customer as a fragment; "" hides the box
    """

    name: str
    tags: tuple[Tag, ...]
    phones: tuple[MaskedPhone, ...]
    actions: tuple[Action, ...]
    homes: tuple[StayRow, ...]
    care: tuple[CareLine, ...]
    care_clause: ClauseMark | None
    merges: tuple[MergeLine, ...]
    timeline: Timeline
    cases_url: str = ""
    notice: Note | None = None

    @property
    def more_actions(self) -> tuple[Action, ...]:
        return self.actions[3:]


@dataclass(frozen=True, slots=True)
class ThingRow:
    """A meter, an appliance, or a value of an attribute with its days."""

    title: str
    sub: str
    span: str
    is_over: bool = False
    action: Action | None = None


@dataclass(frozen=True, slots=True)
class ThingBox:
    """A box of things with dates: 表具, 用气设备, 属性与历史."""

    title: str
    rows: tuple[ThingRow, ...]
    nothing: str


@dataclass(frozen=True, slots=True)
class PremisesPage:
    """customers/premises.html."""

    address: str
    tags: tuple[Tag, ...]
    actions: tuple[Action, ...]
    occupants: tuple[StayRow, ...]
    facts: Facts
    boxes: tuple[ThingBox, ...]
    timeline: Timeline
    notice: Note | None = None

    @property
    def more_actions(self) -> tuple[Action, ...]:
        return self.actions[3:]


@dataclass(frozen=True, slots=True)
class CareRow:
    """A line of the special-care register, by the day of its next review."""

    clock: ClockChip
    name: str
    url: str
    kind: str
    needs: str
    consent: str
    review: str
    at_home: str


@dataclass(frozen=True, slots=True)
class CareRegisterPage:
    """customers/care.html: the register, the next review first."""

    choices: tuple[Choice, ...]
    clause: ClauseMark | None
    rows: tuple[CareRow, ...]
    empty: Empty | None = None
    more_url: str = ""


@dataclass(frozen=True, slots=True)
class EstateRow:
    """An estate with the other names it goes by."""

    name: str
    aliases: str
    station: str
    action: Action


@dataclass(frozen=True, slots=True)
class EstatesPage:
    """customers/estates.html."""

    choices: tuple[Choice, ...]
    rows: tuple[EstateRow, ...]
    notice: Note | None = None
    empty: Empty | None = None
    more_url: str = ""


@dataclass(frozen=True, slots=True)
class CaseRow:
    """A case of a customer in one line."""

    number: str
    url: str
    said: str
    kind: str
    state: str
    place: str
    at: str


@dataclass(frozen=True, slots=True)
class CasesPage:
    """cases/of_customer.html, rows: cases/of_customer_rows.html."""

    rows: tuple[CaseRow, ...]
    empty: Empty | None = None
    more_url: str = ""
