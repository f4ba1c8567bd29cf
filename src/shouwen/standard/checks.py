"""What types cannot see in a pack: names that must exist, numbers that must make sense, rules
that collide.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from pathlib import PurePosixPath
from string import Formatter
from typing import Any

from shouwen.core.clause import Limit, Version, Words
from shouwen.core.events import EVENTS
from shouwen.core.kinds import Rule
from shouwen.core.kinds.call_measure import CallMeasureVersion
from shouwen.core.kinds.clock import Agreed, AllowedPause, ClockVersion, Trigger
from shouwen.core.kinds.frequency import FrequencyVersion
from shouwen.core.kinds.notice import NoticeVersion
from shouwen.core.kinds.phrase import PhraseVersion
from shouwen.core.kinds.record import RecordVersion
from shouwen.core.kinds.routing import RoutingVersion
from shouwen.core.kinds.script import Part, ScriptVersion
from shouwen.core.organisation import BUILT_IN_SIGNALS, Hearing, Signal
from shouwen.standard.conditions import check_conditions
from shouwen.standard.crosschecks import beside_each_other, of_organisation
from shouwen.standard.faults import Fault
from shouwen.standard.reading import suggestion
from shouwen.standard.registry import Contents, PackFile, written

Found = tuple[str, Words, Words]
SLOTS = frozenset(
    {
        "company",
        "short_name",
        "name",
        "brand",
        "hotline",
        "surname",
        "title",
        "estate",
        "building",
        "unit",
        "flat",
    }
)


@dataclass(frozen=True, slots=True)
class _Names:
    """The names that rules of this pack may use."""

    pause_reasons: frozenset[str]
    signals: frozenset[str]


def check_rules(
    *,
    files: Mapping[str, Rule],
    head: PackFile,
    hearing: Hearing,
    contents: Contents,
    unreadable: Collection[str] = (),
) -> list[Fault]:
    """Every fault of meaning in the rules, in the hearing file and in the table of contents.

    `unreadable`: names of files whose rules are at fault already; that they are missing is not
    said again.
    """
    names = _Names(
        frozenset(head.pause_reasons), frozenset(hearing.signals) | frozenset(BUILT_IN_SIGNALS)
    )
    faults = [
        Fault(file, path, problem, remedy)
        for file, rule in files.items()
        for path, problem, remedy in (*_of_rule(file, rule), *_inside(rule, "", names))
    ]
    faults += [Fault("hearing.toml", *found) for found in _inside(hearing, "", names)]
    return [
        *faults,
        *of_organisation(head),
        *beside_each_other(files=files, contents=contents, unreadable=unreadable),
    ]


# --- one rule as a whole


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


def _inside(value: Any, path: str, names: _Names) -> Iterator[Found]:
    check = _CHECKS.get(type(value))
    found = list(check(value, names)) if check is not None else []
    if isinstance(value, Version):
        found += check_conditions(value.when)
    for place, problem, remedy in found:
        yield _at(path, *place), problem, remedy
    for name, inner in _parts(value):
        yield from _inside(inner, _at(path, name), names)


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


Check = Iterator[tuple[tuple[str, ...], Words, Words]]


def _event(name: str, *place: str) -> Check:
    if name not in EVENTS:
        yield (
            place,
            Words(zh=f"没有这个事件：{name}", en=f"no such event: {name}"),
            suggestion(name, EVENTS),
        )


def _events(listed: tuple[str, ...], place: str) -> Check:
    if not listed:
        yield (
            (place,),
            Words(zh="没有列出事件", en="no event listed"),
            Words(zh="至少写一个事件", en="name at least one event"),
        )
    for i, name in enumerate(listed):
        yield from _event(name, place, str(i))


def _trigger(trigger: Trigger, _: _Names) -> Check:
    return _events(trigger.on, "on")


def _agreed(agreed: Agreed, _: _Names) -> Check:
    return _event(agreed.on, "on")


def _allowed_pause(pause: AllowedPause, names: _Names) -> Check:
    if pause.reason not in names.pause_reasons:
        yield (
            ("reason",),
            Words(zh=f"没有这个暂停原因：{pause.reason}", en=f"no such reason: {pause.reason}"),
            suggestion(pause.reason, names.pause_reasons),
        )


def _limit(limit: Limit, _: _Names) -> Check:
    if limit.value <= 0:
        yield _number("value", f"{limit.value:g}", "大于 0", "more than 0")
    elif limit.unit == "working_days" and limit.value * 2 != int(limit.value * 2):
        yield _number("value", f"{limit.value:g}", "整日或半日", "whole or half working days")


def _clock(version: ClockVersion, _: _Names) -> Check:
    if not 0 < version.warn_at < 1:
        yield _number("warn_at", f"{version.warn_at:g}", "0 与 1 之间", "between 0 and 1")
    if version.reading != type(version.reading)() and version.limit.unit != "working_days":
        yield (
            ("reading",),
            Words(zh="只用于工作日", en="only means something for working days"),
            Words(
                zh="删去，或把单位改为 working_days", en="remove it, or make the unit working_days"
            ),
        )


def _routing(version: RoutingVersion, names: _Names) -> Check:
    yield from _events(version.owner_from, "owner_from")
    yield from _events(version.owner_until, "owner_until")
    yield from _signals(version, names)


def _notice(version: NoticeVersion, _: _Names) -> Check:
    for place in ("before", "sent", *(["closing"] if version.closing else [])):
        yield from _event(getattr(version, place), place)


def _frequency(version: FrequencyVersion, _: _Names) -> Check:
    yield from _event(version.done, "done")
    for i, duty in enumerate(version.duties):
        for place, *words in check_conditions(duty.when):
            yield (("duties", str(i), *place), words[0], words[1])


def _part(part: Part, names: _Names) -> Check:
    ways = (part.any_of, part.all_of, part.spoken)
    if sum(bool(way) for way in ways) != 1:
        yield (
            (),
            Words(
                zh="须有且只有 any_of、all_of、spoken 之一",
                en="needs exactly one of any_of, all_of, spoken",
            ),
            Words(zh="只留一个", en="keep one of them"),
        )
    yield from _phrases(part)
    yield from _known_signals(part.unless, "unless", names)
    yield from _known_signals(part.only_if, "only_if", names)


def _signal(signal: Signal, names: _Names) -> Check:
    yield from _phrases(signal)
    yield from _known_signals(signal.also, "also", names)


def _phrases(part: Part | Signal) -> Check:
    wanted = {*part.any_of, *(phrase for group in part.all_of for phrase in group)}
    for phrase in sorted(wanted & set(part.none_of)):
        yield (
            ("none_of",),
            Words(zh=f"既要求又禁止：{phrase}", en=f"both wanted and forbidden: {phrase}"),
            Words(zh="只留一处", en="keep it in one place"),
        )
    for phrase in sorted(wanted | set(part.none_of)):
        for slot in _slots(phrase) - SLOTS:
            yield (
                (),
                Words(zh=f"没有这个空格：{{{slot}}}", en=f"no such slot: {{{slot}}}"),
                suggestion(slot, SLOTS),
            )


def _slots(phrase: str) -> set[str]:
    try:
        return {name for _, name, _, _ in Formatter().parse(phrase) if name is not None}
    except ValueError:
        return {phrase}


def _measure(version: CallMeasureVersion, names: _Names) -> Check:
    limits = (version.rings, version.kept_up_to, version.kept_below, version.surname)
    if sum(limit is not None for limit in limits) > 1:
        yield (
            (),
            Words(zh="限值写了两种", en="two kinds of limit"),
            Words(
                zh="rings、kept_up_to、kept_below、surname 只留一个",
                en="keep one of rings, kept_up_to, kept_below, surname",
            ),
        )
    if version.relieved_by:
        yield from _known_signals((version.relieved_by,), "relieved_by", names)
    yield from _signals(version, names)


def _script(version: ScriptVersion, names: _Names) -> Check:
    yield from _order(version.parts, "parts")
    yield from _signals(version, names)


def _record(version: RecordVersion, names: _Names) -> Check:
    yield from _order(version.spoken, "spoken")
    yield from _signals(version, names)


def _order(parts: tuple[Part, ...], place: str) -> Check:
    """Ids are there once, and `before` names one of them."""
    ids = [part.id for part in parts]
    for i, part in enumerate(parts):
        if part.id in ids[:i]:
            yield (
                (place, str(i), "id"),
                Words(zh=f"{part.id} 写了两次", en=f"{part.id} is there twice"),
                Words(zh="换一个编号", en="choose another id"),
            )
        if part.before and part.before not in ids:
            yield (
                (place, str(i), "before"),
                Words(zh=f"没有这一部分：{part.before}", en=f"no such part: {part.before}"),
                suggestion(part.before, ids),
            )


def _signals(version: Any, names: _Names) -> Check:
    yield from _known_signals(version.applies_if, "applies_if", names)
    yield from _known_signals(version.exempt, "exempt", names)
    yield from _known_signals(version.excused_by, "excused_by", names)


def _known_signals(listed: tuple[str, ...], place: str, names: _Names) -> Check:
    for i, name in enumerate(listed):
        if name not in names.signals:
            yield (
                (place, str(i)),
                Words(zh=f"没有这个信号：{name}", en=f"no such signal: {name}"),
                suggestion(name, names.signals),
            )


def _phrase(version: PhraseVersion, _: _Names) -> Check:
    for phrase in sorted({*version.says, *version.also} & set(version.never)):
        yield (
            ("never",),
            Words(zh=f"既要求又禁止：{phrase}", en=f"both wanted and forbidden: {phrase}"),
            Words(zh="只留一处", en="keep it in one place"),
        )


def _number(
    place: str, given: str, wanted_zh: str, wanted_en: str
) -> tuple[tuple[str, ...], Words, Words]:
    return (
        (place,),
        Words(zh=f"不能是 {given}", en=f"cannot be {given}"),
        Words(zh=f"应为{wanted_zh}", en=f"make it {wanted_en}"),
    )


_CHECKS: Mapping[type, Callable[[Any, _Names], Check]] = {
    Trigger: _trigger,
    Agreed: _agreed,
    AllowedPause: _allowed_pause,
    Limit: _limit,
    ClockVersion: _clock,
    RoutingVersion: _routing,
    ScriptVersion: _script,
    RecordVersion: _record,
    NoticeVersion: _notice,
    FrequencyVersion: _frequency,
    Part: _part,
    Signal: _signal,
    CallMeasureVersion: _measure,
    PhraseVersion: _phrase,
}
