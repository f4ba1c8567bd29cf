"""What the page templates read: frozen values with every text already worded and formatted.

A view renders a page with the context ``{"shell": Shell, "page": <Page>}``; a fragment template takes
the same names, so a partial prints the same inside the page and alone. No field needs a query, a
sum or a format in a template. Texts are in the active language; instants are ISO 8601 strings.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from shouwen.ui.pages_casework import Bar, FileLine, ShiftCard, Telling, TieLine
from shouwen.ui.pages_review import CoachingLine
from shouwen.ui.parts import (
    Action,
    Choice,
    ClauseMark,
    Empty,
    Field,
    Note,
    SumTile,
    Tag,
    WhyStep,
)
from shouwen.ui.presenters import ClockChip, OwnerLink
from shouwen.ui.strips import DayStrip, HourLine

# --- sign-in: home/sign_in.html -------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SignInPage:
    """company: name from the pack; error: one sentence ("" for none); fields: staff number, password,
    next (hidden); note: why somebody has to sign in again; alarm_url: on a registered desk."""

    company: str
    action_url: str
    fields: tuple[Field, ...]
    error: str = ""
    note: str = ""
    alarm_url: str = ""


# --- hand-over: used by my work and by the case ---------------------------------------------------


@dataclass(frozen=True, slots=True)
class HandOver:
    """An offered hand-over as the person who should accept it sees it.

    title          孙立移交给您
    case_number, case_title, case_url, who   the case, for cards outside its own page
    said           what was passed on in words (交代)
    waited_text    已等 6 分 · 10 分提醒班长; is_late prints it as missed
    clock          chip of the acceptance limit, or None
    consequence    接收后，上门承诺归您
    accept         an Action without a question
    refuse         an Action whose one visible field is the reason
    can_answer     False for onlookers (for instance the owner who offered): no buttons, only the state
    """

    title: str
    case_number: str
    case_title: str
    case_url: str
    who: str
    said: str
    waited_text: str
    is_late: bool
    clock: ClockChip | None
    clause: ClauseMark | None
    consequence: str
    accept: Action
    refuse: Action
    can_answer: bool = True
    subject_id: str = ""


# --- my work: home/my_work.html, rows: home/my_work_rows.html -------------------------------------


@dataclass(frozen=True, slots=True)
class WorkRow:
    """One case or promise of mine. `title` is what was promised or said, `sub` who and where.

    clock     the tightest clock, None when nothing counts
    also      how many more clocks run: 另 2 个钟 ("" for none)
    next_text the next act in the trade's words: 答复客户
    """

    kind: Literal["case", "promise"]
    title: str
    sub: str
    url: str
    clock: ClockChip | None
    due_text: str
    clause: ClauseMark | None = None
    tags: tuple[Tag, ...] = ()
    also: str = ""
    next_text: str = ""
    subject_id: str = ""


@dataclass(frozen=True, slots=True)
class WorkGroup:
    """已超时 2, 1 小时内 3, 今天 17, …"""

    title: str
    rows: tuple[WorkRow, ...]


@dataclass(frozen=True, slots=True)
class MyWorkPage:
    """sums: my clocks by state; handovers: waiting for my acceptance; groups: by urgency.

    shifts: whole shifts that wait for me; tellings: promises in danger that I am told of; bars: answers
    that superiors decide or have decided, incidents that have ended.

    rows_url   GET returns home/my_work_rows.html (refetched on every live change)
    more_url   next page of rows, "" at the end
    """

    sums: tuple[SumTile, ...]
    handovers: tuple[HandOver, ...]
    groups: tuple[WorkGroup, ...]
    rows_url: str
    heading: str
    choices: tuple[Choice, ...] = ()
    notice: Note | None = None
    empty: Empty | None = None
    more_url: str = ""
    more_label: str = ""
    shifts: tuple[ShiftCard, ...] = ()
    tellings: tuple[Telling, ...] = ()
    tellings_summary: str = ""
    coaching: tuple[CoachingLine, ...] = ()
    tellings_url: str = ""
    bars: tuple[Bar, ...] = ()


# --- why then: ui/why_drawer.html ---------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SaidPart:
    """A piece of the standard's wording; `marked` ones are the words that set the limit."""

    text: str
    marked: bool = False


@dataclass(frozen=True, slots=True)
class WhyDrawer:
    """Why a clock is due when it is due.

    title        为什么 10月9日 17:30 到期
    wording      the standard's words in pieces; () hides the quotation
    version_text 第 2 版，2025-03-01 起用
    days, line   at most one drawing: days for working days, line for hours; both may be None
    check        14:32 从记录重算，结果一致 (met), or the difference (over)
    actions      foot of the drawer
    verdict      what it came to where no clock runs
    close_url    GET that shows the page without the drawer
    """

    title: str
    clock: ClockChip | None
    case_text: str
    case_url: str
    wording: tuple[SaidPart, ...]
    clause: ClauseMark | None
    version_text: str
    days: DayStrip | None
    line: HourLine | None
    steps: tuple[WhyStep, ...]
    check: Note | None = None
    actions: tuple[Action, ...] = ()
    close_url: str = ""
    verdict: Tag | None = None


# --- clock board: home/clock_board.html, rows: home/clock_board_rows.html -------------------------


@dataclass(frozen=True, slots=True)
class ClockRow:
    """One clock. `why_url` returns the drawer as a fragment and the whole page as a page."""

    clock: ClockChip
    title: str
    sub: str
    clause: ClauseMark | None
    owner: str
    due_text: str
    why_url: str
    case_url: str
    is_selected: bool = False
    subject_id: str = ""


@dataclass(frozen=True, slots=True)
class ClockGroup:
    """A head with its count (1 小时内 3) and its rows."""

    title: str
    rows: tuple[ClockRow, ...]


@dataclass(frozen=True, slots=True)
class ClockBoardPage:
    """sums filter by state, choices by scope (全部, 我的, 本班组); why: the open drawer or None.

    rows_url     GET returns home/clock_board_rows.html with the same filter
    why_hint     shown where the drawer would be while none is open
    """

    heading: str
    sums: tuple[SumTile, ...]
    choices: tuple[Choice, ...]
    groups: tuple[ClockGroup, ...]
    rows_url: str
    why: WhyDrawer | None = None
    empty: Empty | None = None
    notice: Note | None = None
    more_url: str = ""
    more_label: str = ""


# --- case: cases/case.html ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class MaskedPhone:
    """140 **** 2093, or the number in full for as long as it was revealed (`note` says so).

    reveal_url   POST returns cases/phone.html with the number; "" when this person may not
    """

    text: str
    reveal_url: str = ""
    note: str = ""
    hide_url: str = ""


@dataclass(frozen=True, slots=True)
class CaseHeader:
    """title: what the customer said; tags: kind, side, care; origin: 第 1 次报修 · 来自热线.

    actions   the first three stand as buttons, the others behind 更多
    """

    title: str
    tags: tuple[Tag, ...]
    origin: str
    customer: str
    address: str
    phone: MaskedPhone | None
    actions: tuple[Action, ...] = ()

    @property
    def more_actions(self) -> tuple[Action, ...]:
        return self.actions[3:]


@dataclass(frozen=True, slots=True)
class CaseClock:
    """A clock of the case: 24 小时修复, chip, mark, address of its "why" drawer ("" for none)."""

    label: str
    chip: ClockChip
    clause: ClauseMark | None = None
    why_url: str = ""


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """time 14:26, sprite icon, the person in bold (actor), the sentence, words passed on or spoken.

    spoken  True sets `said` in Song with quotation marks: words to the customer
    more_url  fetched into its place under the entry when `more_label` is pressed; without a script a page
    """

    time: str
    icon: str
    actor: str
    text: str
    said: str = ""
    spoken: bool = False
    clause: ClauseMark | None = None
    link_url: str = ""
    link_label: str = ""
    at_iso: str = ""
    more_url: str = ""
    more_label: str = ""


@dataclass(frozen=True, slots=True)
class TimelineDay:
    """今天 10月9日 and what happened, newest first."""

    title: str
    entries: tuple[TimelineEntry, ...]


@dataclass(frozen=True, slots=True)
class Timeline:
    """choices: all, said to the customer, reads."""

    choices: tuple[Choice, ...]
    days: tuple[TimelineDay, ...]
    empty: Empty | None = None
    more_url: str = ""


@dataclass(frozen=True, slots=True)
class PromiseLine:
    """text: 今天 18:00 前带配件上门; who: 林晓; actions such as 已回电, 改期…"""

    clock: ClockChip
    text: str
    who: str
    clause: ClauseMark | None = None
    actions: tuple[Action, ...] = ()


@dataclass(frozen=True, slots=True)
class KeyValue:
    """A line of a definition list. `missing` flags a gap in the record: 没问到."""

    label: str
    value: str
    missing: bool = False
    link_url: str = ""
    link_label: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """A box of definition lines: customer and address, or the record that the standard requires."""

    title: str
    rows: tuple[KeyValue, ...]
    clause: ClauseMark | None = None
    summary: str = ""
    note: Note | None = None


@dataclass(frozen=True, slots=True)
class CasePage:
    """One case.

    chain        the owner chain; the buttons of `handover` stand in it too when it is mine to answer
    clocks       row under the chain
    gaps         what could not be recorded or promised, each with what to do
    handover     the open offer, seen by its receiver or by onlookers; None when there is none
    why          the open "why then" drawer, or None
    live_url     GET returns cases/case_body.html (everything below the top bar)
    notice       a refusal or failed form after the page came back, or None
    bars         what waits for a decision, where the case went; files and ties: boxes beside
    """

    number: str
    subject_id: str
    live_url: str
    header: CaseHeader
    chain: tuple[OwnerLink, ...]
    chain_clause: ClauseMark | None
    clocks: tuple[CaseClock, ...]
    timeline: Timeline
    promises: tuple[PromiseLine, ...]
    promises_summary: str
    boxes: tuple[Facts, ...]
    handover: HandOver | None = None
    gaps: tuple[Note, ...] = ()
    why: WhyDrawer | None = None
    notice: Note | None = None
    bars: tuple[Bar, ...] = ()
    files: tuple[FileLine, ...] = ()
    ties: tuple[TieLine, ...] = ()
