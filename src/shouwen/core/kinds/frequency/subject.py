"""What is known of one home, pipe or meter: since when it is there, what it is on a day, what was
done.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from zoneinfo import ZoneInfo

from shouwen.core.clause import Scalar, matches
from shouwen.core.events import Event
from shouwen.core.events.given import day_given, is_given
from shouwen.core.kinds.frequency.version import Duty, FrequencyVersion, Reliefs
from shouwen.core.matter import Matter
from shouwen.core.timing.spans import in_utc
from shouwen.core.timing.steps import Param, Step
from shouwen.core.verdict import Excepted


@dataclass(frozen=True, slots=True)
class Change:
    """From `since` on the attribute has this value."""

    name: str
    value: Scalar
    since: date


class Subject:
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

    def _changes(self) -> Iterator[Change]:
        for event in self.matter.events:
            if event.kind in self.version.changes and "value" in event.data:
                since = day_given(event, "since") or self.matter.calendar.day_of(event.at)
                yield Change(str(event.data.get("name", "")), event.data["value"], since)

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
