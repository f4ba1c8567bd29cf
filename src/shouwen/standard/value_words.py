"""Says what a value of a rule is, and how one value became another, in both languages."""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import MISSING, Field, dataclass, fields, is_dataclass
from datetime import date, datetime, time
from functools import cache
from pathlib import Path
from typing import Any

from shouwen.core.clause import Band, Limit, Version, Words
from shouwen.core.events import EVENTS
from shouwen.core.facts import FACTS
from shouwen.standard.explain import catalogue
from shouwen.standard.field_words import choice_words, fact_words, label_of
from shouwen.standard.registry import written

_QUOTED = frozenset({"says", "also", "never", "instead", "text", "wording", "title"})
"""Words that stand for themselves, whatever else they may name."""
_NONE: tuple[Any, ...] = (None, "", (), {})
_NO_WORDS = Words(zh="", en="")


def sentence(code: str, **said: Words | date | str) -> Words:
    """A sentence of the list with its blanks filled in."""
    shape = _catalogue()["sentences"][code]
    zh = {
        name: value.zh if isinstance(value, Words) else str(value) for name, value in said.items()
    }
    en = {
        name: value.en if isinstance(value, Words) else str(value) for name, value in said.items()
    }
    return Words(zh=shape["zh"].format(**zh), en=shape["en"].format(**en))


def joined(words: Sequence[Words]) -> Words:
    """Several things in one list."""
    return Words(zh="、".join(word.zh for word in words), en=", ".join(word.en for word in words))


def changes_of(old: Version | None, new: Version, namer: "Namer") -> Iterator[Words]:
    """Every part of a version that differs from another one; with none to compare, what it says.

    What the kind of rule is about comes first, then what all kinds have.
    """
    common = {each.name for each in fields(Version)}
    for each in sorted(fields(new), key=lambda each: each.name in common):
        if each.name == "from_":
            continue
        name, value = written(each.name), getattr(new, each.name)
        if old is not None:
            yield from namer.change(name, getattr(old, each.name, None), value)
        elif value != _default(each) and not _is_none(value):
            yield sentence("says", field=namer.field(name), new=namer.value(name, value))


def _default(field: Field[Any]) -> Any:
    if field.default is not MISSING:
        return field.default
    return None if field.default_factory is MISSING else field.default_factory()


@dataclass(frozen=True, slots=True)
class Namer:
    """Names fields and values; `reasons` are the packs' reasons for a pause."""

    reasons: Mapping[str, Words]

    def field(self, name: str) -> Words:
        """The name of a field."""
        if name in FACTS:
            return Words(zh=FACTS[name].zh, en=FACTS[name].en)
        return (
            _words("fields", name) or label_of(name) or Words(zh=name, en=name.replace("_", " "))
        )

    def change(self, name: str, old: Any, new: Any) -> Iterator[Words]:
        """How the field `name` went from one value to another; nothing when it did not."""
        if old == new or (_is_none(old) and _is_none(new)):
            return
        if _is_list(old) and _is_list(new):
            yield from self._of_lists(name, old or (), new or ())
            return
        if isinstance(old, Mapping) and isinstance(new, Mapping) and old and new:
            yield from self._of_tables(name, old, new)
            return
        field = self.field(name)
        if _is_several(old) and type(old) is type(new):
            yield from self._of_parts(field, None, old, new)
            return
        if _is_none(old):
            yield sentence("set", field=field, new=self.value(name, new))
        elif _is_none(new):
            yield sentence("cleared", field=field, old=self.value(name, old))
        else:
            yield sentence(
                "changed", field=field, old=self.value(name, old), new=self.value(name, new)
            )

    def _of_lists(self, name: str, old: Sequence[Any], new: Sequence[Any]) -> Iterator[Words]:
        field = self.field(name)
        before, after = {_key(each): each for each in old}, {_key(each): each for each in new}
        added = [self.value(name, after[key]) for key in after if key not in before]
        removed = [self.value(name, before[key]) for key in before if key not in after]
        if added:
            yield sentence("added", field=field, new=joined(added))
        if removed:
            yield sentence("removed", field=field, old=joined(removed))
        for key in (key for key in after if key in before and before[key] != after[key]):
            yield from self._of_parts(field, self._called(after[key]), before[key], after[key])
        if not added and not removed and list(before) != list(after):
            yield sentence("reordered", field=field)

    def _of_tables(
        self, name: str, old: Mapping[str, Any], new: Mapping[str, Any]
    ) -> Iterator[Words]:
        field = self.field(name)
        for key in dict.fromkeys((*new, *old)):
            for change in self.change(key, old.get(key), new.get(key)):
                yield Words(zh=f"{field.zh}，{change.zh}", en=f"{field.en}, {change.en}")

    def _of_parts(self, field: Words, called: Words | None, old: Any, new: Any) -> Iterator[Words]:
        """One value of several parts, or an entry of a list that kept its name: each part that differs."""
        zh = f"{field.zh}“{called.zh}”，" if called else f"{field.zh}，"
        en = f"{field.en} “{called.en}”, " if called else f"{field.en}, "
        for each in fields(new):
            name = written(each.name)
            for change in self.change(name, getattr(old, each.name), getattr(new, each.name)):
                yield Words(zh=zh + change.zh, en=en + change.en)

    def _called(self, value: Any) -> Words:
        """What an entry of a list is called by."""
        heading = _heading(value)
        if hasattr(value, "reason"):
            return self.reasons.get(heading, Words(zh=heading, en=heading))
        return heading if isinstance(heading, Words) else Words(zh=str(heading), en=str(heading))

    def value(self, name: str, value: Any) -> Words:  # noqa: C901, PLR0912 - one line for each type of value
        """A value in words."""
        match value:
            case Words():
                return value
            case bool():
                return _words("values", str(value).lower()) or _NO_WORDS
            case Limit():
                return _limit(value)
            case Band():
                return _band(value)
            case str():
                return self._text(name, value)
            case float() | int():
                return _number(name, value)
            case datetime() | date():
                return Words(zh=value.isoformat(), en=value.isoformat())
            case time():
                return Words(zh=f"{value:%H:%M}", en=f"{value:%H:%M}")
            case Mapping():
                return self._table(value)
            case (time() as opens, time() as closes):
                return Words(
                    zh=f"{opens:%H:%M}–{closes:%H:%M}", en=f"{opens:%H:%M}–{closes:%H:%M}"
                )
            case tuple() | list():
                return joined([self.value(name, each) for each in value])
            case _ if is_dataclass(value):
                return self._parts(value)
            case _:
                return Words(zh=str(value), en=str(value))

    def _text(self, name: str, value: str) -> Words:
        if value in EVENTS and name not in _QUOTED:
            return Words(zh=EVENTS[value].zh, en=EVENTS[value].en)
        if name == "reason" and value in self.reasons:
            return self.reasons[value]
        if name in FACTS:
            return fact_words(name, value)
        known = None if name in _QUOTED else choice_words(name, value) or _words("values", value)
        return known or Words(zh=f"“{value}”", en=f"“{value}”")

    def _table(self, table: Mapping[str, Any]) -> Words:
        said = []
        for key, value in table.items():
            name = self.field(key)
            told = self.value(key, value)
            said.append(Words(zh=f"{name.zh} {told.zh}", en=f"{name.en} {told.en}"))
        return joined(said)

    def _parts(self, value: Any) -> Words:
        """A small thing of several parts: the pause for a reason, the item by its title."""
        heading = _heading(value)
        shown = [
            (each.name, getattr(value, each.name))
            for each in fields(value)
            if getattr(value, each.name) not in (*_NONE, heading)
            and getattr(value, each.name) != each.default
            and each.name not in ("id", "title", "reason")
        ]
        if heading is None and len(shown) == 1:
            return self.value(written(shown[0][0]), shown[0][1])
        rest = [self._named(name, part) for name, part in shown]
        if heading is None:
            return joined(rest)
        name = self._called(value)
        if not rest and hasattr(value, "reason"):
            return name
        if not rest or hasattr(value, "title"):
            return Words(zh=f"“{name.zh}”", en=f"“{name.en}”")
        told = joined(rest)
        return Words(zh=f"{name.zh}（{told.zh}）", en=f"{name.en} ({told.en})")

    def _named(self, name: str, part: Any) -> Words:
        field, told = self.field(written(name)), self.value(written(name), part)
        return Words(zh=f"{field.zh} {told.zh}", en=f"{field.en} {told.en}")


def _heading(value: Any) -> Any:
    """What an entry of a list is called by."""
    for name in ("title", "reason", "id", "text"):
        if hasattr(value, name):
            return getattr(value, name)
    return None


def _key(value: Any) -> Any:
    """What makes an entry of a list the same entry in another edition."""
    for name in ("id", "reason"):
        if is_dataclass(value) and hasattr(value, name):
            return getattr(value, name)
    return repr(value)


def _is_list(value: Any) -> bool:
    return isinstance(value, tuple | list) or value is None


def _is_several(value: Any) -> bool:
    """Whether a value is told part by part: not a length of time, a text or a band."""
    return is_dataclass(value) and not isinstance(value, Words | Limit | Band)


def _is_none(value: Any) -> bool:
    return value is None or (isinstance(value, str | tuple | Mapping) and not value)


def _limit(limit: Limit) -> Words:
    n = f"{limit.value:g}"
    en = str(catalogue("en")["units"][limit.unit].format(n=n))
    return Words(
        zh=catalogue("zh")["units"][limit.unit].format(n=n),
        en=en.removesuffix("s") if n == "1" else en,
    )


def _band(band: Band) -> Words:
    low = "" if band.at_least is None else f"≥ {band.at_least:g}"
    high = "" if band.below is None else f"< {band.below:g}"
    told = " ".join(part for part in (low, high) if part)
    return Words(zh=told, en=told)


def _number(name: str, value: float) -> Words:
    shown = f"{value:.0%}" if name in ("warn_at", "share") else f"{value:g}"
    return Words(zh=shown, en=shown)


def _words(table: str, name: str) -> Words | None:
    found = _catalogue()[table].get(name)
    return Words(zh=found["zh"], en=found["en"]) if found else None


@cache
def _catalogue() -> Mapping[str, Mapping[str, Any]]:
    path = Path(__file__).parent / "wording" / "changes.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))
