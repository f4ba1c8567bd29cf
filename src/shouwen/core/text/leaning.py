"""What one says leans to: a small linear model over signs, trained on written calls and shipped as
weights that can be read.

Each one, two or three signs that follow each other, and each two signs of what the other side said
just before, weigh for or against a rule. It speaks only where no words of a rule were found.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from operator import add

BEFORE = "C:"
_LAST = 14
_TOLD = 3
_ROUNDING = 1e-6
_FINENESS = 1 << 20


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
        heard = self._features.heard(text, before)
        if not heard or not self._balance.may_tip(heard):
            return None
        scale = 1 / math.sqrt(len(heard))
        totals = [0.0] * len(self.rules)
        for number in sorted(heard):
            for place, weight in self._weights[number]:
                totals[place] += weight
        scores = [total * scale + bias for total, bias in zip(totals, self.bias, strict=True)]
        best = max(range(len(scores)), key=scores.__getitem__)
        likely = 1 / (1 + math.exp(-scores[best]))
        if likely < self.at_least:
            return None
        return Leaning(self.rules[best], round(likely, 3), self._told(best, heard, scale))

    def _told(
        self, place: int, heard: Iterable[int], scale: float
    ) -> tuple[tuple[str, float], ...]:
        names = self._features.names
        weighed = [
            (names[number], round(weight * scale, 3))
            for number in heard
            for at, weight in self._weights[number]
            if at == place
        ]
        weighed.sort(key=lambda pair: (-pair[1], pair[0]))
        return tuple(weighed[:_TOLD])

    @cached_property
    def _features(self) -> "_Features":
        return _Features(self.weights)

    @cached_property
    def _weights(self) -> Sequence[Sequence[tuple[int, float]]]:
        """By the feature's number what it weighs for which rules."""
        told = (self.weights[name].split() for name in self._features.names)
        return [
            [(int(place), float(weight)) for place, weight in (p.split(":") for p in pairs)]
            for pairs in told
        ]

    @cached_property
    def _balance(self) -> "_Balance":
        return _Balance(self._weights, self.bias, self.at_least)


_Step = tuple["_State", tuple[int, ...]]


class _State(dict[str, _Step]):
    """After some signs: to which state each further sign leads, and which features end with it."""


class _Features:
    """Finds the features that a text has, each by its number in order of their names: an automaton
    that remembers up to two signs.
    """

    def __init__(self, features: Iterable[str]) -> None:
        self.names = sorted(features)
        numbers = {name: i for i, name in enumerate(self.names)}
        self._before = {
            name.removeprefix(BEFORE): i for name, i in numbers.items() if name.startswith(BEFORE)
        }
        own = {name: i for name, i in numbers.items() if not name.startswith(BEFORE)}
        beginnings = {name[:length] for name in own for length in range(1, len(name))}
        self._states = {before: _State() for before in ("", *beginnings)}
        self._root = self._states[""]
        self._join(own, beginnings)

    def _join(self, own: Mapping[str, int], beginnings: set[str]) -> None:
        follow: dict[str, set[str]] = {}
        for known in {*own, *beginnings}:
            for length in range(len(known)):
                follow.setdefault(known[:length], set()).add(known[length])
        for before, state in self._states.items():
            signs = {sign for i in range(len(before) + 1) for sign in follow.get(before[i:], ())}
            for sign in signs:
                ends = [(before + sign)[i:] for i in range(len(before) + 1)]
                next_ = next((end for end in ends if end in self._states), "")
                state[sign] = (self._states[next_], tuple(own[end] for end in ends if end in own))

    def heard(self, text: str, before: str) -> set[int]:
        """The numbers of the features of a normalised text, and of what was said before it."""
        heard: list[int] = []
        state = root = self._root
        for sign in f"^{text}$":
            step = state.get(sign)
            if step is None:
                state = root
            else:
                state, ends = step
                heard += ends
        end, known = before[-_LAST:], self._before
        return {*heard, *[known[pair] for pair in map(add, end, end[1:]) if pair in known]}


class _Balance:
    """Tells in a few additions of whole numbers whether features can weigh enough for any rule.

    The weights of a feature for all rules stand beside each other in one number, rounded up and made
    positive, each with room for the sum of all; a rule for which they reach what is needed shows in the
    highest bit of its place.
    """

    def __init__(
        self,
        weights: Sequence[Sequence[tuple[int, float]]],
        bias: Sequence[float],
        at_least: float,
    ) -> None:
        self._needed = [
            math.log(at_least / (1 - at_least)) - _ROUNDING - each if at_least < 1 else math.inf
            for each in bias
        ]
        most = max((abs(weight) for pairs in weights for _, weight in pairs), default=0.0)
        self._shift = math.ceil(most * _FINENESS) + 1
        reach = max((abs(each) for each in self._needed), default=0.0) * math.sqrt(len(weights))
        self._is_open = math.isfinite(reach)
        reach = reach if self._is_open else 0.0
        span = (2 * self._shift + 1) * len(weights) + math.ceil(reach * _FINENESS)
        self._room = span.bit_length() + 2
        self._tops = self._beside([1 << (self._room - 1)] * len(bias))
        self._numbers = [self._number(dict(pairs)) for pairs in weights]
        self._lacking: dict[int, int] = {}

    def may_tip(self, heard: set[int]) -> bool:
        """Whether these features can weigh enough for one of the rules."""
        if not self._is_open:
            return False
        lacking = self._lacking.get(len(heard))
        if lacking is None:
            lacking = self._lacking[len(heard)] = self._lacks(len(heard))
        return bool((sum(map(self._numbers.__getitem__, heard)) + lacking) & self._tops)

    def _number(self, weights: Mapping[int, float]) -> int:
        each = (weights.get(place, 0.0) for place in range(len(self._needed)))
        return self._beside([math.ceil(weight * _FINENESS) + self._shift for weight in each])

    def _lacks(self, count: int) -> int:
        """What so many features lack of the highest bit at each place when they are just enough."""
        top = 1 << (self._room - 1)
        return self._beside(
            [
                top - math.floor(needed * math.sqrt(count) * _FINENESS) - count * self._shift
                for needed in self._needed
            ]
        )

    def _beside(self, numbers: Sequence[int]) -> int:
        return sum(number << (self._room * place) for place, number in enumerate(numbers))


def features(text: str, before: str) -> list[str]:
    """The features of a normalised text, and those of what was said before it."""
    whole = f"^{text}$"
    pairs = list(map(add, whole, whole[1:]))
    end = before[-_LAST:]
    said_before = [BEFORE + pair for pair in map(add, end, end[1:])]
    return [*text, *pairs, *map(add, pairs, whole[2:]), *said_before]
