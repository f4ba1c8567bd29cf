"""The time in which a clock stands still: which pauses count, for how long, and which do not."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from shouwen.core.events import Event
from shouwen.core.kinds.clock.lengths import duration_of, natural
from shouwen.core.kinds.clock.words import AllowedPause
from shouwen.core.timing.calendar import WorkingCalendar
from shouwen.core.timing.deadlines import due_at
from shouwen.core.timing.spans import Pause, Span, in_utc
from shouwen.core.timing.steps import Step

PAUSED, RESUMED = "case.paused", "case.resumed"
_NOTHING = timedelta(0)


@dataclass(frozen=True, slots=True)
class OpenPause:
    """A pause that still goes on, and when it ends by itself at the latest."""

    pause: Pause
    lapses_at: datetime | None


@dataclass(slots=True)
class Pauses:
    """The pauses that count, those that were refused and why, and those that are still open."""

    counted: list[Pause] = field(default_factory=list)
    refused: list[Step] = field(default_factory=list)
    still: list[OpenPause] = field(default_factory=list)

    @property
    def open(self) -> OpenPause | None:
        """The earliest pause that still goes on."""
        return min(self.still, key=lambda each: each.pause.span.start, default=None)


NO_PAUSES = Pauses()


def pauses_of(
    allowed: Sequence[AllowedPause],
    events: Sequence[Event],
    *,
    until: datetime,
    calendar: WorkingCalendar,
) -> Pauses:
    """The pauses up to `until`; one that the stop event ends is closed there.

    Events are in order of time. Raises YearNotPublished.
    """
    taken = _Taking({pause.reason: pause for pause in allowed}, until, calendar)
    for event in events:
        if event.kind not in (PAUSED, RESUMED) or event.at > until:
            continue
        reason = str(event.data.get("reason", ""))
        if event.kind == PAUSED:
            taken.begin(event, reason)
        else:
            for ended in [reason] if reason else list(taken.begun):
                taken.end(ended, event.at)
    for reason in list(taken.begun):
        taken.end(reason, None)
    return taken.pauses


@dataclass(slots=True)
class _Taking:
    """Going through the events: what has begun, and how much of each reason is used."""

    allowed: dict[str, AllowedPause]
    until: datetime
    calendar: WorkingCalendar
    pauses: Pauses = field(default_factory=Pauses)
    begun: dict[str, Event] = field(default_factory=dict)
    used: dict[str, timedelta] = field(default_factory=dict)

    def begin(self, event: Event, reason: str) -> None:
        refusal = _refusal(event, self.allowed.get(reason))
        if not refusal:
            self.begun.setdefault(reason, event)
            return
        at = in_utc(event.at)
        step = Step("pause_refused", {"from": at, "reason": reason, "why": refusal})
        self.pauses.refused.append(step)

    def end(self, reason: str, at: datetime | None) -> None:
        begun = self.begun.pop(reason, None)
        if begun is None:
            return
        latest = self._latest(begun, self.allowed[reason])
        end = None if at is None else in_utc(at)
        if latest is not None and (latest <= self.until if end is None else latest < end):
            end = latest
        evidence = str(begun.data.get("evidence", ""))
        pause = Pause(Span(begun.at, end), reason, begun.by, evidence)
        self.pauses.counted.append(pause)
        if end is None:
            self.pauses.still.append(OpenPause(pause, latest))
        else:
            self.used[reason] = self.used.get(reason, _NOTHING) + (end - pause.span.start)

    def _latest(self, begun: Event, allowed: AllowedPause) -> datetime | None:
        """When this pause ends by itself."""
        ends = []
        if allowed.longest is not None:
            longest = duration_of(allowed.longest)
            ends.append(
                due_at(start=begun.at, duration=longest, calendar=self.calendar, now=begun.at)
            )
        if allowed.altogether is not None:
            left = natural(allowed.altogether) - self.used.get(allowed.reason, _NOTHING)
            ends.append(in_utc(begun.at) + max(left, _NOTHING))
        return min(ends, default=None)


def _refusal(event: Event, allowed: AllowedPause | None) -> str:
    if allowed is None:
        return "reason_not_allowed"
    if allowed.evidence and not str(event.data.get("evidence", "")).strip():
        return "evidence_missing"
    return ""
