"""What Asterisk's events say of calls."""

import itertools
from datetime import datetime, timedelta

import pytest

from shouwen.adapters.doubles.exchange import Message, trace
from shouwen.adapters.telephony.ami_calls import AmiCalls
from shouwen.core.telephony import CallState, LineEvent, folded
from tests.adapters.telephony.lines import BEGAN, TRACES


def at(seconds: float) -> datetime:
    return BEGAN + timedelta(seconds=seconds)


def said(kind: str, seconds: float, **fields: str) -> Message:
    return kind, {"Timestamp": f"{at(seconds).timestamp():.3f}", **fields}


def channel(
    name: str, uniqueid: str, *, call: str, before: str = "", **more: str
) -> dict[str, str]:
    fields = {"Channel": name, "Uniqueid": uniqueid, "Linkedid": call, **more}
    return {f"{before}{key}": value for key, value in fields.items()}


TRUNK = channel(
    "PJSIP/trunk-00000001", "1.1", call="1.1", CallerIDNum="13900000001", Exten="96778"
)
AGENT = channel("PJSIP/agent1001-00000002", "1.2", call="1.1")
OTHER = channel("PJSIP/agent1002-00000003", "1.3", call="1.1")
ARRIVES = said("Newchannel", 0, **TRUNK, ChannelState="4")
GONE = said("Hangup", 60, **TRUNK, Cause="16")


def dest(leg: dict[str, str]) -> dict[str, str]:
    return {f"Dest{key}": value for key, value in leg.items()}


def dials(seconds: float, leg: dict[str, str]) -> list[Message]:
    return [
        said("DialBegin", seconds, **TRUNK, **dest(leg)),
        said("DialState", seconds, **TRUNK, **dest(leg), DialStatus="RINGING"),
    ]


def dial_ends(seconds: float, leg: dict[str, str], status: str) -> Message:
    return said("DialEnd", seconds, **TRUNK, **dest(leg), DialStatus=status)


def told(*messages: Message, calls: AmiCalls | None = None) -> list[LineEvent]:
    calls = calls or AmiCalls(trunks=["trunk"])
    return [
        event
        for kind, fields in messages
        for event in calls.heard(
            {"event": kind, **{name.lower(): value for name, value in fields.items()}}, at=at(0)
        )
    ]


def seconds(start: datetime | None, end: datetime | None) -> float:
    assert start is not None
    assert end is not None
    return (end - start).total_seconds()


def present(call: CallState) -> str:
    """The extension that has the call now."""
    assert call.present is not None
    return call.present.extension


def state(*messages: Message) -> CallState:
    return folded(told(*messages))


@pytest.mark.parametrize(
    ("name", "side", "talk"),
    [
        ("callerfirst", "customer", 9.01),
        ("agentfirst", "agent", 6.52),
        ("dp_agentfirst", "agent", 6.53),
    ],
)
def test_a_real_trace_gives_both_clocks_the_hold_and_who_hung_up(
    name: str, side: str, talk: float
) -> None:
    call = state(*trace(TRACES / f"{name}.jsonl", began_at=BEGAN))

    assert call.agent_clock == pytest.approx(6.0, abs=0.011)
    assert call.customer_clock == pytest.approx(6.01, abs=0.011)
    ((began, ended),) = [(hold.began_at, hold.ended_at) for hold in call.holds]
    assert seconds(began, ended) == pytest.approx(2.51, abs=0.001)
    assert call.hung_up_by == side
    assert seconds(call.answered_at, call.ended_at) == pytest.approx(talk, abs=0.01)
    assert (call.number, call.stage, call.unheard) == ("13900000001", "over", ())


def test_snoop_and_local_channels_are_no_calls() -> None:
    snoop = channel("Snoop/1.1-00000001", "9.1", call="9.1")
    local = channel("Local/1001@agents-00000001;1", "9.2", call="9.2")

    assert told(said("Newchannel", 0, **snoop), said("Newchannel", 0, **local)) == []


def test_told_twice_is_the_same() -> None:
    messages = trace(TRACES / "callerfirst.jsonl", began_at=BEGAN)
    twice = [*itertools.chain.from_iterable(zip(messages, messages, strict=True))]

    assert {event.id for event in told(*twice)} == {event.id for event in told(*messages)}
    assert state(*twice) == state(*messages)


def test_ringing_in_vain_and_giving_up_is_missed_with_positive_knowledge() -> None:
    call = state(
        ARRIVES,
        *dials(1, AGENT),
        dial_ends(21, AGENT, "NOANSWER"),
        said("HangupRequest", 25, **TRUNK),
        GONE,
    )

    assert (call.outcome, call.hung_up_by) == ("missed", "customer")
    assert [offer.outcome for offer in call.offers] == ["unanswered"]


@pytest.mark.parametrize("status", ["NOANSWER", "CANCEL", "BUSY"])
def test_a_telephone_that_stops_ringing_is_withdrawn(status: str) -> None:
    found = told(ARRIVES, *dials(1, AGENT), dial_ends(8, AGENT, status))

    assert [(event.type, event.unanswered) for event in found][-1] == ("withdrawn", True)


def test_a_telephone_that_never_rang_was_not_offered() -> None:
    found = told(
        ARRIVES, said("DialBegin", 1, **TRUNK, **dest(AGENT)), dial_ends(1, AGENT, "CHANUNAVAIL")
    )

    assert [event.type for event in found] == ["arrived"]


def test_each_telephone_of_a_queue_has_its_own_clock() -> None:
    call = state(
        ARRIVES,
        said("QueueCallerJoin", 0, **TRUNK, Queue="hotline"),
        said("AgentCalled", 1, **TRUNK, **dest(AGENT), Queue="hotline"),
        *dials(1, AGENT),
        said("AgentRingNoAnswer", 16, **TRUNK, **dest(AGENT), RingTime="15000"),
        *dials(17, OTHER),
        said("AgentConnect", 20, **TRUNK, **dest(OTHER), RingTime="3"),
    )

    assert [(o.extension, o.outcome, o.agent_clock) for o in call.offers] == [
        ("1001", "unanswered", None),
        ("1002", "answered", 3.0),
    ]
    assert (call.customer_clock, call.stage) == (20.0, "talking")


def test_giving_up_in_the_queue_is_abandoned() -> None:
    call = state(
        ARRIVES,
        said("QueueCallerJoin", 0, **TRUNK, Queue="hotline"),
        said("QueueCallerAbandon", 31, **TRUNK, Queue="hotline"),
        GONE,
    )

    assert (call.outcome, call.hung_up_by, call.ended_at) == ("abandoned", "customer", at(31))


def test_a_call_that_is_sent_on_from_here_has_not_given_up_and_waits_in_its_new_queue() -> None:
    calls = AmiCalls(trunks=["trunk"])
    events = told(
        ARRIVES,
        said("QueueCallerJoin", 0, **TRUNK, Queue="hotline"),
        *dials(1, AGENT),
        calls=calls,
    )
    customer = calls.customer_of(TRUNK["Uniqueid"])
    calls.moved_here(TRUNK["Uniqueid"], is_moving=True)

    events += told(
        dial_ends(6, AGENT, "CANCEL"),
        said("QueueCallerAbandon", 6, **TRUNK, Queue="hotline"),
        said("QueueCallerJoin", 7, **TRUNK, Queue="repairs"),
        calls=calls,
    )

    call = folded(events)
    assert customer is not None
    assert customer.channel == TRUNK["Channel"]
    assert (call.stage, call.queue, call.arrived_at) == ("waiting", "repairs", at(0))


def test_an_end_that_no_party_asked_for_blames_nobody() -> None:
    call = state(
        ARRIVES, *dials(1, AGENT), dial_ends(5, AGENT, "ANSWER"),
        said("SoftHangupRequest", 60, **TRUNK, Cause="32"), GONE,
    )  # fmt: skip

    assert (call.stage, call.hung_up_by) == ("over", "")
    assert "who_hung_up" in call.unheard


def test_an_agent_who_passes_the_call_on_did_not_hang_up() -> None:
    call = state(
        ARRIVES,
        *dials(1, AGENT),
        dial_ends(5, AGENT, "ANSWER"),
        said("BlindTransfer", 30, Result="Success", **{f"Transferer{k}": v for k, v in AGENT.items()}),
        said("HangupRequest", 30, **AGENT),
        said("Hangup", 30, **AGENT),
        *dials(31, OTHER),
        dial_ends(36, OTHER, "ANSWER"),
        said("HangupRequest", 90, **TRUNK),
    )  # fmt: skip

    assert (call.transfers, call.hung_up_by, call.ended_at) == (1, "customer", at(90))
    assert [offer.agent_clock for offer in call.offers] == [4.0, 5.0]


def test_after_an_announced_transfer_the_colleague_has_the_call() -> None:
    second = channel("PJSIP/agent1001-00000009", "2.1", call="2.1")
    target = channel("PJSIP/agent1002-0000000a", "2.2", call="2.1")
    call = state(
        ARRIVES,
        *dials(1, AGENT),
        dial_ends(5, AGENT, "ANSWER"),
        said("Hold", 20, **AGENT),
        said("Newchannel", 21, **second, ChannelState="4"),
        said("DialBegin", 21, **second, **dest(target)),
        said("DialState", 21, **second, **dest(target), DialStatus="RINGING"),
        said("DialEnd", 24, **second, **dest(target), DialStatus="ANSWER"),
        said(
            "AttendedTransfer", 40, Result="Success",
            **{f"OrigTransferer{k}": v for k, v in AGENT.items()},
            **{f"SecondTransferer{k}": v for k, v in second.items()},
            **{f"TransferTarget{k}": v for k, v in target.items()},
        ),
        said("HangupRequest", 40, **AGENT),
        said("HangupRequest", 80, **target),
    )  # fmt: skip

    assert call.call == "1.1"
    assert (present(call), call.transfers) == ("1002", 1)
    assert (call.hung_up_by, call.ended_at) == ("agent", at(80))


def test_agents_talking_among_themselves_are_no_calls() -> None:
    one = channel("PJSIP/agent1001-00000009", "2.1", call="2.1")
    two = channel("PJSIP/agent1002-0000000a", "2.2", call="2.1")

    assert (
        told(
            said("Newchannel", 1, **one, ChannelState="4"),
            said("DialBegin", 1, **one, **dest(two)),
            said("DialState", 1, **one, **dest(two), DialStatus="RINGING"),
            said("DialEnd", 3, **one, **dest(two), DialStatus="ANSWER"),
            said("Hangup", 9, **one),
        )
        == []
    )


def test_a_call_made_here_is_outbound_and_its_agent_has_it() -> None:
    agent = channel("PJSIP/agent1001-00000009", "3.1", call="3.1")
    trunk = channel("PJSIP/trunk-0000000a", "3.2", call="3.1")
    call = state(
        said("Newchannel", 0, **agent, ChannelState="0"),
        said("Newstate", 0, **agent, ChannelState="5"),
        said("DialBegin", 4, **agent, **dest(trunk), DialString="13900000001@trunk"),
        said("DialState", 5, **agent, **dest(trunk), DialStatus="RINGING"),
        said("DialEnd", 11, **agent, **dest(trunk), DialStatus="ANSWER"),
        said("HangupRequest", 50, **trunk),
        said("Hangup", 50, **trunk),
    )

    assert (call.direction, call.number, call.outcome) == ("outbound", "13900000001", "answered")
    assert (present(call), call.hung_up_by) == ("1001", "customer")
    assert not call.needs_call_back


def test_a_line_lost_in_mid_call_leaves_what_was_not_heard_unknown() -> None:
    calls = AmiCalls(trunks=["trunk"])
    events = told(ARRIVES, *dials(1, AGENT), calls=calls)
    events += calls.lost(at=at(3))
    calls.back()
    events += told(
        ("CoreShowChannel", {**TRUNK, "ChannelState": "6"}),
        ("CoreShowChannel", {**AGENT, "ChannelState": "6"}),
        ("CoreShowChannelsComplete", {}),
        said("HangupRequest", 50, **TRUNK),
        calls=calls,
    )

    call = folded(events)

    assert (call.outcome, call.hung_up_by) == ("answered", "customer")
    assert (call.agent_clock, call.customer_clock) == (None, None)
    assert "answer" in call.unheard


def test_a_call_that_is_gone_when_the_line_is_back_is_closed_and_nobody_is_blamed() -> None:
    calls = AmiCalls(trunks=["trunk"])
    events = told(ARRIVES, *dials(1, AGENT), calls=calls)
    events += calls.lost(at=at(3))
    calls.back()
    events += told(("CoreShowChannelsComplete", {}), calls=calls)

    call = folded(events)

    assert (call.stage, call.outcome, call.ended_at, call.hung_up_by) == (
        "over",
        "unknown",
        None,
        "",
    )


def test_a_call_that_begins_while_channels_are_listed_is_not_closed() -> None:
    calls = AmiCalls(trunks=["trunk"])
    calls.lost(at=at(0))
    calls.back()

    found = told(ARRIVES, ("CoreShowChannelsComplete", {}), calls=calls)

    assert [event.type for event in found] == ["arrived"]


def test_calls_of_an_earlier_process_are_taken_over() -> None:
    calls = AmiCalls(trunks=["trunk"])
    events = calls.adopt({"1.1": "inbound", "7.7": "inbound"}, at=at(3))
    calls.back()
    events += told(
        ("CoreShowChannel", {**TRUNK, "ChannelState": "6"}),
        ("CoreShowChannelsComplete", {}),
        said("HangupRequest", 50, **TRUNK),
        calls=calls,
    )

    assert [(event.call, event.type) for event in events] == [
        ("1.1", "deaf"), ("7.7", "deaf"), ("1.1", "deaf"), ("7.7", "silent"), ("1.1", "hung_up"),
    ]  # fmt: skip
    assert not events[-1].unanswered


def test_nothing_is_remembered_of_calls_that_are_over() -> None:
    calls = AmiCalls(trunks=["trunk"])
    told(*trace(TRACES / "callerfirst.jsonl", began_at=BEGAN), calls=calls)

    assert (calls._calls, calls._legs) == ({}, {})
