"""Recordings made with known spans: what is heard on them, by the libraries themselves."""

import wave

import numpy as np
import pytest

from shouwen.adapters.sound.extras import ExtraMissing
from shouwen.adapters.sound.files import two_sides
from shouwen.adapters.sound.listening import listen, loudness, voiced
from shouwen.adapters.telephony.recordings import BadRecording
from shouwen.core.audio.settings import Listening
from tests.speaking import side, write_wav

CUSTOMER = [(1.0, 4.0), (6.0, 9.004), (14.0, 16.5), (40.0, 41.0)]
AGENT = [(4.5, 5.5), (8.207, 10.4), (15.013, 15.5), (30.0, 33.0), (39.2, 40.396)]
BOTH = [
    (8.207, 9.004, "agent", True),
    (15.013, 15.5, "agent", False),
    (40.0, 40.396, "customer", True),
]
SILENT = [(10.4, 14.0), (16.5, 30.0), (33.0, 39.2), (41.0, 45.0)]
NEAR = 0.03


def recorded(path, *, rate=8000, noise=-70.0):
    customer = side(CUSTOMER, length=45, rate=rate, noise=noise, pitch=205, seed=1)
    agent = side(AGENT, length=45, rate=rate, noise=noise, pitch=124, level=-26, seed=2)
    return write_wav(path / "call.wav", customer, agent, rate=rate)


@pytest.mark.parametrize("rate", [8000, 11025, 16000, 44100, 48000])
@pytest.mark.parametrize("noise", [-90.0, -65.0, -48.0])
def test_overlaps_lie_where_they_are_and_their_direction_is_right(tmp_path, rate, noise):
    heard = listen(recorded(tmp_path, rate=rate, noise=noise), listening=Listening())

    assert [(each.by, each.outlasts) for each in heard.overlaps] == [each[2:] for each in BOTH]
    for told, (start, end, _by, _outlasts) in zip(heard.overlaps, BOTH, strict=True):
        assert told.start == pytest.approx(start, abs=NEAR)
        assert told.end == pytest.approx(end, abs=NEAR)


@pytest.mark.parametrize("noise", [-90.0, -48.0])
def test_dead_air_is_what_neither_side_fills(tmp_path, noise):
    heard = listen(recorded(tmp_path, noise=noise), listening=Listening())

    assert np.array([(s.start, s.end) for s in heard.dead_air]) == pytest.approx(
        np.array(SILENT), abs=NEAR
    )
    assert heard.longest_dead_air == pytest.approx(13.5, abs=2 * NEAR)


def test_each_side_has_its_own_loudness_rate_and_pitch(tmp_path):
    heard = listen(recorded(tmp_path), listening=Listening())

    assert heard.customer.loudness_lufs is not None
    assert heard.agent.loudness_lufs is not None
    assert heard.customer.loudness_lufs - heard.agent.loudness_lufs == pytest.approx(6, abs=0.5)
    assert heard.customer.rate == pytest.approx(5, abs=0.25)
    assert heard.agent.pitch is not None
    assert heard.agent.pitch.median_hz == pytest.approx(124, rel=0.01)
    assert heard.agent.spoken == pytest.approx(7.9, abs=0.1)


def test_a_channel_on_which_nobody_speaks_is_not_measured(tmp_path):
    quiet = write_wav(
        tmp_path / "quiet.wav", side([(1, 4)], length=6), side([], length=6, noise=-70, seed=9)
    )

    heard = listen(quiet, listening=Listening())

    assert heard.agent.spans == ()
    assert (heard.agent.loudness_lufs, heard.agent.rate, heard.agent.pitch) == (None, None, None)


def test_noise_bursts_are_no_voice():
    burst = np.random.default_rng(4).normal(0, 0.001, 8000).astype(np.float32)

    assert not voiced(burst, rate=8000, strictness=3)[20:].any()


def test_loudness_of_a_sine_is_that_of_the_recommendation():
    tone = np.sin(2 * np.pi * 997 * np.arange(48000 * 2) / 48000).astype(np.float32)

    assert loudness(tone * 10 ** (-20 / 20), 48000) == pytest.approx(-23.0, abs=0.15)
    assert loudness(tone[:100], 48000) is None


@pytest.mark.parametrize("width", [1, 2, 3, 4])
def test_samples_of_any_width_come_out_the_same(tmp_path, width):
    path = tmp_path / "wide.wav"
    levels = [-0.5, 0.0, 0.25]
    with wave.open(str(path), "wb") as file:
        file.setnchannels(2)
        file.setsampwidth(width)
        file.setframerate(8000)
        for value in levels:
            whole = round(value * 2 ** (8 * width - 1)) + (128 if width == 1 else 0)
            one = whole.to_bytes(width, "little", signed=width > 1)
            file.writeframes(one + one)

    assert two_sides(path).agent.tolist() == levels


def test_one_channel_is_refused_in_both_languages(tmp_path):
    mono = write_wav(tmp_path / "mono.wav", side([(0, 1)], length=2))

    with pytest.raises(BadRecording, match=r"只有一个声道.*one channel"):
        listen(mono, listening=Listening())


def test_without_the_extra_it_says_not_evaluated(tmp_path, monkeypatch):
    import sys

    path = recorded(tmp_path)
    monkeypatch.setitem(sys.modules, "webrtcvad", None)

    with pytest.raises(ExtraMissing, match=r"未评估.*\[audio\].*not evaluated") as told:
        listen(path, listening=Listening())
    assert told.value.extra == "audio"
