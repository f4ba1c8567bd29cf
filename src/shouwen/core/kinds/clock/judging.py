"""What a clock comes to."""

from datetime import datetime

from shouwen.core.events import Event
from shouwen.core.kinds.clock.agreeing import after_agreements
from shouwen.core.kinds.clock.endings import Ending, NotGiven, Scene, ending_of
from shouwen.core.kinds.clock.lengths import duration_of, natural
from shouwen.core.kinds.clock.pauses import NO_PAUSES, OpenPause, pauses_of
from shouwen.core.kinds.clock.triggers import happened, start_steps, started_at
from shouwen.core.kinds.clock.version import ClockVersion
from shouwen.core.matter import Matter
from shouwen.core.timing.deadlines import due_at, share_point
from shouwen.core.timing.spans import in_utc
from shouwen.core.timing.steps import Step
from shouwen.core.verdict import Gap, Met, Missed, NotApplicable, Paused, Running, Verdict


def judge_clock(version: ClockVersion, matter: Matter) -> Verdict:
    """The verdict at `now` on events in order of time, all at or before `now`.

    `explain=False` leaves the steps out, for clocks by the thousand. Raises YearNotPublished and
    NoSuchCalendar.
    """
    events = matter.events
    begun = happened(version.start, events)
    if begun is None:
        return NotApplicable(reason="not_started")
    stop = happened(version.stop, events, since=begun.at)
    if version.cancel is not None:
        cancel = happened(version.cancel, events, since=begun.at)
        if cancel is not None and (stop is None or cancel.at < stop.at):
            return NotApplicable(reason="cancelled")
    calendar = matter.calendar_named(version.calendar) if version.calendar else matter.calendar
    until = matter.now if stop is None else stop.at
    pauses = NO_PAUSES
    if version.pauses or matter.explain:
        pauses = pauses_of(version.pauses, events, until=until, calendar=calendar)
    scene = Scene(version, events, calendar, begun, until, pauses.counted, matter.explain)
    ending = ending_of(scene, started_at(version.start, begun, calendar))
    if isinstance(ending, NotGiven):
        return _gap(scene, ending, stop)
    return _judged(scene, ending, stop, pauses.open if pauses.still else None, pauses.refused)


def _judged(
    scene: Scene,
    ending: Ending,
    stop: Event | None,
    pause: OpenPause | None,
    refused: list[Step],
) -> Verdict:
    version = scene.version
    is_agreed, agreed = False, list[Step]()
    if version.agreed is not None:
        ending, is_agreed, agreed = after_agreements(version.agreed, scene, ending)
    soft = None if version.soft is None else _soft_due_at(scene, ending)
    warn_at = None
    if scene.explain or stop is None:
        warn_at = _warn_at(scene, ending, soft, is_agreed=is_agreed)
    steps: tuple[Step, ...] = ()
    if scene.explain:
        steps = _steps(scene, ending, stop, [*agreed, *_soft_steps(scene, stop, soft), *refused])
    return _verdict(ending, stop, scene.until, pause, warn_at, soft, steps)


def _verdict(
    ending: Ending,
    stop: Event | None,
    until: datetime,
    pause: OpenPause | None,
    warn_at: datetime | None,
    soft: datetime | None,
    steps: tuple[Step, ...],
) -> Verdict:
    start, due = ending.start, ending.due_at
    at = None if stop is None else in_utc(stop.at)
    failed = _failed(ending, at, until)
    if not steps and (failed is not None or at is not None):
        warn_at = None  # told of what has ended only with an explanation
    if failed is not None:
        return Missed(
            at=at,
            due_at=due,
            started_at=start,
            failed=failed,
            warn_at=warn_at,
            soft_due_at=soft,
            steps=steps,
        )
    if at is not None:
        return Met(
            at=at,
            due_at=due,
            started_at=start,
            warn_at=warn_at,
            soft_due_at=soft,
            steps=steps,
        )
    if pause is not None:
        return Paused(
            reason=pause.pause.reason,
            since=pause.pause.span.start,
            started_at=start,
            remaining_seconds=(due - until).total_seconds(),
            lapses_at=pause.lapses_at,
            steps=steps,
        )
    return Running(due_at=due, warn_at=warn_at, started_at=start, soft_due_at=soft, steps=steps)


def _failed(ending: Ending, at: datetime | None, until: datetime) -> tuple[str, ...] | None:
    """What was not so; None when nothing was missed yet. Where early is a miss it says which."""
    is_late = (at or until) > ending.due_at
    if ending.opens_at is None:
        return () if is_late else None
    if at is not None and at < ending.opens_at:
        return ("early",)
    return ("late",) if is_late else None


def _gap(scene: Scene, ending: NotGiven, stop: Event | None) -> Gap:
    return Gap(
        reason="value_not_given",
        started_at=ending.start,
        stopped_at=in_utc(stop.at) if stop else None,
        steps=ending.steps if scene.explain else (),
    )


# --- reminders and the softer limit


def _soft_due_at(scene: Scene, ending: Ending) -> datetime | None:
    soft = scene.version.soft
    if soft is None:
        return None
    at = due_at(
        start=ending.start,
        duration=duration_of(soft, scene.version.reading),
        pauses=scene.pauses,
        calendar=scene.calendar,
        now=scene.until,
    )
    return min(at, ending.due_at)


def _warn_at(scene: Scene, ending: Ending, soft: datetime | None, *, is_agreed: bool) -> datetime:
    """When somebody is reminded: never after the due time."""
    version, start, due = scene.version, ending.start, ending.due_at
    if version.warn_before is not None:
        return min(max(start, due - natural(version.warn_before)), due)
    if version.warn_after is not None:
        length = duration_of(version.warn_after, version.reading)
        at = due_at(
            start=start,
            duration=length,
            pauses=scene.pauses,
            calendar=scene.calendar,
            now=scene.until,
        )
        return min(at, due)
    if soft is not None:
        return soft
    if ending.duration is not None and not is_agreed:
        return share_point(
            start=start,
            duration=ending.duration,
            share=version.warn_at,
            pauses=scene.pauses,
            calendar=scene.calendar,
            now=scene.until,
        )
    # Of a due time that no length gives, the share of the time up to it.
    return start + (due - start) * version.warn_at if due > start else due


# --- explaining


def _steps(scene: Scene, ending: Ending, stop: Event | None, more: list[Step]) -> tuple[Step, ...]:
    first, *rest = ending.steps
    how = start_steps(scene.version.start, scene.begun, first_start(scene), scene.calendar)
    if ending.opens_at is not None and stop is not None and stop.at < ending.opens_at:
        more = [*more, Step("came_early", {"at": in_utc(stop.at), "from": ending.opens_at})]
    return (first, *how, *rest, *more, Step("due", {"at": ending.due_at}))


def first_start(scene: Scene) -> datetime:
    """From when the clock counted before any agreement."""
    return started_at(scene.version.start, scene.begun, scene.calendar)


def _soft_steps(scene: Scene, stop: Event | None, soft: datetime | None) -> list[Step]:
    said = scene.version.soft
    if said is None or soft is None:
        return []
    steps = [Step("soft_limit", {"value": said.value, "unit": said.unit, "at": soft})]
    if (scene.until if stop is None else stop.at) > soft:
        steps.append(Step("soft_passed", {"at": soft}))
    return steps
