"""Call records: read once, every fault named, nothing else looked at."""

from datetime import timedelta

import pytest

from shouwen.core.calls import CallFaults, parse_call

RECORD = {
    "call_id": "C1",
    "direction": "inbound",
    "kind": "repair",
    "started_at": "2026-03-10T15:22:11+08:00",
    "staff_no": "1008",
    "customer": {"phone": "14018302277", "surname": "钮", "title": "先生", "address": None},
    "events": [
        {"t": 0.0, "type": "ring"},
        {"t": 13.0, "type": "answer"},
        {"t": 54.1, "type": "hold"},
        {"t": 87.8, "type": "resume"},
        {"t": 100.0, "type": "hold"},
        {"t": 129.8, "type": "hangup", "by": "customer"},
    ],
    "turns": [{"start": 14.0, "end": 18.0, "speaker": "agent", "text": "您好"}],
}


def test_a_call_knows_its_answer_its_talk_time_its_holds_and_who_hung_up():
    call = parse_call(RECORD)

    assert call.answered_after == 13.0
    assert call.talk_seconds == 116.8
    assert call.holds == ((54.1, 87.8), (100.0, 129.8))
    assert call.hung_up_by == "customer"
    assert call.started_at.utcoffset() == timedelta(hours=8)


def test_an_unknown_caller_has_nothing_on_the_screen():
    assert parse_call({**RECORD, "customer": None}).customer is None


def test_a_lost_line_and_a_transfer_are_told_from_the_hang_up():
    lost = [{"t": 1, "type": "answer"}, {"t": 9, "type": "hangup", "cause": "line_lost"}]

    call = parse_call({**RECORD, "events": lost})

    assert call.line_lost
    assert not call.transferred
    assert call.hung_up_by == ""


def test_an_unanswered_call_has_no_talk_time():
    call = parse_call({**RECORD, "events": [{"t": 0, "type": "ring"}], "turns": []})

    assert call.answered_after is None
    assert call.talk_seconds is None


def test_labels_and_other_foreign_fields_change_nothing():
    labelled = {**RECORD, "labels": [{"clause": "5.2.3", "verdict": "broken"}], "more": 1}

    assert parse_call(labelled) == parse_call(RECORD)


def test_every_field_at_fault_is_named_at_once():
    broken = {
        "call_id": " ",
        "direction": "sideways",
        "kind": "repair",
        "started_at": "2026-03-10T15:22:11",
        "staff_no": 1008,
        "customer": "钮先生",
        "events": [{"t": -1, "type": "ring"}, "hangup"],
        "turns": [{"start": 3, "end": 2, "speaker": "robot", "text": "喂"}],
    }

    with pytest.raises(CallFaults) as caught:
        parse_call(broken)

    assert sorted(fault.path for fault in caught.value.faults) == [
        "call_id",
        "customer",
        "direction",
        "events.0.t",
        "events.1",
        "staff_no",
        "started_at",
        "turns.0.end",
        "turns.0.speaker",
    ]
    assert all(fault.remedy.zh and fault.remedy.en for fault in caught.value.faults)


@pytest.mark.parametrize("record", [None, [], "call", 3])
def test_what_is_not_an_object_is_not_a_call(record):
    with pytest.raises(CallFaults):
        parse_call(record)
