"""What every rule of a standard has in common, whatever its kind: words, source, conditions,
dated versions.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal, TypeVar

from shouwen.core.bilingual import Words as Words
from shouwen.core.targets import Target

Scalar = str | int | float | bool
Stage = Literal["pre_sale", "in_sale", "after_sale", "any"]
Unit = Literal["seconds", "minutes", "hours", "days", "working_hours", "working_days"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where a rule comes from: document, section as printed, and the utility's own verbatim text
    if it fills it in.
    """

    document: str
    section: str
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """A length of time as written in a rule: whole or broken value of one unit; days are natural
    unless `working_`.
    """

    value: float
    unit: Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """A numeric condition, half-open: at_least <= fact < below."""

    at_least: float | None = None
    below: float | None = None


Condition = tuple[str, ...] | Band
Conditions = Mapping[str, Condition]


ChangePolicy = Literal["freeze", "rejudge_open", "rejudge_from"]


@dataclass(frozen=True, slots=True, kw_only=True)
class AllowedException:
    """A reason for which a matter may be taken out of the count, always by a named approver.

    `granted`: the approval may come at any time, or only while nothing was missed yet.
    """

    reason: str
    evidence: bool = True
    granted: Literal["any_time", "before_due"] = "any_time"


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """What a rule says from a day on, until the next version begins.

    `from_` is a day in the pack's time zone. `on_change` says what happens, when this version
    begins, to matters that began under the version before: they keep it (freeze), the open ones
    are judged by this one (rejudge_open), or all that began on or after the day `rejudge_from`.
    `target`: how well the rule must be kept over all matters together.
    """

    from_: date
    when: Conditions = field(default_factory=dict)
    withdrawn: bool = False
    interpretation: Words | None = None
    exceptions: tuple[AllowedException, ...] = ()
    on_change: ChangePolicy = "freeze"
    rejudge_from: date | None = None
    target: Target | None = None

    @property
    def begins_on(self) -> tuple[str, ...]:
        """The events that begin a matter under this version; empty: whatever happens first."""
        return ()

    @property
    def standing(self) -> bool:
        """Whether the rule is a duty that stands by itself, such as once a year: then the version
        of the day of judging speaks, not that of the day on which something began.
        """
        return False


@dataclass(frozen=True, slots=True, kw_only=True)
class ExampleCall:
    """A telephone call in miniature, for examples: turns are pairs of speaker and text.

    A third value is the seconds from the end of the turn before to the beginning of this one;
    below 0 the speaker breaks in. `audio`: what was measured on the agent's channel.
    """

    turns: tuple[
        tuple[Literal["agent", "customer"], str] | tuple[Literal["agent", "customer"], str, float],
        ...,
    ]
    direction: Literal["inbound", "outbound"] = "inbound"
    kind: str = "consultation"
    customer: Mapping[str, str] | None = None
    answered_after: float = 4.0
    talk_seconds: float | None = None
    holds: tuple[tuple[float, float], ...] = ()
    hung_up_by: Literal["customer", "agent"] = "customer"
    cause: str = ""
    channel: Literal["phone", "text", "hall", "visit"] = "phone"
    audio: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A worked case beside its rule; it runs as a test.

    Either events (a case), a call, or counts (a target), never two of them. `expect_failed`: the names of what was not so
    in a missed verdict, in any order.
    """

    says: str
    expect: str
    facts: Mapping[str, Scalar] | None = None
    events: tuple[tuple[str, datetime] | tuple[str, datetime, Mapping[str, Scalar]], ...] = ()
    now: datetime | None = None
    expect_due: datetime | None = None
    expect_failed: tuple[str, ...] | None = None
    call: ExampleCall | None = None
    counts: Mapping[str, float] | None = None
    expect_parts: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleHead:
    """The part of a rule file that all kinds share. Each kind narrows `kind` and `versions`."""

    id: str
    clause: str
    kind: str
    title: Words
    wording: Words
    stage: Stage
    source: Source
    versions: tuple[Version, ...]
    examples: tuple[Example, ...] = ()

    @property
    def judged(self) -> bool:
        """Whether an evaluator gives verdicts for this rule; False is reported as "not judged
        yet".
        """
        return False

    def on(self, day: date) -> Version | None:
        """The version in force on a day of the pack's zone; None before the first and after a
        withdrawal.
        """
        return in_force(versions=self.versions, day=day)


V = TypeVar("V", bound=Version)


def in_force(*, versions: Sequence[V], day: date) -> V | None:
    """The newest version whose first day is not after `day`; None when there is none or it
    withdraws the rule.
    """
    current = None
    for version in versions:
        if version.from_ > day:
            break
        current = version
    return None if current is None or current.withdrawn else current


def matches(*, when: Conditions, facts: Mapping[str, Scalar]) -> bool:
    """Whether every condition holds.

    A fact that is not known fails its condition: nothing is guessed.
    """
    return not when or all(_holds(wanted, facts.get(name)) for name, wanted in when.items())


def _holds(condition: Condition, value: Scalar | None) -> bool:
    if value is None:
        return False
    if not isinstance(condition, Band):
        return (str(value).lower() if isinstance(value, bool) else str(value)) in condition
    if isinstance(value, str | bool):
        return False
    at_least, below = condition.at_least, condition.below
    return (at_least is None or value >= at_least) and (below is None or value < below)
