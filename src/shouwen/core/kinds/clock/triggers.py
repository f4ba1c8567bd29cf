"""When a clock starts and stops: the events that its triggers wait for."""

from collections.abc import Sequence
from datetime import datetime

from shouwen.core.events import Event
from shouwen.core.kinds.clock.lengths import duration_of
from shouwen.core.kinds.clock.words import Start, Trigger
from shouwen.core.timing.calendar import WorkingCalendar
from shouwen.core.timing.deadlines import due_at
from shouwen.core.timing.spans import in_utc
from shouwen.core.timing.steps import Step
from shouwen.core.timing.wall_clock import beginning_of_day

RULE_MET, RULE_MISSED = "clock.met", "clock.missed"
"""What becomes of other rules; their data `rule` says of which."""


def first(
    events: Sequence[Event], kinds: Sequence[str], *, since: datetime | None = None
) -> Event | None:
    """The first event of one of the kinds, from `since` on. Events are in order of time."""
    for event in events:
        if event.kind in kinds and (since is None or event.at >= since):
            return event
    return None


def happened(
    trigger: Trigger, events: Sequence[Event], *, since: datetime | None = None
) -> Event | None:
    """The event that fulfils the trigger, from `since` on; None while it waits.

    Of `all_of` it is the last of their first ones. Events are in order of time.
    """
    if trigger.all_of:
        found = [first(events, (kind,), since=since) for kind in trigger.all_of]
        known = [event for event in found if event is not None]
        return max(known, key=lambda event: event.at) if len(known) == len(found) else None
    if trigger.rule:
        events = [event for event in events if _is_of(event, trigger.rule)]
    return first(events, trigger.on, since=since)


def started_at(start: Start, begun: Event, calendar: WorkingCalendar) -> datetime:
    """From when the clock counts that this event begins, in UTC. Raises YearNotPublished."""
    at = in_utc(begun.at)
    if start.after is not None:
        return due_at(start=at, duration=duration_of(start.after), calendar=calendar, now=at)
    if start.from_day is not None:
        day = start.from_day
        return beginning_of_day(
            start=at,
            day=day.day,
            unit=day.unit,
            opening=day.begins == "opening",
            calendar=calendar,
        )
    return at


def start_steps(start: Start, begun: Event, at: datetime, calendar: WorkingCalendar) -> list[Step]:
    """How the start was found: another rule, the last of several events, a shift."""
    steps = []
    begun_at = in_utc(begun.at)
    if start.rule and begun.kind in (RULE_MET, RULE_MISSED):
        code = "after_rule_met" if begun.kind == RULE_MET else "after_rule_missed"
        steps.append(Step(code, {"rule": start.rule, "at": begun_at}))
    if start.all_of:
        steps.append(Step("all_happened", {"at": begun_at}))
    if start.after is not None:
        said = {"value": start.after.value, "unit": start.after.unit}
        steps.append(Step("starts_after", {**said, "reported_at": begun_at, "at": at}))
    if start.from_day is not None:
        day = at.astimezone(calendar.zone).date()
        steps.append(Step("starts_on_day", {"reported_at": begun_at, "day": day, "at": at}))
        if start.from_day.unit == "working_days":
            steps.append(Step("calendar", {"version": calendar.version, "name": calendar.name}))
    return steps


def _is_of(event: Event, rule: str) -> bool:
    return event.kind not in (RULE_MET, RULE_MISSED) or event.data.get("rule") == rule
