"""The clock kind: something must happen within a time after something else.

How a clock is judged, from the events up to `now`:
- It starts at the first start event. No start event: it does not apply yet.
- An agreed time counts only when it was agreed while the clock was not yet overdue.
- It stops at the first stop event from its start on; stopped exactly at the due time is in time.
- Only pauses for an allowed reason count, with evidence where the rule asks for it, and at most
  for the longest time the rule allows; a refused pause is named in the steps.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Literal

from shouwen.core.clause import Limit, RuleHead, Scalar, Version
from shouwen.core.events import Event
from shouwen.core.matter import Matter
from shouwen.core.timing.calendar import WorkingCalendar
from shouwen.core.timing.deadlines import due, due_at, share_point
from shouwen.core.timing.durations import Duration, Natural, WorkingDays, WorkingTime
from shouwen.core.timing.spans import Pause, Span, in_utc
from shouwen.core.timing.steps import Step
from shouwen.core.verdict import Met, Missed, NotApplicable, Paused, Running, Verdict

PAUSED, RESUMED = "case.paused", "case.resumed"
_SECONDS = {"seconds": 1, "minutes": 60, "hours": 3600, "days": 86400, "working_hours": 3600}


@dataclass(frozen=True, slots=True, kw_only=True)
class Trigger:
    """The first of these events, by name."""

    on: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreed:
    """Another time agreed with the customer (data `at`): it becomes the start, or the due time
    itself.
    """

    on: str
    replaces: Literal["start", "due"]


@dataclass(frozen=True, slots=True, kw_only=True)
class AllowedPause:
    """A reason for which the clock may stand, whether it needs evidence, and for how long at
    most (natural time).
    """

    reason: str
    evidence: bool = False
    longest: Limit | None = None


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


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockVersion(Version):
    """One dated wording of a clock.

    `warn_at` is the share of the limit after which a reminder is due.
    """

    start: Trigger
    stop: Trigger
    limit: Limit
    cancel: Trigger | None = None
    warn_at: float = 0.8
    agreed: Agreed | None = None
    pauses: tuple[AllowedPause, ...] = ()
    reading: Reading = DEFAULT_READING

    @property
    def begins_on(self) -> tuple[str, ...]:
        """The events that start the clock."""
        return self.start.on


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


@lru_cache(maxsize=1024)
def duration_of(limit: Limit, reading: Reading | None = None) -> Duration:
    """The limit as a duration of its kind of time."""
    if limit.unit == "working_days":
        read = reading or DEFAULT_READING
        return WorkingDays(
            days=int(limit.value),
            half_days=int(limit.value * 2) % 2,
            first_day="next" if read.day_of_receipt == "excluded" else "same",
            ends="close" if read.limit_ends == "close_of_last_working_day" else "same_time",
        )
    seconds = round(limit.value * _SECONDS[limit.unit])
    return WorkingTime(seconds) if limit.unit == "working_hours" else Natural(seconds)


def first(
    events: Sequence[Event], kinds: Sequence[str], *, since: datetime | None = None
) -> Event | None:
    """The first event of one of the kinds, from `since` on. Events are in order of time."""
    for event in events:
        if event.kind in kinds and (since is None or event.at >= since):
            return event
    return None


@dataclass(slots=True)
class _Pauses:
    """The pauses that count, those that were refused and why, and the one that is still open."""

    counted: list[Pause] = field(default_factory=list)
    refused: list[Step] = field(default_factory=list)

    @property
    def open(self) -> Pause | None:
        """The earliest pause that still goes on."""
        going_on = [pause for pause in self.counted if pause.span.end is None]
        return min(going_on, key=lambda pause: pause.span.start, default=None)


@dataclass(frozen=True, slots=True)
class _Clock:
    """A version at work on one case: what every question about it needs."""

    version: ClockVersion
    calendar: WorkingCalendar
    duration: Duration
    pauses: Sequence[Pause]
    until: datetime

    def due_at(self, start: datetime) -> datetime:
        return due_at(
            start=start,
            duration=self.duration,
            pauses=self.pauses,
            calendar=self.calendar,
            now=self.until,
        )

    def warn_at(self, start: datetime) -> datetime:
        return share_point(
            start=start,
            duration=self.duration,
            share=self.version.warn_at,
            pauses=self.pauses,
            calendar=self.calendar,
            now=self.until,
        )

    def steps(self, start: datetime) -> tuple[Step, ...]:
        limit = self.version.limit
        found = due(
            start=start,
            duration=self.duration,
            pauses=self.pauses,
            calendar=self.calendar,
            now=self.until,
        ).steps
        return (*found[:1], Step("limit", {"value": limit.value, "unit": limit.unit}), *found[1:])


def judge_clock(version: ClockVersion, matter: Matter) -> Verdict:
    """The verdict at `now` on events in order of time, all at or before `now`.

    `explain=False` leaves the steps out, for clocks by the thousand. Raises YearNotPublished.
    """
    events, calendar, now = matter.events, matter.calendar, matter.now
    begun = first(events, version.start.on)
    if begun is None:
        return NotApplicable(reason="not_started")
    stop = first(events, version.stop.on, since=begun.at)
    if version.cancel is not None:
        cancel = first(events, version.cancel.on, since=begun.at)
        if cancel is not None and (stop is None or cancel.at < stop.at):
            return NotApplicable(reason="cancelled")
    until = now if stop is None else stop.at
    pauses = _pauses(version, events, until, calendar)
    duration = duration_of(version.limit, version.reading)
    clock = _Clock(version, calendar, duration, pauses.counted, until)
    start, due_time, agreed = _agreed(clock, events, in_utc(begun.at))
    steps: tuple[Step, ...] = ()
    if matter.explain:
        steps = (*clock.steps(start), *agreed, *pauses.refused)
        steps = _ending_with_due(steps, due_time)
    return _verdict(clock, start, due_time, stop, pauses.open, steps)


def _verdict(
    clock: _Clock,
    start: datetime,
    due_time: datetime,
    stop: Event | None,
    pause: Pause | None,
    steps: tuple[Step, ...],
) -> Verdict:
    told_warning = _warn_at(clock, start, due_time) if steps else None
    if stop is not None:
        at = in_utc(stop.at)
        ended = Met if at <= due_time else Missed
        return ended(at=at, due_at=due_time, started_at=start, warn_at=told_warning, steps=steps)
    if clock.until > due_time:
        return Missed(
            at=None, due_at=due_time, started_at=start, warn_at=told_warning, steps=steps
        )
    if pause is not None:
        return Paused(
            reason=pause.reason,
            since=pause.span.start,
            started_at=start,
            remaining_seconds=(due_time - clock.until).total_seconds(),
            steps=steps,
        )
    return Running(
        due_at=due_time,
        warn_at=told_warning or _warn_at(clock, start, due_time),
        started_at=start,
        steps=steps,
    )


def _warn_at(clock: _Clock, start: datetime, due_time: datetime) -> datetime:
    """When the share of the limit is used; of an agreed due time, the share of the time up to it."""
    if due_time == clock.due_at(start):
        return clock.warn_at(start)
    return start + (due_time - start) * clock.version.warn_at if due_time > start else due_time


def _agreed(
    clock: _Clock, events: Sequence[Event], start: datetime
) -> tuple[datetime, datetime, list[Step]]:
    """Start and due time after the agreements made in time, and a step for each agreement."""
    due_time = clock.due_at(start)
    rule = clock.version.agreed
    if rule is None:
        return start, due_time, []
    steps: list[Step] = []
    reported = start
    for event in events:
        if event.kind != rule.on or not reported <= event.at <= clock.until:
            continue
        if "at" not in event.data:
            continue
        at = _moment(event.data["at"])
        if at is None or at < reported:
            steps.append(Step("agreed_time_unusable", {"at": in_utc(event.at)}))
        elif event.at > due_time:
            steps.append(Step("agreed_time_too_late", {"at": at, "made_at": in_utc(event.at)}))
        elif rule.replaces == "due":
            due_time = at
            steps.append(Step("agreed_due", {"at": at, "reported_at": reported}))
        else:
            start, due_time = at, clock.due_at(at)
            steps.append(Step("agreed_time", {"at": at, "reported_at": reported}))
    return start, due_time, steps


def _moment(value: Scalar) -> datetime | None:
    try:
        at = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
    return in_utc(at) if at is not None and at.utcoffset() is not None else None


def _ending_with_due(steps: tuple[Step, ...], due_time: datetime) -> tuple[Step, ...]:
    kept = tuple(step for step in steps if step.code != "due")
    return (*kept, Step("due", {"at": due_time}))


def _pauses(
    version: ClockVersion, events: Sequence[Event], until: datetime, calendar: WorkingCalendar
) -> _Pauses:
    """The pauses up to `until`; one that the stop event ends is closed there."""
    pauses = _Pauses()
    allowed = {pause.reason: pause for pause in version.pauses}
    begun: dict[str, Event] = {}
    for event in events:
        if event.at > until or event.kind not in (PAUSED, RESUMED):
            continue
        reason = str(event.data.get("reason", ""))
        if event.kind == PAUSED:
            refusal = _refusal(event, allowed.get(reason))
            if refusal:
                at = in_utc(event.at)
                pauses.refused.append(
                    Step("pause_refused", {"from": at, "reason": reason, "why": refusal})
                )
            else:
                begun.setdefault(reason, event)
        else:
            for ended in [reason] if reason else list(begun):
                if ended in begun:
                    pauses.counted.append(
                        _pause(begun.pop(ended), event.at, allowed[ended], calendar)
                    )
    pauses.counted += [
        _pause(event, None, allowed[reason], calendar, until) for reason, event in begun.items()
    ]
    return pauses


def _refusal(event: Event, allowed: AllowedPause | None) -> str:
    if allowed is None:
        return "reason_not_allowed"
    if allowed.evidence and not str(event.data.get("evidence", "")).strip():
        return "evidence_missing"
    return ""


def _pause(
    begun: Event,
    end: datetime | None,
    allowed: AllowedPause,
    calendar: WorkingCalendar,
    until: datetime | None = None,
) -> Pause:
    if allowed.longest is not None:
        latest = due_at(
            start=begun.at, duration=duration_of(allowed.longest), calendar=calendar, now=begun.at
        )
        if end is None:
            end = latest if until is not None and latest <= until else None
        else:
            end = min(in_utc(end), latest)
    evidence = str(begun.data.get("evidence", ""))
    return Pause(Span(begun.at, end), allowed.reason, begun.by, evidence)
