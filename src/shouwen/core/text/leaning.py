"""What one says leans to: a small linear model over signs, trained on written calls and shipped as
weights that can be read.

Each one, two or three signs that follow each other, and each two signs of what the other side said
just before, weigh for or against a rule. It speaks only where no words of a rule were found.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from operator import add

BEFORE = "C:"
_LAST = 14
_TOLD = 3
_ROUNDING = 1e-6


@dataclass(frozen=True, slots=True)
class Leaning:
    """The rule that a text leans to, how likely, and the signs that weighed most for it."""

    rule_id: str
    likely: float
    because: tuple[tuple[str, float], ...]


@dataclass(frozen=True, kw_only=True)
class Leanings:
    """The weights. `weights`: for each feature `place:weight` pairs with a blank between, the place
    being that of the rule in `rules`. A text leans to the rule that is likeliest, from `at_least` on.
    """

    at_least: float = 1.0
    rules: tuple[str, ...] = ()
    bias: tuple[float, ...] = ()
    weights: Mapping[str, str] = field(default_factory=dict)

    def of(self, text: str, before: str) -> Leaning | None:
        """What a normalised text leans to after what was said before; None when to nothing."""
        heard = self._features.intersection(features(text, before))
        if not heard:
            return None
        scale = 1 / math.sqrt(len(heard))
        most = sum(map(self._most.__getitem__, heard)) * scale + max(self.bias)
        if most < self._needed - _ROUNDING:
            return None
        totals = [0.0] * len(self.rules)
        for feature in sorted(heard):
            for place, weight in self._weights[feature]:
                totals[place] += weight
        scores = [total * scale + bias for total, bias in zip(totals, self.bias, strict=True)]
        best = max(range(len(scores)), key=scores.__getitem__)
        likely = 1 / (1 + math.exp(-scores[best]))
        if likely < self.at_least:
            return None
        return Leaning(self.rules[best], round(likely, 3), self._told(best, heard, scale))

    def _told(
        self, place: int, heard: frozenset[str], scale: float
    ) -> tuple[tuple[str, float], ...]:
        weighed = [
            (feature, round(weight * scale, 3))
            for feature in heard
            for at, weight in self._weights[feature]
            if at == place
        ]
        weighed.sort(key=lambda pair: (-pair[1], pair[0]))
        return tuple(weighed[:_TOLD])

    @cached_property
    def _weights(self) -> Mapping[str, Sequence[tuple[int, float]]]:
        return {
            feature: [
                (int(place), float(weight))
                for place, weight in (pair.split(":") for pair in pairs.split())
            ]
            for feature, pairs in self.weights.items()
        }

    @cached_property
    def _most(self) -> Mapping[str, float]:
        """The most that each feature can weigh, for whatever rule."""
        return {feature: max(w for _, w in weights) for feature, weights in self._weights.items()}

    @cached_property
    def _needed(self) -> float:
        return math.log(self.at_least / (1 - self.at_least)) if self.at_least < 1 else math.inf

    @cached_property
    def _features(self) -> frozenset[str]:
        return frozenset(self._weights)


def features(text: str, before: str) -> list[str]:
    """The features of a normalised text, and those of what was said before it."""
    whole = f"^{text}$"
    pairs = list(map(add, whole, whole[1:]))
    end = before[-_LAST:]
    said_before = [BEFORE + pair for pair in map(add, end, end[1:])]
    return [*text, *pairs, *map(add, pairs, whole[2:]), *said_before]
