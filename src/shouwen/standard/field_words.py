"""The words of every field of the rule language, from `wording/rules.toml`.

They stand by the name of a field, which serves it in every class, or by class and field.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, is_dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal, get_args, get_origin, get_type_hints

from shouwen.core.clause import Band, Limit, Words
from shouwen.standard.registry import KINDS

NOTHING = Words(zh="", en="")


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldWords:
    """How a field is told. `sort`: what its texts name. `default`: said when it is left out.

    `bare`: the value stands without its label. `hidden`: it is not told. `helps`: an event that
    a matter may do without. `beside`: told only where one of these fields is filled, `not_beside`
    only where none is. `always`: told even as it stands by default. `unit`: told only beside a limit in a unit that begins so. `place`:
    where the line stands among the others.
    """

    label: Words = NOTHING
    text: Words | None = None
    sort: str = ""
    default: Words | None = None
    note: Words | None = None
    bare: bool = False
    hidden: bool = False
    helps: bool = False
    unit: str = ""
    beside: tuple[str, ...] = ()
    not_beside: tuple[str, ...] = ()
    always: bool = False
    place: int = 0
    choices: Mapping[str, Words] = field(default_factory=dict)

    def belongs(self, owner: Any) -> bool:
        """Whether the field says anything about this table: it is not hidden, nor beside nothing."""
        beside = [getattr(owner, name, None) for name in self.beside]
        instead = any(getattr(owner, name, None) for name in self.not_beside)
        return not self.hidden and not instead and (not beside or any(beside))


def kind_words(kind: str) -> Words:
    """The name of a kind of rule."""
    return _words(_tables()["kinds"][kind])


def fact_words(name: str, value: str) -> Words:
    """The name of one value of a fact."""
    facts = _tables()["facts"]
    named = facts.get(name, facts["any"]).get(value)
    return _words(named) if named else Words(zh=value, en=value)


def role_words(role: str) -> Words | None:
    """The title of a role; None for one that nobody has."""
    named = _tables()["roles"].get(role)
    return _words(named) if named else None


def field_words(owner: type, name: str) -> FieldWords | None:
    """The words of a field: those of its class, or of a class above it, or of its bare name."""
    keys = [f"{each.__name__}.{name}" for each in owner.__mro__ if each is not object]
    return next((_fields()[key] for key in (*keys, name) if key in _fields()), None)


def label_of(name: str) -> Words | None:
    """The label of a field by its bare name, whatever it belongs to; None when it has none."""
    return next((each.label for each in _named(name) if each.label != NOTHING), None)


def choice_words(name: str, value: str) -> Words | None:
    """The words of a choice of a field of this name, whatever it belongs to."""
    return next((each.choices[value] for each in _named(name) if value in each.choices), None)


def _named(name: str) -> list[FieldWords]:
    """The field of the bare name, then those of a class with that name."""
    found = [_fields()[name]] if name in _fields() else []
    return found + [each for key, each in _fields().items() if key.endswith(f".{name}")]


def unworded() -> list[str]:
    """Every field of the language, and every choice of one, that has no words yet."""
    missing = [
        f"{owner.__name__}.{name}"
        for owner in told_classes()
        for name in get_type_hints(owner)
        if field_words(owner, name) is None
    ]
    for owner in told_classes():
        for name, hint in get_type_hints(owner).items():
            entry = field_words(owner, name)
            if entry is None or entry.hidden:
                continue
            missing += [
                f"{owner.__name__}.{name} = {choice}"
                for choice in _choices(hint)
                if choice not in entry.choices
            ]
    return missing


def told_classes() -> list[type]:
    """The versions of every kind and whatever they are made of."""
    found: dict[type, None] = {}
    waiting = [
        hint for rule in KINDS.values() for hint in _inside(get_type_hints(rule)["versions"])
    ]
    while waiting:
        owner = waiting.pop()
        if owner in found or owner in (Words, Limit, Band):
            continue
        found[owner] = None
        waiting += [one for hint in get_type_hints(owner).values() for one in _inside(hint)]
    return list(found)


def _inside(hint: Any) -> list[type]:
    """The dataclasses that a type is made of."""
    if isinstance(hint, type) and is_dataclass(hint):
        return [hint]
    return [one for each in get_args(hint) for one in _inside(each)]


def _choices(hint: Any) -> list[str]:
    """The words of the closed lists that a type is made of."""
    if get_origin(hint) is Literal:
        return [str(choice) for choice in get_args(hint)]
    return [] if _inside(hint) else [one for each in get_args(hint) for one in _choices(each)]


@lru_cache(maxsize=1)
def _tables() -> Mapping[str, Any]:
    path = Path(__file__).parent / "wording" / "rules.toml"
    return MappingProxyType(tomllib.loads(path.read_text(encoding="utf-8")))


@lru_cache(maxsize=1)
def _fields() -> Mapping[str, FieldWords]:
    entries = _tables()["fields"].items()
    return {name: _field_words(entry, place) for place, (name, entry) in enumerate(entries, 1)}


def _field_words(entry: Mapping[str, Any], place: int) -> FieldWords:
    worded = {
        name: _words(entry[name]) for name in ("label", "text", "default", "note") if name in entry
    }
    return FieldWords(
        **worded,
        place=place,
        unit=entry.get("unit", ""),
        beside=tuple(entry.get("beside", ())),
        not_beside=tuple(entry.get("not_beside", ())),
        always=entry.get("always", False),
        sort=entry.get("sort", ""),
        bare=entry.get("bare", False),
        hidden=entry.get("hidden", False),
        helps=entry.get("helps", False),
        choices={name: _words(words) for name, words in entry.get("choices", {}).items()},
    )


def _words(entry: Mapping[str, str]) -> Words:
    return Words(zh=entry["zh"], en=entry["en"])
