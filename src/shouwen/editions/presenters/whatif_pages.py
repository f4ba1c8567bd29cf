"""What the pages of a try on the past print: plain values, already worded."""

from __future__ import annotations

from dataclasses import dataclass

from shouwen.ui.parts import Action, Choice, ClauseMark, Empty, Field, Note, Tag


@dataclass(frozen=True, slots=True)
class ProgressBox:
    """A try under way, fetched again while `refresh_url` is there. `done` in percent."""

    summary: str
    done: int
    refresh_url: str = ""
    cancel: Action | None = None
    note: Note | None = None


@dataclass(frozen=True, slots=True)
class ClauseLine:
    """A clause of which some verdicts are other ones. `worse` marks a share that falls."""

    title: str
    old: str
    new: str
    change: str
    added: str
    saved: str
    other: str
    url: str
    clause: ClauseMark | None = None
    worse: bool = False


@dataclass(frozen=True, slots=True)
class RuleLine:
    """A rule on calls: breaches by both standards; newly broken, no longer broken, otherwise (each a number
    and where the calls are listed), unchanged.
    """

    title: str
    old: str
    new: str
    counts: tuple[tuple[str, str], ...]
    unchanged: str
    clause: ClauseMark | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """One hour of a strip: where it is drawn, how dark, what it says."""

    x: int
    y: int
    look: str
    text: str


@dataclass(frozen=True, slots=True)
class Label:
    """A word beside or above a strip."""

    x: int
    y: int
    text: str


@dataclass(frozen=True, slots=True)
class Heat:
    """Strips of hours, one for each team or weekday, as a drawing with a sentence for whoever cannot see it."""

    id: str
    title: str
    summary: str
    width: int
    height: int
    cells: tuple[Cell, ...]
    labels: tuple[Label, ...]


@dataclass(frozen=True, slots=True)
class FlipLine:
    """One clock, or one rule on a call, with both verdicts. call_url: "" for whoever may not open calls."""

    title: str
    case: str
    case_url: str
    team: str
    began: str
    ended: str
    old: Tag
    new: Tag
    old_due: str
    new_due: str
    clause: ClauseMark | None = None
    call: str = ""
    call_url: str = ""


@dataclass(frozen=True, slots=True)
class ResultBox:
    """What a draft would have made of the past: one sentence, then everything behind it."""

    headline: str
    summary: str
    clauses: tuple[ClauseLine, ...]
    unchanged: str
    heats: tuple[Heat, ...]
    examples: tuple[FlipLine, ...]
    flips_url: str = ""
    flips_text: str = ""
    rules: tuple[RuleLine, ...] = ()
    note: Note | None = None


@dataclass(frozen=True, slots=True)
class WhatIfPage:
    """A draft and the past: the question, what is under way, what came out."""

    heading: str
    back_url: str
    ask_url: str
    fields: tuple[Field, ...]
    calls_url: str = ""
    progress: ProgressBox | None = None
    result: ResultBox | None = None
    empty: Empty | None = None
    notice: Note | None = None


@dataclass(frozen=True, slots=True)
class FlipsPage:
    """Every change of verdict of a try, narrowed by what it means."""

    heading: str
    summary: str
    back_url: str
    turns: tuple[Choice, ...]
    rows: tuple[FlipLine, ...]
    more_url: str = ""
    empty: Empty | None = None
