"""A telephone call as the exchange tells it: single events, in any order, and what they come to.

`folded` looks at the set of events only. Whatever comes late, twice, in another order or not at
all, the same events give the same call; an event that is missing makes a time unknown, never a
different time, and never a breach.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal, get_args

EventType = Literal[
    "arrived",
    "offered",
    "withdrawn",
    "answered",
    "held",
    "resumed",
    "transfer_asked",
    "transferred",
    "hung_up",
    "recorded",
    "utterance",
    "deaf",
    "silent",
]
EVENT_TYPES: tuple[EventType, ...] = get_args(EventType)
Side = Literal["customer", "agent", "exchange", ""]
SIDES: tuple[Side, ...] = get_args(Side)
Stage = Literal["waiting", "ringing", "talking", "held", "over"]
Outcome = Literal["answered", "missed", "abandoned", "unknown", ""]
_NOTHING = timedelta(seconds=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class LineEvent:
    """One thing that the exchange says of a call.

    id        the same whenever the exchange tells it again
    call      the exchange's name of the call
    at        when it happened, aware
    offer     the ringing of one agent's telephone ("" where it is not about one)
    staff_no  the agent, where the exchange knows; else `extension`, the telephone that rings
    number    the other party's number (arrived, offered)
    queue     where the customer waits; arrived again in another one, the call waits there
    by        who hung up (hung_up), who put on hold, or who spoke (utterance: customer or agent)
    text      what was said (utterance), from `at` until `until` (None: not told)
    unanswered  positive knowledge that nobody had answered (withdrawn, hung_up)
    queue, cause, direction, media  as the exchange names them; media is a recording's place

    number_in_call  the exchange's own count of the events of this call, from 1 (0: it does not count)

    Two types are our own: `deaf` when we could not listen for a while (the line to the exchange was
    down), `silent` when a call has said nothing for too long and is taken to be over.
    """

    id: str
    call: str
    type: EventType
    at: datetime
    offer: str = ""
    staff_no: str = ""
    extension: str = ""
    number: str = ""
    by: Side = ""
    unanswered: bool = False
    queue: str = ""
    cause: str = ""
    direction: Literal["inbound", "outbound", ""] = ""
    media: str = ""
    number_in_call: int = 0
    text: str = ""
    until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """One ringing of one agent's telephone. A moment that is not known is None."""

    id: str
    staff_no: str
    extension: str
    offered_at: datetime | None
    answered_at: datetime | None
    ended_at: datetime | None
    outcome: Literal["answered", "unanswered", "ringing", "unknown"]

    @property
    def agent_clock(self) -> float | None:
        """Seconds from the first ring at this agent to the answer; None when not provable."""
        return _seconds(self.offered_at, self.answered_at)


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """One hold. `ended_at` None while it lasts, or when nobody told its end (`is_certain` False)."""

    began_at: datetime
    ended_at: datetime | None
    is_certain: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class CallState:
    """What the events of one call come to. Instants as given; None: not known (yet).

    `hung_up_by` is empty when the exchange did not tell; `unheard` names what cannot be proved.
    """

    call: str
    direction: Literal["inbound", "outbound"]
    number: str
    queue: str
    stage: Stage
    outcome: Outcome
    arrived_at: datetime | None
    answered_at: datetime | None
    ended_at: datetime | None
    hung_up_by: Side
    cause: str
    offers: tuple[Offered, ...]
    holds: tuple[Held, ...]
    transfers: int
    is_first_answer: bool
    media: tuple[str, ...]
    last_heard_at: datetime
    unheard: tuple[str, ...]

    @property
    def customer_clock(self) -> float | None:
        """Seconds from the arrival to the first answer; None when not provable.

        Where events before the answer were lost, an earlier answer may be among them.
        """
        return _seconds(self.arrived_at, self.answered_at) if self.is_first_answer else None

    @property
    def agent_clock(self) -> float | None:
        """The agent clock of the offer that was answered first; None when not provable."""
        taken = self.taken
        return None if taken is None else taken.agent_clock

    @property
    def taken(self) -> Offered | None:
        """The offer that was answered first."""
        answered = [offer for offer in self.offers if offer.answered_at is not None]
        return min(answered, key=lambda offer: (offer.answered_at, offer.id), default=None)

    @property
    def present(self) -> Offered | None:
        """The offer that was answered last: who speaks with the customer now."""
        answered = [offer for offer in self.offers if offer.answered_at is not None]
        return max(answered, key=lambda offer: (offer.answered_at, offer.id), default=None)

    @property
    def is_transferred(self) -> bool:
        """Whether one agent passed it on to another."""
        return self.transfers > 0

    @property
    def needs_call_back(self) -> bool:
        """Whether a customer rang and, as far as anybody knows, spoke to no one."""
        return self.stage == "over" and self.direction == "inbound" and self.outcome != "answered"


@dataclass(frozen=True, slots=True, kw_only=True)
class Measures:
    """Seconds that the events of one answered call prove; None where something may be lost.

    answer_after  from the first ring at the agent who answered first to the answer
    talk_seconds  from the answer to the hang-up, holds included
    longest_hold  0.0 when nobody was put on hold
    """

    answer_after: float | None
    talk_seconds: float | None
    longest_hold: float | None


def measures(events: Iterable[LineEvent]) -> Measures:
    """What the events of one call (at least one) prove of its answer, its length and its holds."""
    known = list(events)
    state = folded(known)
    lost = any(event.type in ("deaf", "silent") for event in known)
    holds = [_seconds(hold.began_at, hold.ended_at) for hold in state.holds if hold.is_certain]
    is_sure = not lost and all(hold.is_certain for hold in state.holds)
    return Measures(
        answer_after=state.agent_clock,
        talk_seconds=_seconds(state.answered_at, state.ended_at)
        if state.is_first_answer
        else None,
        longest_hold=max((hold for hold in holds if hold is not None), default=0.0)
        if is_sure
        else None,
    )


def folded(events: Iterable[LineEvent]) -> CallState:
    """The call that these events of it tell of; at least one. The order does not matter.

    Raises ValueError when there is none.
    """
    known = sorted({event.id: event for event in events}.values(), key=_order)
    if not known:
        raise ValueError("a call without events")
    offers = _offers(known)
    ended = _of(known, "hung_up")
    silent = _of(known, "silent")
    answered = [offer.answered_at for offer in offers if offer.answered_at is not None]
    answered_at = min(answered, default=None)
    is_over = bool(ended or silent)
    ended_at = ended[0].at if ended else None
    holds = _holds(known, ended_at=ended_at, is_over=is_over)
    arrived = _of(known, "arrived")
    told = [event.by for event in ended if event.by]
    state = CallState(
        call=known[0].call,
        direction="outbound" if _first(known, "direction") == "outbound" else "inbound",
        number=_first(arrived, "number") or _first(known, "number"),
        queue=_first(reversed(arrived), "queue") or _first(known, "queue"),
        stage=_stage(offers, holds, is_over=is_over),
        outcome=_outcome(known, offers, is_over=is_over),
        arrived_at=arrived[0].at if arrived else None,
        answered_at=answered_at,
        ended_at=ended_at,
        hung_up_by=told[0] if told else "",
        cause=_first(ended, "cause"),
        offers=offers,
        holds=holds,
        transfers=len(_of(known, "transferred")),
        is_first_answer=_is_first_answer(known, offers),
        media=tuple(dict.fromkeys(event.media for event in known if event.media)),
        last_heard_at=max(event.at for event in known),
        unheard=(),
    )
    return _with_unheard(state)


def _order(event: LineEvent) -> tuple[datetime, int, str]:
    return event.at, EVENT_TYPES.index(event.type), event.id


def _of(events: Sequence[LineEvent], type_: EventType) -> list[LineEvent]:
    return [event for event in events if event.type == type_]


def _first(events: Iterable[LineEvent], name: str) -> str:
    return next((value for event in events if (value := getattr(event, name))), "")


def _offers(events: Sequence[LineEvent]) -> tuple[Offered, ...]:
    names = dict.fromkeys(event.offer for event in events if event.offer)
    return tuple(_offer(name, [e for e in events if e.offer == name], events) for name in names)


def _offer(name: str, own: Sequence[LineEvent], events: Sequence[LineEvent]) -> Offered:
    offered, answered = _of(own, "offered"), _of(own, "answered")
    withdrawn = _of(own, "withdrawn")
    # Whoever holds or resumes has answered, even if nobody told.
    spoke = bool(answered or _of(own, "held") or _of(own, "resumed"))
    ended = [*withdrawn, *_of(own, "hung_up"), *(e for e in _of(events, "hung_up") if not e.offer)]
    if spoke:
        outcome: Literal["answered", "unanswered", "ringing", "unknown"] = "answered"
    elif any(event.unanswered for event in ended):
        outcome = "unanswered"
    else:
        outcome = "unknown" if ended or _of(events, "silent") else "ringing"
    return Offered(
        id=name,
        staff_no=_first(own, "staff_no"),
        extension=_first(own, "extension"),
        offered_at=offered[0].at if offered else None,
        answered_at=answered[0].at if answered else None,
        ended_at=min((event.at for event in ended), default=None),
        outcome=outcome,
    )


def _is_first_answer(events: Sequence[LineEvent], offers: Sequence[Offered]) -> bool:
    """Whether no answer before the first known one can have been lost."""
    if any(offer.outcome == "answered" and offer.answered_at is None for offer in offers):
        return False
    first = next((event for event in events if event.type == "answered"), None)
    if first is None:
        return True
    if any(event.type == "deaf" and event.at <= first.at for event in events):
        return False
    heard = {event.number_in_call for event in events}
    return all(number in heard for number in range(1, first.number_in_call))


def _holds(
    events: Sequence[LineEvent], *, ended_at: datetime | None, is_over: bool
) -> tuple[Held, ...]:
    holds: list[Held] = []
    begun: datetime | None = None
    for event in events:
        if event.type == "held" and begun is None:
            begun = event.at
        elif event.type == "resumed" and begun is not None:
            holds.append(Held(began_at=begun, ended_at=event.at))
            begun = None
    if begun is not None:
        certain = not is_over or ended_at is not None
        holds.append(Held(began_at=begun, ended_at=ended_at, is_certain=certain))
    return tuple(holds)


def _stage(offers: Sequence[Offered], holds: Sequence[Held], *, is_over: bool) -> Stage:
    if is_over:
        return "over"
    if any(offer.outcome == "answered" for offer in offers):
        return "held" if holds and holds[-1].ended_at is None else "talking"
    return "ringing" if any(offer.outcome == "ringing" for offer in offers) else "waiting"


def _outcome(events: Sequence[LineEvent], offers: Sequence[Offered], *, is_over: bool) -> Outcome:
    """Missed: an agent's telephone rang in vain. Abandoned: the caller gave up before any rang.

    Only the exchange's word at the end makes it so: that one telephone rang in vain does not tell
    that no other was answered.
    """
    if any(offer.outcome == "answered" for offer in offers):
        return "answered"
    if not is_over:
        return ""
    if not any(event.unanswered for event in events if event.type == "hung_up"):
        return "unknown"
    return "missed" if offers else "abandoned"


def _with_unheard(state: CallState) -> CallState:
    """Names what nobody can prove of the call any more."""
    missing: list[str] = []
    if state.arrived_at is None and state.direction == "inbound":
        missing.append("arrival")
    if any(offer.offered_at is None for offer in state.offers):
        missing.append("ringing")
    if any(offer.outcome == "answered" and offer.answered_at is None for offer in state.offers):
        missing.append("answer")
    if any(not hold.is_certain for hold in state.holds):
        missing.append("end_of_hold")
    if state.stage == "over" and state.ended_at is None:
        missing.append("end")
    if state.stage == "over" and state.outcome == "answered" and not state.hung_up_by:
        missing.append("who_hung_up")
    if state.outcome == "unknown":
        missing.append("outcome")
    return replace(state, unheard=tuple(missing))


def _seconds(start: datetime | None, end: datetime | None) -> float | None:
    if start is None or end is None:
        return None
    return round(max(end - start, _NOTHING).total_seconds(), 3)
