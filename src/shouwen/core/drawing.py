"""Draws a random sample that anybody can repeat: from the same ids and seed comes the same sample.

Each id gets a number from SHA-256 over seed and id, and the lowest numbers are drawn: every id has
the same chance, whatever the order, and nobody who does not choose the seed can steer it.
"""

from collections.abc import Iterable
from fractions import Fraction
from hashlib import sha256
from math import ceil


def drawn(*, ids: Iterable[str], seed: str, n: int) -> tuple[str, ...]:
    """`n` of the ids (all, when there are fewer), in the order in which they are drawn."""
    return tuple(sorted(set(ids), key=lambda one: _lot(seed, one))[: max(n, 0)])


def size_of_sample(*, population: int, share: float, at_least: int = 0) -> int:
    """How many to draw for a share (0-1), rounded up, and no more than there are."""
    wanted = ceil(Fraction(str(share)) * population)
    return min(population, max(wanted, at_least))


def _lot(seed: str, one: str) -> bytes:
    # The length keeps ("a", "bc") and ("ab", "c") apart.
    return sha256(f"{len(seed)}:{seed}{one}".encode()).digest()
