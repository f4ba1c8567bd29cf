"""Checks of what is heard or done: scripts, records, phrases, protocols, measures, signals."""

from collections.abc import Callable, Mapping
from typing import Any

from shouwen.core.clause import Words
from shouwen.core.kinds.call_measure import CallMeasureVersion
from shouwen.core.kinds.phrase import PhraseVersion
from shouwen.core.kinds.protocol import ProtocolStep, ProtocolVersion
from shouwen.core.kinds.record import RecordVersion
from shouwen.core.kinds.script import Part, ScriptVersion
from shouwen.core.organisation import Signal
from shouwen.core.text.phrases import normalised
from shouwen.standard.checks.common import (
    SLOTS,
    Check,
    Names,
    event,
    known_signals,
    number,
    signals,
    slots,
    word_classes,
)
from shouwen.standard.conditions import check_conditions
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
    yield from _phrases(part, names)
    yield from known_signals(part.unless, "unless", names)
    yield from known_signals(part.only_if, "only_if", names)


def _signal(signal: Signal, names: Names) -> Check:
    yield from _phrases(signal, names)
    yield from known_signals(signal.also, "also", names)


def _phrases(part: Part | Signal, names: Names) -> Check:
    wanted = {*part.any_of, *(phrase for group in part.all_of for phrase in group)}
    for phrase in sorted(wanted & set(part.none_of)):
        yield (
            ("none_of",),
            Words(zh=f"既要求又禁止：{phrase}", en=f"both wanted and forbidden: {phrase}"),
            Words(zh="只留一处", en="keep it in one place"),
        )
    yield from word_classes((*wanted, *part.none_of), names)
    for phrase in sorted(wanted | set(part.none_of)):
        for slot in slots(phrase) - SLOTS:
            yield (
                (),
                Words(zh=f"没有这个空格：{{{slot}}}", en=f"no such slot: {{{slot}}}"),
                suggestion(slot, SLOTS),
            )


def _measure(version: CallMeasureVersion, names: Names) -> Check:
    up_to = version.kept_up_to if version.kept_from is None else None
    limits = (version.rings, up_to, version.kept_below, version.kept_from, version.surname)
    if sum(limit is not None for limit in limits) > 1:
        yield (
            (),
            Words(zh="限值写了两种", en="two kinds of limit"),
            Words(
                zh="rings、kept_up_to、kept_below、surname 只留一个",
                en="keep one of rings, kept_up_to, kept_below, surname",
            ),
        )
    low, high = version.kept_from, version.kept_up_to
    if low is not None and high is not None and low > high:
        yield number("kept_from", f"{low:g}", f"不大于 {high:g}", f"{high:g} or less")
    limit = version.kept_up_to or version.kept_below
    if version.good_up_to is not None and limit is not None and version.good_up_to > limit:
        given, top = f"{version.good_up_to:g}", f"{limit:g}"
        yield number("good_up_to", given, f"不超过 {top}", f"no more than {top}")
    if version.relieved_by:
        yield from known_signals((version.relieved_by,), "relieved_by", names)
    if bool(version.item) != (version.score_at_least is not None):
        yield (
            ("item",),
            Words(zh="评分项和最低分要一起写", en="an item and its least score go together"),
            Words(zh="补上 item 或 score_at_least", en="add item or score_at_least"),
        )
    yield from _jargon(version)
    yield from signals(version, names)


def _jargon(version: CallMeasureVersion) -> Check:
    if version.measure == "unexplained_terms" and not version.jargon:
        yield (
            ("jargon",),
            Words(zh="没有列出术语", en="no term is listed"),
            Words(
                zh="写 jargon = [{ term = …, plain = … }]",
                en="write jargon = [{ term = …, plain = … }]",
            ),
        )
    terms = [one.term for one in version.jargon]
    for i, one in enumerate(version.jargon):
        if one.term in terms[:i]:
            yield (
                ("jargon", str(i)),
                Words(zh=f"{one.term} 写了两次", en=f"{one.term} is there twice"),
                Words(zh="只留一个", en="keep one of them"),
            )
        if not normalised(one.term) or not normalised(one.plain) or one.term == one.plain:
            yield (
                ("jargon", str(i), "plain"),
                Words(zh=f"{one.term} 没有白话", en=f"{one.term} has no plain wording"),
                Words(zh="写客户听得懂的说法", en="write what a customer understands"),
            )


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


def _phrase(version: PhraseVersion, names: Names) -> Check:
    for phrase in sorted({*version.says, *version.also} & set(version.never)):
        yield (
            ("never",),
            Words(zh=f"既要求又禁止：{phrase}", en=f"both wanted and forbidden: {phrase}"),
            Words(zh="只留一处", en="keep it in one place"),
        )
    if not (version.says or version.also or version.all_of or version.never):
        yield (
            ("says",),
            Words(zh="没有写任何用语", en="no wording at all"),
            Words(zh="在 says 里至少写一句", en="write at least one line in says"),
        )
    for field in ("says", "also", "never", "grave", "not_in"):
        yield from _sayable(getattr(version, field), field)
        yield from word_classes(getattr(version, field), names, field)
    for i, cue in enumerate(version.cues):
        yield from word_classes(cue.any_of, names, "cues", str(i))
    if version.mode == "forbidden":
        yield from _of_forbidden(version)
    for field in ("wanted_if", "made_good_by"):
        yield from known_signals(getattr(version, field), field, names)
    for i, name in enumerate(version.wanted_on):
        yield from event(name, "wanted_on", str(i))
    yield from signals(version, names)


def _sayable(phrases: tuple[str, ...], field: str) -> Check:
    for i, phrase in enumerate(phrases):
        if not normalised(phrase):
            yield (
                (field, str(i)),
                Words(zh=f"没有可听的字：{phrase}", en=f"nothing to hear in it: {phrase}"),
                Words(zh="写出要听的字，或删去", en="write the words to hear, or remove it"),
            )
        for slot in slots(phrase) - SLOTS:
            yield (
                (field, str(i)),
                Words(zh=f"没有这个空格：{{{slot}}}", en=f"no such slot: {{{slot}}}"),
                suggestion(slot, SLOTS),
            )


def _of_forbidden(version: PhraseVersion) -> Check:
    if not version.instead:
        yield (
            ("instead",),
            Words(zh="没有给出可以换用的话", en="no softer wording is offered"),
            Words(zh="在 instead 里至少写一句", en="write at least one line in instead"),
        )
    for field in ("wanted_if", "wanted_on"):
        if getattr(version, field):
            yield (
                (field,),
                Words(zh="禁语不分场合", en="forbidden words are forbidden always"),
                Words(
                    zh=f"删去 {field}；限定场合写 applies_if",
                    en=f"remove {field}; to limit where it applies use applies_if",
                ),
            )


def _protocol(version: ProtocolVersion, _: Names) -> Check:
    ids = [step.id for step in version.steps]
    if not ids:
        yield (
            ("steps",),
            Words(zh="没有步骤", en="no step"),
            Words(zh="至少写一步", en="write at least one step"),
        )
    yield from event(version.done, "done")
    for field in ("begins", "ends", "cancel"):
        for i, name in enumerate(getattr(version, field)):
            yield from event(name, field, str(i))
    for i, step in enumerate(version.steps):
        if step.id in ids[:i]:
            yield (
                ("steps", str(i), "id"),
                Words(zh=f"{step.id} 写了两次", en=f"{step.id} is there twice"),
                Words(zh="换一个编号", en="choose another id"),
            )
        if step.after and step.after not in ids[:i]:
            yield (
                ("steps", str(i), "after"),
                Words(zh=f"前面没有这一步：{step.after}", en=f"no such step before: {step.after}"),
                suggestion(step.after, ids[:i]),
            )


def _step(step: ProtocolStep, _: Names) -> Check:
    low, high = step.at_least_seconds, step.at_most_seconds
    if low is not None and high is not None and low > high:
        yield number("at_least_seconds", f"{low:g}", f"不大于 {high:g}", f"{high:g} or less")
    if step.count is not None and step.count < 1:
        yield number("count", str(step.count), "1 或更多", "1 or more")
    for field in ("on", "unless"):
        for i, name in enumerate(getattr(step, field)):
            yield from event(name, field, str(i))
    yield from check_conditions(step.when)
    for i, when in enumerate(step.never_when):
        for place, *words in check_conditions(when):
            yield (("never_when", str(i), *place[1:]), words[0], words[1])


CHECKS: Mapping[type, Callable[[Any, Names], Check]] = {
    ScriptVersion: _script,
    RecordVersion: _record,
    Part: _part,
    Signal: _signal,
    CallMeasureVersion: _measure,
    PhraseVersion: _phrase,
    ProtocolVersion: _protocol,
    ProtocolStep: _step,
}
