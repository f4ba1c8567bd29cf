"""Timing things one after the other, and saying what came out."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median, quantiles


@dataclass(frozen=True, slots=True)
class Timing:
    """Milliseconds: the median and the 95th percentile."""

    median: float
    p95: float


def timed(calls: Sequence[Callable[[], object]], *, rounds: int = 1) -> Timing:
    """Runs every call `rounds` times, after one round that does not count."""
    for call in calls:
        call()
    taken: list[float] = []
    for _ in range(rounds):
        for call in calls:
            started = time.perf_counter()
            call()
            taken.append((time.perf_counter() - started) * 1000)
    return Timing(median(taken), quantiles(taken, n=20)[-1])
