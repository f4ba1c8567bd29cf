"""The frequency kind: something is done at least so many times in so many months, by class."""

from dataclasses import dataclass
from typing import Literal

from shouwen.core.clause import Conditions, RuleHead, Version


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """At least `times` in each period for the subjects that meet the conditions, no closer than
    `least_gap_days`.
    """

    when: Conditions
    times: int
    every_months: int = 12
    period: Literal["calendar_year", "rolling"] = "calendar_year"
    least_gap_days: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class FrequencyVersion(Version):
    """One dated wording: `done` is the event that counts."""

    done: str
    duties: tuple[Duty, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FrequencyRule(RuleHead):
    """A rule about how often."""

    kind: Literal["frequency"]
    versions: tuple[FrequencyVersion, ...]
