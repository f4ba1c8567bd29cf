"""How the agent speaks: breaking in, silence, terms, loudness, pitch, and a reviewer's scores."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shouwen.core.calls import AudioMeasures, CallFaults, Turn, parse_call
from shouwen.core.kinds.call_measure import CallMeasureVersion, judge_measure, judge_scored
from shouwen.core.kinds.speech import Jargon
from shouwen.core.listening import Heard
from shouwen.core.matter import Matter
from shouwen.core.organisation import Signal
from tests.core.kinds.moments import CALENDAR, at, event
from tests.core.kinds.telephone import HEARING, TITLE, WATER, heard

LISTENING = replace(
    HEARING,
    signals={
        "leave": Signal(title=TITLE, speaker="agent", any_of=("打断您",)),
        "wait": Signal(title=TITLE, speaker="agent", any_of=("稍等",)),
    },
)
DAY = date(2025, 1, 1)


def version(measure, **fields):
    return CallMeasureVersion(from_=DAY, measure=measure, **fields)


def judged(rule, turns, audio=None, holds=()):
    spoken = tuple(Turn(start, end, speaker, text) for start, end, speaker, text in turns)
    call = replace(heard("a:", holds=holds).call, turns=spoken, audio=audio or AudioMeasures())
    return judge_measure(rule, Heard(call, WATER, LISTENING))


BREAKING_IN = version("overlap_seconds", kept_up_to=0.5, relieved_by="leave")


def overlapping(by, text="这个您问别人", lasts=3.0):
    return [(5.0, 10.0, "customer", "我想问问"), (10.0 - by, 10.0 - by + lasts, "agent", text)]


@pytest.mark.parametrize(
    ("turns", "verdict"),
    [
        (overlapping(0.5), "kept"),
        (overlapping(0.6), "broken"),
        (overlapping(2, "嗯"), "kept"),
        (overlapping(2, "对不起打断您一下"), "kept"),
        (overlapping(3, lasts=1.0), "kept"),
        (overlapping(-1), "kept"),
    ],
    ids=[
        "half a second",
        "more",
        "a backchannel",
        "asked leave",
        "gave way",
        "after the customer",
    ],
)
def test_breaking_in_is_more_than_half_a_second_and_outlasts_the_customer(turns, verdict):
    assert judged(BREAKING_IN, turns).verdict == verdict


def test_the_customer_breaking_in_is_no_fault_of_the_agent():
    turns = [(5.0, 10.0, "agent", "您先关阀门"), (8.0, 12.0, "customer", "我知道")]

    assert judged(BREAKING_IN, turns).verdict == "kept"


SILENCE = version("silence_seconds", kept_up_to=20, relieved_by="wait")


@pytest.mark.parametrize(
    ("said", "gap", "verdict"),
    [("我查一下", 20, "not_applicable"), ("我查一下", 20.1, "broken"), ("请稍等", 40, "kept")],
)
def test_long_silence_must_be_announced(said, gap, verdict):
    turns = [(5.0, 8.0, "agent", said), (8.0 + gap, 11.0 + gap, "agent", "查到了")]

    assert judged(SILENCE, turns).verdict == verdict


def test_a_hold_is_no_silence():
    turns = [(5.0, 8.0, "agent", "我查一下"), (50.0, 53.0, "agent", "查到了")]

    assert judged(SILENCE, turns, holds=[(9.0, 49.0)]).verdict == "not_applicable"


TERMS = version(
    "unexplained_terms",
    kept_up_to=0,
    jargon=(Jargon(term="内丝", plain="螺纹在里头的接头"), Jargon(term="立管", plain="楼里的主管", counts=False)),
    explains=("意思是",),
)  # fmt: skip


@pytest.mark.parametrize(
    ("turns", "verdict"),
    [
        (("c:买啥", "a:买二分之一的内丝"), "broken"),
        (("c:买啥", "a:买内丝，意思是丝扣在里面"), "kept"),
        (("c:买啥", "a:买内丝，就那种螺纹在里面的"), "kept"),
        (("c:内丝在哪买", "a:内丝店里都有"), "kept"),
        (("c:买啥", "a:立管是公司的"), "kept"),
        (("c:买啥", "a:店里都有"), "not_applicable"),
    ],
    ids=["bare", "explained", "in plain words", "the customer's word", "does not count", "none"],
)
def test_a_trade_term_is_explained_in_the_same_turn(turns, verdict):
    one = heard(*turns)
    assert judge_measure(TERMS, Heard(one.call, one.organisation, LISTENING)).verdict == verdict


LOUD = version("loudness", kept_from=-30, kept_up_to=-16)
PITCH = version("pitch", kept_up_to=5)
SPOKEN = [(5.0, 8.0, "agent", "您好")]


def test_without_audio_nothing_is_evaluated_and_never_passed():
    for rule in (LOUD, PITCH):
        found = judged(rule, SPOKEN)

        assert found.verdict == "not_applicable"
        assert "not evaluated" in found.why.en


@given(loudness=st.floats(-60, 0))
def test_loudness_is_kept_exactly_within_its_band(loudness):
    found = judged(LOUD, SPOKEN, AudioMeasures(loudness_lufs=loudness))

    assert (found.verdict == "kept") == (-30 <= loudness <= -16)


@given(usual=st.floats(80, 300), times=st.floats(0.5, 2))
def test_pitch_is_judged_against_the_agents_own(usual, times):
    audio = AudioMeasures(pitch_hz=usual * times, usual_pitch_hz=usual)
    found = judged(PITCH, SPOKEN, audio)

    assert (found.verdict == "kept") == (abs(found.measured) <= 5)


def test_saying_nin_throughout_counts_and_saying_ni_does_not_break():
    polite = version("polite_you", item="wording", score_at_least=3)

    assert judge_measure(polite, heard("a:您好，您请讲")).verdict == "kept"
    assert judge_measure(polite, heard("a:你好，您请讲")).verdict == "kept"
    assert judge_measure(polite, heard("a:你等等")).verdict == "not_applicable"


def scored(*scores, item="tone"):
    events = [
        event("review.scored", f"03-02 1{i}:00", item=item, score=score)
        for i, score in enumerate(scores)
    ]
    matter = Matter(facts={}, events=events, calendar=CALENDAR, now=at("03-03 08:00"))
    return judge_scored(version("tone", item="tone", score_at_least=3), matter)


def test_the_newest_score_of_the_item_decides():
    assert scored(3).word == "met"
    assert scored(2).failed == ("tone",)
    assert scored(2, 4).word == "met"
    assert scored(5, item="wording").word == "not_applicable"


def test_audio_and_channel_are_read_from_the_record_and_faults_named():
    record: dict[str, Any] = {
        "call_id": "T1", "direction": "inbound", "kind": "other", "started_at": "2026-03-02T09:00:00+08:00",
        "staff_no": "1", "customer": None, "events": [], "turns": [],
    }  # fmt: skip

    call = parse_call(record | {"channel": "text", "audio": {"loudness_lufs": -20}})
    with pytest.raises(CallFaults) as caught:
        parse_call(record | {"channel": "fax", "audio": {"pitch_hz": "high"}})

    assert (call.channel, call.audio.loudness_lufs) == ("text", -20)
    assert [fault.path for fault in caught.value.faults] == ["channel", "audio.pitch_hz"]
