"""Says in words how the software carries a rule out: one line for each thing that a version holds.

Nothing is written here about one clause, and little about one kind: a version is walked through
field by field. A field without words still shows, under its own name; `unworded` finds it.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import MISSING, Field, dataclass, fields, is_dataclass
from datetime import date, datetime, time
from typing import Any, Literal

from shouwen.core.acts import ACTS
from shouwen.core.clause import Band, Limit, Version, Words
from shouwen.core.events import EVENTS
from shouwen.core.facts import FACTS
from shouwen.core.organisation import BUILT_IN_SIGNALS
from shouwen.standard.explain import catalogue
from shouwen.standard.field_words import (
    NOTHING,
    FieldWords,
    fact_words,
    field_words,
    role_words,
)
from shouwen.standard.pack import Pack

_OR = Words(zh="或", en=" or ")
_AND = Words(zh="、", en=", ")
_BOTH = Words(zh="，并且", en=", and ")


@dataclass(frozen=True, slots=True)
class Part:
    """One of several things that a rule holds: an item, a step, a field. `lines` are verbatim."""

    text: Words
    details: tuple[Words, ...] = ()
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that a version says: what it is about, the sentence, whose setting it is.

    `parts` and `lines` (verbatim wording) follow the sentence where there are any.
    """

    name: str
    label: Words
    text: Words
    note: Words | None = None
    parts: tuple[Part, ...] = ()
    lines: tuple[str, ...] = ()


def described(
    version: Version, *, pack: Pack, most_phrases: int | None = None
) -> tuple[Line, ...]:
    """What one version of a rule says, line by line, in both languages.

    `most_phrases`: of a longer list of phrases only so many are named, and how many there are.
    """
    teller = _Teller(pack, titles_in(version), most_phrases)
    units = [each.unit for each in _limits(version)]
    told = sorted(fields(version), key=lambda each: _entry(type(version), each.name).place)
    lines = (teller.line(version, each, units) for each in told)
    return tuple(line for line in lines if line is not None)


@dataclass(frozen=True, slots=True)
class _Teller:
    """Words values with the names of one pack; `titles` are those of the version's own parts."""

    pack: Pack
    titles: Mapping[str, Words]
    most: int | None = None

    def line(self, owner: Any, of: Field[Any], units: Sequence[str]) -> Line | None:
        entry, value = _entry(type(owner), of.name), getattr(owner, of.name)
        if not entry.belongs(owner) or not any(u.startswith(entry.unit) for u in units or [""]):
            return None
        if _is_default(of, value):
            return self._by_default(of.name, entry, value)
        if entry.sort == "line":
            return Line(of.name, entry.label, NOTHING, entry.note, lines=self._lines(value))
        if isinstance(value, tuple) and value and _is_part(value[0]):
            parts = tuple(self._part(each) for each in value)
            return Line(of.name, entry.label, NOTHING, entry.note, parts=parts)
        return Line(of.name, entry.label, self.said(entry, value), entry.note)

    def _by_default(self, name: str, entry: FieldWords, value: Any) -> Line | None:
        """What is told of a field that was left out: nothing, its default words, or its value."""
        if entry.default is None and not entry.always:
            return None
        said = entry.default or self.said(entry, value)
        return Line(name, entry.label, said, entry.note or _DEFAULT)

    def said(self, entry: FieldWords, value: Any) -> Words:
        """A value as its field tells it."""
        told = self._told(entry, value)
        if entry.text is None:
            return told
        return Words(
            zh=entry.text.zh.format(value=told.zh), en=entry.text.en.format(value=told.en)
        )

    def _told(self, entry: FieldWords, value: Any) -> Words:
        match value:
            case Words():
                return value
            case Limit():
                return _limit(value)
            case Mapping():
                return _joined((self._condition(k, v) for k, v in value.items()), _BOTH)
            case tuple() if value and isinstance(value[0], tuple):
                return _joined((self._told(entry, each) for each in value), _BOTH)
            case tuple():
                return self._list(entry, value)
            case _ if _is_part(value):
                return self._nested(value)
            case _:
                return self._named(entry, value)

    def _list(self, entry: FieldWords, value: Sequence[Any]) -> Words:
        most = self.most if entry.sort == "phrase" else None
        told = [self._told(entry, each) for each in value[:most]]
        if len(told) == len(value):
            return _either(told) if entry.sort in _ALTERNATIVES else _joined(told, _AND)
        rest = Words(zh=f"等 {len(value)} 种说法", en=f" … {len(value)} phrasings in all")
        return _joined([_joined(told, _AND), rest], NOTHING)

    def _nested(self, value: Any) -> Words:
        """A table inside a rule, as one sentence."""
        told = []
        for each in fields(value):
            entry, inner = _entry(type(value), each.name), getattr(value, each.name)
            if entry.hidden or (_is_default(each, inner) and entry.default is None):
                continue
            is_default = entry.default is not None and _is_default(each, inner)
            said = (entry.default if is_default else None) or self.said(entry, inner)
            told.append(said if entry.bare else _labelled(entry, said))
        return _joined(told, _AND)

    def _part(self, value: Any) -> Part:
        text: list[Words] = []
        details: list[Words] = []
        lines: list[str] = []
        for each in fields(value):
            entry, inner = _entry(type(value), each.name), getattr(value, each.name)
            if entry.hidden or (_is_default(each, inner) and entry.default is None):
                continue
            if _is_default(each, inner):
                details.append(_labelled(entry, entry.default or NOTHING))
            elif entry.sort == "line":
                lines += self._lines(inner)
            elif entry.bare:
                text.append(self.said(entry, inner))
            else:
                details.append(_labelled(entry, self.said(entry, inner)))
        return Part(_joined(text, _AND), tuple(details), tuple(lines))

    def _condition(self, name: str, condition: Any) -> Words:
        fact = FACTS.get(name)
        label = Words(zh=fact.zh, en=fact.en) if fact else Words(zh=name, en=name)
        if isinstance(condition, Band):
            return _band(label, condition, fact.unit if fact else "")
        values = condition if isinstance(condition, tuple) else (str(condition),)
        told = _either([fact_words(name, str(value)) for value in values])
        return Words(zh=f"{label.zh}：{told.zh}", en=f"{label.en}: {told.en}")

    def _lines(self, value: Any) -> tuple[str, ...]:
        slots = self.pack.organisation.slots()
        lines = (value,) if isinstance(value, str) else value
        return tuple(_filled(line, slots) for line in lines)

    def _named(self, entry: FieldWords, value: Any) -> Words:
        text = str(value).lower() if isinstance(value, bool) else str(value)
        if text in entry.choices:
            return entry.choices[text]
        naming = _NAMING.get(entry.sort)
        named = naming(self, value) if naming else None
        return named or _plain(value)

    def phrase(self, value: str) -> Words:
        """Wording that is listened for, in quotes."""
        filled = _filled(value, self.pack.organisation.slots())
        return Words(zh=f"“{filled}”", en=f"“{filled}”")

    def signal(self, value: str) -> Words | None:
        """Something that can be heard on a call."""
        heard = self.pack.hearing.signals.get(value)
        return heard.title if heard else BUILT_IN_SIGNALS.get(value)


def _act(name: str) -> Words | None:
    act = ACTS.get(name)
    return Words(zh=act.zh, en=act.en) if act else None


def _event(_teller: _Teller, name: str) -> Words | None:
    kind = EVENTS.get(name)
    return Words(zh=f"“{kind.zh}”", en=f"“{kind.en}”") if kind else None


def _fact(_teller: _Teller, name: str) -> Words | None:
    fact = FACTS.get(name)
    return Words(zh=fact.zh, en=fact.en) if fact else None


def _title(named: Any) -> Words | None:
    return None if named is None else named.title


_NAMING: Mapping[str, Callable[[_Teller, Any], Words | None]] = {
    "event": _event,
    "every_event": _event,
    "fact": _fact,
    "role": lambda _teller, value: role_words(value),
    "keeper": lambda teller, value: role_words(value) or teller.pack.departments.get(value),
    "phrase": _Teller.phrase,
    "signal": _Teller.signal,
    "part": lambda teller, value: teller.titles.get(value),
    "reason": lambda teller, value: teller.pack.reasons.get(value),
    "act": lambda _teller, value: _act(value),
    "rule": lambda teller, value: _title(teller.pack.rules.get(value)),
    "calendar": lambda teller, value: _title(teller.pack.named_calendars.get(value)),
    "department": lambda teller, value: teller.pack.departments.get(value),
    "share": lambda _teller, value: Words(zh=f"{value:.0%}", en=f"{value:.0%}"),
}

_ALTERNATIVES = ("event", "phrase", "signal", "reason", "role")
_DEFAULT = Words(zh="默认读法", en="default reading")


def _entry(owner: type, name: str) -> FieldWords:
    spaced = name.strip("_").replace("_", " ")
    return field_words(owner, name) or FieldWords(label=Words(zh=spaced, en=spaced))


def _is_part(value: Any) -> bool:
    return is_dataclass(value) and not isinstance(value, Words | Limit | Band)


def _is_default(of: Field[Any], value: Any) -> bool:
    default = of.default_factory() if of.default_factory is not MISSING else of.default
    return default is not MISSING and bool(value == default)


def _labelled(entry: FieldWords, said: Words) -> Words:
    if not entry.label.zh:
        return said
    return Words(zh=f"{entry.label.zh} {said.zh}", en=f"{entry.label.en} {said.en}")


def _joined(words: Iterable[Words], joint: Words) -> Words:
    listed = [each for each in words if each.zh]
    return Words(
        zh=joint.zh.join(each.zh for each in listed), en=joint.en.join(each.en for each in listed)
    )


def _either(words: Sequence[Words]) -> Words:
    """One of several: commas, and “or” before the last."""
    if len(words) < 2:
        return _joined(words, _AND)
    return _joined([_joined(words[:-1], _AND), words[-1]], _OR)


def _limits(version: Version) -> list[Limit]:
    return [
        value
        for each in fields(version)
        for value in [getattr(version, each.name)]
        if isinstance(value, Limit)
    ]


def _limit(limit: Limit) -> Words:
    n = f"{limit.value:g}"
    zh, en = (str(catalogue(tongue)["units"][limit.unit]) for tongue in _TONGUES)
    return Words(zh=zh.format(n=n), en=en.format(n=n))


_TONGUES: tuple[Literal["zh"], Literal["en"]] = ("zh", "en")


def _band(label: Words, band: Band, unit: str) -> Words:
    ends = []
    if band.at_least is not None:
        ends.append(f"≥ {band.at_least:g}")
    if band.below is not None:
        ends.append(f"< {band.below:g}")
    told = " · ".join(ends) + (f" {unit}" if unit else "")
    return Words(zh=f"{label.zh} {told}", en=f"{label.en} {told}")


def _plain(value: Any) -> Words:
    if isinstance(value, time):
        text = f"{value:%H:%M}"
    elif isinstance(value, date | datetime):
        text = value.isoformat()
    elif isinstance(value, float):
        text = f"{value:g}"
    else:
        text = str(value)
    return Words(zh=text, en=text)


def _filled(line: str, slots: Mapping[str, str]) -> str:
    for name, text in slots.items():
        line = line.replace("{" + name + "}", text)
    return line


def titles_in(value: Any) -> dict[str, Words]:
    """The titles of everything in a version that has an id."""
    found: dict[str, Words] = {}
    for each in _within(value):
        title = getattr(each, "title", None)
        if isinstance(title, Words) and hasattr(each, "id"):
            found[each.id] = title
    return found


def _within(value: Any) -> Iterator[Any]:
    if isinstance(value, tuple):
        for each in value:
            yield from _within(each)
    elif _is_part(value):
        yield value
        for each in fields(value):
            yield from _within(getattr(value, each.name))
