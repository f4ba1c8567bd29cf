"""Draws calls for review: the riskiest first, the rest so that every agent, kind and hour has its share.

The same candidates, seed and plan give the same calls, whatever the order they come in.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from hashlib import sha256
from math import ceil

from shouwen.core.drawing import drawn, size_of_sample


@dataclass(frozen=True, slots=True)
class Candidate:
    """A call that may be drawn: who took it, its kind, the part of the day, the signs of risk on it."""

    id: str
    agent: str
    kind: str = ""
    band: str = ""
    signs: frozenset[str] = frozenset()

    @property
    def stratum(self) -> tuple[str, str, str]:
        """What a sample is spread over."""
        return (self.agent, self.kind, self.band)


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawPlan:
    """How many calls are drawn and how.

    `share` (0-1) of the population, no fewer than `at_least` and no more than `at_most` (0: no
    limit). `risk_share` (0-1) of them are led by risk: the highest sum of `weights` of their signs.
    Of each agent at least `each_agent` are drawn, as far as the size allows.
    """

    share: float
    at_least: int = 0
    at_most: int = 0
    risk_share: float = 0.0
    each_agent: int = 0
    weights: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Drawn:
    """A call that was drawn, and whether for its risk or as part of the sample."""

    candidate: Candidate
    by_risk: bool


def draw_calls(*, candidates: Iterable[Candidate], seed: str, plan: DrawPlan) -> tuple[Drawn, ...]:
    """The calls to review, those led by risk first."""
    pool = {one.id: one for one in candidates}
    order = drawn(ids=pool, seed=seed, n=len(pool))
    n = size_of_draw(population=len(pool), plan=plan)
    risky = _riskiest([pool[one] for one in order], plan, ceil(Fraction(str(plan.risk_share)) * n))
    taken = {one.id for one in risky}
    rest = [pool[one] for one in order if one not in taken]
    sample = _spread(rest, n - len(risky), seed=seed, plan=plan, before=risky)
    return (
        *(Drawn(one, by_risk=True) for one in risky),
        *(Drawn(one, by_risk=False) for one in sample),
    )


def size_of_draw(*, population: int, plan: DrawPlan) -> int:
    """How many calls are drawn of so many."""
    n = size_of_sample(population=population, share=plan.share, at_least=plan.at_least)
    return min(n, plan.at_most) if plan.at_most else n


def weight_of(candidate: Candidate, weights: Mapping[str, int]) -> int:
    """How much speaks for looking at a call."""
    return sum(weights.get(sign, 0) for sign in candidate.signs)


def _riskiest(order: Sequence[Candidate], plan: DrawPlan, n: int) -> list[Candidate]:
    """Calls with a sign of risk, by weight; those of one weight as the lots fell."""
    weighed = [one for one in order if weight_of(one, plan.weights) > 0]
    return sorted(weighed, key=lambda one: -weight_of(one, plan.weights))[:n]


def _spread(
    order: Sequence[Candidate],
    n: int,
    *,
    seed: str,
    plan: DrawPlan,
    before: Iterable[Candidate],
) -> list[Candidate]:
    """`n` calls in proportion to the strata, after each agent has the least number of calls."""
    ranked = _in_proportion(order, seed)
    had: dict[str, int] = defaultdict(int)
    for one in before:
        had[one.agent] += 1
    first: list[Candidate] = []
    for one in ranked:
        if had[one.agent] < plan.each_agent:
            had[one.agent] += 1
            first.append(one)
    chosen = {one.id for one in first}
    return [*first, *(one for one in ranked if one.id not in chosen)][:n]


def _in_proportion(order: Sequence[Candidate], seed: str) -> list[Candidate]:
    """All calls so that every beginning of the list holds each stratum in proportion, up to one call."""
    strata: dict[tuple[str, str, str], list[Candidate]] = defaultdict(list)
    for one in order:
        strata[one.stratum].append(one)
    places: list[tuple[Fraction, str, Candidate]] = []
    for stratum, members in strata.items():
        start = _between_0_and_1(f"{seed}:{len(stratum[0])}:{':'.join(stratum)}")
        places += [
            ((place + start) / len(members), one.id, one) for place, one in enumerate(members)
        ]
    return [one for _place, _id, one in sorted(places, key=lambda each: each[:2])]


def _between_0_and_1(text: str) -> Fraction:
    return Fraction(int.from_bytes(sha256(text.encode()).digest()[:8]), 2**64)
