"""How high a voice is: the median over its voiced frames, and how much it moves.

The autocorrelation method of P. Boersma, "Accurate short-term analysis of the fundamental frequency",
Proceedings of the Institute of Phonetic Sciences 17 (1993): that of the frame over that of its window.
"""

import math
from collections.abc import Iterable

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from shouwen.core.audio.norm import semitones
from shouwen.core.audio.samples import Samples
from shouwen.core.audio.sound import Pitch, Span
from shouwen.core.audio.speech import spoken

LOWEST, HIGHEST = 75.0, 500.0
"""Hz: the voices of grown-up people."""
_WINDOW, _HOP = 0.04, 0.01
_VOICED = 0.5
_OCTAVE_COST = 0.03
_AT_ONCE = 2000
_LEAST_FRAMES = 50


def pitch_of(samples: Samples, spans: Iterable[Span], *, rate: int) -> Pitch | None:
    """The pitch of what was spoken; None with less than half a second of voice."""
    heard = _voiced(spoken(samples, spans, rate=rate), rate)
    if len(heard) < _LEAST_FRAMES:
        return None
    low, middle, high = (float(each) for each in np.percentile(heard, (25, 50, 75)))
    return Pitch(round(middle, 1), semitones(high, above=low))


def _voiced(samples: Samples, rate: int) -> NDArray[np.float64]:
    """The pitch of each voiced frame in Hz."""
    size, hop = round(_WINDOW * rate), round(_HOP * rate)
    if len(samples) < size:
        return np.zeros(0)
    frames = sliding_window_view(samples, size)[::hop]
    parts = [_of_frames(frames[i : i + _AT_ONCE], rate) for i in range(0, len(frames), _AT_ONCE)]
    return np.concatenate(parts)


def _of_frames(frames: NDArray[np.float32], rate: int) -> NDArray[np.float64]:
    size = frames.shape[1]
    window = np.hanning(size)
    shortest, longest = math.ceil(rate / HIGHEST), math.floor(rate / LOWEST)
    centred = (frames - frames.mean(axis=1, keepdims=True)) * window
    whole = _autocorrelation(centred, longest + 2) / _autocorrelation(window, longest + 2)
    left, middle, right = whole[:, :-2], whole[:, 1:-1], whole[:, 2:]
    shift, height = _summits(left, middle, right)
    lags = np.arange(1, longest + 1) + shift
    is_peak = (middle >= left) & (middle >= right)
    is_peak[:, : shortest - 1] = False
    # Of peaks as good as one another the shortest lag, or a voice would be heard an octave too low.
    worth = np.where(is_peak, height - _OCTAVE_COST * np.log2(np.maximum(lags, 1)), -np.inf)
    rows, best = np.arange(len(frames)), np.argmax(worth, axis=1)
    voiced = is_peak.any(axis=1) & (height[rows, best] >= _VOICED)
    pitches: NDArray[np.float64] = (rate / lags[rows, best])[voiced]
    return pitches


def _summits(
    left: NDArray[np.float64], middle: NDArray[np.float64], right: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The top of the parabola through each value and its neighbours: how far off, and how high."""
    bend = left - 2 * middle + right
    shift = np.divide((left - right) / 2, bend, out=np.zeros_like(bend), where=bend < -1e-12)
    shift = np.clip(shift, -1, 1)
    return shift, middle - (left - right) * shift / 4


def _autocorrelation(frames: NDArray[np.float64], lags: int) -> NDArray[np.float64]:
    """Of each row, for so many lags, 1 at lag 0 (0 throughout for silence)."""
    size = 1 << (2 * frames.shape[-1] - 1).bit_length()
    power = np.abs(np.fft.rfft(frames, size)) ** 2
    raw = np.fft.irfft(power, size)[..., :lags]
    first = raw[..., :1]
    scaled: NDArray[np.float64] = np.divide(raw, first, out=np.zeros_like(raw), where=first > 1e-9)
    return scaled
