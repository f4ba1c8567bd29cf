"""The access kind: what nobody may do without leave, and the controls that see to it."""

from dataclasses import dataclass
from typing import Literal

from shouwen.core.clause import RuleHead, Version, Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Control:
    """One control: what it does, and whether it refuses, asks for approval, or records."""

    id: str
    title: Words
    effect: Literal["refuse", "approve", "record", "register"]
    approvers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessVersion(Version):
    """One dated wording of the controls."""

    controls: tuple[Control, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessRule(RuleHead):
    """A rule about access and custody."""

    kind: Literal["access"]
    versions: tuple[AccessVersion, ...]
