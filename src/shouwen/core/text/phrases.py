"""Finds phrases in what was said: punctuation, width, fillers of a recogniser and homophones do
not matter.

A phrase is written as plain characters. `…` bridges up to 12 characters, `^` in front stands for
the beginning of what was said and `$` at the back for its end; a slot such as `{brand}` is filled
before. Text and phrase are normalised in the same way: compatibility forms unified, lower case,
only letters, characters and digits left.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import lru_cache
from operator import add

from shouwen.core.text.pronouncing import pronounced, pronunciations

BRIDGE = 12
SURNAME = "{surname}"
_DIGITS = {c: str(i) for i, c in enumerate("零一二三四五六七八九")} | {
    "〇": "0",
    "幺": "1",
    "两": "2",
    "洞": "0",
    "拐": "7",
    "勾": "9",
}
_TENS = {"十": 10, "百": 100, "千": 1000}
_SIGNS = re.compile(r"[\W_]+")
_NUMBER = re.compile("[零〇一二三四五六七八九幺两十百千]+")


@lru_cache(maxsize=4096)
def normalised(text: str) -> str:
    """The text without anything that is not a letter, a character or a digit."""
    return _SIGNS.sub("", unicodedata.normalize("NFKC", text).lower())


@lru_cache(maxsize=8192)
def readings(character: str) -> frozenset[str]:
    """Every reading of one character without tones; the character itself when it has none."""
    return frozenset(pronunciations(character)[0])


@lru_cache(maxsize=8192)
def sound(character: str) -> str:
    """The first reading of one character without its tone."""
    return pronounced(character)[0]


def sounds_alike(one: str, other: str) -> bool:
    """Whether two words of equal length share a reading character by character."""
    if one == other or len(one) != len(other):
        return one == other
    return all(
        a == b or not readings(a).isdisjoint(readings(b)) for a, b in zip(one, other, strict=True)
    )


class Restorer:
    """Puts back words for which a recogniser wrote other characters of the same sound."""

    def __init__(self, words: Iterable[str]) -> None:
        self._by_first: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
        for word in sorted(set(words), key=len, reverse=True):
            spoken = tuple(sound(c) for c in word)
            self._by_first.setdefault(spoken[0], []).append((word, spoken))

    def restored(self, text: str) -> str:
        """The normalised text with homophones of the known words replaced by the words."""
        spoken = list(map(sound, text))
        out: list[str] = []
        done = 0
        for i in [i for i, first in enumerate(spoken) if first in self._by_first]:
            word = self._word_at(spoken, i) if i >= done else ""
            if word:
                out += (text[done:i], word)
                done = i + len(word)
        return "".join((*out, text[done:])) if done else text

    def _word_at(self, spoken: Sequence[str], i: int) -> str:
        for word, sounds in self._by_first.get(spoken[i], ()):
            if tuple(spoken[i : i + len(sounds)]) == sounds:
                return word
        return ""


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase that a text has, from `start` up to but not including `end`."""

    phrase: str
    start: int
    end: int


class PhraseSet:
    """Phrases compiled once, then looked for in any number of texts.

    Most phrases are in no text at all. Each is filed under the first two signs of its longest
    piece; a text that has none of these pairs is done with at once, and only phrases whose pair
    it has are looked for. Lines of a text are kept apart. `after_surname`: what follows the slot
    of a surname at the head of a phrase; `others`: the phrases that do not begin so.
    """

    def __init__(self, phrases: Sequence[str]) -> None:
        self.has_slots = any("{" in phrase for phrase in phrases)
        self.after_surname = tuple(
            phrase.removeprefix(SURNAME) for phrase in phrases if phrase.startswith(SURNAME)
        )
        self.others = tuple(phrase for phrase in phrases if not phrase.startswith(SURNAME))
        self._compiled = [ready for phrase in phrases if (ready := _compiled(phrase))]
        filed: dict[str, list[int]] = {}
        for i, (_, piece, _) in enumerate(self._compiled):
            filed.setdefault(piece[:2], []).append(i)
        self._filed = filed
        self._pairs = frozenset(filed)

    def first_in(self, text: str) -> str:
        """The first of the phrases, in the order given, that the text has; else empty."""
        for phrase, piece, pattern in self._compiled:
            if piece in text and (pattern is None or pattern.search(text)):
                return phrase
        return ""

    def hits_in(self, text: str, pairs: Set[str] | None = None) -> Sequence[Hit]:
        """Every place of every phrase in the text; faster with the text's `pairs_of`."""
        if pairs is None:
            return [hit for ready in self._compiled for hit in _places(text, *ready)]
        if self._pairs.isdisjoint(pairs):
            return ()
        return [
            hit
            for pair in self._pairs & pairs
            for i in self._filed[pair]
            for hit in _places(text, *self._compiled[i])
        ]

    def may_be_in(self, pairs: Set[str]) -> bool:
        """Whether a text with these `pairs_of` is worth looking at."""
        return not self._pairs.isdisjoint(pairs)


def pairs_of(text: str) -> frozenset[str]:
    """Every sign and every two signs that follow each other."""
    return frozenset(text).union(map(add, text, text[1:]))


def _places(text: str, phrase: str, piece: str, pattern: re.Pattern[str] | None) -> Sequence[Hit]:
    if piece not in text:
        return ()
    if pattern is not None:
        return [Hit(phrase, m.start(), m.end()) for m in pattern.finditer(text)]
    found, start = [], text.find(piece)
    while start >= 0:
        found.append(Hit(phrase, start, start + len(piece)))
        start = text.find(piece, start + 1)
    return found


@lru_cache(maxsize=2048)
def phrase_set(phrases: tuple[str, ...]) -> PhraseSet:
    """The phrases, compiled; the same ones are compiled once."""
    return PhraseSet(phrases)


def _compiled(phrase: str) -> tuple[str, str, re.Pattern[str] | None] | None:
    """The phrase, its longest piece, and its pattern if it is more than that piece; None for a
    phrase of signs only, which nobody can say.
    """
    pieces = [piece for part in phrase.split("…") if (piece := normalised(part))]
    if not pieces:
        return None
    begins, ends = phrase.startswith("^"), phrase.endswith("$")
    longest = max(pieces, key=len)
    if len(pieces) == 1 and not begins and not ends:
        return phrase, longest, None
    bridged = f".{{0,{BRIDGE}}}?".join(map(re.escape, pieces))
    pattern = re.compile(("^" if begins else "") + bridged + ("$" if ends else ""), re.MULTILINE)
    return phrase, longest, pattern


def found(text: str, phrase: str) -> bool:
    """Whether a normalised text has the phrase."""
    return bool(phrase_set((phrase,)).first_in(text))


def first_found(text: str, phrases: Iterable[str]) -> str:
    """The first of the phrases that the normalised text has; empty when it has none."""
    return phrase_set(tuple(phrases)).first_in(text)


def filled(phrase: str, slots: Mapping[str, str]) -> str:
    """The phrase with its slots filled; empty when one of them has no value."""
    for name, value in slots.items():
        if "{" + name + "}" in phrase:
            if not value:
                return ""
            phrase = phrase.replace("{" + name + "}", value)
    return "" if "{" in phrase else phrase


@lru_cache(maxsize=4096)
def in_figures(text: str) -> str:
    """The text with numbers in words as figures: 十一号楼 → 11号楼, 幺零二 → 102, 一千零一 → 1001."""
    return _NUMBER.sub(lambda match: _figures(match.group()), text)


def _figures(words: str) -> str:
    if not any(c in _TENS for c in words):
        return "".join(_DIGITS[c] for c in words)
    total, digit = 0, 0
    for c in words:
        if c in _TENS:
            total += (digit or (1 if total == 0 else 0)) * _TENS[c]
            digit = 0
        else:
            digit = int(_DIGITS[c])
    return str(total + digit)
