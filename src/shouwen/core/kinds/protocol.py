"""The protocol kind: steps in order, some with a timer or a line to say."""

from dataclasses import dataclass
from typing import Literal

from shouwen.core.clause import RuleHead, Version, Words


@dataclass(frozen=True, slots=True, kw_only=True)
class ProtocolStep:
    """One step: what is done, what is said, and between how many seconds it lasts or waits."""

    id: str
    title: Words
    says: tuple[str, ...] = ()
    at_least_seconds: float | None = None
    at_most_seconds: float | None = None
    evidence: bool = False
    exempt: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ProtocolVersion(Version):
    """One dated wording of the steps."""

    steps: tuple[ProtocolStep, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProtocolRule(RuleHead):
    """A rule about steps."""

    kind: Literal["protocol"]
    versions: tuple[ProtocolVersion, ...]
