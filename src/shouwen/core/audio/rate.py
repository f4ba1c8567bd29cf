"""How fast somebody speaks: the peaks of the level are the syllables.

After N. H. de Jong and T. Wempe, "Praat script to detect syllable nuclei and measure speech rate
automatically", Behavior Research Methods 41 (2009), without the check of voicing.
"""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from shouwen.core.audio.level import HOP, levels, smoothed
from shouwen.core.audio.samples import Samples
from shouwen.core.audio.sound import Span

_WINDOW, _SMOOTH = 0.03, 3
_DIP = 2.0
_BELOW = 25.0
LEAST_SECONDS = 3.0
"""Less speech gives no rate."""


def syllables(samples: Samples, spans: Iterable[Span], *, rate: int) -> int:
    """How many peaks of the level lie in the spans, each 2 dB above the dips around it and none
    25 dB below the loudest of its span.
    """
    loud = smoothed(levels(samples, rate=rate, window=_WINDOW), frames=_SMOOTH)
    parts = (loud[round(s.start / HOP) : round(s.end / HOP)] for s in spans)
    return sum(_peaks(part) for part in parts if len(part))


def speaking_rate(samples: Samples, spans: Iterable[Span], *, rate: int) -> float | None:
    """Syllables a second of speech; None where less than LEAST_SECONDS was spoken."""
    whole = tuple(spans)
    seconds = sum(span.seconds for span in whole)
    if seconds < LEAST_SECONDS:
        return None
    return round(syllables(samples, whole, rate=rate) / seconds, 2)


def characters_a_second(texts: Iterable[str], *, spoken: float) -> float | None:
    """Han characters of what was said for each second of speech; None where too little was said."""
    if spoken < LEAST_SECONDS:
        return None
    count = sum("一" <= sign <= "鿿" for text in texts for sign in text)
    return round(count / spoken, 2)


def _peaks(part: NDArray[np.float64]) -> int:
    """Hills of the level: each has to be climbed and left by _DIP decibels."""
    bar = float(part.max()) - _BELOW
    count, low, high, climbing = 0, -np.inf, -np.inf, True
    for level in part:
        if climbing:
            high = max(high, level)
            if high - level >= _DIP:
                count += high >= bar
                climbing, low = False, level
        else:
            low = min(low, level)
            if level - low >= _DIP:
                climbing, high = True, level
    return int(count + bool(climbing and high >= bar))
