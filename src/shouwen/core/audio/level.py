"""How strong a sound is, frame by frame."""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from shouwen.core.audio.samples import Samples

HOP = 0.01
"""Seconds from one frame to the next."""
FLOOR = -100.0
"""Decibels of silence."""


def levels(samples: Samples, *, rate: int, window: float = HOP) -> NDArray[np.float64]:
    """The level of each frame in dB below full scale, shape (frames,): frame i is centred on
    (i + ½)·HOP and `window` seconds long. Shorter sounds have no frame.
    """
    hop, size = round(HOP * rate), round(window * rate)
    count = len(samples) // hop
    if not count:
        return np.zeros(0)
    before = (size - hop) // 2
    padded = np.pad(samples.astype(np.float64), (before, size))
    power = np.concatenate(([0.0], np.cumsum(padded * padded)))
    starts = np.arange(count) * hop
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
