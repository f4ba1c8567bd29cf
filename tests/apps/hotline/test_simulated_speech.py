"""The built-in exchange speaks recorded calls again, turn by turn, at their own pace."""

import pytest

from shouwen.adapters.telephony.simulator import Caller
from shouwen.core.calls import Turn
from shouwen.demo.callers import SAMPLE_CALLS, read_sample_calls
from shouwen.hotline.exchanges.simulated import speakers_in
from shouwen.hotline.models import Call
from tests.apps.hotline.test_control import Play, seated
from tests.people import staff

pytestmark = pytest.mark.django_db
SAYS = (
    Turn(4.0, 6.0, "agent", "您好，安泰燃气公司，请讲。"),
    Turn(7.0, 9.0, "customer", "问一下气费。"),
    Turn(10.0, 12.0, "agent", "四十六块。"),
)


def heard():
    return [turn["text"] for turn in Call.objects.get().turns]


@pytest.fixture
def play():
    seated("wang_min", "1001")
    return Play(Caller("14000000001", says=SAYS))


def test_each_turn_comes_when_it_is_its_time_and_the_customer_hangs_up_after_the_last(play):
    play.go_on(2)
    play.ask("answer", staff("wang_min"))
    play.wait(2)
    assert heard() == ["您好，安泰燃气公司，请讲。"]

    play.wait(3)
    assert heard() == [turn.text for turn in SAYS[:2]]
    play.wait(3)
    assert heard() == [turn.text for turn in SAYS]
    assert Call.objects.get().stage == Call.Stage.TALKING
    play.wait(6)

    call = Call.objects.get()
    assert (call.stage, call.ended_by) == (Call.Stage.OVER, "customer")
    assert [turn["speaker"] for turn in call.turns] == ["agent", "customer", "agent"]


def test_nobody_speaks_while_the_customer_is_on_hold(play):
    play.go_on(2)
    play.ask("answer", staff("wang_min"))
    play.wait(2)
    play.ask("hold", staff("wang_min"))
    play.wait(20)
    assert len(heard()) == 1

    play.ask("resume", staff("wang_min"))
    play.wait(2)
    assert len(heard()) == 2


def test_the_calls_of_the_demonstration_are_spoken_by_their_own_customers():
    recorded = [call for call in read_sample_calls() if call.direction == "inbound"]

    speakers = speakers_in(SAMPLE_CALLS)

    assert len(speakers) == len(recorded)
    known = {call.customer.phone for call in recorded if call.customer and call.customer.phone}
    assert known <= {speaker.number for speaker in speakers}
    assert all(speaker.number and speaker.says for speaker in speakers)
