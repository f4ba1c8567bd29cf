"""What the pages about people, shifts and the calendar print: plain values, already worded."""

from __future__ import annotations

from dataclasses import dataclass

from shouwen.ui.parts import Action, Choice, Empty, Field, Note, Option, Tag


@dataclass(frozen=True, slots=True)
class StaffLine:
    """One person in the list."""

    staff_no: str
    name: str
    initial: str
    url: str
    department: str
    station: str
    roles: tuple[Tag, ...]
    state: Tag | None = None


@dataclass(frozen=True, slots=True)
class StaffListPage:
    """The register. `search` is what was typed; `role_options` narrows to a role."""

    heading: str
    search: str
    state: str
    choices: tuple[Choice, ...]
    role_options: tuple[Option, ...]
    rows: tuple[StaffLine, ...]
    new_url: str
    missing: tuple[Note, ...] = ()
    empty: Empty | None = None
    more_url: str = ""


@dataclass(frozen=True, slots=True)
class Tick:
    """One box to tick."""

    value: str
    label: str
    is_on: bool = False


@dataclass(frozen=True, slots=True)
class StaffForm:
    """The form of a person's particulars; `act_id` makes pressing twice one act."""

    title: str
    action_url: str
    act_id: str
    fields: tuple[Field, ...]
    roles: tuple[Tick, ...]
    confirm: str
    roles_error: str = ""
    roles_fixed: str = ""


@dataclass(frozen=True, slots=True)
class GivenLink:
    """A set-password link that was just made: shown this once."""

    url: str
    text: str


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One thing that happened to a person in the register."""

    time: str
    text: str
    by: str


@dataclass(frozen=True, slots=True)
class StaffPage:
    """One person, or the form for a new one (without facts)."""

    form: StaffForm
    back_url: str
    actions: tuple[Action, ...] = ()
    state: Tag | None = None
    history: tuple[HistoryLine, ...] = ()
    link: GivenLink | None = None
    notice: Note | None = None


@dataclass(frozen=True, slots=True)
class SetPasswordPage:
    """Choosing a password through a link; `dead` says why there is nothing to choose."""

    company: str
    heading: str
    action_url: str
    fields: tuple[Field, ...]
    hint: str
    dead: Note | None = None


@dataclass(frozen=True, slots=True)
class CalendarYear:
    """One year in force: its free days and where it comes from."""

    year: str
    source: str
    summary: str
    tag: Tag


@dataclass(frozen=True, slots=True)
class DraftLine:
    """One upload in the list."""

    url: str
    years: str
    who: str
    time: str
    state: Tag


@dataclass(frozen=True, slots=True)
class CalendarPage:
    """The calendar in force, its uploads, and the upload form of an editor."""

    version: str
    years: tuple[CalendarYear, ...]
    drafts: tuple[DraftLine, ...]
    upload_url: str
    act_id: str
    warnings: tuple[Note, ...] = ()
    faults: tuple[str, ...] = ()
    fault_title: str = ""
    drafts_empty: Empty | None = None


@dataclass(frozen=True, slots=True)
class DayLine:
    """A break of an uploaded year: name, days, weekends worked for it."""

    name: str
    days: str
    makeup: str


@dataclass(frozen=True, slots=True)
class DraftYear:
    """One uploaded year, and whether it is new or takes the place of another."""

    year: str
    source: str
    tag: Tag
    days: tuple[DayLine, ...]


@dataclass(frozen=True, slots=True)
class MoveLine:
    """One clock that would move: old due time → new due time. `url`: the clause that it comes from."""

    title: str
    owner: str
    old: str
    new: str
    tag: Tag
    url: str = ""


@dataclass(frozen=True, slots=True)
class DraftPage:
    """One upload: its years, what it would move, and the approver's buttons."""

    heading: str
    facts: str
    state: Tag
    years: tuple[DraftYear, ...]
    back_url: str
    moves_summary: str
    moves: tuple[MoveLine, ...]
    actions: tuple[Action, ...] = ()
    more_url: str = ""
    moves_empty: Empty | None = None
    notice: Note | None = None


@dataclass(frozen=True, slots=True)
class ShiftChip:
    """One shift in a cell: 08:00–16:00, the line, and where to change it ("" for readers)."""

    text: str
    line: str
    url: str
    label: str
    is_now: bool = False
    is_chosen: bool = False


@dataclass(frozen=True, slots=True)
class ShiftCell:
    """One day of one person. `add_url` is "" for readers."""

    shifts: tuple[ShiftChip, ...]
    add_url: str
    add_label: str
    is_today: bool = False


@dataclass(frozen=True, slots=True)
class ShiftRow:
    """One person's week."""

    name: str
    staff_no: str
    department: str
    cells: tuple[ShiftCell, ...]


@dataclass(frozen=True, slots=True)
class DayHead:
    """The head of a day's column; `note` says holiday or make-up day."""

    text: str
    note: str = ""
    is_today: bool = False


@dataclass(frozen=True, slots=True)
class ShiftForm:
    """Adding or changing one shift."""

    title: str
    who: str
    action_url: str
    fields: tuple[Field, ...]
    confirm: str
    close_url: str
    error: str = ""
    remove: Action | None = None


@dataclass(frozen=True, slots=True)
class ShiftsPage:
    """A week by person."""

    heading: str
    week: tuple[Choice, ...]
    filters: tuple[Field, ...]
    filter_url: str
    week_value: str
    days: tuple[DayHead, ...]
    rows: tuple[ShiftRow, ...]
    form: ShiftForm | None = None
    actions: tuple[Action, ...] = ()
    import_url: str = ""
    template_url: str = ""
    act_id: str = ""
    faults: tuple[str, ...] = ()
    fault_title: str = ""
    more_url: str = ""
    empty: Empty | None = None
    notice: Note | None = None
