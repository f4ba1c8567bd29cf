"""Steering a call from the screen: the wish goes to whichever exchange the call is on.

The simulator does it at once. An Asterisk is asked by the process at its line; what came of it stands
in the request. An exchange that only reports, over the hook or by files, cannot be steered from here.
"""

import uuid
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from django.conf import settings
from django.db import transaction

from shouwen.core.clause import Words
from shouwen.core.events import Subject
from shouwen.core.telephony import EventType, LineEvent, Side
from shouwen.hotline.models import AgentState, Call, LineRequest
from shouwen.hotline.models import LineEvent as Told
from shouwen.hotline.operations.hearing import hear
from shouwen.journal.operations import record
from shouwen.people.models import Staff

SIMULATOR, ASTERISK = "simulator", "ami"
What = LineRequest.What
State = LineRequest.State


class NotControllable(Exception):
    """This cannot be done from the screen; `said` tells why and what to do instead."""

    def __init__(self, said: Words) -> None:
        self.said = said
        super().__init__(said.en)


_BY_HAND = Words(
    zh="这通电话所在的交换机不能从这里操作，请在话机上操作",
    en="this exchange cannot be controlled from here: use the telephone",
)
_NO_EXCHANGE = Words(
    zh="没有接交换机（SHOUWEN_TELEPHONY），请用话机拨号",
    en="no exchange is connected (SHOUWEN_TELEPHONY): dial on the telephone",
)
_NOT_YOURS = Words(zh="这通电话不在您的话机上", en="this call is not at your telephone")
_OVER = Words(zh="通话已经结束", en="the call is over")
_NO_NUMBER = Words(zh="号码不能拨：只写数字", en="this number cannot be dialled: write digits")
_CANNOT_MOVE = Words(
    zh="改派不了：这通电话所在的交换机没有接到这里，请在交换机上转",
    en="cannot: the exchange of this call is not connected here; pass it on at the exchange",
)
_TAKEN = Words(zh="已经有人接起来了，没有改派", en="somebody has answered it: it was not moved")
_NOT_FREE = Words(
    zh="对方现在不是空闲，请另选一位", en="the agent is not free now: choose another one"
)
_RINGS_THERE = Words(zh="正在这位的话机上振铃", en="it rings at this telephone already")
_NOT_THERE = Words(
    zh="对方不在线，请另选一位", en="the colleague is not at the telephone: choose another one"
)


def answer(*, act_id: uuid.UUID, call: Call, by: Staff, now: datetime) -> LineRequest:
    """Takes the call that rings at an agent's telephone. Raises NotControllable."""
    return _ask(What.ANSWER, act_id, call, by, now=now)


def hold(*, act_id: uuid.UUID, call: Call, by: Staff, now: datetime) -> LineRequest:
    """Puts the customer on hold. Raises NotControllable."""
    return _ask(What.HOLD, act_id, call, by, now=now)


def resume(*, act_id: uuid.UUID, call: Call, by: Staff, now: datetime) -> LineRequest:
    """Takes the customer back from hold. Raises NotControllable."""
    return _ask(What.RESUME, act_id, call, by, now=now)


def hang_up(*, act_id: uuid.UUID, call: Call, by: Staff, now: datetime) -> LineRequest:
    """Ends the call from the agent's side; the record says so. Raises NotControllable."""
    return _ask(What.HANG_UP, act_id, call, by, now=now)


def transfer(*, act_id: uuid.UUID, call: Call, by: Staff, to: Staff, now: datetime) -> LineRequest:
    """Rings a colleague, who has the call once they have answered. Raises NotControllable."""
    there = AgentState.objects.filter(staff=to).exclude(status=AgentState.Status.OFF).first()
    # The simulator knows people, an exchange knows telephones.
    place = there.extension if there and call.source == ASTERISK else to.staff_no
    if there is None or to == by or not place:
        raise NotControllable(_NOT_THERE)
    return _ask(What.TRANSFER, act_id, call, by, now=now, to=place)


@transaction.atomic
def dial(*, act_id: uuid.UUID, by: Staff, number: str, now: datetime) -> LineRequest:
    """Calls a number from an agent's telephone. Raises NotControllable."""
    digits = number.removeprefix("+").replace("-", "").replace(" ", "")
    if not (digits.isascii() and digits.isdigit() and 3 <= len(digits) <= 18):
        raise NotControllable(_NO_NUMBER)
    source = exchange()
    if source not in (SIMULATOR, ASTERISK):
        raise NotControllable(_NO_EXCHANGE)
    request, is_new = _request(What.DIAL, act_id, None, by, now=now, to=digits)
    if is_new and source == SIMULATOR:
        call = hear(events=_dialled(request), source=SIMULATOR, now=now)[0]
        return _done(request, now=now, call=call)
    return request


@transaction.atomic
def redirect(
    *,
    act_id: uuid.UUID,
    call: Call,
    by: Staff,
    now: datetime,
    to: Staff | None = None,
    queue: str = "",
) -> LineRequest:
    """Sends a call that nobody has answered to an agent who is free, or to a queue. Raises NotControllable.

    The record names who did it; the agent at whose telephone it rang has not refused it.
    """
    there = LineRequest.objects.filter(pk=act_id).first()
    if there:
        return there
    if call.source not in (SIMULATOR, ASTERISK) or call.source != exchange():
        raise NotControllable(_CANNOT_MOVE)
    call = Call.objects.select_for_update(of=("self",)).get(pk=call.pk)
    if call.stage == Call.Stage.OVER:
        raise NotControllable(_OVER)
    if call.stage not in (Call.Stage.WAITING, Call.Stage.RINGING):
        raise NotControllable(_TAKEN)
    place = _free_place(call, to) if to else ""
    request, _ = _request(What.REDIRECT, act_id, call, by, now=now, to=place, queue=queue)
    _note_moved(request, call, to, now=now)
    if call.source == ASTERISK:
        return request
    hear(events=_moved(request, call), source=SIMULATOR, now=now)
    return _done(request, now=now, call=call)


def _free_place(call: Call, to: Staff) -> str:
    """Where an agent who is free can be rung. Raises NotControllable."""
    free = AgentState.objects.select_for_update(of=("self",)).filter(staff=to).first()
    if call.offers.filter(staff=to, outcome="ringing").exists():
        raise NotControllable(_RINGS_THERE)
    # The simulator knows people, an exchange knows telephones.
    place = free.extension if free and call.source == ASTERISK else to.staff_no
    if free is None or free.status != AgentState.Status.READY or not place:
        raise NotControllable(_NOT_FREE)
    return place


def _note_moved(request: LineRequest, call: Call, to: Staff | None, *, now: datetime) -> None:
    record(
        id=uuid.uuid5(request.pk, "reassigned"),
        kind="call.reassigned",
        subject=Subject("call", call.pk),
        happened_at=now,
        now=now,
        actor=request.staff.staff_no,
        data={"to": to.staff_no} if to else {"queue": request.queue},
        source=call.source,
    )


def exchange() -> str:
    """The exchange calls are made on: `simulator`, `ami`, or `none`."""
    named = settings.SHOUWEN_TELEPHONY
    return named if named in ("none", SIMULATOR) else ASTERISK


@transaction.atomic
def _ask(
    what: What, act_id: uuid.UUID, call: Call, by: Staff, *, now: datetime, to: str = ""
) -> LineRequest:
    there = LineRequest.objects.filter(pk=act_id).first()
    if there:
        return there
    if call.source not in (SIMULATOR, ASTERISK):
        raise NotControllable(_BY_HAND)
    call = Call.objects.select_for_update(of=("self",)).get(pk=call.pk)
    if call.stage == Call.Stage.OVER:
        raise NotControllable(_OVER)
    offer = _offer_of(call, by, what)
    request, _ = _request(what, act_id, call, by, now=now, to=to)
    if call.source == ASTERISK:
        return request
    hear(events=_PLAYED[what](request, call, offer), source=SIMULATOR, now=now)
    return _done(request, now=now, call=call)


def _offer_of(call: Call, by: Staff, what: What) -> str:
    """The exchange's name of the ringing at this agent. Raises NotControllable."""
    wanted = ["ringing"] if what == What.ANSWER else ["answered"]
    if what == What.HANG_UP and call.direction == "outbound":
        wanted.append("ringing")  # the customer has not answered yet
    own = call.offers.filter(staff=by, outcome__in=wanted)
    mine = {uuid.uuid5(call.pk, f"offer:{name}"): name for name in _offer_names(call)}
    names = [mine[offer.pk] for offer in own if offer.pk in mine]
    if not names:
        raise NotControllable(_NOT_YOURS)
    return names[-1]


def _offer_names(call: Call) -> list[str]:
    told = call.line_events.exclude(offer="").order_by("at")
    return list(dict.fromkeys(told.values_list("offer", flat=True)))


def _request(
    what: What,
    act_id: uuid.UUID,
    call: Call | None,
    by: Staff,
    *,
    now: datetime,
    to: str,
    queue: str = "",
) -> tuple[LineRequest, bool]:
    seat = AgentState.objects.filter(staff=by).first()
    return LineRequest.objects.get_or_create(
        id=act_id,
        defaults={
            "what": what,
            "call": call,
            "staff": by,
            "extension": seat.extension if seat else "",
            "to": to,
            "queue": queue,
            "asked_at": now,
        },
    )


def _done(request: LineRequest, *, now: datetime, call: Call) -> LineRequest:
    request.state, request.answered_at, request.call = State.DONE, now, call
    request.save(update_fields=["state", "answered_at", "call"])
    return request


# --- what the simulator makes of a wish


def _event(
    request: LineRequest,
    name: str,
    type_: EventType,
    *,
    offer: str = "",
    staff_no: str = "",
    by: Side = "",
) -> LineEvent:
    return LineEvent(
        id=f"{request.pk}:{type_}",
        call=name,
        type=type_,
        at=request.asked_at,
        offer=offer,
        staff_no=staff_no,
        by=by,
    )


def _name(call: Call) -> str:
    return call.call_id.removeprefix(f"{SIMULATOR}:")


def _answered(request: LineRequest, call: Call, offer: str) -> list[LineEvent]:
    """A colleague who was rung for a transfer has the call when they take it."""
    name, number = _name(call), request.staff.staff_no
    taken = [_event(request, name, "answered", offer=offer, staff_no=number)]
    asked = call.line_events.filter(type="transfer_asked").order_by("at").last()
    if asked and asked.offer != offer:
        taken.append(_event(request, name, "transferred", offer=asked.offer))
    return taken


def _plain(type_: EventType, side: Side) -> Callable[[LineRequest, Call, str], list[LineEvent]]:
    def played(request: LineRequest, call: Call, offer: str) -> list[LineEvent]:
        return [_event(request, _name(call), type_, offer=offer, by=side)]

    return played


def _over(request: LineRequest, call: Call, _offer: str) -> list[LineEvent]:
    return [_event(request, _name(call), "hung_up", by="agent")]


def _passed_on(request: LineRequest, call: Call, offer: str) -> list[LineEvent]:
    name, count = _name(call), Told.objects.filter(call=call, type="offered").count()
    return [
        _event(request, name, "transfer_asked", offer=offer),
        _event(request, name, "offered", offer=f"{name}:{count + 1}", staff_no=request.to),
    ]


def _moved(request: LineRequest, call: Call) -> list[LineEvent]:
    """Whoever is rung is rung no more; the chosen agent is, or the call waits in the queue again."""
    name, names = _name(call), _offer_names(call)
    rung = {uuid.uuid5(call.pk, f"offer:{offer}"): offer for offer in names}
    ringing = call.offers.filter(outcome="ringing").select_related("staff")
    events = [
        LineEvent(
            id=f"{request.pk}:withdrawn:{rung[each.pk]}", call=name, type="withdrawn",
            at=request.asked_at, offer=rung[each.pk],
            staff_no=each.staff.staff_no if each.staff else "",
        )
        for each in ringing if each.pk in rung
    ]  # fmt: skip
    if request.to:
        count = Told.objects.filter(call=call, type="offered").count()
        offer = f"{name}:{count + 1}"
        return [*events, _event(request, name, "offered", offer=offer, staff_no=request.to)]
    again = _event(request, name, "arrived")
    return [*events, replace(again, number=call.number, queue=request.queue, direction="inbound")]


def _dialled(request: LineRequest) -> list[LineEvent]:
    name = f"dial-{request.pk}"
    arrived = _event(request, name, "arrived")
    return [
        LineEvent(
            id=arrived.id, call=name, type="arrived", at=arrived.at, number=request.to,
            direction="outbound",
        ),
        _event(request, name, "offered", offer=f"{name}:1", staff_no=request.staff.staff_no),
    ]  # fmt: skip


_PLAYED: dict[str, Callable[[LineRequest, Call, str], list[LineEvent]]] = {
    What.ANSWER: _answered,
    What.HOLD: _plain("held", "agent"),
    What.RESUME: _plain("resumed", "agent"),
    What.TRANSFER: _passed_on,
    What.HANG_UP: _over,
}
