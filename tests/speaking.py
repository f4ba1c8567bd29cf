"""Speech that is made, not recorded: vowels of known pitch at known moments, which a detector takes for a voice."""

import wave
from collections.abc import Sequence
from pathlib import Path

import numpy as np

RATE = 8000
SYLLABLE = 0.2
_FORMANTS = (((730, 90), (1090, 110), (2440, 170)), ((390, 70), (1990, 130), (2550, 170)))
_EDGE = 0.008
_DIP_DB = 12


def vowel(*, seconds: float, pitch: float, formants, rate: int) -> np.ndarray:
    """Harmonics of a pitch under the resonances of a mouth."""
    t = np.arange(round(seconds * rate)) / rate
    sound = np.zeros(len(t))
    for number in range(1, int(rate / 2 / pitch)):
        f = number * pitch
        gain = (
            sum(1 / (1 + ((f - centre) / width) ** 2) for centre, width in formants) / number**0.5
        )
        sound += gain * np.sin(2 * np.pi * f * t + number)
    return sound


def speech(
    *, seconds: float, pitch: float = 150.0, level: float = -20.0, rate: int = RATE
) -> np.ndarray:
    """Syllables of 0.2 s, loud from the first to the last moment, at so many dB below full scale."""
    count = max(1, round(seconds / SYLLABLE))
    edges = np.linspace(0, round(seconds * rate), count + 1).round().astype(int)
    parts = []
    for place in range(count):
        size = edges[place + 1] - edges[place]
        part = vowel(seconds=size / rate, pitch=pitch, formants=_FORMANTS[place % 2], rate=rate)[
            :size
        ]
        part = np.pad(part, (0, size - len(part)))
        hill = np.sin(np.linspace(0, np.pi, size)) ** 0.5
        parts.append(part / (np.abs(part).max() or 1) * 10 ** (-_DIP_DB / 20 * (1 - hill)))
    sound = np.concatenate(parts)
    ramp = np.minimum(
        1, np.minimum(np.arange(len(sound)), np.arange(len(sound))[::-1]) / (_EDGE * rate)
    )
    sound *= ramp
    strength = float(np.sqrt(np.mean(sound**2)))
    return np.asarray(sound * (10 ** (level / 20) / strength))


def side(
    spans: Sequence[tuple[float, float]],
    *,
    length: float,
    rate: int = RATE,
    noise: float = -70.0,
    seed: int = 7,
    **voice,
) -> np.ndarray:
    """One channel: a voice in the spans, the hiss of a line elsewhere."""
    channel = np.random.default_rng(seed).normal(0, 10 ** (noise / 20), round(length * rate))
    for start, end in spans:
        first = round(start * rate)
        part = speech(seconds=end - start, rate=rate, **voice)
        channel[first : first + len(part)] += part
    return channel


def write_wav(path: Path, *channels: np.ndarray, rate: int = RATE) -> Path:
    """A 16 bit wav file, the customer's channel first."""
    frames = np.stack(channels, axis=1)
    with wave.open(str(path), "wb") as file:
        file.setnchannels(len(channels))
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes((np.clip(frames, -1, 1) * 32767).round().astype("<i2").tobytes())
    return path
