"""The two sides of a wav file as samples."""

import wave
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from shouwen.adapters.sound.extras import needed
from shouwen.adapters.telephony.recordings import BadRecording, sound_in
from shouwen.core.audio.samples import Samples

LONGEST_SECONDS = 3600
_RATES = (8000, 16000)
_WANTED = 16000


@dataclass(frozen=True, slots=True)
class TwoSides:
    """Both channels, equally long, at a rate (Hz) that every library here takes."""

    customer: Samples
    agent: Samples
    rate: int

    @property
    def seconds(self) -> float:
        """How long it is."""
        return round(len(self.customer) / self.rate, 3)


def two_sides(path: Path) -> TwoSides:
    """The customer (left) and the agent (right) of a recording.

    Raises BadRecording for a file that cannot be listened to: no PCM, one channel, too long;
    ExtraMissing.
    """
    sound = sound_in(path)
    if sound.channels != 2:
        raise BadRecording(
            "只有一个声道，分不出谁在说；录音要双声道（左客户、右坐席）"
            " / one channel does not tell who speaks: record two (left the customer, right the agent)"
        )
    if sound.seconds > LONGEST_SECONDS:
        hours = LONGEST_SECONDS // 3600
        raise BadRecording(
            f"长于 {hours} 小时，分段后再听 / longer than {hours} h: split it first"
        )
    with wave.open(str(path), "rb") as file:
        width, rate = file.getsampwidth(), file.getframerate()
        raw = _WIDTHS[width](file.readframes(file.getnframes())).reshape(-1, 2)
    usual = rate if rate in _RATES else _WANTED
    left, right = (resampled(_scaled(raw[:, side], width), rate, to=usual) for side in (0, 1))
    return TwoSides(left, right, usual)


def resampled(samples: Samples, rate: int, *, to: int) -> Samples:
    """The same sound at another rate. Raises ExtraMissing where the rates differ."""
    if rate == to:
        return np.ascontiguousarray(samples)
    changed = needed("scipy.signal").resample_poly(samples, to, rate)
    return np.asarray(changed, dtype=np.float32)


def as_pcm(samples: Samples) -> NDArray[np.int16]:
    """Samples as 16 bit whole numbers."""
    return np.clip(np.round(samples * 32767), -32768, 32767).astype(np.int16)


def _scaled(raw: NDArray[Any], width: int) -> Samples:
    """Whole numbers as parts of full scale; those of one byte count from 128."""
    middle = 128 if width == 1 else 0
    return (raw.astype(np.float32) - np.float32(middle)) / np.float32(2 ** (8 * width - 1))


def _of_24_bits(frames: bytes) -> NDArray[Any]:
    parts = np.frombuffer(frames, dtype=np.uint8).reshape(-1, 3).astype(np.int32)
    return (parts[:, 0] << 8 | parts[:, 1] << 16 | parts[:, 2] << 24) >> 8


_WIDTHS: Mapping[int, Callable[[bytes], NDArray[Any]]] = {
    1: lambda frames: np.frombuffer(frames, np.uint8),
    2: lambda frames: np.frombuffer(frames, "<i2"),
    3: _of_24_bits,
    4: lambda frames: np.frombuffer(frames, "<i4"),
}
