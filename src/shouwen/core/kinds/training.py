"""The training kind: what people must know, and how that is examined and renewed."""

from dataclasses import dataclass
from typing import Literal

from shouwen.core.clause import RuleHead, Version, Words


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingVersion(Version):
    """One dated wording. `pass_mark` in points of 100; a number left out is a gap, not a guess."""

    topics: tuple[Words, ...]
    groups: tuple[str, ...]
    train_every_months: int | None = None
    exam_every_months: int | None = None
    pass_mark: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingRule(RuleHead):
    """A rule about knowledge and skill."""

    kind: Literal["training"]
    versions: tuple[TrainingVersion, ...]
