"""What a recording comes to: who spoke when, how loudly, how fast, how high."""

from dataclasses import dataclass
from typing import Literal

Side = Literal["customer", "agent"]
SIDES: tuple[Side, Side] = ("customer", "agent")
"""In the order of the channels: the customer left, the agent right."""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """From `start` to before `end`, in seconds."""

    start: float
    end: float

    @property
    def seconds(self) -> float:
        """How long it is."""
        return round(self.end - self.start, 3)


@dataclass(frozen=True, slots=True, order=True)
class Overlap:
    """Both speak from `start` to before `end`; `by` is who began while the other spoke.

    `outlasts`: whether that side went on when the other had finished. `spoken`: seconds that it
    spoke in one go; a short one is an 嗯.
    """

    start: float
    end: float
    by: Side
    outlasts: bool
    spoken: float

    @property
    def seconds(self) -> float:
        """How long both spoke."""
        return round(self.end - self.start, 3)


@dataclass(frozen=True, slots=True)
class Pitch:
    """The voice: `median_hz`, and half of it within `spread` semitones (interquartile range)."""

    median_hz: float
    spread: float


@dataclass(frozen=True, slots=True)
class SideMeasures:
    """One channel. None where it says too little to be measured.

    `spoken` in seconds; `loudness_lufs` of what was spoken (ITU-R BS.1770); `rate` in syllables a
    second of speech.
    """

    spans: tuple[Span, ...] = ()
    spoken: float = 0.0
    loudness_lufs: float | None = None
    rate: float | None = None
    pitch: Pitch | None = None


@dataclass(frozen=True, slots=True)
class CallSound:
    """A recording with a channel for each side. `seconds` is its length.

    `dead_air`: where neither speaks for at least as long as was asked for, in order.
    """

    seconds: float
    customer: SideMeasures
    agent: SideMeasures
    overlaps: tuple[Overlap, ...] = ()
    dead_air: tuple[Span, ...] = ()

    @property
    def longest_dead_air(self) -> float:
        """Seconds of the longest silence on both sides; 0 without one."""
        return max((span.seconds for span in self.dead_air), default=0.0)
