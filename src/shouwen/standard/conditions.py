"""Checks the conditions of a rule against the closed list of facts."""

from collections.abc import Iterator, Mapping
from typing import Any

from shouwen.core.clause import Band, Words
from shouwen.core.facts import FACTS
from shouwen.standard.reading import suggestion

Check = Iterator[tuple[tuple[str, ...], Words, Words]]


def check_conditions(when: Mapping[str, Any]) -> Check:
    """Every condition that names no fact, no value of it, or tests it in the wrong way."""
    for name, condition in when.items():
        fact = FACTS.get(name)
        if fact is None:
            yield (
                ("when", name),
                Words(zh=f"没有这个事实：{name}", en=f"no such fact: {name}"),
                suggestion(name, FACTS),
            )
        elif isinstance(condition, Band) != fact.is_number:
            yield (
                ("when", name),
                Words(zh="条件的写法与事实不符", en="the condition does not suit the fact"),
                Words(
                    zh="数字写 { at_least = …, below = … }", en="write { at_least = …, below = … }"
                )
                if fact.is_number
                else Words(
                    zh=f"写列表：{list(fact.values)}", en=f"list some of {list(fact.values)}"
                ),
            )
        elif not isinstance(condition, Band):
            yield from _values(name, condition, fact.values)


def can_meet(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether one case can meet both sets of conditions."""
    return all(_overlap(one[name], other[name]) for name in one.keys() & other.keys())


def _overlap(one: Any, other: Any) -> bool:
    if isinstance(one, Band) and isinstance(other, Band):
        low = max(one.at_least or float("-inf"), other.at_least or float("-inf"))
        high = min(
            float("inf") if one.below is None else one.below,
            float("inf") if other.below is None else other.below,
        )
        return low < high
    return bool(set(one) & set(other))


def _values(name: str, listed: tuple[str, ...], allowed: tuple[str, ...]) -> Check:
    for value in listed:
        if value not in allowed:
            yield (
                ("when", name),
                Words(zh=f"没有这个取值：{value}", en=f"no such value: {value}"),
                suggestion(value, allowed),
            )
