"""What the pages of the editions print: plain values, already worded."""

from __future__ import annotations

from dataclasses import dataclass

from shouwen.ui.parts import Action, Choice, ClauseMark, Empty, Field, Note, Tag


@dataclass(frozen=True, slots=True)
class EditionLine:
    """One published edition in the history."""

    number: str
    name: str
    url: str
    effective: str
    editor: str
    approver: str
    published: str
    digest: str
    changes: str
    diff_url: str
    zip_url: str
    tag: Tag | None = None


@dataclass(frozen=True, slots=True)
class DraftLine:
    """One draft in the list."""

    name: str
    url: str
    who: str
    time: str
    state: Tag
    faults: str = ""


@dataclass(frozen=True, slots=True)
class HistoryPage:
    """Every published edition, and the drafts. `start` is the form for a new draft."""

    rows: tuple[EditionLine, ...]
    drafts: tuple[DraftLine, ...]
    start: Action | None = None
    more_url: str = ""
    empty: Empty | None = None
    drafts_empty: Empty | None = None
    notice: Note | None = None


@dataclass(frozen=True, slots=True)
class FaultLine:
    """One thing that is wrong with a draft: where, what, what to do."""

    place: str
    problem: str
    remedy: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One rule that differs, with every difference as a sentence. `edit_url` leads to its form."""

    title: str
    rule_id: str
    tag: Tag
    sentences: tuple[str, ...]
    clause: ClauseMark | None = None
    edit_url: str = ""


@dataclass(frozen=True, slots=True)
class ChapterBox:
    """The differences of one chapter."""

    id: str
    title: str
    changes: tuple[ChangeLine, ...]


@dataclass(frozen=True, slots=True)
class FactLine:
    """A line of plain facts."""

    label: str
    value: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class TeamLine:
    """How many clocks of a team move."""

    name: str
    url: str
    moved: str
    overdue: str


@dataclass(frozen=True, slots=True)
class Impact:
    """What an edition does to running clocks: the sentence, the bar while it is counted, by team.

    `refresh_url` is fetched again while the count goes on; "" when it is complete.
    """

    title: str
    summary: str
    note: Note | None = None
    done: int = 0
    teams: tuple[TeamLine, ...] = ()
    all_url: str = ""
    refresh_url: str = ""
    recount: Action | None = None


@dataclass(frozen=True, slots=True)
class EditionPage:
    """One edition: a draft at work, one that waits for approval, or a published one."""

    heading: str
    state: Tag
    facts: tuple[FactLine, ...]
    back_url: str
    actions: tuple[Action, ...]
    chapters: tuple[ChapterBox, ...]
    changes_summary: str
    impact: Impact | None = None
    approval: str = ""
    decisions: tuple[Action, ...] = ()
    faults: tuple[FaultLine, ...] = ()
    faults_title: str = ""
    rules: tuple[Field, ...] = ()
    rules_url: str = ""
    upload_url: str = ""
    act_id: str = ""
    revision: int = 0
    changes_empty: Empty | None = None
    notice: Note | None = None


@dataclass(frozen=True, slots=True)
class FieldGroup:
    """Fields that belong together, with a heading."""

    title: str
    fields: tuple[Field, ...]
    hint: str = ""


@dataclass(frozen=True, slots=True)
class RulePage:
    """The form of one rule in a draft."""

    title: str
    heading: str
    action_url: str
    back_url: str
    act_id: str
    revision: int
    clause: ClauseMark
    groups: tuple[FieldGroup, ...]
    siblings: tuple[Choice, ...]
    versions: tuple[FactLine, ...]
    fixed: tuple[FactLine, ...]
    wording: str
    drop: Action | None = None
    notice: Note | None = None


@dataclass(frozen=True, slots=True)
class NoDraftPage:
    """The clause could be changed, but there is no draft: one can be started here."""

    heading: str
    text: str
    start: Action | None
    back_url: str


@dataclass(frozen=True, slots=True)
class MoveLine:
    """One clock that would move, or moved."""

    title: str
    owner: str
    old: str
    new: str
    tag: Tag
    clause: ClauseMark | None = None
    case_url: str = ""


@dataclass(frozen=True, slots=True)
class MovesPage:
    """Every clock that an edition moves: those newly overdue first."""

    heading: str
    back_url: str
    summary: str
    teams: tuple[Choice, ...]
    rows: tuple[MoveLine, ...]
    more_url: str = ""
    empty: Empty | None = None


@dataclass(frozen=True, slots=True)
class DiffPage:
    """What changed from one edition to another."""

    heading: str
    back_url: str
    old: str
    new: str
    others: tuple[Choice, ...]
    chapters: tuple[ChapterBox, ...]
    summary: str
    empty: Empty | None = None
