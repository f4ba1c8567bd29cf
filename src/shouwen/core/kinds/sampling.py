"""The sampling kind: a random, reproducible part of a population is looked at within a time.

How one member of the population is judged, from the events up to `now`: what was not drawn is no
matter of the rule; what was drawn must be done within the limit after it joined the population.
A drawn one is never swapped: it was tried often enough, at other times of day, or it is missed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time
from typing import Literal

from shouwen.core.clause import Limit, RuleHead, Version
from shouwen.core.events import Event
from shouwen.core.events.given import is_given
from shouwen.core.kinds.clock import DEFAULT_READING, Reading, duration_of, first
from shouwen.core.matter import Matter
from shouwen.core.targets import Target
from shouwen.core.timing.deadlines import due, due_at, share_point
from shouwen.core.timing.spans import in_utc
from shouwen.core.timing.steps import Step
from shouwen.core.verdict import Excepted, Met, Missed, NotApplicable, Running, Verdict

_DRAWN = ("followup.drawn",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """A part of the day, local, half-open: two tries in one band count as one."""

    opens: time
    closes: time


@dataclass(frozen=True, slots=True, kw_only=True)
class Tries:
    """When nobody can be reached: `enough` tries in different `bands` of the day (none: any)."""

    on: tuple[str, ...]
    enough: int
    bands: tuple[Band, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SamplingVersion(Version):
    """One dated wording: of what reaches `population`, a `share` (0-1) is drawn (`drawn`) and has
    `done` happen within `limit` of reaching it.

    `share` left out: the document gives none, which is a gap; what was drawn is judged all the
    same. A draw must name its seed, so that anybody can repeat it.
    """

    population: tuple[str, ...]
    done: tuple[str, ...]
    limit: Limit
    drawn: tuple[str, ...] = _DRAWN
    tries: Tries | None = None
    share: float | None = None
    draw: Literal["random"] = "random"
    warn_at: float = 0.8
    reading: Reading = DEFAULT_READING

    @property
    def begins_on(self) -> tuple[str, ...]:
        """Reaching the population."""
        return self.population

    @property
    def share_target(self) -> Target | None:
        """What the number of those drawn must come to; None where no share is given."""
        if self.share is None:
            return None
        return Target(of="drawn", among="all", at_least=self.share, per="day")


@dataclass(frozen=True, slots=True, kw_only=True)
class SamplingRule(RuleHead):
    """A rule about a random sample."""

    kind: Literal["sampling"]
    versions: tuple[SamplingVersion, ...]

    @property
    def judged(self) -> bool:
        """The clock of what was drawn is judged."""
        return True


def judge_sampling(version: SamplingVersion, matter: Matter) -> Verdict:
    """The verdict at `now` on events in order of time, all at or before `now`.

    Not drawn: not applicable. Tried often enough in time without an answer: excepted, counted
    apart. Missed names `done`, or `seed` where the draw cannot be repeated. Raises
    YearNotPublished.
    """
    reached = first(matter.events, version.population)
    if reached is None:
        return NotApplicable(reason="not_started")
    drawn = first(matter.events, version.drawn, since=reached.at)
    started = in_utc(reached.at)
    if drawn is None:
        step = Step("not_drawn", {"at": started})
        return NotApplicable(reason="not_drawn", steps=(step,) if matter.explain else ())
    duration = duration_of(version.limit, version.reading)
    calendar, now = matter.calendar, matter.now
    latest = due_at(start=started, duration=duration, calendar=calendar, now=now)
    done = first(matter.events, version.done, since=drawn.at)
    tries = _tries(version, matter, drawn.at, min(now, latest))
    steps: tuple[Step, ...] = ()
    if matter.explain:
        found = due(start=started, duration=duration, calendar=calendar, now=now)
        steps = (*_steps(version, drawn, tries), *found.steps)
    if done is not None and done.at <= latest:
        if not is_given(drawn, "seed"):
            return Missed(
                at=in_utc(done.at),
                due_at=latest,
                started_at=started,
                failed=("seed",),
                steps=(*steps, Step("draw_without_seed", {"at": in_utc(drawn.at)})),
            )
        return Met(at=in_utc(done.at), due_at=latest, started_at=started, steps=steps)
    if version.tries is not None and len(tries) >= version.tries.enough:
        return Excepted(
            reason="not_reached", approver="", evidence=_times(tries, matter), steps=steps
        )
    if now > latest:
        at = None if done is None else in_utc(done.at)
        return Missed(at=at, due_at=latest, started_at=started, failed=("done",), steps=steps)
    warn_at = share_point(
        start=started, duration=duration, share=version.warn_at, calendar=calendar, now=now
    )
    return Running(due_at=latest, warn_at=warn_at, started_at=started, steps=steps)


def _tries(
    version: SamplingVersion, matter: Matter, since: datetime, until: datetime
) -> list[Event]:
    """The tries that count: the first in each band of the day."""
    if version.tries is None:
        return []
    counted: list[Event] = []
    used: set[int] = set()
    for event in matter.events:
        if event.kind not in version.tries.on or not since <= event.at <= until:
            continue
        clock = event.at.astimezone(matter.calendar.zone).time()
        bands = version.tries.bands
        band = next((i for i, b in enumerate(bands) if b.opens <= clock < b.closes), None)
        if not bands:
            counted.append(event)
        elif band is not None and band not in used:
            used.add(band)
            counted.append(event)
    return counted


def _times(tries: Sequence[Event], matter: Matter) -> str:
    local = (event.at.astimezone(matter.calendar.zone) for event in tries)
    return ", ".join(f"{at:%Y-%m-%d %H:%M}" for at in local)


def _steps(version: SamplingVersion, drawn: Event, tries: Sequence[Event]) -> list[Step]:
    limit = {"value": version.limit.value, "unit": version.limit.unit}
    steps = [Step("drawn", {"at": in_utc(drawn.at), "seed": str(drawn.data.get("seed", ""))})]
    if version.share is None:
        steps.append(Step("share_not_given", {}))
    if version.tries is not None and tries:
        steps.append(Step("tries_counted", {"n": len(tries), "wanted": version.tries.enough}))
    return [*steps, Step("limit", limit)]
