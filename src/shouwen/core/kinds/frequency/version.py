"""How often something must be done: its dated wordings and the rule that holds them."""

from dataclasses import dataclass, field
from typing import Literal

from shouwen.core.clause import Conditions, RuleHead, Version, Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """At least `times` in each period for the subjects that meet the conditions, no closer than
    `least_gap_days`.

    `calendar`: periods of `every_months` that begin with the year; `rolling`: in any
    `every_months` on end.
    """

    when: Conditions = field(default_factory=dict)
    times: int
    every_months: int = 12
    period: Literal["calendar", "rolling"] = "calendar"
    least_gap_days: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Relief:
    """A reason for which the duty does not hold while it lasts, and what it needs."""

    reason: str
    title: Words
    evidence: bool = True
    approver: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Reliefs:
    """The events by which a relief begins (data reason, evidence, approver, until) and ends."""

    begins: tuple[str, ...]
    ends: tuple[str, ...] = ()
    allowed: tuple[Relief, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FrequencyVersion(Version):
    """One dated wording: `done` are the events that count, `attempts` those that never do.

    `starts`: from when on the duty holds (none: it always did); `ends`: from when on no more.
    `changes`: events that set an attribute (data name, value, since, was). `voided`: takes back
    the last one done. `warn_at`: the share of the period after which a reminder is due.
    """

    done: tuple[str, ...]
    duties: tuple[Duty, ...]
    attempts: tuple[str, ...] = ()
    starts: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()
    changes: tuple[str, ...] = ("premises.attribute_set",)
    voided: tuple[str, ...] = ()
    reliefs: Reliefs | None = None
    part_period: Literal["in_full", "share"] = "in_full"
    warn_at: float = 0.75

    @property
    def standing(self) -> bool:
        """The duty stands by itself: the version of the day of judging speaks."""
        return True


@dataclass(frozen=True, slots=True, kw_only=True)
class FrequencyRule(RuleHead):
    """A rule about how often."""

    kind: Literal["frequency"]
    versions: tuple[FrequencyVersion, ...]

    @property
    def judged(self) -> bool:
        """Frequencies are judged."""
        return True
