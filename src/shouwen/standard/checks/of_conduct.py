"""Checks of how people work and what they may do: checklists, controls, evidence, guidance."""

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from shouwen.core.acts import ACTS, APPROVERS, FIELDS
from shouwen.core.clause import Words
from shouwen.core.figures import FIGURES
from shouwen.core.kinds.access import AccessVersion
from shouwen.core.kinds.checklist import OPENING, ChecklistVersion
from shouwen.core.kinds.controls import Control
from shouwen.core.kinds.guidance import GuidanceVersion
from shouwen.core.kinds.value import ValueVersion
from shouwen.core.looking import Item
from shouwen.standard.checks.common import Check, Names, event, number
from shouwen.standard.reading import suggestion

# --- checklists


def _checklist(version: ChecklistVersion, _: Names) -> Check:
    yield from _at_least_one(version.items, "items")
    yield from _at_least_one(version.occasions, "occasions")
    yield from _once([item.id for item in version.items], "items")
    if not 0 < version.pass_score <= 1:
        given = f"{version.pass_score:g}"
        yield number("pass_score", given, "大于 0、不超过 1", "more than 0 and at most 1")
    for place in ("start", "done_before"):
        for i, name in enumerate(getattr(version, place)):
            yield from event(name, place, str(i))
    if (version.start or version.done_before) and not set(OPENING) & set(version.occasions):
        yield (
            ("occasions",),
            Words(zh="抽查和回访没有先后要求", en="spot checks and surveys wait for nothing"),
            Words(
                zh="加上 start_of_shift 或 before_visit，或删去 start、done_before",
                en="add start_of_shift or before_visit, or remove start and done_before",
            ),
        )


def _item(item: Item, _: Names) -> Check:
    if not 0 < item.points < float("inf"):
        yield number("points", f"{item.points:g}", "大于 0", "more than 0")
    if "." in item.id or "," in item.id:
        yield (
            ("id",),
            Words(zh=f"不能有点和逗号：{item.id}", en=f"no dot and no comma: {item.id}"),
            Words(zh="用小写字母和下划线", en="use small letters and underscores"),
        )


# --- controls

# Which effects read a field: elsewhere it would say something that nobody heeds.
_READ_BY: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "approvers": ("approve",),
        "together": ("approve",),
        "at_most": ("refuse",),
        "needs": ("record", "register"),
        "within": ("register",),
        "until_ended": ("register",),
        "destroyed_by_two": ("register",),
    }
)


def _access(version: AccessVersion, _: Names) -> Check:
    yield from _at_least_one(version.controls, "controls")
    yield from _once([control.id for control in version.controls], "controls")


def _control(control: Control, _: Names) -> Check:
    yield from _at_least_one(control.acts, "acts")
    yield from _known(control.acts, "acts", ACTS, Words(zh="受控行为", en="controlled act"))
    yield from _known(control.approvers, "approvers", APPROVERS, Words(zh="角色", en="role"))
    yield from _known(control.needs, "needs", FIELDS, Words(zh="登记栏目", en="field"))
    yield from _unread(control)
    yield from _incomplete(control)


def _unread(control: Control) -> Check:
    for name, effects in _READ_BY.items():
        if getattr(control, name) and control.effect not in effects:
            yield (
                (name,),
                Words(
                    zh=f"{control.effect} 不用这一项",
                    en=f"means nothing where the effect is {control.effect}",
                ),
                Words(
                    zh=f"删去，或把 effect 改为 {' / '.join(effects)}",
                    en=f"remove it, or make the effect {' or '.join(effects)}",
                ),
            )


def _incomplete(control: Control) -> Check:
    if control.effect == "approve":
        yield from _at_least_one(control.approvers, "approvers")
        if control.together and len(control.approvers) < 2:
            yield (
                ("together",),
                Words(zh="只有一个角色", en="there is only one role"),
                Words(zh="再写一个角色，或删去 together", en="add a role, or remove together"),
            )
    if control.effect in ("record", "register"):
        yield from _at_least_one(control.needs, "needs")
    if control.until_ended and "destroy_on" not in control.needs:
        yield (
            ("needs",),
            Words(zh="没有归还或销毁日期", en="no day of return or destruction"),
            Words(zh="加上 destroy_on", en="add destroy_on"),
        )
    if control.destroyed_by_two and not control.until_ended:
        yield (
            ("destroyed_by_two",),
            Words(zh="没有要求归还或销毁", en="nothing has to be destroyed"),
            Words(zh="写 until_ended = true", en="write until_ended = true"),
        )


# --- aims and advice


def _value(version: ValueVersion, _: Names) -> Check:
    ids = [evidence.id for evidence in version.evidence]
    yield from _at_least_one(version.evidence, "evidence")
    yield from _once(ids, "evidence")
    for i, name in enumerate(ids):
        if name not in FIGURES:
            yield (
                ("evidence", str(i), "id"),
                Words(zh=f"没有这个指标：{name}", en=f"no such figure: {name}"),
                suggestion(name, FIGURES),
            )


def _guidance(version: GuidanceVersion, _: Names) -> Check:
    yield from _at_least_one(version.do, "do")


# --- the usual faults


def _at_least_one(listed: Sequence[Any], place: str) -> Check:
    if not listed:
        yield (
            (place,),
            Words(zh="是空的", en="is empty"),
            Words(zh="至少写一项", en="write at least one"),
        )


def _once(ids: Sequence[str], place: str) -> Check:
    for i in _repeated(ids):
        yield (
            (place, str(i), "id"),
            Words(zh=f"{ids[i]} 写了两次", en=f"{ids[i]} is there twice"),
            Words(zh="换一个编号", en="choose another id"),
        )


def _repeated(ids: Sequence[str]) -> Iterator[int]:
    seen: Counter[str] = Counter()
    for i, name in enumerate(ids):
        seen[name] += 1
        if seen[name] > 1:
            yield i


def _known(listed: tuple[str, ...], place: str, names: Collection[str], what: Words) -> Check:
    for i, name in enumerate(listed):
        if name not in names:
            yield (
                (place, str(i)),
                Words(zh=f"没有这个{what.zh}：{name}", en=f"no such {what.en}: {name}"),
                suggestion(name, names),
            )


CHECKS: Mapping[type, Callable[[Any, Names], Check]] = {
    ChecklistVersion: _checklist,
    Item: _item,
    AccessVersion: _access,
    Control: _control,
    ValueVersion: _value,
    GuidanceVersion: _guidance,
}
