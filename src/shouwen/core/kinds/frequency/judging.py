"""Judges how often something was done: in periods of the calendar, or in any months on end."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from fractions import Fraction
from math import floor

from shouwen.core.facts import FACTS
from shouwen.core.kinds.frequency.subject import Subject
from shouwen.core.kinds.frequency.version import Duty, FrequencyVersion
from shouwen.core.matter import Matter
from shouwen.core.timing.months import end_of_day, months_later, start_of_day
from shouwen.core.timing.spans import in_utc
from shouwen.core.timing.steps import Param, Step
from shouwen.core.verdict import Excepted, Met, Missed, NotApplicable, Running, Verdict

_DAY = timedelta(days=1)


def judge_frequency(version: FrequencyVersion, matter: Matter) -> Verdict:
    """The verdict at `now` on events in order of time, all at or before `now`.

    Calendar periods: Missed while the last closed period fell short and nothing was done since;
    else Met when this period's number is reached, else Running until its end. Rolling:
    Running until the next one is due, Missed from then on until it is done. `warn_at` is the last
    day on which the rest still fits in with the least gap, when that comes first.
    """
    subject = Subject(version, matter)
    if not matter.events or subject.is_gone:
        return NotApplicable(reason="not_started")
    duty = subject.duty_on(subject.today)
    if duty is None:
        return NotApplicable(reason="facts")
    relieved = subject.relieved_on(subject.today)
    if isinstance(relieved, Excepted):
        return relieved
    if duty.period == "rolling":
        return _rolling(subject, duty)
    return _in_periods(subject, duty)


# --- periods of the calendar


def _in_periods(subject: Subject, duty: Duty) -> Verdict:
    begins, ends = _period_of(subject.today, duty.every_months)
    counted = subject.counted(duty)
    last = _last_period(subject, duty, begins, counted)
    if last is not None:
        return last
    needed = _needed(subject, duty, begins, ends)
    done = [day for day in counted if begins <= day < ends]
    due = end_of_day(ends - _DAY, subject.zone)
    started = start_of_day(max(begins, subject.since or begins), subject.zone)
    _tell(subject, duty, begins, ends, needed, done)
    if len(done) >= needed:
        if not needed:
            return NotApplicable(reason="part_period_too_short", steps=subject.told)
        at = _moment_of(subject, done[needed - 1])
        return Met(at=at, due_at=due, started_at=started, steps=subject.told)
    warn_at = _warn_at(subject, duty, started, due, needed - len(done))
    return Running(due_at=due, warn_at=warn_at, started_at=started, steps=subject.told)


def _last_period(
    subject: Subject, duty: Duty, begins: date, counted: Sequence[date]
) -> Missed | Excepted | None:
    """What the last closed period came to, where it fell short and nothing was done since."""
    if begins <= max(subject.known_from, subject.version.from_):
        return None
    first, ends = _period_of(begins - _DAY, duty.every_months)
    last_duty = subject.duty_on(ends - _DAY)
    if last_duty is None or last_duty.period != "calendar" or any(day >= ends for day in counted):
        return None
    first = _period_of(begins - _DAY, last_duty.every_months)[0]
    needed = _needed(subject, last_duty, first, ends)
    done = [day for day in counted if first <= day < ends]
    if len(done) >= needed:
        return None
    relieved = subject.relieved_on(ends - _DAY)
    if relieved is not None:
        return relieved
    _tell(subject, last_duty, first, ends, needed, done)
    return Missed(
        at=None,
        due_at=end_of_day(ends - _DAY, subject.zone),
        started_at=start_of_day(max(first, subject.since or first), subject.zone),
        failed=("times",),
        steps=subject.told,
    )


def _period_of(day: date, months: int) -> tuple[date, date]:
    """The first day of the period of so many months and the first after it."""
    since_year_0 = day.year * 12 + day.month - 1
    year, month = divmod(since_year_0 - since_year_0 % months, 12)
    begins = date(year, month + 1, 1)
    return begins, months_later(begins, months=months)


def _needed(subject: Subject, duty: Duty, begins: date, ends: date) -> int:
    """How many times in the period: the duty in full, or the share of each duty, halves up."""
    if subject.version.part_period == "in_full":
        return duty.times
    first = max(begins, subject.since or begins)
    share = Fraction(0)
    for part, days in subject.duties_between(first, ends):
        if part is not None:
            share += Fraction(part.times * days * duty.every_months, part.every_months)
    return floor(share / (ends - begins).days + Fraction(1, 2))


def _warn_at(
    subject: Subject, duty: Duty, started: datetime, due: datetime, left: int
) -> datetime:
    share = started + (due - started) * subject.version.warn_at
    latest = due - timedelta(days=duty.least_gap_days * (left - 1))
    return max(started, min(share, latest))


# --- any so many months on end


def _rolling(subject: Subject, duty: Duty) -> Verdict:
    counted = subject.counted(duty)
    begins, due_on = _rolling_due(subject, duty, counted)
    due = end_of_day(due_on, subject.zone)
    started = start_of_day(begins, subject.zone)
    _tell(subject, duty, begins, due_on + _DAY, duty.times, counted[-duty.times :])
    if subject.today > due_on:
        relieved = subject.relieved_on(due_on)
        if relieved is not None:
            return relieved
        return Missed(
            at=None, due_at=due, started_at=started, failed=("times",), steps=subject.told
        )
    warn_at = _warn_at(subject, duty, started, due, 1)
    return Running(due_at=due, warn_at=warn_at, started_at=started, steps=subject.told)


def _rolling_due(subject: Subject, duty: Duty, counted: Sequence[date]) -> tuple[date, date]:
    """From when the next one is counted, and the last day for it.

    What a new duty would have wanted before it held is not held against anybody: then the duty
    before, or the new one counted from its first day, decides, whichever comes first.
    """
    begins = _counted_from(subject, duty, counted)
    due_on = months_later(begins, months=duty.every_months)
    changed_on = _since_when(subject, duty)
    if changed_on is None or due_on >= changed_on:
        return begins, due_on
    new_due = months_later(changed_on, months=duty.every_months)
    before = subject.duty_on(changed_on - _DAY)
    if before is None or before.period != "rolling":
        return changed_on, new_due
    old_begins = _counted_from(subject, before, counted)
    old_due = months_later(old_begins, months=before.every_months)
    return (old_begins, old_due) if old_due <= new_due else (changed_on, new_due)


def _counted_from(subject: Subject, duty: Duty, counted: Sequence[date]) -> date:
    if len(counted) >= duty.times:
        return counted[-duty.times]
    return max(subject.known_from, subject.version.from_)


def _since_when(subject: Subject, duty: Duty) -> date | None:
    """The day from which the duty of today holds; None when it always did."""
    for change in reversed([c for c in subject.changes if c.since <= subject.today]):
        if subject.duty_on(change.since - _DAY) != duty:
            return change.since
    return None


# --- why


def _tell(
    subject: Subject, duty: Duty, begins: date, ends: date, needed: int, done: Sequence[date]
) -> None:
    said: dict[str, Param] = {"from": begins, "to": ends - _DAY, "n": needed, "done": len(done)}
    changed = [c for c in subject.changes if begins < c.since <= min(ends, subject.today)]
    attempts = sum(event.kind in subject.version.attempts for event in subject.matter.events)
    subject.steps += [
        Step("times_needed", said),
        *(
            Step("duty_changed", {"day": c.since, **_fact_named(c.name), "set_to": str(c.value)})
            for c in changed
        ),
        *(Step("done_on", {"day": day, "n": i}) for i, day in enumerate(done, 1)),
    ]
    if duty.least_gap_days:
        subject.steps.append(Step("least_gap", {"n": duty.least_gap_days}))
    if attempts:
        subject.steps.append(Step("attempts_not_counted", {"n": attempts}))


def _fact_named(name: str) -> dict[str, str]:
    fact = FACTS.get(name)
    return {"name_zh": fact.zh if fact else name, "name_en": fact.en if fact else name}


def _moment_of(subject: Subject, day: date) -> datetime:
    """When it was done on that day."""
    return next(
        in_utc(event.at)
        for event in subject.matter.events
        if event.kind in subject.version.done and subject.matter.calendar.day_of(event.at) == day
    )
