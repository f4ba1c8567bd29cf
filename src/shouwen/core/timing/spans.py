"""Stretches of time and the pauses of a clock."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import total_ordering

Stretch = tuple[datetime, datetime]
"""A closed-ended stretch, aware UTC, half-open; what arithmetic works on."""


class NaiveMoment(ValueError):
    """A moment without a time zone: nobody can say which instant it is."""

    def __init__(self, moment: datetime) -> None:
        self.moment = moment
        super().__init__(f"{moment.isoformat()} has no time zone")


class EndsBeforeStart(ValueError):
    """A span whose end lies before its start."""


def in_utc(moment: datetime) -> datetime:
    """The same instant in UTC. Raises NaiveMoment when there is no time zone to convert from."""
    if moment.tzinfo is UTC:
        return moment
    if moment.utcoffset() is None:
        raise NaiveMoment(moment)
    return moment.astimezone(UTC)


@total_ordering
@dataclass(frozen=True, slots=True)
class Span:
    """From `start` up to but not including `end`, both UTC; `end` None means still going on.

    Any aware moments are accepted and kept in UTC. Ordered by start, then by end, with an open
    end last. Raises NaiveMoment and EndsBeforeStart.
    """

    start: datetime
    end: datetime | None

    def __post_init__(self) -> None:
        object.__setattr__(self, "start", in_utc(self.start))
        if self.end is None:
            return
        object.__setattr__(self, "end", in_utc(self.end))
        if self.end < self.start:
            raise EndsBeforeStart(f"{self.start.isoformat()} to {self.end.isoformat()}")

    def __lt__(self, other: "Span") -> bool:
        if self.start != other.start:
            return self.start < other.start
        if self.end is None or other.end is None:
            return self.end is not None
        return self.end < other.end


@dataclass(frozen=True, slots=True)
class Pause:
    """A span in which a clock stood still, why, on whose word and by which evidence."""

    span: Span
    reason: str
    by: str = ""
    evidence: str = ""


def merged(pauses: Iterable[Pause]) -> tuple[Span, ...]:
    """The paused time as disjoint spans in order; touching spans become one, empty ones vanish."""
    result: list[Span] = []
    for span in sorted(pause.span for pause in pauses):
        if span.start == span.end:
            continue
        last = result[-1] if result else None
        if last is None or (last.end is not None and last.end < span.start):
            result.append(span)
        elif last.end is not None and (span.end is None or span.end > last.end):
            result[-1] = Span(last.start, span.end)
    return tuple(result)


def closed_at(pause: Pause, now: datetime) -> Pause:
    """The pause as known at `now`: an open one ends now (or is empty when it begins later)."""
    if pause.span.end is not None:
        return pause
    span = Span(pause.span.start, max(pause.span.start, in_utc(now)))
    return Pause(span, pause.reason, pause.by, pause.evidence)


def paused_since(pauses: Sequence[Pause], *, start: datetime, now: datetime) -> list[Stretch]:
    """Disjoint paused stretches after `start`, in order; open pauses count until `now`."""
    if len(pauses) == 1 and pauses[0].span.end is not None:  # most often, and then simply so
        begins, ends = pauses[0].span.start, pauses[0].span.end
        return [(max(begins, start), ends)] if ends > start and begins < ends else []
    known = merged(closed_at(pause, now) for pause in pauses)
    return [
        (max(span.start, start), span.end)
        for span in known
        if span.end is not None and span.end > start
    ]
