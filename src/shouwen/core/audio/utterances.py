"""What a recogniser is given: the spans of speech, none longer than it can take."""

from collections.abc import Iterable, Iterator

import numpy as np

from shouwen.core.audio.level import HOP, levels
from shouwen.core.audio.samples import Samples
from shouwen.core.audio.sound import Span


def utterances(
    samples: Samples, spans: Iterable[Span], *, rate: int, longest: float
) -> tuple[Span, ...]:
    """The spans; one longer than `longest` seconds is cut where it is quietest in the last third."""
    loud = levels(samples, rate=rate)
    return tuple(part for span in spans for part in _cut(span, loud, longest))


def _cut(span: Span, loud: np.ndarray, longest: float) -> Iterator[Span]:
    start = span.start
    while span.end - start > longest:
        first, last = round((start + longest * 2 / 3) / HOP), round((start + longest) / HOP)
        at = round((first + int(np.argmin(loud[first:last]))) * HOP, 3)
        yield Span(start, at)
        start = at
    yield Span(start, span.end)
