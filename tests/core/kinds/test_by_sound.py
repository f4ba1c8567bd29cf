"""Measures of a recording against the limits of the rules, where nobody knows what was said."""

from datetime import date

import pytest

from shouwen.core.audio.norm import NoNormYet, Norm
from shouwen.core.audio.sound import CallSound, Overlap, Pitch, SideMeasures, Span
from shouwen.core.kinds.by_sound import SoundHeard, judge_sound
from shouwen.core.kinds.call_measure import CallMeasureVersion

DAY = date(2025, 1, 1)
LOUDNESS = CallMeasureVersion(from_=DAY, measure="loudness", kept_from=-30, kept_up_to=-16)
PITCH = CallMeasureVersion(from_=DAY, measure="pitch", kept_up_to=5)
BREAKING_IN = CallMeasureVersion(from_=DAY, measure="overlap_seconds", kept_up_to=0.5)
SILENCE = CallMeasureVersion(from_=DAY, measure="silence_seconds", kept_up_to=20)


def heard(*, agent=None, overlaps=(), norm=None, holds=()) -> SoundHeard:
    agent = agent or SideMeasures()
    sound = CallSound(100.0, SideMeasures(spans=(Span(1.0, 10.0),)), agent, tuple(overlaps))
    return SoundHeard(sound=sound, norm=norm or Norm(200.0, 9), holds=tuple(holds))


def relieved(version: CallMeasureVersion) -> CallMeasureVersion:
    from dataclasses import replace

    return replace(version, relieved_by="something_said")


@pytest.mark.parametrize(
    ("lufs", "verdict"), [(-30.0, "kept"), (-16.0, "kept"), (-30.1, "broken"), (-15.9, "broken")]
)
def test_loudness_lies_within_the_band_of_the_pack(lufs, verdict):
    found = judge_sound(LOUDNESS, heard(agent=SideMeasures(loudness_lufs=lufs)))

    assert (found.verdict, found.measured) == (verdict, lufs)


@pytest.mark.parametrize("rule", [LOUDNESS, PITCH])
def test_an_agent_who_says_too_little_is_not_evaluated_and_never_kept(rule):
    found = judge_sound(rule, heard())

    assert found.verdict == "not_provable"
    assert "not evaluated" in found.why.en


@pytest.mark.parametrize(("hz", "verdict"), [(200, "kept"), (266, "kept"), (270, "broken"), (149, "broken")])  # fmt: skip
def test_pitch_is_held_against_the_agents_own_norm(hz, verdict):
    found = judge_sound(PITCH, heard(agent=SideMeasures(pitch=Pitch(hz, 2.0))))

    assert found.verdict == verdict


def test_without_a_norm_pitch_says_so():
    found = judge_sound(
        PITCH, heard(agent=SideMeasures(pitch=Pitch(200, 2)), norm=NoNormYet(2, 5))
    )

    assert found.verdict == "not_provable"
    assert "no norm yet, 2 calls measured of 5" in found.why.en


def breaking(by="agent", start=8.0, end=8.6, *, outlasts=True, spoken=3.0):
    return Overlap(start, end, by, outlasts, spoken)


@pytest.mark.parametrize(
    ("overlap", "verdict"),
    [
        (breaking(), "broken"),
        (breaking(end=8.5), "kept"),
        (breaking(by="customer"), "kept"),
        (breaking(outlasts=False), "kept"),
        (breaking(spoken=0.8), "kept"),
    ],
    ids=["agent over half a second", "half a second", "the customer", "gives way", "an 嗯"],
)
def test_who_breaks_in_and_goes_on_breaks_the_rule(overlap, verdict):
    assert judge_sound(BREAKING_IN, heard(overlaps=[overlap])).verdict == verdict


def test_where_leave_may_have_been_asked_nothing_is_proved():
    found = judge_sound(relieved(BREAKING_IN), heard(overlaps=[breaking()]))

    assert (found.verdict, found.measured) == ("not_provable", 0.6)
    assert "0:08" in found.why.en


def silent(start, end):
    return SideMeasures(spans=(Span(start, start + 1), Span(end, end + 1)))


@pytest.mark.parametrize(("end", "verdict"), [(31.0, "not_applicable"), (31.1, "broken")])
def test_silence_counts_from_the_limit_on(end, verdict):
    assert judge_sound(SILENCE, heard(agent=silent(10, end))).verdict == verdict


def test_a_hold_is_no_silence():
    found = judge_sound(SILENCE, heard(agent=silent(10, 60), holds=[Span(15, 58)]))

    assert found.verdict == "not_applicable"


def test_silence_before_the_first_and_after_the_last_word_is_nobodys():
    assert judge_sound(SILENCE, heard()).verdict == "not_applicable"


def test_where_the_silence_may_have_been_announced_nothing_is_proved():
    assert judge_sound(relieved(SILENCE), heard(agent=silent(10, 60))).verdict == "not_provable"


def test_what_a_recording_does_not_tell_is_left_alone():
    talk = CallMeasureVersion(from_=DAY, measure="talk_seconds", kept_up_to=180)

    assert judge_sound(talk, heard()).verdict == "not_applicable"
