"""What a real Asterisk said, over a real socket, into the database."""

import random
import uuid
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from shouwen.adapters.doubles.exchange import ExchangeDouble, Message, trace
from shouwen.hotline.models import AgentState, Call, LineEvent, LineRequest
from shouwen.hotline.operations import control, set_status
from shouwen.journal.models import Entry
from tests.adapters.telephony.lines import BEGAN, SECRET, TRACES
from tests.apps.hotline.exchange import listening, wait_until
from tests.people import staff

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def agent():
    person = staff("wang_min")
    set_status(act_id=uuid.uuid4(), staff=person, status="ready", extension="1001", now=BEGAN)
    return person


def said(name: str) -> list[Message]:
    return list(trace(TRACES / f"{name}.jsonl", began_at=BEGAN))


def heard(tmp_path: Path, lines: Sequence[Sequence[Message | bytes]], *, events: int) -> None:
    """Our process hears the lines; so many different events are on record at the end."""
    with listening(ExchangeDouble(secret=SECRET, lines=lines), tmp_path):
        wait_until(lambda: LineEvent.objects.count() >= events)
    assert LineEvent.objects.count() == events


def seconds(start: datetime | None, end: datetime | None) -> float:
    assert start is not None
    assert end is not None
    return (end - start).total_seconds()


@pytest.mark.parametrize(
    ("name", "side", "talk"),
    [
        ("callerfirst", "customer", 9.01),
        ("agentfirst", "agent", 6.52),
        ("dp_agentfirst", "agent", 6.53),
    ],
)
def test_a_real_trace_becomes_one_call_with_exact_clocks(
    agent, tmp_path: Path, name: str, side: str, talk: float
) -> None:
    heard(tmp_path, [said(name)], events=6)

    call = Call.objects.get()
    assert call.agent_clock == pytest.approx(6.0, abs=0.011)
    assert call.customer_clock == pytest.approx(6.01, abs=0.011)
    assert (call.stage, call.outcome, call.ended_by) == ("over", "answered", side)
    assert (call.staff, call.number, call.rings, call.unheard) == (agent, "13900000001", 2, [])
    ((began, ended),) = call.holds
    hold = seconds(datetime.fromisoformat(began), datetime.fromisoformat(ended))
    assert hold == pytest.approx(2.51, abs=0.001)
    assert seconds(call.answered_at, call.ended_at) == pytest.approx(talk, abs=0.01)
    kinds = Entry.objects.filter(subject_id=call.pk).values_list("kind", flat=True)
    assert sorted(kinds) == [
        "call.answered", "call.arrived", "call.ended", "call.held", "call.rang", "call.resumed",
    ]  # fmt: skip


@pytest.mark.parametrize("seed", range(4))
def test_doubled_and_reordered_messages_give_the_same_call(
    agent, tmp_path: Path, seed: int
) -> None:
    chance = random.Random(seed)  # noqa: S311 - a test
    messages = said("dp_agentfirst")
    # What one channel says stays in order; the channels overtake each other, and much comes twice.
    late = {name: chance.uniform(0, 0.05) for name in {f.get("Uniqueid", "") for _, f in messages}}
    mixed = [each for each in messages for _ in range(chance.choice([1, 1, 2]))]
    mixed.sort(key=lambda each: float(each[1]["Timestamp"]) + late[each[1].get("Uniqueid", "")])

    with listening(ExchangeDouble(secret=SECRET, lines=[mixed]), tmp_path):
        wait_until(lambda: Call.objects.filter(ended_by="agent").exists())

    call = Call.objects.get()
    assert call.agent_clock == pytest.approx(6.0, abs=0.011)
    assert (call.ended_by, call.outcome, len(call.holds)) == ("agent", "answered", 1)


def test_a_line_lost_in_mid_call_proves_nothing_that_was_not_heard(agent, tmp_path: Path) -> None:
    messages = said("callerfirst")
    rings = next(i for i, (kind, _) in enumerate(messages) if kind == "DialState") + 1
    answers = next(i for i, (kind, _) in enumerate(messages) if kind == "Hold")
    trunk = {
        "Channel": "PJSIP/trunk-00000000",
        "Uniqueid": "1795343783.0",
        "Linkedid": "1795343783.0",
    }
    phone = {
        "Channel": "PJSIP/agent1001-00000001",
        "Uniqueid": "1795343783.1",
        "Linkedid": "1795343783.0",
    }
    channels = [{**each, "ChannelState": "6"} for each in (trunk, phone)]
    double = ExchangeDouble(
        secret=SECRET, lines=[messages[:rings], messages[answers:]], channels=channels
    )

    with listening(double, tmp_path):
        wait_until(lambda: Call.objects.filter(stage="over").exists())

    call = Call.objects.get()
    assert double.sign_ins == 2
    assert (call.outcome, call.ended_by) == ("answered", "customer")
    assert (call.agent_clock, call.customer_clock) == (None, None)
    assert "answer" in call.unheard


def test_garbage_on_the_line_loses_no_call(agent, tmp_path: Path) -> None:
    messages: list[Message | bytes] = list(said("callerfirst"))
    messages[5:5] = [
        b"\x00\xff\xfe rubbish \r\n\r\n",
        b"Event Without Colon\r\n\r\n",
        b"z" * 50_000 + b"\r\n\r\n",
    ]

    heard(tmp_path, [messages], events=6)

    assert Call.objects.get().agent_clock == pytest.approx(6.0, abs=0.011)


def test_calls_that_are_gone_when_we_come_back_are_closed(agent, tmp_path: Path) -> None:
    messages = said("callerfirst")
    answers = next(i for i, (kind, _) in enumerate(messages) if kind == "Hold")

    with listening(ExchangeDouble(secret=SECRET, lines=[messages[:answers]]), tmp_path):
        wait_until(lambda: Call.objects.filter(stage="talking").exists())
    with listening(ExchangeDouble(secret=SECRET, lines=[[]]), tmp_path):
        wait_until(lambda: Call.objects.filter(stage="over").exists())

    call = Call.objects.get()
    assert (call.ended_at, call.ended_by, call.outcome) == (None, "", "answered")
    assert AgentState.objects.get(staff=agent).status == "after_call"


def test_hanging_up_at_the_screen_reaches_the_exchange_and_names_the_agent(
    agent, tmp_path: Path
) -> None:
    messages = said("callerfirst")
    ends = next(i for i, (kind, _) in enumerate(messages) if kind == "HangupRequest")
    now = datetime.now(UTC)  # noqa: TID251 - the process at the line reads the real clock
    hang_ups = [each for each in messages[ends + 1 :] if each[0] == "Hangup"]
    with listening(ExchangeDouble(secret=SECRET, lines=[messages[:ends]]), tmp_path) as double:
        wait_until(lambda: LineEvent.objects.count() == 5)
        request = control.hang_up(act_id=uuid.uuid4(), call=Call.objects.get(), by=agent, now=now)
        wait_until(lambda: LineRequest.objects.get().state == "done")
        double.say(*hang_ups)
        wait_until(lambda: Call.objects.filter(stage="over").exists())

    assert request.state == "asked"
    asked = next(block for block in double.asked if block["action"] == "Hangup")
    assert asked["channel"] == "PJSIP/agent1001-00000001"
    assert Call.objects.get().ended_by == "agent"


def test_a_waiting_call_is_sent_on_by_its_customers_channel(
    agent, tmp_path: Path, settings
) -> None:
    settings.SHOUWEN_TELEPHONY = "ami://tel@pbx?trunks=trunk"
    messages = said("callerfirst")
    rings = next(i for i, (kind, _) in enumerate(messages) if kind == "DialEnd")
    now = datetime.now(UTC)  # noqa: TID251 - the process at the line reads the real clock
    with listening(ExchangeDouble(secret=SECRET, lines=[messages[:rings]]), tmp_path) as double:
        wait_until(lambda: Call.objects.filter(stage="ringing").exists())
        control.redirect(
            act_id=uuid.uuid4(), call=Call.objects.get(), by=agent, queue="repairs", now=now
        )
        wait_until(lambda: LineRequest.objects.get().state == "done")

    asked = next(block for block in double.asked if block["action"] == "Redirect")
    assert (asked["exten"], asked["context"]) == ("repairs", "shouwen-out")
    assert asked["channel"].startswith("PJSIP/trunk-")


def test_a_call_that_the_exchange_does_not_send_on_is_told_in_the_journal(
    agent, tmp_path: Path, settings
) -> None:
    settings.SHOUWEN_TELEPHONY = "ami://tel@pbx?trunks=trunk"
    messages = said("callerfirst")
    rings = next(i for i, (kind, _) in enumerate(messages) if kind == "DialEnd")
    now = datetime.now(UTC)  # noqa: TID251 - the process at the line reads the real clock
    double = ExchangeDouble(
        secret=SECRET, lines=[messages[:rings]], refused={"Redirect": "no such extension"}
    )
    with listening(double, tmp_path):
        wait_until(lambda: Call.objects.filter(stage="ringing").exists())
        control.redirect(
            act_id=uuid.uuid4(), call=Call.objects.get(), by=agent, queue="nowhere", now=now
        )
        wait_until(lambda: LineRequest.objects.get().state == "refused")

    assert "no such extension" in LineRequest.objects.get().told
    assert Entry.objects.filter(kind="call.not_reassigned").count() == 1


def test_click_to_dial_is_asked_with_the_acts_own_id(agent, tmp_path: Path, settings) -> None:
    settings.SHOUWEN_TELEPHONY = "ami://tel@pbx?trunks=trunk"
    now = datetime.now(UTC)  # noqa: TID251 - the process at the line reads the real clock
    act = uuid.uuid4()
    with listening(ExchangeDouble(secret=SECRET, lines=[[]]), tmp_path) as double:
        wait_until(lambda: double.sign_ins == 1)
        for _ in range(2):
            control.dial(act_id=act, by=agent, number="139 0000-0001", now=now)
        wait_until(lambda: LineRequest.objects.get().state == "done")

    dialled = [block for block in double.asked if block["action"] == "Originate"]
    assert [(block["exten"], block["channel"]) for block in dialled] == [
        ("13900000001", "PJSIP/1001")
    ]
    assert dialled[0]["actionid"] == f"dial-{act}"


def test_a_request_while_the_line_is_down_is_refused_with_the_reason(
    agent, tmp_path: Path, settings
) -> None:
    settings.SHOUWEN_TELEPHONY = "ami://tel@pbx?trunks=trunk"
    now = datetime.now(UTC)  # noqa: TID251 - the process at the line reads the real clock
    double = ExchangeDouble(secret="another", lines=[])
    with listening(double, tmp_path):
        control.dial(act_id=uuid.uuid4(), by=agent, number="13900000001", now=now)
        wait_until(lambda: LineRequest.objects.get().state == "refused")

    assert "down" in LineRequest.objects.get().told


def test_an_old_request_is_dropped_not_done(agent, tmp_path: Path, settings) -> None:
    settings.SHOUWEN_TELEPHONY = "ami://tel@pbx?trunks=trunk"
    long_ago = datetime.now(UTC) - timedelta(minutes=5)  # noqa: TID251 - as above
    control.dial(act_id=uuid.uuid4(), by=agent, number="13900000001", now=long_ago)

    with listening(ExchangeDouble(secret=SECRET, lines=[[]]), tmp_path) as double:
        wait_until(lambda: LineRequest.objects.get().state == "refused")

    assert not [block for block in double.asked if block["action"] == "Originate"]
