"""How strong a sound is, frame by frame."""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from shouwen.core.audio.samples import Samples

HOP = 0.01
"""Seconds from one frame to the next."""
FLOOR = -100.0
"""Decibels of silence."""
_AT_ONCE = 6000


def levels(samples: Samples, *, rate: int, window: float = HOP) -> NDArray[np.float64]:
    """The level of each frame in dB below full scale, shape (frames,): frame i is centred on
    (i + ½)·HOP and `window` seconds long. Shorter sounds have no frame.
    """
    hop, size = round(HOP * rate), round(window * rate)
    count = len(samples) // hop
    before = (size - hop) // 2
    padded = np.pad(samples[: count * hop], (before, size - before))
    parts = [
        _levels(padded[first * hop : min(count, first + _AT_ONCE) * hop + size - hop], hop, size)
        for first in range(0, count, _AT_ONCE)
    ]
    return np.concatenate(parts) if parts else np.zeros(0)


def _levels(padded: Samples, hop: int, size: int) -> NDArray[np.float64]:
    """Of the frames that fit, one every `hop` samples."""
    power = np.concatenate(([0.0], np.cumsum(padded.astype(np.float64) ** 2)))
    starts = np.arange(0, len(padded) - size + 1, hop)
    mean = np.maximum(power[starts + size] - power[starts], 0) / size
    loud: NDArray[np.float64] = np.maximum(10 * np.log10(mean + 1e-12), FLOOR)
    return loud


def smoothed(values: NDArray[np.float64], *, frames: int) -> NDArray[np.float64]:
    """Each value as the mean of so many around it (an odd number)."""
    if len(values) < frames:
        return values
    half = frames // 2
    padded = np.pad(values, half, mode="edge")
    means: NDArray[np.float64] = sliding_window_view(padded, frames).mean(axis=1)
    return means
