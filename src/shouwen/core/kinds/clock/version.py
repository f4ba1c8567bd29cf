"""A clock of the standard: its dated wordings and the rule that holds them."""

from dataclasses import dataclass
from typing import Literal

from shouwen.core.clause import Limit, RuleHead, Version, Words
from shouwen.core.kinds.clock.words import (
    DEFAULT_READING,
    Agreed,
    AllowedPause,
    Appointment,
    Claim,
    DueBy,
    LimitFrom,
    Reading,
    Start,
    Trigger,
    Until,
)
from shouwen.core.timing.wall_clock import DayPoint


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockVersion(Version):
    """One dated wording of a clock. It says its limit in exactly one way.

    limit       a length of time
    limit_from  a length that stands in a record
    due_by      a table by the time of day of the start
    end_of_day  the end of a day
    until       a moment that stands in a record
    window      an agreed span in which it must happen
    limits      several limits, of which `choose` takes the earliest or the latest
    gap         the document gives none: why

    A reminder is due after the share `warn_at` of the limit, or `warn_after` the start, or
    `warn_before` the due time, or when the `soft` limit passes. `calendar` names one of the
    pack's; empty: the organisation's.
    """

    start: Start
    stop: Trigger
    limit: Limit | None = None
    limit_from: LimitFrom | None = None
    due_by: DueBy | None = None
    end_of_day: DayPoint | None = None
    until: Until | None = None
    window: Appointment | None = None
    limits: tuple[Claim, ...] = ()
    choose: Literal["earliest", "latest"] | None = None
    gap: Words | None = None
    soft: Limit | None = None
    cancel: Trigger | None = None
    warn_at: float = 0.8
    warn_after: Limit | None = None
    warn_before: Limit | None = None
    agreed: Agreed | None = None
    pauses: tuple[AllowedPause, ...] = ()
    reading: Reading = DEFAULT_READING
    calendar: str = ""

    @property
    def begins_on(self) -> tuple[str, ...]:
        """The events that start the clock."""
        return self.start.events

    @property
    def triggers(self) -> tuple[Trigger, ...]:
        """Every trigger: of the start, the stop, the end without a verdict, and the claims."""
        some = (self.start, self.stop, self.cancel, *(claim.start for claim in self.limits))
        return tuple(trigger for trigger in some if trigger is not None)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockRule(RuleHead):
    """A rule judged by a clock.

    Rules with one `slot` compete: the one with more conditions wins.
    """

    kind: Literal["clock"]
    versions: tuple[ClockVersion, ...]
    slot: str = ""

    @property
    def judged(self) -> bool:
        """Clocks are judged."""
        return True
