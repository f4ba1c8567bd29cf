"""How far two reviewers agree, and how far more than chance would have it."""

from collections import Counter
from collections.abc import Hashable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Agreement:
    """Of `both` matters that two people judged, `same` came out alike.

    `kappa` is Cohen's: 1 for full agreement, 0 for what chance would give, below 0 for less. None
    where it says nothing: no matter, or both always gave one and the same answer.
    """

    both: int
    same: int
    kappa: float | None

    @property
    def share(self) -> float | None:
        """The part (0-1) that came out alike; None of nothing."""
        return self.same / self.both if self.both else None


def agreement(pairs: Iterable[tuple[Hashable, Hashable]]) -> Agreement:
    """What two people said of the same matters, pair by pair."""
    said = list(pairs)
    n = len(said)
    same = sum(1 for one, other in said if one == other)
    first, second = Counter(one for one, _ in said), Counter(other for _, other in said)
    # Whole numbers as long as possible: n² stands for certainty.
    by_chance = sum(first[answer] * second[answer] for answer in first)
    if n == 0 or by_chance == n * n:
        return Agreement(n, same, None)
    return Agreement(n, same, (same * n - by_chance) / (n * n - by_chance))
