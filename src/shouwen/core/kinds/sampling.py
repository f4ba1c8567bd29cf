"""The sampling kind: a random, reproducible part of a population is looked at within a time."""

from dataclasses import dataclass
from typing import Literal

from shouwen.core.clause import Limit, RuleHead, Version
from shouwen.core.kinds.clock import DEFAULT_READING, Reading, Trigger


@dataclass(frozen=True, slots=True, kw_only=True)
class SamplingVersion(Version):
    """One dated wording: of the cases at `population`, a `share` (0–1) has `done` happen within
    `limit`.
    """

    population: Trigger
    done: Trigger
    limit: Limit
    share: float | None = None
    draw: Literal["random"] = "random"
    reading: Reading = DEFAULT_READING


@dataclass(frozen=True, slots=True, kw_only=True)
class SamplingRule(RuleHead):
    """A rule about a random sample."""

    kind: Literal["sampling"]
    versions: tuple[SamplingVersion, ...]
