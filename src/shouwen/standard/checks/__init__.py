"""What types cannot see in a pack: names that must exist, numbers that must make sense, rules
that collide.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import fields, is_dataclass
from functools import lru_cache
from pathlib import PurePosixPath
from types import MappingProxyType
from typing import Any

from shouwen.core.clause import Version, Words
from shouwen.core.kinds import Rule
from shouwen.core.organisation import BUILT_IN_SIGNALS, Hearing
from shouwen.standard.checks import of_clocks, of_conduct, of_programmes, of_words
from shouwen.standard.checks.common import Check, Names
from shouwen.standard.conditions import check_conditions
from shouwen.standard.crosschecks import beside_each_other, of_organisation
from shouwen.standard.faults import Fault
from shouwen.standard.identity import This
from shouwen.standard.registry import Contents, PackFile, written
from shouwen.standard.salvage import Salvaged

Found = tuple[str, Words, Words]

_CHECKS: Mapping[type, Callable[[Any, Names], Check]] = {
    **of_clocks.CHECKS,
    **of_words.CHECKS,
    **of_programmes.CHECKS,
    **of_conduct.CHECKS,
}


def check_rules(
    *,
    files: Mapping[str, Rule],
    head: PackFile,
    hearing: Hearing,
    contents: Contents,
    unreadable: Collection[str] = (),
    salvage: Mapping[str, Salvaged] = MappingProxyType({}),
) -> list[Fault]:
    """Every fault of meaning in the rules, in the hearing file and in the table of contents.

    `unreadable`: names of files whose rules are at fault already; that they are missing is not
    said again. `salvage`: what is still readable of them, by the name of the file.
    """
    names = Names(
        frozenset(head.pause_reasons),
        frozenset(hearing.signals) | frozenset(BUILT_IN_SIGNALS),
        exception_reasons=frozenset(head.exception_reasons),
        calendars=frozenset(head.calendars),
        word_classes=frozenset(hearing.words),
    )
    faults = [
        Fault(file, path, problem, remedy)
        for file, rule in files.items()
        for path, problem, remedy in _of_rule_alone(file, This(rule), names)
    ]
    faults += [
        Fault(file, path, problem, remedy)
        for file, saved in salvage.items()
        for path, problem, remedy in _inside(saved.rule, "", names)
        if not saved.is_told(path)
    ]
    faults += [Fault("hearing.toml", *found) for found in _inside(hearing, "", names)]
    return [
        *faults,
        *of_organisation(head),
        *beside_each_other(files=files, hearing=hearing, contents=contents, unreadable=unreadable),
    ]


# --- one rule as a whole


@lru_cache(maxsize=2048)
def _of_rule_alone(file: str, rule: This[Rule], names: Names) -> tuple[Found, ...]:
    """Remembered: the same file in another edition is the same rule."""
    return (*_of_rule(file, rule.it), *_inside(rule.it, "", names))


def _of_rule(file: str, rule: Rule) -> Iterator[Found]:
    if PurePosixPath(file).stem != rule.id:
        yield (
            "id",
            Words(zh=f"与文件名不同：{rule.id}", en=f"differs from the file name: {rule.id}"),
            Words(zh=f"把文件改名为 {rule.id}.toml", en=f"name the file {rule.id}.toml"),
        )
    if not rule.versions:
        yield (
            "version",
            Words(zh="没有版本", en="no version"),
            Words(zh="至少写一个 [[version]]", en="write at least one [[version]]"),
        )
    for i, (before, after) in enumerate(zip(rule.versions, rule.versions[1:], strict=False), 1):
        if after.from_ <= before.from_:
            yield (
                f"version.{i}.from",
                Words(
                    zh=f"{after.from_} 不晚于上一版本的 {before.from_}",
                    en=f"{after.from_} is not after {before.from_} of the version before",
                ),
                Words(
                    zh="按生效日期从早到晚排列，日期不能相同",
                    en="order versions by their first day, no two on one day",
                ),
            )
    if rule.examples and not rule.judged:
        yield (
            "example",
            Words(
                zh="这类条款尚不判定，例子不会运行", en="not judged yet: examples would not run"
            ),
            Words(zh="暂时删去例子", en="leave examples out for now"),
        )


# --- every value inside, by its type


def _inside(value: Any, path: str, names: Names) -> Iterator[Found]:
    check = _CHECKS.get(type(value))
    found = list(check(value, names)) if check is not None else []
    if isinstance(value, Version):
        found += [*check_conditions(value.when), *_change(value)]
    for place, problem, remedy in found:
        yield _at(path, *place), problem, remedy
    for name, inner in _parts(value):
        yield from _inside(inner, _at(path, name), names)


def _change(version: Version) -> Check:
    """The day from which matters are judged anew goes with that policy, and with no other."""
    if (version.on_change == "rejudge_from") != (version.rejudge_from is not None):
        yield (
            ("rejudge_from",),
            Words(
                zh='rejudge_from 和 on_change = "rejudge_from" 要一起写',
                en='rejudge_from and on_change = "rejudge_from" go together',
            ),
            Words(
                zh="写 rejudge_from = 日期，或两样都删去",
                en="write rejudge_from = a day, or remove both",
            ),
        )


def _parts(value: Any) -> Iterator[tuple[str, Any]]:
    if is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            yield written(field.name), getattr(value, field.name)
    elif isinstance(value, Mapping):
        yield from ((str(key), item) for key, item in value.items())
    elif isinstance(value, tuple) and any(is_dataclass(item) for item in value):
        yield from ((str(i), item) for i, item in enumerate(value))


def _at(path: str, *parts: str) -> str:
    return ".".join(part for part in (path, *parts) if part)
