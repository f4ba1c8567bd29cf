"""When a clock is due, for each way in which a rule may give its limit."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeVar

from shouwen.core.clause import Limit, Scalar
from shouwen.core.events import Event
from shouwen.core.kinds.clock.lengths import bounded, duration_of, natural, number_of
from shouwen.core.kinds.clock.triggers import happened, started_at
from shouwen.core.kinds.clock.version import ClockVersion
from shouwen.core.kinds.clock.words import (
    Appointment,
    Claim,
    DueBy,
    LimitFrom,
    SaysLimit,
    Until,
)
from shouwen.core.timing.calendar import WorkingCalendar
from shouwen.core.timing.counting import NaturalTime, unpaused_after
from shouwen.core.timing.deadlines import due_at
from shouwen.core.timing.durations import Duration, Natural
from shouwen.core.timing.explanation import steps_to
from shouwen.core.timing.spans import Pause, Stretch, in_utc, paused_since
from shouwen.core.timing.steps import Param, Step
from shouwen.core.timing.wall_clock import DayPoint, point_after, row_of

T = TypeVar("T")


@dataclass(slots=True)
class Scene:
    """A version at work on one matter: what every question about its end needs.

    Pauses count up to `until`, the stop or the moment of asking.
    """

    version: ClockVersion
    events: Sequence[Event]
    calendar: WorkingCalendar
    begun: Event
    until: datetime
    pauses: Sequence[Pause]
    explain: bool


@dataclass(slots=True)
class Ending:
    """Until when, counted from `start`; not before `opens_at` where coming early is a miss.

    `duration` is the length that ends there, None where no length says it. The steps begin with
    the start and do not name the due time, which an agreement may still move.
    """

    start: datetime
    due_at: datetime
    duration: Duration | None = None
    opens_at: datetime | None = None
    steps: tuple[Step, ...] = ()


@dataclass(slots=True)
class NotGiven:
    """Neither rule nor record gives a value: nothing can be promised."""

    start: datetime
    steps: tuple[Step, ...] = ()


def ending_of(scene: Scene, start: datetime) -> Ending | NotGiven:
    """The end of the clock, counted from `start` (UTC). Raises YearNotPublished."""
    version = scene.version
    if version.limit is not None:
        return _by_length(version.limit, scene, start, ())
    if version.window is not None:
        return _by_appointment(version.window, scene, start)
    if version.limits:
        return _by_choice(scene, start)
    if version.gap is not None:
        step = Step("value_not_given", {"zh": version.gap.zh, "en": version.gap.en})
        return NotGiven(start, (Step("started", {"at": start}), step))
    return _plain(version, scene, start)


def moment_of(value: Scalar | None) -> datetime | None:
    """A moment with its offset as a record holds it, in UTC; None for anything else."""
    try:
        at = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
    return in_utc(at) if at is not None and at.utcoffset() is not None else None


def _plain(said: SaysLimit, scene: Scene, start: datetime) -> Ending | NotGiven:
    if said.limit is not None:
        return _by_length(said.limit, scene, start, ())
    if said.limit_from is not None:
        return _by_field(said.limit_from, scene, start)
    if said.due_by is not None:
        return _by_table(said.due_by, scene, start)
    if said.end_of_day is not None:
        step = Step("end_of_day", {"n": said.end_of_day.day})
        return _at_point(said.end_of_day, scene, start, (step,))
    if said.until is not None:
        return _by_moment(said.until, scene, start)
    return NotGiven(start, (Step("started", {"at": start}),))


# --- a length of time, from the rule or from a record


def _by_length(limit: Limit, scene: Scene, start: datetime, told: tuple[Step, ...]) -> Ending:
    duration = duration_of(limit, scene.version.reading)
    due = due_at(
        start=start,
        duration=duration,
        pauses=scene.pauses,
        calendar=scene.calendar,
        now=scene.until,
    )
    if not scene.explain:
        return Ending(start, due, duration)
    told = told or (Step("limit", {"value": limit.value, "unit": limit.unit}),)
    return Ending(start, due, duration, None, _told(scene, start, due, duration, told))


def _by_field(said: LimitFrom, scene: Scene, start: datetime) -> Ending | NotGiven:
    def end(limit: Limit) -> datetime:
        return _by_length(limit, replace(scene, explain=False), start, ()).due_at

    numbers = (
        (event, number_of(event.data.get(said.field))) for event in _told_by(said.on, scene)
    )
    reading = scene.version.reading
    word = _last_word(((e, bounded(n, said, reading)) for e, n in numbers if n is not None), end)
    if word is None:
        missing = Step("value_missing", {"field": said.field})
        if said.otherwise is None:
            return NotGiven(start, (Step("started", {"at": start}), missing))
        other = Step("limit", {"value": said.otherwise.value, "unit": said.otherwise.unit})
        return _by_length(said.otherwise, scene, start, (missing, other))
    event, limit, late = word
    params: dict[str, Param] = {"value": limit.value, "unit": limit.unit}
    told = [Step("limit_from", {**params, "field": said.field, "at": in_utc(event.at)})]
    if limit.value != number_of(event.data.get(said.field)):
        told.append(Step("limit_bounded", {"given": str(event.data[said.field]), **params}))
    return _by_length(limit, scene, start, (*told, *late))


# --- a place on the wall clock


def _by_table(said: DueBy, scene: Scene, start: datetime) -> Ending:
    row = row_of(start=start, rows=said.rows, boundary=said.boundary, calendar=scene.calendar)
    told: list[Step] = []
    if scene.explain:
        before = f"{row.before:%H:%M}" if row.before else "24:00"
        told = [Step("reported_between", {"from": f"{row.from_:%H:%M}", "to": before})]
        if start.astimezone(scene.calendar.zone).time() in [each.from_ for each in said.rows[1:]]:
            told.append(Step("on_the_boundary", {"why": said.boundary}))
    return _at_point(row, scene, start, tuple(told))


def _at_point(point: DayPoint, scene: Scene, start: datetime, told: tuple[Step, ...]) -> Ending:
    planned = max(start, point_after(start=start, point=point, calendar=scene.calendar))
    paused = paused_since(scene.pauses, start=start, now=scene.until) if scene.pauses else ()
    due = unpaused_after(NaturalTime(), start=start, length=planned - start, paused=paused)
    if not scene.explain:
        return Ending(start, due)
    told = (*told, Step("wall_clock", {"at": planned}))
    steps = _told(scene, start, due, Natural(0), told)
    if point.unit == "working_days":
        calendar = scene.calendar
        version = {"version": calendar.version, "name": calendar.name}
        steps = (*steps, Step("calendar", version))
    return Ending(start, due, steps=steps)


# --- a moment or a span on record


def _by_moment(said: Until, scene: Scene, start: datetime) -> Ending | NotGiven:
    moments = (
        (event, moment_of(event.data.get(said.field))) for event in _told_by(said.on, scene)
    )
    word = _last_word(((e, at) for e, at in moments if at is not None and at >= start), _itself)
    begun = Step("started", {"at": start})
    if word is None:
        return NotGiven(start, (begun, Step("value_missing", {"field": said.field})))
    event, due, late = word
    told = Step("until", {"at": due, "made_at": in_utc(event.at)})
    return Ending(start, due, steps=(begun, told, *late))


def _by_appointment(said: Appointment, scene: Scene, start: datetime) -> Ending | NotGiven:
    def end(span: Stretch) -> datetime:
        return span[1] + natural(said.late) if said.late else span[1]

    spans = ((event, _span(said, event)) for event in _told_by(said.on, scene))
    word = _last_word(((e, span) for e, span in spans if span is not None), end)
    begun = Step("started", {"at": start})
    if word is None:
        fields = f"{said.opens}, {said.closes}"
        return NotGiven(start, (begun, Step("value_missing", {"field": fields})))
    event, span, late = word
    opens, due = span[0] - natural(said.early) if said.early else span[0], end(span)
    told = [Step("appointed", {"from": span[0], "to": span[1], "made_at": in_utc(event.at)})]
    if (opens, due) != span:
        told.append(Step("tolerated", {"from": opens, "to": due}))
    return Ending(start, due, opens_at=opens, steps=(begun, *told, *late))


def _told_by(kinds: Sequence[str], scene: Scene) -> Iterator[Event]:
    """The events up to the stop that may hold the value; without a name, the start event."""
    if not kinds:
        return iter((scene.begun,))
    return (event for event in scene.events if event.kind in kinds and event.at <= scene.until)


def _last_word(
    told: Iterable[tuple[Event, T]], end: Callable[[T], datetime]
) -> tuple[Event, T, list[Step]] | None:
    """The last value that was given while the one before was not overdue, and the later ones.

    None when there is none at all.
    """
    found: tuple[Event, T] | None = None
    late: list[Step] = []
    for event, value in told:
        if found is not None and event.at > end(found[1]):
            late.append(Step("changed_too_late", {"made_at": in_utc(event.at)}))
        else:
            found = event, value
    return None if found is None else (*found, late)


def _itself(at: datetime) -> datetime:
    return at


def _span(said: Appointment, event: Event) -> Stretch | None:
    opens, closes = (moment_of(event.data.get(name)) for name in (said.opens, said.closes))
    return None if opens is None or closes is None or closes < opens else (opens, closes)


# --- several limits at once


def _by_choice(scene: Scene, start: datetime) -> Ending | NotGiven:
    """The earliest or the latest of the limits that speak; of equal ones the first listed."""
    told: list[Step] = []
    speaking: list[tuple[Claim, Ending]] = []
    for claim in scene.version.limits:
        ending = _of_claim(claim, scene, start)
        name = {"zh": claim.title.zh, "en": claim.title.en, "section": claim.source.section}
        if isinstance(ending, Ending):
            speaking.append((claim, ending))
            told.append(Step("claim", {**name, "at": ending.due_at}))
        else:
            told.append(Step("claim_silent", name))
    if not speaking:
        return NotGiven(start, (Step("started", {"at": start}), *told))
    pick = max if scene.version.choose == "latest" else min
    claim, won = pick(speaking, key=lambda each: each[1].due_at)
    if scene.explain:
        code = f"chosen_{scene.version.choose}"
        told.append(Step(code, {"zh": claim.title.zh, "en": claim.title.en, "at": won.due_at}))
        won.steps = (*won.steps[:1], *told, *won.steps[1:])
    return won


def _of_claim(claim: Claim, scene: Scene, start: datetime) -> Ending | NotGiven:
    if claim.start is None:
        return _plain(claim, scene, start)
    begun = happened(claim.start, scene.events)
    if begun is None or begun.at > scene.until:
        return NotGiven(start)
    own = started_at(claim.start, begun, scene.calendar)
    return _plain(claim, replace(scene, begun=begun), own)


# --- explaining


def _told(
    scene: Scene, start: datetime, due: datetime, duration: Duration, told: tuple[Step, ...]
) -> tuple[Step, ...]:
    """The start, how the limit is given, then how it was counted; without the due time."""
    steps = steps_to(
        due,
        start=start,
        duration=duration,
        pauses=scene.pauses,
        calendar=scene.calendar,
        now=scene.until,
    )
    return (*steps[:1], *told, *(step for step in steps[1:] if step.code != "due"))
