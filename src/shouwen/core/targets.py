"""How well a rule must be kept over many matters: a share, an average or a count in a period."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from shouwen.core.timing.steps import Step

Measure = Literal["share", "average", "count"]
Counted = Literal["met", "missed", "excepted", "not_provable", "drawn", "all"]
Period = Literal["day", "week", "month", "quarter", "year"]
COUNTS = ("met", "missed", "excepted", "not_provable", "drawn", "all", "sum", "number")
"""The names under which figures are handed in. `all`: left out, it is met and missed together;
`sum` and `number` of scores are for an average.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """What a figure of the rule must come to, for each `by` and each `per`.

    share    `of` among `among` (0-1), by default the met among the decided: met and missed
    average  the mean of the scores
    count    how many `of`

    `good_from`: plainly good; what lies between it and the limit is kept, but close. `least`:
    with fewer matters than that nothing is said.
    """

    measure: Measure = "share"
    at_least: float | None = None
    at_most: float | None = None
    good_from: float | None = None
    of: Counted = "met"
    among: Counted = "all"
    per: Period = "month"
    by: Literal["company", "department", "person"] = "company"
    least: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetResult:
    """What the figures come to.

    `word`: met, missed, or too_few. `value` is None where there are too few.
    """

    word: Literal["met", "missed", "too_few"]
    value: float | None
    close: bool = False
    steps: tuple[Step, ...] = ()


def judge_target(target: Target, counts: Mapping[str, float]) -> TargetResult:
    """Whether the figures of one period reach the target; exact, pure.

    `counts` are named as in COUNTS; what is left out is nought. Excepted matters count only where
    the target names them.
    """
    n = _size(target, counts)
    size = Step("target_size", {"n": _shown(Fraction(n))})
    wanted = _wanted(target)
    if n < max(target.least, 1) and target.measure != "count":
        few = Step("target_too_few", {"n": _shown(Fraction(n)), "least": max(target.least, 1)})
        return TargetResult(word="too_few", value=None, steps=(*wanted, few))
    value = _value(target, counts)
    shown = Step(f"target_{target.measure}", {"found": _as_said(target, value)})
    reached = _reaches(target, value)
    close = reached and target.good_from is not None and not _is_good(target, value)
    steps = (*wanted, size, shown, Step("target_close", {})) if close else (*wanted, size, shown)
    word: Literal["met", "missed"] = "met" if reached else "missed"
    return TargetResult(word=word, value=float(value), close=close, steps=steps)


def _number(counts: Mapping[str, float], name: str) -> Fraction:
    if name == "all" and "all" not in counts:
        return _number(counts, "met") + _number(counts, "missed")
    return _exact(counts.get(name, 0))


def _exact(number: float) -> Fraction:
    """0.95 as people write it, not as a binary number near it."""
    return Fraction(str(number))


def _size(target: Target, counts: Mapping[str, float]) -> float:
    name = {"average": "number", "share": target.among, "count": target.of}[target.measure]
    return float(_number(counts, name))


def _value(target: Target, counts: Mapping[str, float]) -> Fraction:
    if target.measure == "share":
        return _number(counts, target.of) / _number(counts, target.among)
    if target.measure == "average":
        return _number(counts, "sum") / _number(counts, "number")
    return _number(counts, target.of)


def _reaches(target: Target, value: Fraction) -> bool:
    low, high = target.at_least, target.at_most
    return (low is None or value >= _exact(low)) and (high is None or value <= _exact(high))


def _is_good(target: Target, value: Fraction) -> bool:
    good = _exact(target.good_from or 0)
    return value >= good if target.at_least is not None else value <= good


def _wanted(target: Target) -> list[Step]:
    said = {"at_least": target.at_least, "at_most": target.at_most}
    return [
        Step(f"target_{name}", {"wanted": _as_said(target, _exact(bound)), "per": target.per})
        for name, bound in said.items()
        if bound is not None
    ]


def _as_said(target: Target, value: Fraction) -> str:
    return f"{_shown(value * 100)}%" if target.measure == "share" else _shown(value)


def _shown(value: Fraction) -> str:
    return f"{float(value):.2f}".rstrip("0").rstrip(".")
