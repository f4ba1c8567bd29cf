"""What the pages of the standard print: plain values, already worded."""

from dataclasses import dataclass

from shouwen.ui.parts import Choice, ClauseMark, Empty, Note, Tag
from shouwen.ui.presenters import ClockChip
from shouwen.ui.sparks import Spark


@dataclass(frozen=True, slots=True)
class TreeRow:
    """One clause in a list. look and word: how it stands this month; share: 97.4%, "" for none.

    wording, kind, count are for the wide list only.
    """

    number: str
    title: str
    url: str
    look: str
    word: str
    share: str = ""
    count: str = ""
    wording: str = ""
    kind: str = ""
    is_current: bool = False


@dataclass(frozen=True, slots=True)
class TreeChapter:
    """A chapter and its clauses. `is_open`: it is unfolded when the page comes."""

    number: str
    title: str
    rows: tuple[TreeRow, ...]
    is_open: bool = False
    look: str = ""
    word: str = ""


@dataclass(frozen=True, slots=True)
class Tree:
    """The clauses by chapter, those with a gap once more at the end; `search` is what was typed."""

    chapters: tuple[TreeChapter, ...]
    gaps: tuple[TreeRow, ...]
    search: str
    search_url: str
    found: str = ""
    empty: Empty | None = None


@dataclass(frozen=True, slots=True)
class Total:
    """A figure of the standard as a whole: 156 条."""

    label: str
    value: str
    url: str = ""
    look: str = ""


@dataclass(frozen=True, slots=True)
class ExplorerPage:
    """The whole standard. scope_text says whose figures are shown."""

    tree: Tree
    totals: tuple[Total, ...]
    scope_text: str
    coverage_url: str


@dataclass(frozen=True, slots=True)
class PartLine:
    """One item, step or field: text, what belongs to it, lines said word for word."""

    text: str
    details: str = ""
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RuleLine:
    """One thing a rule says. note: whose setting it is; parts and lines follow the text."""

    label: str
    text: str
    note: str = ""
    parts: tuple[PartLine, ...] = ()
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ExampleLine:
    """A worked example: what it says, what came out, whether that is what it says; why not."""

    says: str
    result: str
    look: str
    fault: str = ""


@dataclass(frozen=True, slots=True)
class VersionPoint:
    """One version on the line: where, what is written above and below. look: old, on, coming."""

    x: float
    look: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class VersionSpan:
    """The time in which a version holds, as a piece of the line."""

    x1: float
    x2: float
    look: str


@dataclass(frozen=True, slots=True)
class VersionChange:
    """What a version changed against the one before it."""

    title: str
    day: str
    changes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Versions:
    """The versions of a rule as a drawing and as sentences."""

    label: str
    view_box: str
    points: tuple[VersionPoint, ...]
    spans: tuple[VersionSpan, ...]
    now_x: float
    now_text: str
    changes: tuple[VersionChange, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a rule lives: a workplace and what happens there, which part it plays, who does it."""

    icon: str
    title: str
    text: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class RuleSection:
    """One rule of a clause, from what it does to where it lives."""

    id: str
    title: str
    wording: str
    tags: tuple[Tag, ...]
    version_text: str
    lines: tuple[RuleLine, ...]
    examples: tuple[ExampleLine, ...]
    examples_tag: Tag | None
    versions: Versions | None
    places: tuple[Place, ...]
    waits_for: Note | None
    draft_url: str = ""
    reading: Note | None = None
    confirmed: str = ""


@dataclass(frozen=True, slots=True)
class RuleFigure:
    """The share of one rule among several, with its count and the page of its figure."""

    title: str
    share: str
    count: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class CountLine:
    """So many in a state."""

    look: str
    word: str
    count: str


@dataclass(frozen=True, slots=True)
class FigureBox:
    """How well the clause is kept: share without its sign, count, twelve months, other counts."""

    title: str
    period: str
    share: str
    count: str
    spark: Spark | None
    lines: tuple[CountLine, ...]
    rules: tuple[RuleFigure, ...]
    url: str = ""
    empty: str = ""


@dataclass(frozen=True, slots=True)
class BreachLine:
    """One thing that was not kept: its clock, or what was not so where none ran; when, what about.

    stuck    what it was stuck on
    why_url  where its reasons are told, when no clock leads there
    """

    clock: ClockChip | None
    failed: str
    why_url: str
    when: str
    text: str
    url: str
    stuck: str
    rule: str = ""


@dataclass(frozen=True, slots=True)
class StuckLine:
    """A step after which matters waited longest: how many, and the width of its bar of 150."""

    label: str
    count: str
    width: float
    share: str


@dataclass(frozen=True, slots=True)
class Neighbour:
    """The clause before or after this one."""

    number: str
    title: str
    url: str


@dataclass(frozen=True, slots=True)
class EvidenceLine:
    """Something that shows an aim at work; aims have no percentage of their own."""

    text: str


@dataclass(frozen=True, slots=True)
class Coming:
    """An edition that waits for approval and changes the clause."""

    text: str
    url: str


@dataclass(frozen=True, slots=True)
class ClausePage:
    """A clause. wording is ours; text is the utility's own, "" until it is filled in."""

    number: str
    printed: str
    title: str
    tags: tuple[Tag, ...]
    version_text: str
    wording: str
    text: str
    text_hint: str
    gap: Note | None
    coming: tuple[Coming, ...]
    rules: tuple[RuleSection, ...]
    tree: Tree
    figure: FigureBox | None
    evidence: tuple[EvidenceLine, ...]
    breaches: tuple[BreachLine, ...]
    breaches_text: str
    stuck: tuple[StuckLine, ...]
    stuck_text: str
    previous: Neighbour | None = None
    next: Neighbour | None = None
    is_several: bool = False
    has_breaches: bool = False


@dataclass(frozen=True, slots=True)
class CoverageLine:
    """One clause of the coverage: how far it is carried."""

    mark: ClauseMark
    title: str
    kind: str
    judged: str
    judged_look: str
    lived: str
    lived_look: str
    lived_in: tuple[str, ...]
    figure: str
    figure_url: str
    tests: str
    gap: str


@dataclass(frozen=True, slots=True)
class CoveragePage:
    """How far the standard is carried, clause by clause."""

    totals: tuple[Total, ...]
    choices: tuple[Choice, ...]
    rows: tuple[CoverageLine, ...]
    empty: Empty | None = None
