"""The measures of one recording: what a detector heard on each channel, put together."""

from collections.abc import Callable, Sequence
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from shouwen.core.audio.pitch import pitch_of
from shouwen.core.audio.rate import speaking_rate
from shouwen.core.audio.samples import Samples
from shouwen.core.audio.settings import Listening
from shouwen.core.audio.sound import CallSound, SideMeasures, Span
from shouwen.core.audio.spans import joined, longer_than
from shouwen.core.audio.speech import sharpened, spans_of, spoken, without_copies
from shouwen.core.audio.together import dead_air, overlaps

Voiced: TypeAlias = Sequence[bool] | NDArray[np.bool_]
Loudness: TypeAlias = Callable[[Samples, int], float | None]
"""The loudness of samples at a rate in LUFS; None where they are too few."""


def call_sound(
    *,
    customer: Samples,
    agent: Samples,
    rate: int,
    voiced: tuple[Voiced, Voiced],
    loudness: Loudness,
    listening: Listening,
) -> CallSound:
    """Everything measured on the two channels of a call, which are equally long.

    `voiced`: what the detector says of each frame of HOP seconds, the customer's first.
    """
    first, second = (
        _spans(flags, samples, rate, listening)
        for flags, samples in zip(voiced, (customer, agent), strict=True)
    )
    theirs = without_copies(first, customer, agent, rate=rate)
    ours = without_copies(second, agent, customer, rate=rate)
    seconds = round(len(customer) / rate, 3)
    return CallSound(
        seconds=seconds,
        customer=_side(customer, theirs, rate, loudness),
        agent=_side(agent, ours, rate, loudness),
        overlaps=overlaps(theirs, ours, at_least=listening.overlap_from),
        dead_air=dead_air((*theirs, *ours), seconds=seconds, at_least=listening.dead_air_from),
    )


def _spans(voiced: Voiced, samples: Samples, rate: int, listening: Listening) -> tuple[Span, ...]:
    heard = sharpened(spans_of(voiced), samples, rate=rate)
    whole = joined(heard, pause=listening.pause)
    return longer_than(whole, seconds=listening.shortest)


def _side(
    samples: Samples, spans: tuple[Span, ...], rate: int, loudness: Loudness
) -> SideMeasures:
    return SideMeasures(
        spans=spans,
        spoken=round(sum(span.seconds for span in spans), 3),
        loudness_lufs=loudness(spoken(samples, spans, rate=rate), rate),
        rate=speaking_rate(samples, spans, rate=rate),
        pitch=pitch_of(samples, spans, rate=rate),
    )
