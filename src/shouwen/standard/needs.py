"""What must happen in the product for a rule to be carried out: the events it waits for."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from typing import Any

from shouwen.core.clause import Words
from shouwen.core.events import EVENTS
from shouwen.core.kinds import Rule
from shouwen.standard.field_words import field_words
from shouwen.standard.living import CALL_JUDGED, Emitter, Way

Emitters = Mapping[str, tuple[Emitter, ...]]

_ON_CALLS = Words(zh="听通话", en="heard on calls")
_HAPPENS = Words(zh="看发生了什么", en="what happens")


@dataclass(frozen=True, slots=True)
class Need:
    """One part that events play for a rule, such as what starts it; any one of `events` will do.

    `helps`: a matter may do without it, such as a way to call a clock off.
    """

    part: Words
    events: tuple[str, ...]
    helps: bool = False


@dataclass(frozen=True, slots=True)
class Lived:
    """One need, with the operations that record its events and the ways that lead to them."""

    need: Need
    event: str
    emitter: Emitter

    @property
    def ways(self) -> tuple[Way, ...]:
        """Pages first, then jobs and commands."""
        order = {"page": 0, "job": 1, "command": 2}
        return tuple(sorted(self.emitter.ways, key=lambda way: (order[way.kind], way)))


def needs_of(rule: Rule) -> tuple[Need, ...]:
    """What the newest version of a rule waits for.

    They come from its fields that name events, and from what begins a matter besides. A rule whose
    examples are calls waits for calls; where all of them are, it can do without the rest. A kind
    that names no event waits for those of its examples.
    """
    version = rule.versions[-1]
    found = list(dict.fromkeys(_in_fields(version)))
    named = {event for need in found for event in need.events}
    begins = tuple(event for event in version.begins_on if event not in named)
    on_calls = [example for example in rule.examples if example.call is not None]
    if begins:
        found.append(Need(_HAPPENS, begins, helps=len(on_calls) == len(rule.examples) > 0))
    if on_calls:
        found.append(Need(_ON_CALLS, (CALL_JUDGED,)))
    if not found:
        seen = (row[0] for example in rule.examples for row in example.events)
        found = [Need(_HAPPENS, (event,)) for event in dict.fromkeys(seen)]
    return tuple(found)


def lived(rule: Rule, *, emitters: Emitters) -> tuple[Lived, ...]:
    """The operations that record what the rule waits for."""
    return tuple(
        Lived(need, event, emitter)
        for need in needs_of(rule)
        for event in need.events
        for emitter in emitters.get(event, ())
    )


def not_recorded(rule: Rule, *, emitters: Emitters) -> tuple[str, ...]:
    """The events that the rule cannot do without and that nothing in the product records yet."""
    return tuple(
        event
        for need in needs_of(rule)
        if not need.helps and not any(event in emitters for event in need.events)
        for event in need.events
    )


def _in_fields(value: Any) -> Iterator[Need]:
    """Fields that name events, also inside tables."""
    for each in fields(value):
        entry, inner = field_words(type(value), each.name), getattr(value, each.name)
        if entry is None or not entry.belongs(value):
            continue
        if entry.sort == "event":
            events = _events(inner)
            yield from [Need(entry.label, events, helps=entry.helps)] if events else ()
        else:
            for table in _tables_in(inner):
                yield from _in_fields(table)


def _tables_in(value: Any) -> list[Any]:
    several = value if isinstance(value, tuple) else (value,)
    return [each for each in several if is_dataclass(each) and not isinstance(each, Words)]


def _events(value: Any) -> tuple[str, ...]:
    """The events that a value names: a name, several, or a table that holds some."""
    if isinstance(value, str):
        return (value,) if value in EVENTS else ()
    if isinstance(value, tuple):
        return tuple(event for each in value for event in _events(each))
    if is_dataclass(value):
        return tuple(
            event for each in fields(value) for event in _events(getattr(value, each.name))
        )
    return ()
