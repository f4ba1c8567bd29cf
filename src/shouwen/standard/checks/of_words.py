"""Checks of what is heard or read: scripts, records, phrases, measures of calls, signals."""

from collections.abc import Callable, Mapping
from typing import Any

from shouwen.core.clause import Words
from shouwen.core.kinds.call_measure import CallMeasureVersion
from shouwen.core.kinds.phrase import PhraseVersion
from shouwen.core.kinds.record import RecordVersion
from shouwen.core.kinds.script import Part, ScriptVersion
from shouwen.core.organisation import Signal
from shouwen.standard.checks.common import SLOTS, Check, Names, known_signals, signals, slots
from shouwen.standard.reading import suggestion


def _part(part: Part, names: Names) -> Check:
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
    yield from known_signals(part.unless, "unless", names)
    yield from known_signals(part.only_if, "only_if", names)


def _signal(signal: Signal, names: Names) -> Check:
    yield from _phrases(signal)
    yield from known_signals(signal.also, "also", names)


def _phrases(part: Part | Signal) -> Check:
    wanted = {*part.any_of, *(phrase for group in part.all_of for phrase in group)}
    for phrase in sorted(wanted & set(part.none_of)):
        yield (
            ("none_of",),
            Words(zh=f"既要求又禁止：{phrase}", en=f"both wanted and forbidden: {phrase}"),
            Words(zh="只留一处", en="keep it in one place"),
        )
    for phrase in sorted(wanted | set(part.none_of)):
        for slot in slots(phrase) - SLOTS:
            yield (
                (),
                Words(zh=f"没有这个空格：{{{slot}}}", en=f"no such slot: {{{slot}}}"),
                suggestion(slot, SLOTS),
            )


def _measure(version: CallMeasureVersion, names: Names) -> Check:
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
        yield from known_signals((version.relieved_by,), "relieved_by", names)
    yield from signals(version, names)


def _script(version: ScriptVersion, names: Names) -> Check:
    yield from _order(version.parts, "parts")
    yield from signals(version, names)


def _record(version: RecordVersion, names: Names) -> Check:
    yield from _order(version.spoken, "spoken")
    yield from signals(version, names)


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


def _phrase(version: PhraseVersion, _: Names) -> Check:
    for phrase in sorted({*version.says, *version.also} & set(version.never)):
        yield (
            ("never",),
            Words(zh=f"既要求又禁止：{phrase}", en=f"both wanted and forbidden: {phrase}"),
            Words(zh="只留一处", en="keep it in one place"),
        )


CHECKS: Mapping[type, Callable[[Any, Names], Check]] = {
    ScriptVersion: _script,
    RecordVersion: _record,
    Part: _part,
    Signal: _signal,
    CallMeasureVersion: _measure,
    PhraseVersion: _phrase,
}
