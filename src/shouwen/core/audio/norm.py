"""How an agent usually sounds, by earlier calls."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True, slots=True)
class Norm:
    """How an agent usually sounds: the median of so many earlier calls."""

    hz: float
    calls: int


@dataclass(frozen=True, slots=True)
class NoNormYet:
    """Too few calls have been measured to know how an agent usually sounds."""

    calls: int
    wanted: int


def norm_of(medians: Sequence[float], *, at_least: int) -> Norm | NoNormYet:
    """The usual pitch of an agent by the medians in Hz of earlier calls, at least so many."""
    if len(medians) < max(1, at_least):
        return NoNormYet(len(medians), at_least)
    return Norm(round(median(medians), 1), len(medians))


def semitones(hz: float, *, above: float) -> float:
    """How far a pitch lies above another one, in semitones; less than 0 below it."""
    return round(12 * math.log2(hz / above), 1)
