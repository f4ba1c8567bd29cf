"""What a clock may say: when it starts and stops, how its limit is given, what moves it.

Every part is data of a closed shape; nothing here computes.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from shouwen.core.clause import Limit, Source, Unit, Words
from shouwen.core.timing.wall_clock import Boundary, DayPoint, Days, HourRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Trigger:
    """The first of the events in `on`, or the moment when each of `all_of` has happened.

    `rule`: of clock.met and clock.missed, only those of this rule.
    """

    on: tuple[str, ...] = ()
    all_of: tuple[str, ...] = ()
    rule: str = ""

    @property
    def events(self) -> tuple[str, ...]:
        """Every event that the trigger looks at."""
        return self.on or self.all_of


@dataclass(frozen=True, slots=True, kw_only=True)
class FromDay:
    """The beginning of the `day`-th day after: midnight, or when that day's work begins."""

    day: int = 1
    unit: Days = "days"
    begins: Literal["midnight", "opening"] = "midnight"


@dataclass(frozen=True, slots=True, kw_only=True)
class Start(Trigger):
    """A trigger from which a clock counts: from it on, so long `after` it, or `from_day` on."""

    after: Limit | None = None
    from_day: FromDay | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LimitFrom:
    """A length of time that stands in a field of an event (of the start event where `on` is empty).

    The number is in `unit` and counts from `at_least` up to `at_most`. A later event changes it
    as long as the clock is not overdue. Without a usable number `otherwise` holds, else nothing
    can be promised.
    """

    field: str
    unit: Unit
    at_most: float
    at_least: float = 0
    on: tuple[str, ...] = ()
    otherwise: Limit | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Until:
    """A due time that stands in a field of an event, set by somebody else: a platform, a contract.

    A later event changes it as long as the clock is not overdue. Pauses do not move it.
    """

    on: tuple[str, ...]
    field: str = "at"


@dataclass(frozen=True, slots=True, kw_only=True)
class DueBy:
    """A table: by the time of day at which the clock starts, due on which day at what time.

    `boundary`: a start exactly between two rows belongs to the next one, or to the one before.
    """

    rows: tuple[HourRow, ...]
    boundary: Boundary = "next_row"


@dataclass(frozen=True, slots=True, kw_only=True)
class Appointment:
    """The span agreed with the customer, in two fields of an event (of the start event where `on`
    is empty).

    Coming before it opens is a miss as well as coming after it closes; `early` and `late` are
    forgiven. A new appointment holds when it was made before the old one was missed.
    """

    opens: str
    closes: str
    on: tuple[str, ...] = ()
    early: Limit | None = None
    late: Limit | None = None


class SaysLimit(Protocol):
    """Whatever gives a limit in one of the plain ways."""

    @property
    def limit(self) -> Limit | None: ...
    @property
    def limit_from(self) -> LimitFrom | None: ...
    @property
    def due_by(self) -> DueBy | None: ...
    @property
    def end_of_day(self) -> DayPoint | None: ...
    @property
    def until(self) -> Until | None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One of several limits that compete: whose it is, and exactly one way of giving it.

    Without a `start` of its own it counts from the start of the clock.
    """

    id: str
    title: Words
    source: Source
    start: Start | None = None
    limit: Limit | None = None
    limit_from: LimitFrom | None = None
    due_by: DueBy | None = None
    end_of_day: DayPoint | None = None
    until: Until | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreed:
    """Another time agreed with the customer (data `at`): it becomes the start, or the due time
    itself. It may lie at most `within` after the start where that is given.
    """

    on: str
    replaces: Literal["start", "due"]
    within: Limit | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AllowedPause:
    """A reason for which the clock may stand, whether it needs evidence, and for how long at most:
    each time (`longest`), and all times together (`altogether`, natural time).
    """

    reason: str
    evidence: bool = False
    longest: Limit | None = None
    altogether: Limit | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """How working days are read: is the day of receipt counted, and at what time of day the
    limit ends.
    """

    day_of_receipt: Literal["excluded", "included"] = "excluded"
    limit_ends: Literal["close_of_last_working_day", "same_time_of_day"] = (
        "close_of_last_working_day"
    )


DEFAULT_READING = Reading()

PLAIN_WAYS = ("limit", "limit_from", "due_by", "end_of_day", "until")
"""The ways of giving one limit."""
WAYS = (*PLAIN_WAYS, "window", "limits", "gap")
"""The ways in which a clock says its limit, each version exactly one."""


def ways_used(said: object, ways: Sequence[str] = WAYS) -> tuple[str, ...]:
    """The ways that a clock or a claim does use."""
    return tuple(way for way in ways if getattr(said, way, None) not in (None, ()))
