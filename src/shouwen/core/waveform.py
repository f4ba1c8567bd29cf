"""The outline of a sound: how loud it was in each of some equal parts, and the path that draws it."""

import itertools
from collections.abc import Sequence

COLUMNS = 240
"""Parts of a recording: as many as a screen shows apart."""


def peaks(samples: Sequence[int], *, full: int, columns: int = COLUMNS) -> tuple[int, ...]:
    """The greatest distance from silence in each part, 0 to 100 of `full`; fewer where there are fewer samples."""
    n = min(columns, len(samples))
    edges = [place * len(samples) // n for place in range(n + 1)] if n else []
    parts = (samples[begin:end] for begin, end in itertools.pairwise(edges))
    return tuple(min(100, max(max(part), -min(part)) * 100 // full) for part in parts)


def outline(levels: Sequence[int], *, width: float, middle: float, height: float) -> str:
    """An SVG path of one upright line for each part that is not silent, spread over `width`."""
    if not levels:
        return ""
    step = width / len(levels)
    lines = []
    for place, level in enumerate(levels):
        half = round(level * height / 200, 1)
        if half > 0:
            lines.append(f"M{round((place + 0.5) * step, 1):g} {middle - half:g}v{2 * half:g}")
    return "".join(lines)
