"""What the pages of casework read beside the case itself: frozen values, every text worded."""

from __future__ import annotations

from dataclasses import dataclass

from shouwen.ui.parts import Action, Choice, ClauseMark, Empty, Field, Note, Option, Tag, WhyStep
from shouwen.ui.presenters import ClockChip


@dataclass(frozen=True, slots=True)
class Bar:
    """A line on top of a case with what can be done about it: an approval, a merge to take back.

    icon  sprite name
    """

    text: str
    icon: str
    actions: tuple[Action, ...] = ()


@dataclass(frozen=True, slots=True)
class FileLine:
    """A file of a case: 现场.png, 图片 · 1.2 MB · 09:58 孙立. `url` is a download."""

    name: str
    sub: str
    url: str


@dataclass(frozen=True, slots=True)
class TieLine:
    """Another case that this one has to do with: how, its number and title, taking the link back."""

    how: str
    number: str
    title: str
    url: str
    undo: Action | None = None


# --- list of cases: cases/list.html ---------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One case. clock: its most urgent one, None when nothing counts; tags: kind, state."""

    number: str
    title: str
    sub: str
    url: str
    tag: Tag
    owner: str
    department: str
    reported: str
    clock: ClockChip | None = None
    state: Tag | None = None
    subject_id: str = ""


@dataclass(frozen=True, slots=True)
class CaseListPage:
    """choices: open, settled, all; fields: kind and department (GET); more_url: the next page.

    kept      hidden fields that a new filter keeps
    actions   links: hand over a shift, enter from paper
    """

    heading: str
    choices: tuple[Choice, ...]
    owners: tuple[Choice, ...]
    filter_url: str
    fields: tuple[Field, ...]
    kept: tuple[Field, ...]
    rows: tuple[CaseRow, ...]
    rows_url: str
    actions: tuple[Action, ...] = ()
    empty: Empty | None = None
    more_url: str = ""
    more_label: str = ""


# --- reclassify: cases/reclassify.html ------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Move:
    """A clock before and after: None where there is none. `what` says it in words, `why` its steps."""

    title: str
    before: ClockChip | None
    after: ClockChip | None
    what: str
    clause: ClauseMark | None = None
    why: tuple[WhyStep, ...] = ()


@dataclass(frozen=True, slots=True)
class ReclassifyPage:
    """fields: the choice (GET to `look_url`); moves: None until something was chosen.

    confirm  the act, with the choice in hidden fields; None until something was chosen
    """

    number: str
    title: str
    case_url: str
    look_url: str
    fields: tuple[Field, ...]
    moves: tuple[Move, ...] | None = None
    confirm: Action | None = None
    notice: Note | None = None


# --- hand over a shift: cases/shift.html; accept one: cases/shift_offer.html ----------------------


@dataclass(frozen=True, slots=True)
class ShiftRow:
    """One case that can be handed over. `hint` says why not when it cannot be chosen."""

    case_id: str
    number: str
    title: str
    sub: str
    url: str
    clock: ClockChip | None
    is_chosen: bool = True
    hint: str = ""


@dataclass(frozen=True, slots=True)
class ShiftPage:
    """rows: my open cases; fields: to whom, the note, the hidden id of the act."""

    url: str
    rows: tuple[ShiftRow, ...]
    fields: tuple[Field, ...]
    submit: str
    notice: Note | None = None
    empty: Empty | None = None


@dataclass(frozen=True, slots=True)
class ShiftOfferRow:
    """One case of a shift: its own acceptance while it waits, else what became of it."""

    number: str
    title: str
    sub: str
    url: str
    clock: ClockChip | None
    accept: Action | None = None
    outcome: str = ""


@dataclass(frozen=True, slots=True)
class ShiftOfferPage:
    """A shift as it was handed over: title, the note, all at once or one by one."""

    title: str
    waited_text: str
    note: str
    rows: tuple[ShiftOfferRow, ...]
    accept_all: Action | None = None
    notice: Note | None = None


# --- my work: home/my_work_rows.html --------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ShiftCard:
    """A shift that waits for me: 孙立 交班给您 12 张工单."""

    title: str
    waited_text: str
    note: str
    url: str
    accept_all: Action


@dataclass(frozen=True, slots=True)
class Telling:
    """A promise in danger that I am told of. rung: 超过 1 小时; seen: leaves the page."""

    clock: ClockChip
    rung: str
    title: str
    sub: str
    url: str
    seen: Action
    subject_id: str = ""


# --- late entry: cases/late.html ------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class FieldGroup:
    """A few fields under one head."""

    title: str
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class LatePage:
    """groups: what the customer wants, what was done, which paper."""

    url: str
    groups: tuple[FieldGroup, ...]
    hidden: tuple[Field, ...]
    submit: str
    notice: Note | None = None


def options(pairs: list[tuple[str, str]], *, chosen: str = "") -> tuple[Option, ...]:
    """Entries of a select from values and labels, with the chosen one marked."""
    return tuple(Option(value, label, selected=value == chosen) for value, label in pairs)
