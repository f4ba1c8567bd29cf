"""What judging a rule can come to.

One small frozen value for each outcome; `word` is its stable name.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import ClassVar, Literal

from shouwen.core.timing.steps import Step

Word = Literal[
    "running", "met", "missed", "paused", "not_applicable", "excepted", "not_provable", "gap"
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Running:
    """The clock runs.

    Instants in UTC. `due_at` is None only where an owner stands and nothing is due (routing).
    `soft_due_at` is the softer of two limits, where a rule has two.
    """

    word: ClassVar[Word] = "running"
    due_at: datetime | None
    warn_at: datetime | None
    started_at: datetime
    soft_due_at: datetime | None = None
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Met:
    """What was promised happened in time, or what had to be so was so, at `at`.

    `due_at` is None where nothing was due: a list gone through, a step taken. `warn_at` is there
    when an explanation was asked for. Kept by the hard limit only when `at` is after `soft_due_at`.
    """

    word: ClassVar[Word] = "met"
    at: datetime
    started_at: datetime
    due_at: datetime | None = None
    warn_at: datetime | None = None
    soft_due_at: datetime | None = None
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Missed:
    """The due time passed, or what had to be so was not.

    `at` is when it happened after all; None while it is still outstanding. `due_at` is None where
    nothing was due. `failed` names the parts that were not so: items, steps, required contents.
    `warn_at` is there when an explanation was asked for.
    """

    word: ClassVar[Word] = "missed"
    at: datetime | None
    started_at: datetime
    due_at: datetime | None = None
    failed: tuple[str, ...] = ()
    warn_at: datetime | None = None
    soft_due_at: datetime | None = None
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Paused:
    """The clock stands.

    `remaining_seconds`: wall-clock seconds left to the due time if it went on at `now`.
    `lapses_at`: when the longest pause that the rule allows is over; None without such a limit.
    """

    word: ClassVar[Word] = "paused"
    reason: str
    since: datetime
    started_at: datetime
    remaining_seconds: float
    lapses_at: datetime | None = None
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NotApplicable:
    """The rule does not speak about this case.

    Reasons: `facts`, `no_version`, `not_started`, `cancelled`, `exempt`, `not_drawn`,
    `part_period_too_short`.
    """

    word: ClassVar[Word] = "not_applicable"
    reason: str
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Excepted:
    """Counted apart from kept and broken, by a named approver and with evidence."""

    word: ClassVar[Word] = "excepted"
    reason: str
    approver: str
    evidence: str
    at: datetime | None = None
    started_at: datetime | None = None
    due_at: datetime | None = None
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NotProvable:
    """The evidence that would decide is lost."""

    word: ClassVar[Word] = "not_provable"
    reason: str
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """No promise can be made: `not_judged_yet`, `value_not_given` where the standard gives no
    number or the record holds none, or `calendar_year_missing` with the year that is not
    published. `stopped_at`: when what was awaited happened all the same.
    """

    word: ClassVar[Word] = "gap"
    reason: str
    year: int | None = None
    started_at: datetime | None = None
    stopped_at: datetime | None = None
    steps: tuple[Step, ...] = ()


Verdict = Running | Met | Missed | Paused | NotApplicable | Excepted | NotProvable | Gap

WORDS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "running": ("计时中", "running"),
        "met": ("按时完成", "met"),
        "missed": ("超时", "missed"),
        "paused": ("暂停", "paused"),
        "not_applicable": ("不适用", "not applicable"),
        "excepted": ("例外", "excepted"),
        "not_provable": ("无法证明", "not provable"),
        "gap": ("缺口", "gap"),
        "kept": ("做到", "kept"),
        "broken": ("未做到", "broken"),
        "too_few": ("件数不足", "too few"),
    }
)
