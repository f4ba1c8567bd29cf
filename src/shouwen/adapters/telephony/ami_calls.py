"""What Asterisk's events say of calls, in the product's own words. No line, no clock, no database.

Works for a plain dial plan (`Dial`), for `Queue` and for a Stasis application alike. Ids are made of
the exchange's own names and times, so that a thing told twice is the same thing.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime

from shouwen.adapters.telephony.ami_legs import (
    Direction,
    Leg,
    Live,
    endpoint_of,
    number_in,
    stamp,
    time_of,
)
from shouwen.adapters.telephony.ami_wire import Block
from shouwen.core.telephony import EventType, LineEvent, Side

MOST_CALLS = 20_000  # live at once; the oldest are let go beyond that
_NO_LINES = ("Local/", "Snoop/", "Message/", "Announcer/", "Recorder/", "AsyncGoto/", "CBAnn/")
_RING, _RINGING, _UP = "4", "5", "6"
_GAVE_UP = "queue_abandoned"


class AmiCalls:
    """Turns one exchange's events into line events. `trunks`: endpoints that lead outside."""

    def __init__(self, *, trunks: Iterable[str]) -> None:
        self._trunks = frozenset(trunks)
        self._calls: dict[str, Live] = {}
        self._legs: dict[str, Leg] = {}
        self._waiting: set[str] = set()
        self._lost_at: datetime | None = None
        self._shown: set[str] | None = None

    def leg_of(self, name: str, *, extension: str) -> Leg | None:
        """The telephone of an extension on a call, as long as it is on it."""
        legs = self._calls[name].legs.values() if name in self._calls else ()
        own = [leg for leg in legs if not leg.is_trunk and leg.extension == extension]
        return next((leg for leg in own if not leg.left), None)

    def customer_of(self, name: str) -> Leg | None:
        """The customer's channel of a call, as long as it is there."""
        return self._calls[name].customer if name in self._calls else None

    def moved_here(self, name: str, *, is_moving: bool) -> None:
        """A call is sent on from here, or was not: leaving its queue is then no giving up."""
        self._calls.get(name, Live(name)).is_moving = is_moving

    def adopt(self, calls: Mapping[str, Direction], *, at: datetime) -> list[LineEvent]:
        """Calls that were live when this process began: what happened up to `at` was not heard."""
        for name, direction in calls.items():
            self._calls.setdefault(name, Live(name, direction))
        return self.lost(at=at)

    def hang_up_asked_here(self, name: str) -> None:
        """An agent hangs up at the screen; the exchange itself will not say whose wish it was."""
        if name in self._calls:
            self._calls[name].wish = "agent"

    def lost(self, *, at: datetime) -> list[LineEvent]:
        """The line to the exchange is down since `at`: nobody knows what happens to the calls now."""
        if self._lost_at is not None:
            return []
        self._lost_at = at
        for call in self._calls.values():
            call.was_deaf = True
        return [
            call.event("deaf", at, name=f"{call.name}:deaf:{stamp(at)}")
            for call in self._calls.values()
            if call.direction and not call.ended
        ]

    def back(self) -> None:
        """The line stands; the exchange is being asked for its channels."""
        self._shown = set()

    def heard(self, block: Block, *, at: datetime) -> list[LineEvent]:
        """What one event comes to; `at` counts when the exchange gives no time of its own."""
        take = _TAKERS.get(block.get("event", ""))
        if take is None:
            return []
        return [*take(self, block, time_of(block, at)), *self._caught_up()]

    # --- calls and legs

    def _leg(self, block: Block, before: str = "") -> Leg | None:
        return self._legs.get(block.get(f"{before}uniqueid", ""))

    def _seen(self, block: Block, before: str = "") -> Leg | None:
        """The leg that a message is about, taken up when it is new. None: no line of anybody."""
        channel, name = block.get(f"{before}channel", ""), block.get(f"{before}uniqueid", "")
        if not name or channel.startswith(_NO_LINES):
            return None
        leg = self._legs.get(name)
        if leg is None:
            call = block.get(f"{before}linkedid", "") or name
            leg = Leg(name, call, channel, endpoint_of(channel) in self._trunks)
            self._legs[name] = leg
        leg.number = leg.number or number_in(block.get(f"{before}calleridnum", ""))
        taken_up = self._call_of(leg)
        taken_up.legs[leg.id] = leg
        if leg.is_trunk and leg.id == leg.call:
            taken_up.direction = "inbound"
        if self._shown is not None:
            self._shown.add(leg.call)
        return leg

    def _call_of(self, leg: Leg) -> Live:
        call = self._calls.get(leg.call)
        if call is None:
            call = self._calls[leg.call] = Live(leg.call)
            while len(self._calls) > MOST_CALLS:
                self._forget(next(iter(self._calls.values())))
        return call

    def _forget(self, call: Live) -> None:
        self._calls.pop(call.name, None)
        for name in call.legs:
            self._legs.pop(name, None)

    # --- what happens

    def _new_channel(self, block: Block, at: datetime) -> Iterator[LineEvent]:
        leg = self._seen(block)
        if leg is None or leg.id != leg.call:
            return
        call = self._calls[leg.call]
        call.begun = True
        if not leg.is_trunk or block.get("channelstate", _RING) != _RING:
            return
        call.queue = number_in(block.get("exten", ""))
        yield call.event("arrived", at, name=f"{leg.id}:arrived", number=leg.number)

    def _new_state(self, block: Block, at: datetime) -> Iterator[LineEvent]:
        leg = self._leg(block)
        if leg and not leg.is_trunk and block.get("channelstate") == _RINGING:
            yield from self._ringing(leg, at)

    def _dial_begin(self, block: Block, _at: datetime) -> Iterator[LineEvent]:
        self._seen(block)
        callee = self._seen(block, "dest")
        call = self._calls.get(callee.call) if callee else None
        if callee and call and callee.is_trunk and not call.direction:
            call.direction = "outbound"
            callee.number = (
                number_in(block.get("dialstring", "").partition("@")[0]) or callee.number
            )
        return iter(())

    def _dial_state(self, block: Block, at: datetime) -> Iterator[LineEvent]:
        callee = self._seen(block, "dest")
        if callee and block.get("dialstatus") == "RINGING":
            yield from self._ringing(callee, at)

    def _dial_end(self, block: Block, at: datetime) -> Iterator[LineEvent]:
        callee, status = self._seen(block, "dest"), block.get("dialstatus", "")
        if callee is None:
            return
        if status == "ANSWER":
            yield from self._answer(callee, at)
        elif callee.rang and not callee.answered:
            yield from self._vain(callee, at, cause=status)

    def _ringing(self, leg: Leg, at: datetime) -> Iterator[LineEvent]:
        """An agent's telephone rings; or a customer's whom an agent calls, then the agent is calling."""
        call = self._calls[leg.call]
        if not call.direction:
            self._put_off("rings", leg, at)
        if leg.rang or not call.direction:
            return
        if call.direction == "outbound" and leg.is_trunk:
            leg.rang = True
            yield from self._calling(call, leg, at)
        elif call.direction == "inbound" and not leg.is_trunk:
            leg.rang = True
            yield call.leg_event(leg, "offered", at)

    def _calling(self, call: Live, callee: Leg, at: datetime) -> Iterator[LineEvent]:
        agent = call.legs.get(call.name)
        yield call.event("arrived", at, name=f"{callee.id}:arrived", number=callee.number)
        if agent:
            agent.rang = True
            yield call.leg_event(agent, "offered", at)

    def _answer(self, leg: Leg, at: datetime) -> Iterator[LineEvent]:
        call = self._calls[leg.call]
        if call.direction == "outbound" and leg.is_trunk:
            agent = call.legs.get(call.name)
            if agent is None:
                return
            if not leg.rang:  # answered without a word of ringing
                leg.rang = True
                yield from self._calling(call, leg, at)
            leg.answered = True
            leg = agent
        if leg.is_trunk:
            return
        leg.answered = True
        if not call.direction:
            self._put_off("answers", leg, at)
            return
        call.answered = True
        yield call.leg_event(leg, "answered", at)

    def _put_off(self, what: str, leg: Leg, at: datetime) -> None:
        """Of a call that may be between agents only: it comes out when a customer is on it."""
        self._calls[leg.call].waiting.append((what, leg, at))
        self._waiting.add(leg.call)

    def _caught_up(self) -> Iterator[LineEvent]:
        for name in [name for name in self._waiting if name not in self._calls]:
            self._waiting.discard(name)
        ready = [name for name in self._waiting if self._calls[name].direction == "inbound"]
        for name in ready:
            self._waiting.discard(name)
            waiting, self._calls[name].waiting = self._calls[name].waiting, []
            for what, leg, at in waiting:
                yield from self._ringing(leg, at) if what == "rings" else self._answer(leg, at)

    def _vain(self, leg: Leg, at: datetime, *, cause: str) -> Iterator[LineEvent]:
        call = self._calls[leg.call]
        told = call.legs.get(call.name) if call.direction == "outbound" else leg
        if told and not told.is_trunk:
            event = call.leg_event(told, "withdrawn", at)
            yield replace(event, unanswered=True, cause=cause.lower()[:40])

    def _queue_join(self, block: Block, at: datetime) -> Iterator[LineEvent]:
        leg = self._seen(block)
        call = self._calls[leg.call] if leg else None
        if call:
            call.queue = block.get("queue", "")[:40]
        if call and call.is_moving:
            call.is_moving = False
            yield call.event("arrived", at, name=f"{call.name}:arrived:{stamp(at)}")

    def _queue_gave_up(self, block: Block, at: datetime) -> Iterator[LineEvent]:
        leg = self._seen(block)
        call = self._calls[leg.call] if leg and leg.is_trunk else None
        if call and not call.is_moving:
            yield from self._end(call, at, by="customer", cause=_GAVE_UP)

    def _agent_called(self, block: Block, at: datetime) -> Iterator[LineEvent]:
        yield from self._queue_join(block, at)
        self._seen(block, "dest")

    def _agent_connect(self, block: Block, at: datetime) -> Iterator[LineEvent]:
        leg = self._seen(block, "dest")
        if leg and not leg.answered:
            yield from self._answer(leg, at)

    def _agent_no_answer(self, block: Block, at: datetime) -> Iterator[LineEvent]:
        leg = self._seen(block, "dest")
        if leg and leg.rang and not leg.answered:
            yield from self._vain(leg, at, cause="noanswer")

    def _held(self, block: Block, at: datetime) -> Iterator[LineEvent]:
        yield from self._hold(block, at, "held")

    def _resumed(self, block: Block, at: datetime) -> Iterator[LineEvent]:
        yield from self._hold(block, at, "resumed")

    def _hold(self, block: Block, at: datetime, type_: EventType) -> Iterator[LineEvent]:
        """Only the agent's: a customer who holds us keeps nobody waiting."""
        leg = self._leg(block)
        call = self._calls.get(leg.call) if leg else None
        if leg and call and call.direction and not leg.is_trunk:
            told = call.leg_event(leg, type_, at)
            yield replace(told, id=f"{leg.id}:{type_}:{stamp(at)}", by="agent")

    def _blind_transfer(self, block: Block, at: datetime) -> Iterator[LineEvent]:
        if block.get("result", "Success") == "Success":
            yield from self._pass_on(self._leg(block, "transferer"), None, at, "blind")

    def _attended_transfer(self, block: Block, at: datetime) -> Iterator[LineEvent]:
        if block.get("result", "Success") != "Success":
            return
        first, second = self._leg(block, "origtransferer"), self._leg(block, "secondtransferer")
        if first and second and not self._calls[first.call].direction:
            first, second = second, first
        if second:
            second.left = True
        yield from self._pass_on(first, self._seen(block, "transfertarget"), at, "attended")

    def _pass_on(
        self, leg: Leg | None, target: Leg | None, at: datetime, cause: str
    ) -> Iterator[LineEvent]:
        call = self._calls.get(leg.call) if leg else None
        if not (leg and call and call.direction):
            return
        leg.left = True
        yield replace(call.leg_event(leg, "transferred", at), cause=cause)
        if target and not target.is_trunk:
            # When the colleague's telephone rang is of the call between the two agents.
            target.call, target.answered = call.name, True
            call.legs[target.id] = target
            yield call.leg_event(target, "answered", at)

    def _variable(self, block: Block, at: datetime) -> Iterator[LineEvent]:
        if block.get("variable") != "MIXMONITOR_FILENAME":
            return
        leg, media = self._leg(block), block.get("value", "")[:200]
        call = self._calls.get(leg.call) if leg else None
        if call and call.direction and media:
            yield call.event(
                "recorded", at, name=f"{call.name}:recorded:{media}"[:150], media=media
            )

    def _hangup_asked(self, block: Block, at: datetime) -> Iterator[LineEvent]:
        """The first wish to hang up that comes from a party: its side ended the call."""
        leg = self._leg(block)
        call = self._calls.get(leg.call) if leg else None
        if not (leg and call) or leg.left:
            return
        if call.is_customer(leg):
            yield from self._end(call, at, by="customer", cause=block.get("cause", ""))
        elif leg.answered or (call.direction == "outbound" and leg.id == call.name):
            yield from self._end(call, at, by="agent", cause=block.get("cause", ""))

    def _hung_up(self, block: Block, at: datetime) -> Iterator[LineEvent]:
        leg = self._legs.pop(block.get("uniqueid", ""), None)
        call = self._calls.get(leg.call) if leg else None
        if not (leg and call):
            return
        call.legs.pop(leg.id, None)
        if call.is_customer(leg) or not any(map(call.is_customer, call.legs.values())):
            yield from self._end(call, at, by="", cause=block.get("cause", ""))
        if not call.legs:
            self._forget(call)

    def _end(self, call: Live, at: datetime, *, by: Side, cause: str) -> Iterator[LineEvent]:
        """The first word of an end, and the first that says whose wish it was, which may come later."""
        by = by or call.wish
        if not call.direction or (call.ended_by if by else call.ended):
            return
        call.ended, call.ended_by = True, by
        told = call.event("hung_up", at, name=f"{call.name}:{'hung_up' if by else 'ended'}")
        unanswered = call.begun and not call.was_deaf and not call.answered
        yield replace(told, by=by, cause=cause[:40], unanswered=unanswered)

    # --- after a loss

    def _channel_shown(self, block: Block, at: datetime) -> Iterator[LineEvent]:
        """A channel that is there now: the call lives, and its telephone may have been answered meanwhile."""
        is_new = block.get("uniqueid", "") not in self._legs
        leg = self._seen(block)
        if leg is None or self._shown is None:
            return
        self._shown.add(leg.call)
        call = self._calls[leg.call]
        if leg.is_trunk and not call.direction:
            call.direction = "inbound" if leg.id == leg.call else "outbound"
        if is_new and call.is_customer(leg) and not call.begun:
            call.was_deaf = True
            told = call.event("deaf", at, name=f"{leg.id}:deaf:{stamp(at)}")
            yield replace(told, number=leg.number)
        state = block.get("channelstate")
        leg.rang = leg.rang or state == _RINGING
        if state == _UP and call.direction and not leg.is_trunk and not leg.answered:
            leg.answered = call.answered = True
            told = call.leg_event(leg, "resumed", at)
            yield replace(told, id=f"{leg.id}:found_talking")

    def _all_shown(self, _block: Block, at: datetime) -> Iterator[LineEvent]:
        """Calls that are not there any more ended while we did not hear; when, nobody knows."""
        shown, self._shown = self._shown, None
        if shown is None:
            return
        self._lost_at = None
        for call in [call for name, call in self._calls.items() if name not in shown]:
            if call.direction and not call.ended:
                yield call.event("silent", at, name=f"{call.name}:gone")
            self._forget(call)


_TAKERS = {
    "Newchannel": AmiCalls._new_channel,
    "Newstate": AmiCalls._new_state,
    "DialBegin": AmiCalls._dial_begin,
    "DialState": AmiCalls._dial_state,
    "DialEnd": AmiCalls._dial_end,
    "QueueCallerJoin": AmiCalls._queue_join,
    "QueueCallerAbandon": AmiCalls._queue_gave_up,
    "AgentCalled": AmiCalls._agent_called,
    "AgentConnect": AmiCalls._agent_connect,
    "AgentRingNoAnswer": AmiCalls._agent_no_answer,
    "Hold": AmiCalls._held,
    "Unhold": AmiCalls._resumed,
    "BlindTransfer": AmiCalls._blind_transfer,
    "AttendedTransfer": AmiCalls._attended_transfer,
    "VarSet": AmiCalls._variable,
    "HangupRequest": AmiCalls._hangup_asked,
    "Hangup": AmiCalls._hung_up,
    "CoreShowChannel": AmiCalls._channel_shown,
    "CoreShowChannelsComplete": AmiCalls._all_shown,
}
