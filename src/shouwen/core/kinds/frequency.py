"""The frequency kind: something is done at least so many times in a period, by class and attribute.

How a frequency is judged, from the events up to `now`:
- The duty of a day is the most specific one whose conditions hold on it. An attribute changes the
  duty from the day named in `since`, not from the day of the entry.
- An attempt is never done. What was voided afterwards, or came sooner than the least gap after
  the one before, does not count.
- Calendar periods begin with the year. Of a period that the subject was there for only in part,
  or that had several duties, the share of each counts (`part_period = "share"`, halves up), or
  the latest duty in full.
- A relief (long empty, refused) with its evidence takes the subject out while it lasts.
- A period that closed before anything is known of the subject is not held against anybody.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from fractions import Fraction
from itertools import pairwise
from math import floor
from typing import Literal
from zoneinfo import ZoneInfo

from shouwen.core.clause import Conditions, RuleHead, Scalar, Version, Words, matches
from shouwen.core.events import Event
from shouwen.core.events.given import day_given, is_given
from shouwen.core.facts import FACTS
from shouwen.core.matter import Matter
from shouwen.core.timing.months import end_of_day, months_later, start_of_day
from shouwen.core.timing.spans import in_utc
from shouwen.core.timing.steps import Param, Step
from shouwen.core.verdict import Excepted, Met, Missed, NotApplicable, Running, Verdict

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """At least `times` in each period for the subjects that meet the conditions, no closer than
    `least_gap_days`.

    `calendar`: periods of `every_months` that begin with the year; `rolling`: in any
    `every_months` on end.
    """

    when: Conditions = field(default_factory=dict)
    times: int
    every_months: int = 12
    period: Literal["calendar", "rolling"] = "calendar"
    least_gap_days: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Relief:
    """A reason for which the duty does not hold while it lasts, and what it needs."""

    reason: str
    title: Words
    evidence: bool = True
    approver: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Reliefs:
    """The events by which a relief begins (data reason, evidence, approver, until) and ends."""

    begins: tuple[str, ...]
    ends: tuple[str, ...] = ()
    allowed: tuple[Relief, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FrequencyVersion(Version):
    """One dated wording: `done` are the events that count, `attempts` those that never do.

    `starts`: from when on the duty holds (none: it always did); `ends`: from when on no more.
    `changes`: events that set an attribute (data name, value, since, was). `voided`: takes back
    the last one done. `warn_at`: the share of the period after which a reminder is due.
    """

    done: tuple[str, ...]
    duties: tuple[Duty, ...]
    attempts: tuple[str, ...] = ()
    starts: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()
    changes: tuple[str, ...] = ("premises.attribute_set",)
    voided: tuple[str, ...] = ()
    reliefs: Reliefs | None = None
    part_period: Literal["in_full", "share"] = "in_full"
    warn_at: float = 0.75

    @property
    def standing(self) -> bool:
        """The duty stands by itself: the version of the day of judging speaks."""
        return True


@dataclass(frozen=True, slots=True, kw_only=True)
class FrequencyRule(RuleHead):
    """A rule about how often."""

    kind: Literal["frequency"]
    versions: tuple[FrequencyVersion, ...]

    @property
    def judged(self) -> bool:
        """Frequencies are judged."""
        return True


def judge_frequency(version: FrequencyVersion, matter: Matter) -> Verdict:
    """The verdict at `now` on events in order of time, all at or before `now`.

    Calendar periods: Missed while the last closed period fell short and nothing was done since;
    else Met when this period's number is reached, else Running until its end. Rolling:
    Running until the next one is due, Missed from then on until it is done. `warn_at` is the last
    day on which the rest still fits in with the least gap, when that comes first.
    """
    subject = _Subject(version, matter)
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


# --- what is known of the subject


@dataclass(frozen=True, slots=True)
class _Change:
    name: str
    value: Scalar
    since: date


class _Subject:
    """One home, pipe or meter: since when it is there, what it is on a day, what was done."""

    def __init__(self, version: FrequencyVersion, matter: Matter) -> None:
        self.version = version
        self.matter = matter
        self.zone: ZoneInfo = matter.calendar.zone
        self.today = matter.calendar.day_of(matter.now)
        self.since = self._first_day(version.starts)
        self.known_from = self.since or min(
            (matter.calendar.day_of(event.at) for event in matter.events), default=self.today
        )
        self.changes = sorted(self._changes(), key=lambda change: change.since)
        self.before = self._values_before()
        self.steps: list[Step] = []

    @property
    def told(self) -> tuple[Step, ...]:
        return tuple(self.steps) if self.matter.explain else ()

    @property
    def is_gone(self) -> bool:
        ended, started = (
            max((e.at for e in self.matter.events if e.kind in kinds), default=None)
            for kinds in (self.version.ends, self.version.starts)
        )
        return ended is not None and (started is None or ended > started)

    def duty_on(self, day: date) -> Duty | None:
        """The most specific duty whose conditions hold on the day."""
        facts = {**self.before}
        for change in self.changes:
            if change.since <= day:
                facts[change.name] = change.value
        fitting = [duty for duty in self.version.duties if matches(when=duty.when, facts=facts)]
        return max(fitting, key=lambda duty: len(duty.when), default=None)

    def duties_between(self, first: date, until: date) -> Iterator[tuple[Duty | None, int]]:
        """The duties from `first` up to but not including `until`, with their number of days."""
        turns = {change.since for change in self.changes if first < change.since < until}
        for begins, ends in pairwise(sorted({first, until, *turns})):
            yield self.duty_on(begins), (ends - begins).days

    def counted(self, duty: Duty) -> list[date]:
        """The days on which it was done, as far as they count, in order."""
        days: list[date] = []
        for event in self.matter.events:
            day = self.matter.calendar.day_of(event.at)
            if event.kind in self.version.voided and days:
                days.pop()
            elif event.kind in self.version.done:
                if days and (day - days[-1]).days < duty.least_gap_days:
                    self.steps.append(
                        Step("done_too_soon", {"at": in_utc(event.at), "n": duty.least_gap_days})
                    )
                else:
                    days.append(day)
        return days

    def relieved_on(self, day: date) -> Excepted | None:
        """The relief in force on a day; refused ones are named in the steps."""
        reliefs = self.version.reliefs
        if reliefs is None:
            return None
        current: Event | None = None
        for event in self.matter.events:
            if self.matter.calendar.day_of(event.at) > day:
                break
            if event.kind in reliefs.begins:
                current = event if self._is_good(event, reliefs) else current
            elif event.kind in reliefs.ends or event.kind in self.version.done:
                current = None
        until = day_given(current, "until") if current else None
        if current is None or (until is not None and until < day):
            return None
        reason, evidence = (str(current.data.get(key, "")) for key in ("reason", "evidence"))
        approver = str(current.data.get("approver", ""))
        said: dict[str, Param] = {
            "from": in_utc(current.at),
            "approver": approver,
            "given": evidence,
        }
        step = Step("relieved", {**said, **_named(reliefs, reason)})
        return Excepted(
            reason=reason, approver=approver, evidence=evidence, steps=(*self.told, step)
        )

    def _is_good(self, event: Event, reliefs: Reliefs) -> bool:
        reason = str(event.data.get("reason", ""))
        allowed = next((relief for relief in reliefs.allowed if relief.reason == reason), None)
        why = ""
        if allowed is None:
            why = "reason_not_allowed"
        elif allowed.evidence and not is_given(event, "evidence"):
            why = "evidence_missing"
        elif allowed.approver and not is_given(event, "approver"):
            why = "approver_missing"
        if why:
            said: dict[str, Param] = {
                "from": in_utc(event.at),
                "why": why,
                **_named(reliefs, reason),
            }
            step = Step("relief_refused", said)
            if step not in self.steps:
                self.steps.append(step)
        return not why

    def _first_day(self, kinds: Sequence[str]) -> date | None:
        """The local day of the start, or the day it gives as `since`."""
        for event in self.matter.events:
            if event.kind in kinds:
                return day_given(event, "since") or self.matter.calendar.day_of(event.at)
        return None

    def _changes(self) -> Iterator[_Change]:
        for event in self.matter.events:
            if event.kind in self.version.changes and "value" in event.data:
                since = day_given(event, "since") or self.matter.calendar.day_of(event.at)
                yield _Change(str(event.data.get("name", "")), event.data["value"], since)

    def _values_before(self) -> Mapping[str, Scalar]:
        """The facts as they were before the first change, where the change says what was."""
        values = dict(self.matter.facts)
        for event in reversed(self.matter.events):
            if event.kind in self.version.changes and is_given(event, "was"):
                values[str(event.data.get("name", ""))] = event.data["was"]
        return values


def _named(reliefs: Reliefs, reason: str) -> dict[str, str]:
    title = next((relief.title for relief in reliefs.allowed if relief.reason == reason), None)
    return {"name_zh": title.zh if title else reason, "name_en": title.en if title else reason}


# --- periods of the calendar


def _in_periods(subject: _Subject, duty: Duty) -> Verdict:
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
    subject: _Subject, duty: Duty, begins: date, counted: Sequence[date]
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


def _needed(subject: _Subject, duty: Duty, begins: date, ends: date) -> int:
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
    subject: _Subject, duty: Duty, started: datetime, due: datetime, left: int
) -> datetime:
    share = started + (due - started) * subject.version.warn_at
    latest = due - timedelta(days=duty.least_gap_days * (left - 1))
    return max(started, min(share, latest))


# --- any so many months on end


def _rolling(subject: _Subject, duty: Duty) -> Verdict:
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


def _rolling_due(subject: _Subject, duty: Duty, counted: Sequence[date]) -> tuple[date, date]:
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


def _counted_from(subject: _Subject, duty: Duty, counted: Sequence[date]) -> date:
    if len(counted) >= duty.times:
        return counted[-duty.times]
    return max(subject.known_from, subject.version.from_)


def _since_when(subject: _Subject, duty: Duty) -> date | None:
    """The day from which the duty of today holds; None when it always did."""
    for change in reversed([c for c in subject.changes if c.since <= subject.today]):
        if subject.duty_on(change.since - _DAY) != duty:
            return change.since
    return None


# --- why


def _tell(
    subject: _Subject, duty: Duty, begins: date, ends: date, needed: int, done: Sequence[date]
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


def _moment_of(subject: _Subject, day: date) -> datetime:
    """When it was done on that day."""
    return next(
        in_utc(event.at)
        for event in subject.matter.events
        if event.kind in subject.version.done and subject.matter.calendar.day_of(event.at) == day
    )
