"""A built-in exchange: invented customers ring agents who are ready, so that everything works without one.

Pure: what it does next follows from the time, from who is ready and from how its calls stand. What
agents do at the screen comes back to it as the state of its calls.
"""

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from shouwen.core.calls import CallRecord, Turn
from shouwen.core.telephony import LineEvent

QUEUE = "simulator"
RINGS_FOR = 22.0  # seconds at one telephone before the next one is tried
PATIENCE = 60.0  # seconds that a customer waits
HOLDS_FOR = 150.0  # seconds on hold before a customer gives up
ANSWERS_AFTER = 4.0  # seconds until a customer who is called takes it
TALKS = (45.0, 240.0)  # seconds, from and to
SILENT_AT_THE_END = 2.0  # seconds from the last word to the hang-up
COMES_ANYWAY = 0.3  # how often somebody calls although every agent is on the telephone


@dataclass(frozen=True, slots=True)
class Caller:
    """One invented call: who rings, how long they wait, how long they talk before they hang up.

    With `says`, what both sides say, the call lasts until all of it is said.
    """

    number: str
    patience: float = PATIENCE
    talks_for: float = 90.0
    says: tuple[Turn, ...] = ()


@dataclass(frozen=True, slots=True)
class Ringing:
    """One telephone that rings, since when, whose."""

    offer: str
    staff_no: str
    since: datetime


@dataclass(frozen=True, slots=True)
class Standing:
    """How one call stands, as the database has it."""

    name: str
    stage: str
    began_at: datetime
    is_outbound: bool = False
    answered_at: datetime | None = None
    held_at: datetime | None = None
    ringing: Ringing | None = None
    offers: int = 0


class Simulator:
    """Invents calls at a rate, or rings with the ones it is given, and plays each to its end."""

    def __init__(
        self,
        *,
        per_minute: float,
        numbers: Callable[[], str],
        chance: random.Random,
        given: Sequence[Caller] = (),
        speakers: Sequence[Caller] = (),
    ) -> None:
        self._rate = per_minute
        self._numbers = numbers
        self._chance = chance
        self._given = list(given)
        self._speakers = list(speakers)
        self._callers: dict[str, Caller] = {}
        self._speech: dict[str, _Speech] = {}
        self._next_at: datetime | None = None

    def step(
        self, *, now: datetime, ready: Sequence[str], calls: Sequence[Standing]
    ) -> list[LineEvent]:
        """What happens next. `ready`: staff numbers of agents who are free, the longest free first."""
        free = list(ready)
        events = [event for call in calls for event in self._go_on(call, free, now)]
        known = {call.name for call in calls}
        self._callers = {name: who for name, who in self._callers.items() if name in known}
        self._speech = {name: said for name, said in self._speech.items() if name in known}
        if free and self._is_time(now):
            events += self._arrive(free.pop(0), now)
        elif calls and not free and not self._given and self._is_time(now):
            # Some wait, the others try again later: nobody is flooded.
            if self._chance.random() < COMES_ANYWAY:
                events += self._arrive("", now)
            else:
                self._plan(now)
        return events

    def _is_time(self, now: datetime) -> bool:
        if self._given:
            return True
        if self._rate <= 0:
            return False
        if self._next_at is None:
            self._plan(now, within=3.0)
        return self._next_at is not None and now >= self._next_at

    def _plan(self, now: datetime, *, within: float = 0.0) -> None:
        pause = self._chance.expovariate(self._rate / 60)
        self._next_at = now + timedelta(seconds=min(pause, within) if within else pause)

    def _arrive(self, staff_no: str, now: datetime) -> Iterator[LineEvent]:
        caller = self._given.pop(0) if self._given else self._invented()
        if self._rate > 0:
            self._plan(now)
        name = f"{now:%Y%m%dT%H%M%S%f}"
        self._callers[name] = caller
        yield LineEvent(
            id=f"{name}:arrived",
            call=name,
            type="arrived",
            at=now,
            number=caller.number,
            queue=QUEUE,
            direction="inbound",
        )
        if staff_no:
            yield _offer(name, 1, staff_no, now)

    def _invented(self) -> Caller:
        if self._speakers:
            return self._chance.choice(self._speakers)
        return Caller(self._numbers(), talks_for=self._chance.uniform(*TALKS))

    def _caller(self, name: str) -> Caller:
        """Who is on a call; one of an earlier process is invented anew."""
        return self._callers.setdefault(name, self._invented())

    def _go_on(self, call: Standing, free: list[str], now: datetime) -> Iterator[LineEvent]:
        caller = self._caller(call.name)
        if call.is_outbound and call.answered_at is None:
            yield from self._take(call, now)
        elif call.answered_at is None:
            yield from self._wait(call, caller, free, now)
        elif call.ringing is not None:  # a colleague, for a transfer
            if _past(now, call.ringing.since, RINGS_FOR):
                yield _withdrawn(call.name, call.ringing, now)
        else:
            yield from self._spoken(call, caller, call.answered_at, now)

    def _spoken(
        self, call: Standing, caller: Caller, answered_at: datetime, now: datetime
    ) -> Iterator[LineEvent]:
        if call.held_at is not None:
            if _past(now, call.held_at, HOLDS_FOR):
                yield _ended(call, now)
        elif caller.says and not call.is_outbound:
            yield from self._talk(call, caller.says, now)
        elif _past(now, answered_at, caller.talks_for):
            yield _ended(call, now)

    def _talk(self, call: Standing, says: Sequence[Turn], now: datetime) -> Iterator[LineEvent]:
        """What is said next, when its time has come; while the customer is on hold nobody speaks."""
        speech = self._speech.setdefault(call.name, _Speech(now))
        if now < speech.due_at:
            return
        if speech.said == len(says):
            yield _ended(call, now)
            return
        turn, number = says[speech.said], speech.said
        after = says[number + 1].start if number + 1 < len(says) else turn.end + SILENT_AT_THE_END
        speech.said += 1
        speech.due_at = now + timedelta(seconds=max(0.0, after - turn.start))
        yield LineEvent(
            id=f"{call.name}:said:{number}",
            call=call.name,
            type="utterance",
            at=now,
            until=now + timedelta(seconds=turn.end - turn.start),
            by=turn.speaker,
            text=turn.text,
        )

    def _take(self, call: Standing, now: datetime) -> Iterator[LineEvent]:
        ringing = call.ringing
        if ringing and _past(now, ringing.since, ANSWERS_AFTER):
            yield LineEvent(
                id=f"{ringing.offer}:answered",
                call=call.name,
                type="answered",
                at=now,
                offer=ringing.offer,
                staff_no=ringing.staff_no,
            )

    def _wait(
        self, call: Standing, caller: Caller, free: list[str], now: datetime
    ) -> Iterator[LineEvent]:
        if _past(now, call.began_at, caller.patience):
            yield replace(_ended(call, now), unanswered=True)
        elif call.ringing is None:
            if free:
                yield _offer(call.name, call.offers + 1, free.pop(0), now)
        elif _past(now, call.ringing.since, RINGS_FOR):
            yield _withdrawn(call.name, call.ringing, now)


@dataclass(slots=True)
class _Speech:
    """How much of a call was said, and when it goes on."""

    due_at: datetime
    said: int = 0


def speaker_of(call: CallRecord, *, number: str) -> Caller:
    """Somebody who says what was said on a recorded call. `number` where the record has none."""
    phone = call.customer.phone if call.customer else ""
    return Caller(phone or number, says=call.turns)


def caller_in(row: Mapping[str, object]) -> Caller:
    """An invented call as a file gives it: `number`, and perhaps `patience` and `talks_for` in seconds.

    Raises ValueError naming the field.
    """
    number = row.get("number")
    if not isinstance(number, str) or not number.isdigit() or len(number) > 20:
        raise ValueError(f"number: {number!r}; 写成数字 / write digits")
    seconds = [row.get("patience", PATIENCE), row.get("talks_for", TALKS[0])]
    for name, value in zip(("patience", "talks_for"), seconds, strict=True):
        if not isinstance(value, int | float) or not 0 < value <= 36_000:
            raise ValueError(f"{name}: {value!r}; 写成秒数 / write seconds")
    patience, talks_for = (float(value) for value in seconds if isinstance(value, int | float))
    return Caller(number, patience, talks_for)


def _offer(name: str, number: int, staff_no: str, now: datetime) -> LineEvent:
    offer = f"{name}:{number}"
    return LineEvent(
        id=f"{offer}:offered", call=name, type="offered", at=now, offer=offer, staff_no=staff_no
    )


def _withdrawn(name: str, ringing: Ringing, now: datetime) -> LineEvent:
    return LineEvent(
        id=f"{ringing.offer}:withdrawn",
        call=name,
        type="withdrawn",
        at=now,
        offer=ringing.offer,
        staff_no=ringing.staff_no,
        unanswered=True,
    )


def _ended(call: Standing, now: datetime) -> LineEvent:
    return LineEvent(
        id=f"{call.name}:hung_up", call=call.name, type="hung_up", at=now, by="customer"
    )


def _past(now: datetime, since: datetime, seconds: float) -> bool:
    return (now - since).total_seconds() >= seconds
