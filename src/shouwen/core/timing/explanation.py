"""Why a due time is what it is: the steps from the start to the limit."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta

from shouwen.core.timing.calendar import WorkingCalendar
from shouwen.core.timing.counting import NaturalTime, Ruler, counted_days, unpaused_between
from shouwen.core.timing.durations import Duration, Natural, WorkingDays
from shouwen.core.timing.spans import Pause, Stretch, closed_at, paused_since
from shouwen.core.timing.steps import Param, Step

_ONE_DAY = timedelta(days=1)


def steps_to(
    due_at: datetime,
    *,
    start: datetime,
    duration: Duration,
    pauses: Sequence[Pause],
    calendar: WorkingCalendar | None,
    now: datetime,
) -> tuple[Step, ...]:
    """The steps that lead from `start` to `due_at`, in the order in which one would tell them."""
    steps = [Step("started", {"at": start})]
    paused = paused_since(pauses, start=start, now=now)
    if calendar is None or isinstance(duration, Natural):
        steps += _pause_steps(NaturalTime(), start, due_at, pauses, now)
        steps += _added(NaturalTime(), due_at, paused)
    elif isinstance(duration, WorkingDays):
        steps += _working_day_steps(start, duration, paused, calendar)
        steps += _pause_steps(calendar, start, due_at, pauses, now)
        steps += _limit_steps(due_at, duration, calendar)
    else:
        steps += _working_time_steps(start, due_at, paused, calendar)
        steps += _pause_steps(calendar, start, due_at, pauses, now)
        steps += _added(calendar, due_at, paused)
        steps.append(_calendar_step(calendar))
    steps.append(Step("due", {"at": due_at}))
    return tuple(steps)


def _working_day_steps(
    start: datetime, duration: WorkingDays, paused: Sequence[Stretch], calendar: WorkingCalendar
) -> Iterator[Step]:
    received = calendar.day_of(start)
    if duration.first_day == "next":
        yield Step("counting_begins_next_day", {"day": received + _ONE_DAY})
    last_seen = received
    for counted in counted_days(start=start, duration=duration, paused=paused, calendar=calendar):
        yield from _skipped(last_seen + _ONE_DAY, counted.day, calendar)
        last_seen = counted.day
        yield from _makeup(counted.day, calendar)
        hours = _hours(counted.day, calendar)
        if counted.is_paused:
            yield Step("paused_day", {"day": counted.day, **hours})
        else:
            yield Step("working_day", {"day": counted.day, "n": counted.n, **hours, "seconds": 0})


def _working_time_steps(
    start: datetime, due_at: datetime, paused: Sequence[Stretch], calendar: WorkingCalendar
) -> Iterator[Step]:
    received, last = calendar.day_of(start), calendar.day_of(due_at)
    n = 0
    last_seen = received - _ONE_DAY
    for day in _days_touched(received, last, calendar):
        seconds = _counted_on(day, start, due_at, paused, calendar)
        if not seconds:
            continue
        n += 1
        yield from _skipped(last_seen + _ONE_DAY, day, calendar)
        last_seen = max(day, last_seen)
        yield from _makeup(day, calendar)
        yield Step(
            "working_day", {"day": day, "n": n, **_hours(day, calendar), "seconds": seconds}
        )


def _days_touched(first: date, last: date, calendar: WorkingCalendar) -> Iterator[date]:
    """The days whose windows may be worked, with the evening before for its night window."""
    evening_before = first - _ONE_DAY
    if calendar.is_published(evening_before.year):
        yield evening_before
    for i in range((last - first).days + 1):
        yield first + _ONE_DAY * i


def _counted_on(
    day: date,
    start: datetime,
    due_at: datetime,
    paused: Sequence[Stretch],
    calendar: WorkingCalendar,
) -> float:
    natural = NaturalTime()
    counted = timedelta(0)
    for opens, closes in calendar.openings(day):
        opens, closes = max(opens, start), min(closes, due_at)
        if opens < closes:
            counted += unpaused_between(natural, start=opens, end=closes, paused=paused)
    return _seconds(counted)


def _skipped(first: date, until: date, calendar: WorkingCalendar) -> Iterator[Step]:
    """The days off from `first` up to but not including `until`, neighbours of one kind together."""
    day = first
    while day < until:
        reason = _reason_off(day, calendar)
        begins = day
        while day < until and _reason_off(day, calendar) == reason:
            day += _ONE_DAY
        if reason is None:
            continue
        code, name = reason
        params: dict[str, Param] = {
            "from": begins,
            "to": day - _ONE_DAY,
            "days": (day - begins).days,
        }
        if code == "skipped_holiday":
            params["name"] = name
        yield Step(code, params)


def _reason_off(day: date, calendar: WorkingCalendar) -> tuple[str, str] | None:
    if calendar.is_working_day(day):
        return None
    name = calendar.day_name(day)
    if name is not None or day in calendar.special:
        return "skipped_holiday", name or ""
    return "skipped_weekend", ""


def _makeup(day: date, calendar: WorkingCalendar) -> Iterator[Step]:
    if calendar.is_makeup(day):
        yield Step("makeup_day", {"day": day, "name": calendar.years[day.year].makeup[day]})


def _hours(day: date, calendar: WorkingCalendar) -> dict[str, str]:
    windows = calendar.windows(day)
    return {"opens": f"{windows[0].opens:%H:%M}", "closes": f"{windows[-1].closes:%H:%M}"}


def _pause_steps(
    ruler: Ruler, start: datetime, due_at: datetime, pauses: Sequence[Pause], now: datetime
) -> Iterator[Step]:
    told = False
    for pause in sorted(pauses, key=lambda p: (p.span, p.reason, p.by, p.evidence)):
        begins = max(pause.span.start, start)
        ends = closed_at(pause, now).span.end
        if ends is None or begins >= ends or begins >= due_at:
            continue
        told = True
        yield Step(
            "paused",
            {
                "from": begins,
                "to": ends,
                "reason": pause.reason,
                "by": pause.by,
                "evidence": pause.evidence,
                "seconds": _seconds(ruler.time_between(begins, ends)),
                "open": int(pause.span.end is None),
            },
        )
    if not told:
        yield Step("no_pauses", {})


def _added(ruler: Ruler, due_at: datetime, paused: Sequence[Stretch]) -> Iterator[Step]:
    pushed = sum(
        (ruler.time_between(begins, ends) for begins, ends in paused if begins < due_at),
        timedelta(0),
    )
    if pushed:
        yield Step("added_seconds", {"seconds": _seconds(pushed)})


def _limit_steps(
    due_at: datetime, duration: WorkingDays, calendar: WorkingCalendar
) -> Iterator[Step]:
    local = due_at.astimezone(calendar.zone)
    yield _calendar_step(calendar)
    if duration.ends == "same_time":
        yield Step("due_same_time", {"at": due_at, "day": local.date()})
        return
    code = "due_half_day" if duration.half_days else "due_close_of_business"
    yield Step(code, {"at": due_at, "day": local.date(), "closes": f"{local:%H:%M}"})


def _calendar_step(calendar: WorkingCalendar) -> Step:
    return Step("calendar", {"version": calendar.version, "name": calendar.name})


def _seconds(length: timedelta) -> int | float:
    """Whole seconds as a whole number, so that sentences do not show a decimal point."""
    seconds = length.total_seconds()
    return int(seconds) if seconds == int(seconds) else seconds
