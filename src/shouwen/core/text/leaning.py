"""What one says leans to: a small linear model over signs and meanings, trained on written calls and
shipped as weights that can be read.

Each one, two or three signs that follow each other, each meaning that a word of the text has, each two
meanings beside each other, and each meaning of what the other side said just before, weigh for or
against a rule.
"""

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import combinations

from shouwen.core.text.memory import Memory

BEFORE = "C:"
_LAST = 20
_TOLD = 3
_ROUNDING = 1e-6
_FINENESS = 1 << 12


@dataclass(frozen=True, slots=True)
class Leaning:
    """The rule that a text leans to, how likely, and the signs that weighed most for it."""

    rule_id: str
    likely: float
    because: tuple[tuple[str, float], ...]


@dataclass(frozen=True, kw_only=True)
class Leanings:
    """The weights. `weights`: for each feature `place:weight` pairs with a blank between, the place
    being that of the rule in `rules`, or one beyond for no rule at all. Of the rules and none each has its
    share; a text leans to the rule that is likeliest, from `at_least` on.
    `backing`: what words of a rule that were found weigh beside the features; None: they are always
    believed. `meanings`: words by what they have to do with.
    """

    at_least: float = 1.0
    rules: tuple[str, ...] = ()
    bias: tuple[float, ...] = ()
    weights: Mapping[str, str] = field(default_factory=dict)
    backing: float | None = None
    meanings: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def of(self, text: str, before: str) -> Leaning | None:
        """What a normalised text leans to after what was said before; None when to nothing."""
        asked = (text, before[-_LAST:])
        known = self._memory.of(asked)
        if known is None:
            known = self._memory.keep(asked, (self._weighed(text, before),))
        return known[0]

    def _weighed(self, text: str, before: str) -> Leaning | None:
        heard = self._features.heard(text, before)
        if not heard or not self._balance.may_tip(heard):
            return None
        shares = self._shares(heard)
        best = max(range(len(shares)), key=shares.__getitem__)
        likely = shares[best]
        if likely < self.at_least:
            return None
        scale = 1 / math.sqrt(len(heard))
        return Leaning(self.rules[best], round(likely, 3), self._told(best, heard, scale))

    def doubts(self, rule_id: str, text: str, before: str) -> bool:
        """Whether a text in which words of the rule were found speaks so much against it that they
        must mean something else.
        """
        if self.backing is None or rule_id not in self.rules:
            return False
        share = self._shares(self._features.heard(text, before))[self.rules.index(rule_id)]
        odds = share / max(1 - share, _ROUNDING)
        return odds * math.exp(self.backing) < self.at_least / (1 - self.at_least)

    def _shares(self, heard: Collection[int]) -> Sequence[float]:
        """How likely each rule is by these features."""
        scale = 1 / math.sqrt(max(1, len(heard)))
        totals = [0.0] * (len(self.rules) + 1)
        for number in sorted(heard):
            for place, weight in self._weights[number]:
                totals[place] += weight
        scores = [
            total * scale + bias for total, bias in zip(totals, (*self.bias, 0), strict=True)
        ]
        most = max(scores)
        parts = [math.exp(score - most) for score in scores]
        whole = sum(parts)
        return [part / whole for part in parts[:-1]]

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
    def _memory(self) -> Memory[tuple[str, str], tuple[Leaning | None]]:
        return Memory()

    @cached_property
    def _features(self) -> "_Features":
        return _Features(self.weights, self.meanings)

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
        return _Balance(self._against_none, self.bias, self.at_least)

    @cached_property
    def _against_none(self) -> Sequence[Sequence[tuple[int, float]]]:
        """By the feature's number what it weighs for each rule more than for none."""
        places = range(len(self.rules))
        whole = map(dict, self._weights)
        return [
            [(i, known.get(i, 0.0) - known.get(len(places), 0.0)) for i in places]
            for known in whole
        ]


_Step = tuple["_State", tuple[int, ...]]


class _State(dict[str, _Step]):
    """After some signs: to which state each further sign leads, and what ends with it."""


class _Automaton:
    """Finds which of many words a text has, each by its numbers, in one walk. A state knows where signs
    lead that go on with what it remembers; every other sign begins anew.
    """

    def __init__(self, words: Mapping[str, tuple[int, ...]]) -> None:
        beginnings = {word[:length] for word in words for length in range(1, len(word))}
        states = {before: _State() for before in ("", *beginnings)}
        self.root = states[""]
        follow: dict[str, set[str]] = {}
        for known in {*words, *beginnings}:
            follow.setdefault(known[:-1], set()).add(known[-1])
        for before, state in states.items():
            ends_of = [before[i:] for i in range(max(1, len(before)))]
            for sign in {sign for end in ends_of for sign in follow.get(end, ())}:
                ends = [(before + sign)[i:] for i in range(len(before) + 1)]
                next_ = next((end for end in ends if end in states), "")
                state[sign] = (
                    states[next_],
                    tuple(number for end in ends for number in words.get(end, ())),
                )

    def numbers(self, text: str) -> list[int]:
        """The numbers of every word, each place."""
        heard: list[int] = []
        state = root = self.root
        for sign in text:
            step = state.get(sign) or root.get(sign)
            if step is None:
                state = root
            else:
                state, ends = step
                heard += ends
        return heard


class _Features:
    """Finds the features that a text has, each by its number in order of their names. A meaning of
    the text has a number below zero.
    """

    def __init__(self, features: Iterable[str], meanings: Mapping[str, tuple[str, ...]]) -> None:
        self.names = sorted(features)
        numbers = {name: i for i, name in enumerate(self.names)}
        kinds = sorted(meanings)
        own: dict[str, tuple[int, ...]] = {
            name: (i,) for name, i in numbers.items() if not name.startswith((BEFORE, "<"))
        }
        before: dict[str, tuple[int, ...]] = {}
        for place, kind in enumerate(kinds):
            earlier = numbers.get(f"{BEFORE}<{kind}>")
            for word in meanings[kind]:
                own[word] = (*own.get(word, ()), place - len(kinds))
                if earlier is not None:
                    before[word] = (*before.get(word, ()), earlier)
        self._own, self._before = _Automaton(own), _Automaton(before)
        self._alone = {
            place - len(kinds): numbers[f"<{kind}>"]
            for place, kind in enumerate(kinds)
            if f"<{kind}>" in numbers
        }
        pairs = combinations(range(len(kinds)), 2)
        named = {(i - len(kinds), j - len(kinds)): f"<{kinds[i]}&{kinds[j]}>" for i, j in pairs}
        self._beside = {pair: numbers[name] for pair, name in named.items() if name in numbers}

    def heard(self, text: str, before: str) -> set[int]:
        """The numbers of the features of a normalised text, and of what was said before it."""
        found = {*self._own.numbers(f"^{text}$")}
        meant = sorted([number for number in found if number < 0])
        found.difference_update(meant)
        found.update([self._alone[kind] for kind in meant if kind in self._alone])
        beside = self._beside
        found.update([beside[pair] for pair in combinations(meant, 2) if pair in beside])
        found.update(self._before.numbers(before[-_LAST:]))
        return found


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


def features(text: str, before: str, meanings: Mapping[str, tuple[str, ...]]) -> set[str]:
    """The features of a normalised text, and those of what was said before it."""
    whole = f"^{text}$"
    signs = {
        whole[i : i + length] for length in (1, 2, 3) for i in range(len(whole) - length + 1)
    } - {"^", "$"}
    kinds = sorted(kind for kind, words in meanings.items() if any(w in text for w in words))
    end = before[-_LAST:]
    earlier = {
        f"{BEFORE}<{kind}>" for kind, words in meanings.items() if any(w in end for w in words)
    }
    alone = {f"<{kind}>" for kind in kinds}
    return signs | alone | {f"<{one}&{other}>" for one, other in combinations(kinds, 2)} | earlier
