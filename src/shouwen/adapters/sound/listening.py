"""Hearing a recording: WebRTC's voice activity detector, loudness after ITU-R BS.1770 by pyloudnorm."""

import math
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from shouwen.adapters.sound.extras import needed
from shouwen.adapters.sound.files import TwoSides, as_pcm, two_sides
from shouwen.core.audio.level import HOP
from shouwen.core.audio.measuring import call_sound
from shouwen.core.audio.samples import Samples
from shouwen.core.audio.settings import Listening
from shouwen.core.audio.sound import CallSound

_BLOCK = 0.4


def listen(path: Path, *, listening: Listening) -> CallSound:
    """What is measured on a recording. Raises BadRecording, ExtraMissing."""
    for library in ("webrtcvad", "pyloudnorm"):
        needed(library)
    return heard(two_sides(path), listening=listening)


def heard(sides: TwoSides, *, listening: Listening) -> CallSound:
    """What is measured on two channels. Raises ExtraMissing."""
    rate = sides.rate
    customer, agent = (
        voiced(samples, rate=rate, strictness=listening.strictness)
        for samples in (sides.customer, sides.agent)
    )
    return call_sound(
        customer=sides.customer,
        agent=sides.agent,
        rate=rate,
        voiced=(customer, agent),
        loudness=loudness,
        listening=listening,
    )


def voiced(samples: Samples, *, rate: int, strictness: int) -> NDArray[np.bool_]:
    """Which frames of HOP seconds the detector takes for speech; the rest of a frame at the end is none."""
    detector = needed("webrtcvad").Vad(strictness)
    size = round(HOP * rate)
    pcm = as_pcm(samples)
    frames = (pcm[at : at + size].tobytes() for at in range(0, len(pcm) - size + 1, size))
    return np.fromiter((detector.is_speech(frame, rate) for frame in frames), dtype=bool)


def loudness(samples: Samples, rate: int) -> float | None:
    """Integrated loudness in LUFS; None for less than one block of 0.4 s, and for silence."""
    if len(samples) <= _BLOCK * rate:
        return None
    told = float(needed("pyloudnorm").Meter(rate).integrated_loudness(samples))
    return round(told, 1) if math.isfinite(told) else None
