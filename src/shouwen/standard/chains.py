"""Clocks that wait for other rules to be met or missed: which they name, and chains that never
begin.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from shouwen.core.clause import RuleHead, Words
from shouwen.core.kinds.clock import ClockVersion, Trigger
from shouwen.standard.faults import Fault
from shouwen.standard.reading import suggestion


def rules_named(rule: RuleHead) -> tuple[str, ...]:
    """The rules whose end this rule waits for, in any of its versions; each once."""
    return tuple(dict.fromkeys(name for _, name in _named(rule)))


def faults_of_chains(files: Mapping[str, Any], unreadable: Any = ()) -> list[Fault]:
    """A fault for each rule that is named and does not exist, and for each circle of rules."""
    rules = {rule.id: rule for rule in files.values()}
    faults = []
    for file, rule in files.items():
        for path, name in _named(rule):
            if name not in rules and name not in unreadable:
                problem = Words(zh=f"没有规则 {name}", en=f"no rule {name}")
                faults.append(Fault(file, path, problem, suggestion(name, rules)))
        circle = _circle(rule.id, rules)
        if circle and rule.id == min(circle):
            path = next(path for path, name in _named(rule) if name in circle)
            faults.append(_goes_round(file, path, circle))
    return faults


def _named(rule: RuleHead) -> Iterator[tuple[str, str]]:
    """Each place in which the rule names another one, and that one."""
    for i, version in enumerate(rule.versions):
        if isinstance(version, ClockVersion):
            for place, trigger in _triggers(version):
                if trigger is not None and trigger.rule:
                    yield f"version.{i}.{place}.rule", trigger.rule


def _triggers(version: ClockVersion) -> Iterator[tuple[str, Trigger | None]]:
    yield from (("start", version.start), ("stop", version.stop), ("cancel", version.cancel))
    yield from ((f"limits.{i}.start", claim.start) for i, claim in enumerate(version.limits))


def _circle(rule_id: str, rules: Mapping[str, RuleHead]) -> tuple[str, ...]:
    """The rules on the way from this one back to itself; empty when there is no such way."""
    ways: list[tuple[str, ...]] = [(rule_id,)]
    seen: set[str] = set()
    while ways:
        way = ways.pop()
        for name in rules_named(rules[way[-1]]) if way[-1] in rules else ():
            if name == rule_id:
                return way
            if name not in seen:
                seen.add(name)
                ways.append((*way, name))
    return ()


def _goes_round(file: str, path: str, circle: tuple[str, ...]) -> Fault:
    shown = " → ".join((*circle, circle[0]))
    return Fault(
        file,
        path,
        Words(zh=f"规则互相等待，永远不会开始：{shown}", en=f"rules wait for each other: {shown}"),
        Words(
            zh="让其中一条从 case.reported 之类的事件开始",
            en="let one of them start on an event such as case.reported",
        ),
    )
