"""The checklist kind: items that are looked at and ticked, with variants."""

from dataclasses import dataclass
from typing import Literal

from shouwen.core.clause import RuleHead, Version, Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One thing to look at.

    `variant`: for whom it is meant. `points`: what it weighs in a score.
    """

    id: str
    title: Words
    variant: Literal["everyone", "men", "women"] = "everyone"
    points: float = 1
    read_as: Words | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChecklistVersion(Version):
    """One dated wording of the items. `occasion`: when the list is used."""

    occasion: Literal["spot_check", "start_of_shift", "before_visit", "survey"]
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChecklistRule(RuleHead):
    """A rule looked at by a person with a list."""

    kind: Literal["checklist"]
    versions: tuple[ChecklistVersion, ...]
