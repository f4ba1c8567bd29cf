"""Level, spans, rate and pitch of voices that were made with known ones."""

import numpy as np
import pytest

from shouwen.core.audio.level import FLOOR, levels
from shouwen.core.audio.norm import NoNormYet, Norm, norm_of, semitones
from shouwen.core.audio.pitch import pitch_of
from shouwen.core.audio.rate import characters_a_second, speaking_rate, syllables
from shouwen.core.audio.sound import Span
from shouwen.core.audio.spans import joined, longer_than
from shouwen.core.audio.speech import sharpened, spans_of, without_copies
from tests.speaking import side

WHOLE = (Span(1.0, 7.0),)


def voice(*, rate: int = 8000, **more) -> np.ndarray:
    return side([(1.0, 7.0)], length=8, rate=rate, **more).astype(np.float32)


def test_level_is_told_in_decibels_below_full_scale():
    loud = levels(np.full(800, 0.1, np.float32), rate=8000)

    assert loud.round(3).tolist() == [-20.0] * 10
    assert levels(np.zeros(80, np.float32), rate=8000).tolist() == [FLOOR]
    assert len(levels(np.zeros(10, np.float32), rate=8000)) == 0


def test_runs_of_frames_become_spans():
    assert spans_of([False, True, True, False, True]) == (Span(0.01, 0.03), Span(0.04, 0.05))
    assert spans_of([]) == ()


def test_short_breaks_are_bridged_and_clicks_left_out():
    whole = joined([Span(0, 1), Span(1.2, 2), Span(2.6, 2.65)], pause=0.3)

    assert whole == (Span(0, 2), Span(2.6, 2.65))
    assert longer_than(whole, seconds=0.1) == (Span(0, 2),)


def test_edges_go_where_the_voice_is():
    assert sharpened([Span(1.05, 7.12)], voice(), rate=8000) == WHOLE


def test_what_does_not_rise_above_the_noise_is_no_speech():
    assert sharpened([Span(0.0, 0.11), Span(1.05, 7.12)], voice(noise=-45), rate=8000) == WHOLE


def test_the_other_side_heard_through_the_handset_is_no_speech():
    own = side([(1.0, 3.0)], length=10, pitch=120, seed=3)
    other = side([(5.0, 8.0)], length=10, pitch=210, seed=4)
    late = np.pad(other, (160, 0))[: len(other)]
    mixed = (own + 0.05 * late).astype(np.float32)

    left = without_copies(
        [Span(1.0, 3.0), Span(5.0, 8.0)], mixed, other.astype(np.float32), rate=8000
    )

    assert left == (Span(1.0, 3.0),)


def test_two_voices_at_once_are_no_copies_of_one_another():
    one, other = voice(pitch=120), voice(pitch=210, level=-8)

    assert without_copies(WHOLE, one, other, rate=8000) == WHOLE


@pytest.mark.parametrize("rate", [8000, 16000, 48000])
def test_syllables_are_counted(rate):
    sound = voice(rate=rate)

    assert syllables(sound, WHOLE, rate=rate) == 30
    assert speaking_rate(sound, WHOLE, rate=rate) == 5.0


def test_too_little_speech_has_no_rate():
    assert speaking_rate(voice(), (Span(1.0, 3.9),), rate=8000) is None
    assert characters_a_second(["您好"], spoken=2.9) is None


def test_characters_are_han_characters_only():
    assert characters_a_second(["您好，安泰燃气公司。", "OK 12 嗯"], spoken=3.0) == 3.0


@pytest.mark.parametrize("rate", [8000, 16000])
@pytest.mark.parametrize("pitch", [90.0, 118.0, 145.0, 187.0, 220.0, 260.0, 320.0])
def test_pitch_is_that_of_the_voice(rate, pitch):
    told = pitch_of(voice(rate=rate, pitch=pitch), WHOLE, rate=rate)

    assert told is not None
    assert told.median_hz == pytest.approx(pitch, rel=0.01)
    assert told.spread < 0.3


def test_a_voice_that_moves_has_a_spread():
    half = [side([(0, 3.0)], length=3, pitch=hz, seed=i) for i, hz in enumerate((120.0, 150.0))]
    both = np.concatenate(half).astype(np.float32)

    told = pitch_of(both, (Span(0, 6.0),), rate=8000)

    assert told is not None
    assert told.spread == pytest.approx(semitones(150, above=120), abs=0.2)


def test_noise_has_no_pitch():
    hiss = np.random.default_rng(1).normal(0, 0.1, 32000).astype(np.float32)

    assert pitch_of(hiss, (Span(0, 4.0),), rate=8000) is None
    assert pitch_of(np.zeros(32000, np.float32), (Span(0, 4.0),), rate=8000) is None


def test_a_norm_needs_enough_calls():
    assert norm_of([200, 210], at_least=3) == NoNormYet(calls=2, wanted=3)
    assert norm_of([200, 260, 204], at_least=3) == Norm(hz=204, calls=3)


def test_semitones_say_how_far_above():
    assert semitones(400, above=200) == 12
    assert semitones(200, above=212) == -1.0
