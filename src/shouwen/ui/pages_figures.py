"""What the templates of the figures read: how well each rule is kept, and the cases behind it."""

from __future__ import annotations

from dataclasses import dataclass

from shouwen.ui.pages import SaidPart
from shouwen.ui.parts import Choice, ClauseMark, Empty, Field, Note
from shouwen.ui.sparks import Columns, Spark


@dataclass(frozen=True, slots=True)
class Filters:
    """The row of filters: periods as segments, the rest as a form that keeps what is hidden."""

    url: str
    periods: tuple[Choice, ...]
    fields: tuple[Field, ...]
    kept: tuple[Field, ...] = ()


@dataclass(frozen=True, slots=True)
class StageBox:
    """One stage of service: the share kept of everything in it, and its counts in words."""

    title: str
    url: str
    is_on: bool
    share: str
    counts: str
    missed: str
    spark: Spark | None = None


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One rule: its share, or how often there was evidence, and the counts beside it.

    look       shape: met, warn, over, na, gap; word says the same
    share      97.4%, "" where nothing was decided or no share is taken
    why_none   why there is no share, for the title and for readers
    open, excepted, unknown: running · exceptions · not provable and gaps; "" for none
    """

    clause: ClauseMark
    title: str
    url: str
    look: str
    word: str
    share: str
    why_none: str
    decided: str
    missed: str
    spark: Spark | None
    excepted: str
    unknown: str
    open: str
    target: str = ""


@dataclass(frozen=True, slots=True)
class FigureGroup:
    """The rules of one chapter, or all in one; `share` and `counts` are of the whole group."""

    title: str
    share: str
    counts: str
    rows: tuple[FigureRow, ...]


@dataclass(frozen=True, slots=True)
class FiguresPage:
    """How well the standard is kept. `whose` says whose figures these are."""

    heading: str
    whose: str
    filters: Filters
    stages: tuple[StageBox, ...]
    sorts: tuple[Choice, ...]
    shows: tuple[Choice, ...]
    groups: tuple[FigureGroup, ...]
    empty: Empty | None = None


@dataclass(frozen=True, slots=True)
class CountLine:
    """One verdict with its count; pressing it lists what stands behind it, where there is a `url`."""

    look: str
    label: str
    count: str
    url: str
    is_on: bool = False


@dataclass(frozen=True, slots=True)
class ShareLine:
    """One team or person: the share kept, as a bar of `width` of 100, and the counts."""

    name: str
    url: str
    share: str
    width: float
    counts: str
    missed: str


@dataclass(frozen=True, slots=True)
class ShareList:
    """Teams or people, the worst first."""

    title: str
    lines: tuple[ShareLine, ...]


@dataclass(frozen=True, slots=True)
class BehindRow:
    """One matter behind a figure. `case_url` is empty where the person may not open the case.

    reason   what failed or why: 未做到：问候语
    due      due 10月9日 17:30, "" where nothing was due
    """

    look: str
    word: str
    case: str
    case_url: str
    sub: str
    reason: str
    due: str
    decided: str
    who: str
    why_url: str
    subject_id: str = ""


@dataclass(frozen=True, slots=True)
class RuleFiguresPage:
    """One rule: its figure, its course, teams and people, the matters behind it.

    `behind_title` is empty for those who see no case.
    """

    clause: ClauseMark
    title: str
    wording: tuple[SaidPart, ...]
    facts: str
    whose: str
    filters: Filters
    figure_title: str
    share: str
    why_none: str
    counts: str
    target: str
    spark: Spark | None
    columns: Columns | None
    lines: tuple[CountLine, ...]
    lists: tuple[ShareList, ...]
    behind_title: str
    behind: tuple[BehindRow, ...]
    back_url: str
    clause_url: str = ""
    note: Note | None = None
    empty: Empty | None = None
    more_url: str = ""
