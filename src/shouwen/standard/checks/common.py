"""What every check of a rule's value needs: the names it may use, and the usual faults."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from string import Formatter
from typing import Any

from shouwen.core.clause import Words
from shouwen.core.events import EVENTS
from shouwen.core.text.frames import class_names
from shouwen.standard.reading import suggestion

Check = Iterator[tuple[tuple[str, ...], Words, Words]]
"""Faults inside one value: the place below it, the problem, the remedy."""

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
class Names:
    """The names that rules of this pack may use."""

    pause_reasons: frozenset[str]
    signals: frozenset[str]
    exception_reasons: frozenset[str] = frozenset()
    calendars: frozenset[str] = frozenset()
    word_classes: frozenset[str] = frozenset()


def event(name: str, *place: str) -> Check:
    if name not in EVENTS:
        yield (
            place,
            Words(zh=f"没有这个事件：{name}", en=f"no such event: {name}"),
            suggestion(name, EVENTS),
        )


def events(listed: tuple[str, ...], place: str) -> Check:
    if not listed:
        yield (
            (place,),
            Words(zh="没有列出事件", en="no event listed"),
            Words(zh="至少写一个事件", en="name at least one event"),
        )
    for i, name in enumerate(listed):
        yield from event(name, place, str(i))


def known_signals(listed: tuple[str, ...], place: str, names: Names) -> Check:
    for i, name in enumerate(listed):
        if name not in names.signals:
            yield (
                (place, str(i)),
                Words(zh=f"没有这个信号：{name}", en=f"no such signal: {name}"),
                suggestion(name, names.signals),
            )


def word_classes(phrases: Iterable[str], names: Names, *place: str) -> Check:
    """Every class of words that phrases name and that is not there."""
    named = {name for phrase in phrases for name in class_names(phrase)}
    for name in sorted(named - names.word_classes):
        yield (
            place,
            Words(zh=f"没有这类词：<{name}>", en=f"no such class of words: <{name}>"),
            suggestion(name, names.word_classes),
        )


def signals(version: Any, names: Names) -> Check:
    yield from known_signals(version.applies_if, "applies_if", names)
    yield from known_signals(version.exempt, "exempt", names)
    yield from known_signals(version.excused_by, "excused_by", names)


def number(
    place: str, given: str, wanted_zh: str, wanted_en: str
) -> tuple[tuple[str, ...], Words, Words]:
    return (
        (place,),
        Words(zh=f"不能是 {given}", en=f"cannot be {given}"),
        Words(zh=f"应为{wanted_zh}", en=f"make it {wanted_en}"),
    )


def slots(phrase: str) -> set[str]:
    try:
        return {name for _, name, _, _ in Formatter().parse(phrase) if name is not None}
    except ValueError:
        return {phrase}
