"""The register kind: a list that is kept, with a keeper, required fields and a review."""

from dataclasses import dataclass
from typing import Literal

from shouwen.core.clause import Limit, RuleHead, Version, Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One field of the register. `choices`: allowed values, empty for free text."""

    id: str
    title: Words
    choices: tuple[str, ...] = ()
    required: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterVersion(Version):
    """One dated wording: what is entered, who keeps it, how often it is reviewed, what it leads
    to.
    """

    entries: tuple[Entry, ...]
    keeper: str = ""
    review_every_months: int | None = None
    consent: bool = False
    leads_to: tuple[Words, ...] = ()
    report_within: Limit | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterRule(RuleHead):
    """A rule about a register."""

    kind: Literal["register"]
    versions: tuple[RegisterVersion, ...]
