"""The phrase kind: wording wanted or forbidden in a situation."""

from dataclasses import dataclass
from typing import Literal

from shouwen.core.clause import RuleHead, Version, Words

Mode = Literal["required", "forbidden", "guidance"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PhraseVersion(Version):
    """One dated wording. `says`: the printed lines, verbatim; `also`: other wording with the
    same meaning; `never`: wording that must not be used instead; `instead`: the softened
    alternative offered for a forbidden line.
    """

    mode: Mode
    situation: Words
    says: tuple[str, ...]
    also: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    instead: tuple[str, ...] = ()
    places: tuple[Literal["call", "hall", "visit", "text"], ...] = (
        "call",
        "hall",
        "visit",
        "text",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class PhraseRule(RuleHead):
    """A rule about wording."""

    kind: Literal["phrase"]
    versions: tuple[PhraseVersion, ...]
