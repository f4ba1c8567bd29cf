"""The record kind: named fields must be on record in time, be passed on in time, and be heard on
the call.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from shouwen.core.clause import Limit, RuleHead, Version
from shouwen.core.events import Event
from shouwen.core.events.given import names_given
from shouwen.core.kinds.clock import Trigger, duration_of, happened
from shouwen.core.kinds.script import Part, look_for, outcome
from shouwen.core.listening import Heard, Outcome
from shouwen.core.matter import Matter
from shouwen.core.timing.calendar import WorkingCalendar
from shouwen.core.timing.deadlines import due_at, share_point
from shouwen.core.timing.spans import in_utc
from shouwen.core.timing.steps import Step
from shouwen.core.verdict import Met, Missed, NotApplicable, Running, Verdict

Field = Literal[
    "name", "phone", "address", "content", "answer", "result", "department", "reason", "evidence"
]

_REPORTED = Trigger(on=("case.reported",))
_RECORDED = Trigger(on=("case.recorded",))
_ROUTED = Trigger(on=("case.routed",))


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordVersion(Version):
    """One dated wording. `recorded` (default case.recorded with nothing missing) must come
    within `complete_within` of `start`, `handed_over` (default case.routed) within
    `handed_over_within`. A limit left out is not judged on cases. `spoken` are the parts that
    must be heard on a call, as in a script.
    """

    required: tuple[Field, ...]
    start: Trigger = _REPORTED
    recorded: Trigger = _RECORDED
    handed_over: Trigger = _ROUTED
    cancel: Trigger | None = None
    complete_within: Limit | None = None
    handed_over_within: Limit | None = None
    warn_at: float = 0.8
    spoken: tuple[Part, ...] = ()
    applies_if: tuple[str, ...] = ()
    exempt: tuple[str, ...] = ()
    excused_by: tuple[str, ...] = ()

    @property
    def begins_on(self) -> tuple[str, ...]:
        """The events that begin the record."""
        return self.start.events


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordRule(RuleHead):
    """A rule about what must be on record."""

    kind: Literal["record"]
    versions: tuple[RecordVersion, ...]

    @property
    def judged(self) -> bool:
        """Records are judged when a limit or spoken parts are given."""
        return any(v.complete_within or v.handed_over_within or v.spoken for v in self.versions)


@dataclass(frozen=True, slots=True)
class _Part:
    """One thing the record still needs or has: its name, its limit, its due time, when it was
    done.
    """

    code: str
    limit: Limit
    due_at: datetime
    done_at: datetime | None


def judge_record(version: RecordVersion, matter: Matter) -> Verdict:
    """The verdict at `now` on events in order of time, all at or before `now`. Raises
    YearNotPublished.

    Missed as soon as one part is late; met when all are done; otherwise the earliest outstanding
    part runs.
    """
    events, calendar, now = matter.events, matter.calendar, matter.now
    begun = happened(version.start, events)
    if begun is None:
        return NotApplicable(reason="not_started")
    if version.cancel is not None and happened(version.cancel, events, since=begun.at):
        return NotApplicable(reason="cancelled")
    start = in_utc(begun.at)
    parts = _parts(version, events, start, calendar)
    if not parts:
        return NotApplicable(reason="no_limit")
    steps = _steps(start, parts) if matter.explain else ()
    late = next((part for part in parts if (part.done_at or now) > part.due_at), None)
    if late is not None:
        return Missed(
            at=late.done_at,
            due_at=late.due_at,
            started_at=start,
            failed=_lacking(version, events, late),
            steps=steps,
        )
    outstanding = [part for part in parts if part.done_at is None]
    if not outstanding:
        done = max(part.done_at for part in parts if part.done_at is not None)
        latest = max(part.due_at for part in parts)
        return Met(at=done, due_at=latest, started_at=start, steps=steps)
    earliest = min(outstanding, key=lambda part: part.due_at)
    warn_at = share_point(
        start=start,
        duration=duration_of(earliest.limit),
        share=version.warn_at,
        calendar=calendar,
        now=now,
    )
    return Running(due_at=earliest.due_at, warn_at=warn_at, started_at=start, steps=steps)


def judge_spoken_record(version: RecordVersion, heard: Heard) -> Outcome:
    """Whether everything that must be on record was spoken or confirmed on a call; pure."""
    return outcome(looked_for=look_for(parts=version.spoken, heard=heard), heard=heard)


def _parts(
    version: RecordVersion, events: Sequence[Event], start: datetime, calendar: WorkingCalendar
) -> list[_Part]:
    complete = [event for event in events if not str(event.data.get("missing", "")).strip()]
    wanted = (
        ("record_complete", version.complete_within, happened(version.recorded, complete)),
        ("handed_over", version.handed_over_within, happened(version.handed_over, events)),
    )
    return [
        _Part(code, limit, _due(start, limit, calendar), in_utc(event.at) if event else None)
        for code, limit, event in wanted
        if limit is not None
    ]


def _lacking(version: RecordVersion, events: Sequence[Event], late: _Part) -> tuple[str, ...]:
    """The fields that were not on record at the due time, or `handed_over`."""
    if late.code != "record_complete":
        return (late.code,)
    in_time = [
        event
        for event in events
        if event.kind in version.recorded.events and event.at <= late.due_at
    ]
    return names_given(in_time[-1], "missing") if in_time else version.required


def _due(start: datetime, limit: Limit, calendar: WorkingCalendar) -> datetime:
    return due_at(start=start, duration=duration_of(limit), calendar=calendar, now=start)


def _steps(start: datetime, parts: Sequence[_Part]) -> tuple[Step, ...]:
    steps = [Step("started", {"at": start})]
    for part in parts:
        limit = {"value": part.limit.value, "unit": part.limit.unit, "due_at": part.due_at}
        steps.append(Step(part.code + "_within", limit))
        if part.done_at is not None:
            steps.append(Step(part.code, {"at": part.done_at}))
    return tuple(steps)
