"""Timing things one after the other, and saying what came out."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median, quantiles


@dataclass(frozen=True, slots=True)
class Timing:
    """Milliseconds: the median and the 95th percentile."""

    median: float
    p95: float


def side_by_side(contestants: Mapping[str, Sequence[Callable[[], object]]]) -> dict[str, Timing]:
    """Times the calls of each contestant in turn, one of each at a time.

    Whatever else the machine does then slows all of them alike. The first call of each does
    not count.
    """
    taken: dict[str, list[float]] = {name: [] for name in contestants}
    for each in contestants.values():
        each[0]()
    for calls in zip(*contestants.values(), strict=True):
        for name, call in zip(contestants, calls, strict=True):
            started = time.perf_counter()
            call()
            taken[name].append((time.perf_counter() - started) * 1000)
    return {name: Timing(median(each), quantiles(each, n=20)[-1]) for name, each in taken.items()}
