"""The guidance kind: advice shown in a situation; it helps, it does not accuse."""

from dataclasses import dataclass
from typing import Literal

from shouwen.core.clause import RuleHead, Version, Words


@dataclass(frozen=True, slots=True, kw_only=True)
class GuidanceVersion(Version):
    """One dated wording: the situation, what to do, what to avoid, and lines that may be said
    verbatim.
    """

    situation: Words
    do: tuple[Words, ...]
    avoid: tuple[Words, ...] = ()
    says: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class GuidanceRule(RuleHead):
    """A rule that advises."""

    kind: Literal["guidance"]
    versions: tuple[GuidanceVersion, ...]
