"""From what a voice activity detector says of each frame to the spans in which somebody speaks."""

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from shouwen.core.audio.level import HOP, levels
from shouwen.core.audio.samples import Samples
from shouwen.core.audio.sound import Span

# A detector needs some frames to be sure and holds on for some: its edges are looked for in the level
# so far around them, where the sound leaves the noise and is not this much below the speech.
_EARLIER, _LATER = 0.15, 0.06
_ABOVE_NOISE, _BELOW_SPEECH = 8.0, 28.0
_OF_SPEECH, _OF_NOISE = 90, 5
_COPY_BELOW, _COPY_LIKENESS, _COPY_LAG = 10.0, 0.6, 0.06


def spans_of(voiced: Sequence[bool] | NDArray[np.bool_]) -> tuple[Span, ...]:
    """The runs of frames, HOP seconds each, that the detector takes for speech."""
    flags = np.concatenate(([False], np.asarray(voiced, dtype=bool), [False]))
    edges = np.flatnonzero(flags[1:] != flags[:-1]).reshape(-1, 2)
    return tuple(Span(round(int(a) * HOP, 3), round(int(b) * HOP, 3)) for a, b in edges)


def sharpened(spans: Iterable[Span], samples: Samples, *, rate: int) -> tuple[Span, ...]:
    """The spans with their edges where the level rises out of the noise and sinks back into it.

    A detector begins late and ends later still; what it takes for speech stays its own decision:
    a span without a sound above the noise is left out.
    """
    loud = levels(samples, rate=rate)
    found, until = [], 0
    for span in spans:
        first, last = max(until, _frame(span.start - _EARLIER)), _frame(span.end + _LATER)
        part = loud[first : min(last, len(loud))]
        heard = np.flatnonzero(part >= _bar(loud, part)) if len(part) else part
        if len(heard):
            start, end = first + int(heard[0]), first + int(heard[-1]) + 1
            found.append(Span(round(start * HOP, 3), round(end * HOP, 3)))
            until = end
    return tuple(found)


def without_copies(
    spans: Iterable[Span], own: Samples, other: Samples, *, rate: int
) -> tuple[Span, ...]:
    """Without the spans in which one channel only repeats the other one, much more softly.

    A handset lets the other side's voice through: the same wave, up to 60 ms late.
    """
    return tuple(span for span in spans if not _is_copy(span, own, other, rate))


def spoken(samples: Samples, spans: Iterable[Span], *, rate: int) -> Samples:
    """Only what lies within the spans, shape (m,)."""
    parts = [samples[round(s.start * rate) : round(s.end * rate)] for s in spans]
    return np.concatenate(parts) if parts else samples[:0]


def _frame(seconds: float) -> int:
    return max(0, round(seconds / HOP))


def _bar(loud: NDArray[np.float64], part: NDArray[np.float64]) -> float:
    noise = float(np.percentile(loud, _OF_NOISE)) + _ABOVE_NOISE
    return max(noise, float(np.percentile(part, _OF_SPEECH)) - _BELOW_SPEECH)


def _is_copy(span: Span, own: Samples, other: Samples, rate: int) -> bool:
    here = slice(round(span.start * rate), round(span.end * rate))
    mine, theirs = own[here].astype(np.float64), other[here].astype(np.float64)
    power, louder = float(np.sum(mine**2)), float(np.sum(theirs**2))
    if not power or louder < power * 10 ** (_COPY_BELOW / 10):
        return False
    size = 1 << (len(mine) + len(theirs)).bit_length()
    across = np.fft.irfft(np.fft.rfft(mine, size) * np.conj(np.fft.rfft(theirs, size)), size)
    lag = round(_COPY_LAG * rate)
    best = float(np.max(np.abs(np.concatenate((across[: lag + 1], across[-5:])))))
    return bool(best / (power * louder) ** 0.5 >= _COPY_LIKENESS)
