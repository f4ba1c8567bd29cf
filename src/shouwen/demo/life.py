"""Life at the demo's telephones: colleagues who answer by themselves, calls that reached nobody, recordings."""

import math
import tempfile
import uuid
import wave
from array import array
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from threading import Event

from django.db import Error, connection

from shouwen.adapters.telephony.recordings import sound_in
from shouwen.core.telephony import LineEvent
from shouwen.customers.models import Phone
from shouwen.hotline.models import AgentState, Call, Offer
from shouwen.hotline.operations import (
    OnACall,
    add_recording,
    ask_for_call_back,
    control,
    hear,
    set_status,
)
from shouwen.hotline.operations.attempts import NotACall, Told, tell_outcome
from shouwen.hotline.operations.control import SIMULATOR, NotControllable
from shouwen.hotline.operations.duty import check_in, is_checked
from shouwen.people.models import Staff

# They sit at the telephones so that whoever looks around is not alone. The last one is at a training.
COLLEAGUES = ("1047", "1052", "1066")
AWAY = "1071"
_LOOK_SECONDS = 0.5
_ANSWERS_AFTER = timedelta(seconds=6)
_TIDIES_FOR = timedelta(seconds=15)
# Minutes before now, seconds that the telephone rang (0: none did), how long they waited.
_LOST = ((95, 0, 41), (52, 22, 38), (14, 0, 27))
RECORDED = 6
_RATE, _LONGEST, _PIECE = 8000, 75, 0.1


def sit_at_telephones(*, stop: Event, clock: Callable[[], datetime]) -> None:
    """Colleagues who take what rings at their telephones, until `stop` is set."""
    while not stop.wait(_LOOK_SECONDS):
        try:
            take_turns(now=clock())
        except Error:
            connection.close()
    connection.close()


def take_turns(*, now: datetime) -> None:
    """What each colleague does now: comes on duty, answers, is ready again after a call."""
    people = Staff.objects.filter(staff_no__in=(*COLLEAGUES, AWAY), is_active=True)
    states = {state.staff_id: state for state in AgentState.objects.filter(staff__in=people)}
    for person in people:
        state = states.get(person.pk)
        if state is None or state.status == AgentState.Status.OFF:
            _come(person, now=now)
        elif person.staff_no != AWAY:
            _go_on(person, state, now=now)


def _come(person: Staff, *, now: datetime) -> None:
    if not is_checked(staff=person, now=now):
        check_in(
            act_id=uuid.uuid4(), staff=person, rules=["start-of-shift-check"], failed=[],
            variant="women" if person.gender == "f" else "men", began_at=now, now=now,
        )  # fmt: skip
    is_away = person.staff_no == AWAY
    set_status(
        act_id=uuid.uuid4(),
        staff=person,
        status="not_ready" if is_away else "ready",
        reason="training" if is_away else "",
        extension=person.staff_no,
        now=now,
    )


def _go_on(person: Staff, state: AgentState, *, now: datetime) -> None:
    try:
        if state.status == AgentState.Status.RINGING:
            _answer(person, now=now)
        elif state.status == AgentState.Status.AFTER_CALL and now - state.since > _TIDIES_FOR:
            set_status(act_id=uuid.uuid4(), staff=person, status="ready", now=now)
    except (NotControllable, OnACall):
        return  # the call went another way meanwhile


def _answer(person: Staff, *, now: datetime) -> None:
    ringing = Offer.objects.filter(staff=person, outcome="ringing").select_related("call").last()
    # Each takes a moment of their own, so that not every call is answered alike.
    slow = timedelta(seconds=int(person.staff_no) % 5)
    if ringing and ringing.offered_at and now - ringing.offered_at >= _ANSWERS_AFTER + slow:
        act = uuid.uuid5(ringing.pk, "demo:answered")
        control.answer(act_id=act, call=ringing.call, by=person, now=now)


def lose_some_calls(*, now: datetime) -> None:
    """Calls of today that reached nobody; each becomes a promise to call back, one was tried in vain."""
    numbers = Phone.objects.order_by("-id").values_list("number", flat=True)[: len(_LOST)]
    agents = Staff.objects.filter(staff_no__in=COLLEAGUES).order_by("staff_no")
    for place, (number, (ago, rang, waited)) in enumerate(zip(numbers, _LOST, strict=False)):
        agent = agents[place % max(1, len(agents))]
        began = now - timedelta(minutes=ago)
        events = list(_lost(f"demo-lost-{place}", number, agent, began, rang, waited))
        call = hear(events=events, source=SIMULATOR, now=now)[0]
        case = ask_for_call_back(call_id=call.pk, now=now)
        owed = case.promises.filter(kind="call_back").first() if case else None
        if place == 0 and owed:
            _try_in_vain(owed.pk, agent, at=began + timedelta(minutes=20), call=call)


def _try_in_vain(promise: uuid.UUID, by: Staff, *, at: datetime, call: Call) -> None:
    try:
        tell_outcome(
            act_id=uuid.uuid5(call.pk, "demo:tried"), promise_id=promise, by=by,
            told=Told(outcome="no_answer"), now=at,
        )  # fmt: skip
    except NotACall:
        return  # kept in an earlier run


def _lost(
    name: str, number: str, agent: Staff, began: datetime, rang: int, waited: int
) -> Iterator[LineEvent]:
    yield LineEvent(
        id=f"{name}:arrived", call=name, type="arrived", at=began, number=number,
        direction="inbound", queue=SIMULATOR,
    )  # fmt: skip
    if rang:
        offer, at = f"{name}:1", began + timedelta(seconds=2)
        yield LineEvent(
            id=f"{offer}:offered", call=name, type="offered", at=at, offer=offer,
            staff_no=agent.staff_no,
        )  # fmt: skip
        yield LineEvent(
            id=f"{offer}:out", call=name, type="withdrawn", at=at + timedelta(seconds=rang),
            offer=offer, staff_no=agent.staff_no, unanswered=True,
        )  # fmt: skip
    ended = began + timedelta(seconds=waited)
    yield LineEvent(
        id=f"{name}:hung_up", call=name, type="hung_up", at=ended, by="customer", unanswered=True
    )


def record_some_calls(*, now: datetime) -> int:
    """Sound for the latest calls that were spoken: tones where somebody speaks, the customer left."""
    spoken = Call.objects.exclude(turns=[]).filter(recordings__isnull=True)
    made = 0
    for call in spoken.order_by("-rang_at")[:RECORDED]:
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "call.wav"
            _write_tones(file, call)
            made += add_recording(call=call, file=file, sound=sound_in(file), now=now)
    return made


def _write_tones(file: Path, call: Call) -> None:
    ends = max(float(turn["end"]) for turn in call.turns)
    pieces = int(min(ends + 1, _LONGEST) / _PIECE)
    sides = [_piece(left=180, right=0), _piece(left=0, right=240), _piece(left=0, right=0)]
    with wave.open(str(file), "wb") as out:
        out.setnchannels(2)
        out.setsampwidth(2)
        out.setframerate(_RATE)
        for piece in range(pieces):
            out.writeframes(sides[_speaker(call, piece * _PIECE)])


def _speaker(call: Call, at: float) -> int:
    """0 the customer, 1 the agent, 2 nobody."""
    for turn in call.turns:
        if float(turn["start"]) <= at < float(turn["end"]):
            return 1 if turn.get("speaker") == "agent" else 0
    return 2


def _piece(*, left: int, right: int) -> bytes:
    """A tenth of a second of two tones, in hertz; 0 is silence."""
    frames = array("h")
    for n in range(int(_RATE * _PIECE)):
        frames.extend(int(3000 * math.sin(2 * math.pi * hz * n / _RATE)) for hz in (left, right))
    return frames.tobytes()
