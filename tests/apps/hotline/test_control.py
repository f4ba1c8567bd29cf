"""Steering a call from the screen, on the built-in exchange."""

import random
import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from shouwen.adapters.telephony.simulator import Caller, Simulator
from shouwen.hotline.exchanges.simulated import ready_agents, standings
from shouwen.hotline.models import AgentState, Call, LineRequest
from shouwen.hotline.operations import control, hear, set_status
from shouwen.hotline.operations.control import NotControllable
from shouwen.journal.models import Entry
from shouwen.people.models import Staff
from tests.people import staff

pytestmark = pytest.mark.django_db
BEGAN = datetime(2026, 10, 9, 6, 0, tzinfo=UTC)


class Play:
    """The simulator and the database, second by second."""

    def __init__(self, *callers: Caller) -> None:
        self.now = BEGAN
        self.simulator = Simulator(
            per_minute=0,
            numbers=lambda: "14000000001",
            chance=random.Random(1),  # noqa: S311 - a test
            given=callers,
        )

    def go_on(self, seconds: int = 1) -> Call:
        """The newest call after so many seconds."""
        self.wait(seconds)
        return Call.objects.order_by("-rang_at")[0]

    def wait(self, seconds: int) -> None:
        for _ in range(seconds):
            self.now += timedelta(seconds=1)
            events = self.simulator.step(now=self.now, ready=ready_agents(), calls=standings())
            hear(events=events, source="simulator", now=self.now)

    def ask(self, what: str, by: Staff, **more: object) -> LineRequest:
        asked = getattr(control, what)
        request: LineRequest = asked(
            act_id=uuid.uuid4(), call=Call.objects.get(), by=by, now=self.now, **more
        )
        return request


@pytest.fixture
def agent():
    return seated("wang_min", "1001")


def seated(who: str, extension: str) -> Staff:
    person = staff(who)
    set_status(act_id=uuid.uuid4(), staff=person, status="ready", extension=extension, now=BEGAN)
    return person


def status(person: Staff) -> str:
    return AgentState.objects.get(staff=person).status


def test_nobody_is_rung_while_nobody_is_ready():
    Play(Caller("14000571192")).wait(10)

    assert not Call.objects.exists()


def test_a_call_rings_is_answered_held_resumed_and_hung_up_by_the_agent(agent):
    play = Play(Caller("14000571192"))
    play.go_on()
    assert status(agent) == "ringing"

    play.go_on(5)
    for what in ("answer", "hold", "resume", "hang_up"):
        request = play.ask(what, agent)
        play.go_on(3)
        assert request.state == "done", what

    call = Call.objects.get()
    assert (call.outcome, call.ended_by, call.agent_clock) == ("answered", "agent", 5.0)
    assert len(call.holds) == 1
    assert status(agent) == "after_call"


def test_the_customer_hangs_up_when_all_is_said(agent):
    play = Play(Caller("14000571192", talks_for=20))
    play.go_on()
    play.ask("answer", agent)

    call = play.go_on(21)

    assert (call.stage, call.ended_by) == ("over", "customer")


def test_a_telephone_that_rings_in_vain_goes_to_the_next_agent_and_the_customer_gives_up(agent):
    other = seated("lin_xiao", "1002")
    play = Play(Caller("14000571192", patience=40))

    call = play.go_on(45)

    assert (call.outcome, call.ended_by) == ("missed", "customer")
    assert {offer.staff for offer in call.offers.all()} == {agent, other}


def test_whoever_is_not_on_the_call_cannot_steer_it(agent):
    other = seated("lin_xiao", "1002")
    play = Play(Caller("14000571192"))
    play.go_on()

    with pytest.raises(NotControllable, match="not at your telephone"):
        play.ask("answer", other)


def test_a_key_pressed_twice_is_one_act(agent):
    play = Play(Caller("14000571192"))
    call = play.go_on()
    act = uuid.uuid4()

    for _ in range(2):
        control.answer(act_id=act, call=call, by=agent, now=play.now)

    assert LineRequest.objects.count() == 1
    assert call.line_events.filter(type="answered").count() == 1


def test_a_transfer_rings_the_colleague_who_has_the_call_when_they_take_it(agent):
    other = seated("lin_xiao", "1002")
    set_status(act_id=uuid.uuid4(), staff=other, status="not_ready", now=BEGAN)
    play = Play(Caller("14000571192", talks_for=600))
    play.go_on()
    play.ask("answer", agent)
    play.go_on(10)

    play.ask("transfer", agent, to=other)
    play.go_on(2)
    assert (status(agent), status(other)) == ("talking", "ringing")
    assert Call.objects.get().staff == agent
    play.ask("answer", other)

    call = Call.objects.get()
    assert (call.staff, call.transfers, call.stage) == (other, 1, "talking")
    assert status(agent) == "after_call"


def test_nothing_goes_to_a_colleague_who_is_not_there(agent):
    play = Play(Caller("14000571192"))
    play.go_on()
    play.ask("answer", agent)

    with pytest.raises(NotControllable, match="not at the telephone"):
        play.ask("transfer", agent, to=staff("lin_xiao"))


def test_a_call_that_is_over_cannot_be_steered(agent):
    play = Play(Caller("14000571192"))
    play.go_on()
    play.ask("answer", agent)
    play.ask("hang_up", agent)

    with pytest.raises(NotControllable, match="over"):
        play.ask("hold", agent)


def test_an_exchange_that_only_reports_says_so(agent):
    play = Play(Caller("14000571192"))
    play.go_on()
    Call.objects.update(source="hook")

    with pytest.raises(NotControllable, match="cannot be controlled from here"):
        play.ask("answer", agent)


def test_calling_a_customer_is_an_outbound_call_of_its_agent(agent, settings):
    settings.SHOUWEN_TELEPHONY = "simulator"
    play = Play()
    act = uuid.uuid4()
    for _ in range(2):
        control.dial(act_id=act, by=agent, number="140 0057-1192", now=play.now)
    assert status(agent) == "ringing"

    call = play.go_on(5)

    assert (call.direction, call.number, call.staff) == ("outbound", "14000571192", agent)
    assert (call.stage, status(agent)) == ("talking", "talking")


def test_calling_without_an_exchange_says_so(agent, settings):
    settings.SHOUWEN_TELEPHONY = "none"

    with pytest.raises(NotControllable, match="dial on the telephone"):
        control.dial(act_id=uuid.uuid4(), by=agent, number="14000571192", now=BEGAN)


@pytest.mark.parametrize("number", ["", "12", "1234x", "1" * 19, "００１２３"])
def test_a_number_that_is_none_is_not_called(agent, number):
    with pytest.raises(NotControllable, match="digits"):
        control.dial(act_id=uuid.uuid4(), by=agent, number=number, now=BEGAN)


def moved(play: Play, by: Staff, **to: Any) -> Call:
    call = Call.objects.get()
    control.redirect(act_id=uuid.uuid4(), call=call, by=by, now=play.now, **to)
    return Call.objects.get()


@pytest.fixture
def ringing(agent, settings) -> Play:
    settings.SHOUWEN_TELEPHONY = "simulator"
    play = Play(Caller("14000571192"))
    play.go_on(8)
    return play


def test_a_supervisor_sends_a_ringing_call_to_another_agent(agent, ringing):
    other, lead = seated("lin_xiao", "1002"), staff("zhou_min")

    call = moved(ringing, lead, to=other)

    assert call.stage == "ringing"
    assert (status(agent), status(other)) == ("ready", "ringing")
    entry = Entry.objects.get(kind="call.reassigned")
    assert (entry.actor, entry.data["to"]) == (lead.staff_no, other.staff_no)
    ringing.ask("answer", other)
    assert Call.objects.get().staff == other


def test_a_ringing_call_goes_back_to_a_queue(agent, ringing):
    call = moved(ringing, staff("zhou_min"), queue="报修")

    assert (call.stage, call.queue) == ("waiting", "报修")
    assert call.arrived_at == BEGAN + timedelta(seconds=1)


def test_a_call_that_somebody_took_meanwhile_is_not_moved(agent, ringing):
    ringing.ask("answer", agent)

    with pytest.raises(NotControllable, match="somebody has answered"):
        moved(ringing, staff("zhou_min"), to=seated("lin_xiao", "1002"))


def test_nothing_is_sent_to_an_agent_who_is_not_free(agent, ringing):
    other = seated("lin_xiao", "1002")
    set_status(act_id=uuid.uuid4(), staff=other, status="not_ready", now=BEGAN)

    with pytest.raises(NotControllable, match="not free"):
        moved(ringing, staff("zhou_min"), to=other)


def test_a_call_of_an_exchange_that_is_not_connected_is_not_moved(agent, ringing, settings):
    settings.SHOUWEN_TELEPHONY = "none"

    with pytest.raises(NotControllable, match="not connected here"):
        moved(ringing, staff("zhou_min"), queue="报修")
