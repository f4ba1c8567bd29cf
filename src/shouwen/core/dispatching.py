"""Whom to send: where a job fits into each person's day, what it costs, and what speaks for each.

Pure: the same people, job and weights give the same offers. Lengths of time are minutes; instants are aware.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from math import hypot
from typing import Literal

Fit = Literal["ok", "cost", "no"]
Spot = tuple[float, float]
"""Kilometres east and north of a corner of the area."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TravelPlan:
    """Minutes from door to door."""

    away_minutes: float = 4.0
    minutes_per_km: float = 3.0
    unknown_minutes: float = 15.0

    def minutes(self, here: Spot | None, there: Spot | None) -> float:
        """From one place to another; nothing within one estate."""
        if here is None or there is None:
            return self.unknown_minutes
        if here == there:
            return 0.0
        return self.away_minutes + self.minutes_per_km * hypot(
            here[0] - there[0], here[1] - there[1]
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """What speaks for and against sending somebody, in points."""

    zone: float = 15.0
    special_care: float = 5.0
    idle: float = 10.0
    travel_minute: float = -1.0
    delay_minute: float = -2.0
    wait_minute: float = -0.3
    job_today: float = -2.0
    late_minute: float = -5.0


@dataclass(frozen=True, slots=True)
class Stop:
    """Something somebody is to do that day. `latest`: the last moment an agreed time lets it begin."""

    begins: datetime
    ends: datetime
    spot: Spot | None = None
    latest: datetime | None = None
    is_fixed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """One person's day. `spot` is where they are now or begin, `shifts` when they work (half-open)."""

    id: str
    skills: frozenset[str]
    zones: frozenset[str] = frozenset()
    spot: Spot | None = None
    shifts: Sequence[tuple[datetime, datetime]] = ()
    stops: Sequence[Stop] = ()
    jobs: int = 0
    max_minutes: float = 480.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """The job. It is to begin by `due_at` and, with an agreed time, not before `earliest`."""

    skills: frozenset[str]
    minutes: float
    spot: Spot | None = None
    zones: frozenset[str] = frozenset()
    due_at: datetime | None = None
    earliest: datetime | None = None
    urgent: bool = False
    special_care: bool = False


@dataclass(frozen=True, slots=True)
class Reason:
    """A code, with minutes or a count where it has one."""

    code: str
    value: float = 0.0
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """What it would mean to send one person. `fit`: keeps everything, at a cost, or breaks a promise.

    Without a place in the day `arrives` is None. `spare`: minutes before it is due, negative when late.
    """

    id: str
    fit: Fit
    score: float
    departs: datetime | None = None
    arrives: datetime | None = None
    ends: datetime | None = None
    travel: float = 0.0
    spare: float | None = None
    delays: int = 0
    reasons: tuple[Reason, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class _Slot:
    """One way to fit the job in: what stands after it moves by `pushed` minutes."""

    departs: datetime
    arrives: datetime
    ends: datetime
    travel: float
    delays: int = 0
    pushed: float = 0.0
    breaks: float = 0.0


def offers(
    *,
    need: Need,
    candidates: Iterable[Candidate],
    now: datetime,
    travel: TravelPlan,
    weights: Weights,
) -> list[Offer]:
    """An offer for each candidate, the best first; equal ones in the order of their ids."""
    found = [_offer(need, each, now, travel, weights) for each in candidates]
    return sorted(found, key=lambda offer: (_RANK[offer.fit], -offer.score, offer.id))


_RANK = {"ok": 0, "cost": 1, "no": 2}


def forecast(
    *, stops: Sequence[Stop], now: datetime, travel: TravelPlan
) -> list[tuple[datetime, datetime]]:
    """When each of somebody's stops, in order of their plan, will really begin and end as things stand.

    What is under way (`is_fixed`) ends no sooner than now; what has not begun begins no sooner than the
    one before it is over and the way is made.
    """
    found: list[tuple[datetime, datetime]] = []
    free, spot, is_first = now, None, True
    for stop in stops:
        length = stop.ends - stop.begins
        if stop.is_fixed:
            begins, ends = stop.begins, max(stop.ends, now)
        else:
            way = timedelta() if is_first else timedelta(minutes=travel.minutes(spot, stop.spot))
            begins = max(stop.begins, free + way)
            ends = begins + length
        found.append((begins, ends))
        free, spot, is_first = ends, stop.spot, False
    return found


def _offer(
    need: Need, person: Candidate, now: datetime, travel: TravelPlan, weights: Weights
) -> Offer:
    lacking = tuple(sorted(need.skills - person.skills))
    slot = _best_slot(need, person, now, travel)
    if lacking or slot is None:
        why = Reason("lacks", names=lacking) if lacking else Reason("off_shift")
        return Offer(id=person.id, fit="no", score=float("-inf"), reasons=(why,))
    spare = _minutes(need.due_at - slot.arrives) if need.due_at else None
    late = max(0.0, -(spare or 0.0))
    knows = bool(need.zones & person.zones)
    is_idle = not any(stop.begins <= now < stop.ends for stop in person.stops)
    score = (
        weights.travel_minute * slot.travel
        + weights.wait_minute * _minutes(slot.arrives - now)
        + weights.delay_minute * slot.pushed
        + weights.late_minute * (late + slot.breaks)
        + weights.job_today * person.jobs
        + (weights.zone if knows else 0)
        + (weights.special_care if knows and need.special_care else 0)
        + (weights.idle if is_idle else 0)
    )
    return Offer(
        id=person.id,
        fit="no" if late or slot.breaks else ("cost" if slot.delays else "ok"),
        score=round(score, 3),
        departs=slot.departs,
        arrives=slot.arrives,
        ends=slot.ends,
        travel=slot.travel,
        spare=spare,
        delays=slot.delays,
        reasons=_reasons(need, person, slot, spare=spare, knows=knows, is_idle=is_idle),
    )


def _reasons(
    need: Need, person: Candidate, slot: _Slot, *, spare: float | None, knows: bool, is_idle: bool
) -> tuple[Reason, ...]:
    found = [Reason("skills", names=tuple(sorted(need.skills)))] if need.skills else []
    found.append(Reason("travel", slot.travel))
    if spare is not None:
        found.append(Reason("early" if spare >= 0 else "late", abs(spare)))
    if knows:
        found.append(Reason("zone"))
    if need.special_care and knows:
        found.append(Reason("special_care"))
    if slot.breaks:
        found.append(Reason("breaks", slot.breaks))
    elif slot.delays:
        found.append(Reason("delays", slot.delays))
    else:
        found.append(Reason("delays_nothing"))
    if is_idle:
        found.append(Reason("idle"))
    found.append(Reason("jobs", person.jobs))
    if _worked(person) + need.minutes > person.max_minutes:
        found.append(Reason("long_day", _worked(person) + need.minutes))
    return tuple(found)


def _best_slot(need: Need, person: Candidate, now: datetime, travel: TravelPlan) -> _Slot | None:
    """The first gap that holds the job; where that is too late, between two others that then move."""
    free = _first(_slots(need, person, now, travel, pushes=False))
    in_time = free is not None and (need.due_at is None or free.arrives <= need.due_at)
    if in_time and not need.urgent:
        return free
    pushing = _first(_slots(need, person, now, travel, pushes=True))
    if pushing is None or (free is not None and free.arrives <= pushing.arrives):
        return free
    if pushing.breaks and not need.urgent and free is not None:
        return free
    return pushing


def _first(slots: Iterable[_Slot]) -> _Slot | None:
    return min(slots, key=lambda slot: (slot.arrives, slot.pushed), default=None)


def _slots(
    need: Need, person: Candidate, now: datetime, travel: TravelPlan, *, pushes: bool
) -> Iterable[_Slot]:
    ahead = sorted((s for s in person.stops if s.ends > now), key=lambda s: s.begins)
    for shift_begins, shift_ends in person.shifts:
        for place in range(len(ahead) + 1):
            before = ahead[place - 1] if place else None
            if place < len(ahead) and (ahead[place].is_fixed or ahead[place].begins <= now):
                continue
            start = max(now, shift_begins, before.ends if before else now)
            slot = _slot(need, person, start, before, travel)
            if slot.ends > shift_ends or slot.departs < shift_begins:
                continue
            moved = _pushed(slot, ahead[place:], need, travel)
            if moved.delays == 0 or pushes:
                yield moved


def _slot(
    need: Need, person: Candidate, start: datetime, before: Stop | None, travel: TravelPlan
) -> _Slot:
    on_road = travel.minutes(before.spot if before else person.spot, need.spot)
    arrives = start + timedelta(minutes=on_road)
    if need.earliest and arrives < need.earliest:
        arrives = need.earliest
    return _Slot(
        departs=arrives - timedelta(minutes=on_road),
        arrives=arrives,
        ends=arrives + timedelta(minutes=need.minutes),
        travel=on_road,
    )


def _pushed(slot: _Slot, after: Sequence[Stop], need: Need, travel: TravelPlan) -> _Slot:
    """What the job does to what stands after it: how many move, by how much, past an agreed time."""
    at, spot = slot.ends, need.spot
    delays, pushed, breaks = 0, 0.0, 0.0
    for stop in after:
        ready = at + timedelta(minutes=travel.minutes(spot, stop.spot))
        by = _minutes(ready - stop.begins)
        if by <= 0:
            break
        delays, pushed = delays + 1, pushed + by
        if stop.latest is not None and ready > stop.latest:
            breaks += _minutes(ready - stop.latest)
        at, spot = stop.ends + timedelta(minutes=by), stop.spot
    return _Slot(slot.departs, slot.arrives, slot.ends, slot.travel, delays, pushed, breaks)


def _worked(person: Candidate) -> float:
    return sum(_minutes(stop.ends - stop.begins) for stop in person.stops)


def _minutes(length: timedelta) -> float:
    return length.total_seconds() / 60
