"""The value kind: aims and scope; they show evidence, never a percentage of their own."""

from dataclasses import dataclass
from typing import Literal

from shouwen.core.clause import RuleHead, Version, Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A figure or a place in the product that shows the aim at work."""

    id: str
    title: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueVersion(Version):
    """One dated wording of the aim."""

    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueRule(RuleHead):
    """A rule that states an aim or a scope."""

    kind: Literal["value"]
    versions: tuple[ValueVersion, ...]
