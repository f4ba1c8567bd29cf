"""Recordings as they are heard: whole, in parts, one side alone."""

import io
import wave
from pathlib import Path

import pytest

from shouwen.adapters.telephony.tracks import HEADER, NoSound, track
from shouwen.core.byte_range import OutOfRange, byte_range
from tests.apps.hotline.sounds import LEFT, RATE, RIGHT, wav


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return wav(tmp_path / "a.wav")


@pytest.mark.parametrize(("side", "sample"), [("left", LEFT), ("right", RIGHT)])
def test_one_side_is_a_wav_of_that_channel_alone(file: Path, side, sample: bytes) -> None:
    sound = track(file, side=side)

    whole = sound.read(0, sound.size)

    with wave.open(io.BytesIO(whole)) as heard:
        assert (heard.getnchannels(), heard.getframerate()) == (1, RATE)
        assert heard.readframes(4) == sample * 4


@pytest.mark.parametrize("side", ["both", "left", "right"])
@pytest.mark.parametrize("step", [7, 1000, 4096])
def test_parts_of_any_size_give_the_whole(file: Path, side, step: int) -> None:
    sound = track(file, side=side)

    parts = [
        sound.read(at, min(at + step, sound.size)) for at in range(0, min(sound.size, 9000), step)
    ]

    assert b"".join(parts) == sound.read(0, sound.size)[: len(b"".join(parts))]


def test_a_file_of_one_channel_is_heard_as_it_is(tmp_path: Path) -> None:
    sound = track(wav(tmp_path / "mono.wav", channels=1), side="right")

    assert sound.heard_channels == 1
    assert sound.read(HEADER, HEADER + 2) == LEFT


def test_a_file_that_is_not_there_or_no_wav_says_so(tmp_path: Path) -> None:
    (tmp_path / "text.wav").write_text("no sound")

    for name in ("text.wav", "missing.wav"):
        with pytest.raises(NoSound):
            track(tmp_path / name)


@pytest.mark.parametrize(
    ("header", "part"),
    [
        ("bytes=0-", (0, 100)),
        ("bytes=10-19", (10, 20)),
        ("bytes=90-500", (90, 100)),
        ("bytes=-5", (95, 100)),
        ("bytes=-500", (0, 100)),
        ("", None),
        ("bytes=0-1,5-6", None),
        ("lines=1-2", None),
        ("bytes=-", None),
    ],
)
def test_a_range_names_bytes_or_the_whole(header: str, part) -> None:
    assert byte_range(header, size=100) == part


@pytest.mark.parametrize("header", ["bytes=100-", "bytes=9-3", "bytes=-0"])
def test_bytes_that_do_not_exist_are_refused(header: str) -> None:
    with pytest.raises(OutOfRange):
        byte_range(header, size=100)
