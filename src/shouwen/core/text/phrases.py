"""Finds phrases in what was said: punctuation, width, fillers of a recogniser and homophones do
not matter.

A phrase is written as plain characters. `…` bridges up to 12 characters, `^` in front stands for
the beginning of what was said and `$` at the back for its end; a slot such as `{brand}` is filled
before. Text and phrase are normalised in the same way: compatibility forms unified, lower case,
only letters, characters and digits left. What else a phrase may have: see `frames`.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache

from shouwen.core.asked_once import asked_once
from shouwen.core.text.frames import NO_CLASSES, WordClasses, frame
from shouwen.core.text.frames import Hit as Hit
from shouwen.core.text.frames import normalised as normalised
from shouwen.core.text.frames import pieces_of as pieces_of
from shouwen.core.text.piece_tree import PieceTree
from shouwen.core.text.pronouncing import pronounced, pronunciations

SURNAME = "{surname}"
_OF_CALLER = (SURNAME, "{title}")
_DIGITS = {c: str(i) for i, c in enumerate("零一二三四五六七八九")} | {
    "〇": "0",
    "幺": "1",
    "两": "2",
    "洞": "0",
    "拐": "7",
    "勾": "9",
}
_TENS = {"十": 10, "百": 100, "千": 1000}
_NUMBER = re.compile("[零〇一二三四五六七八九幺两十百千]+")


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


class PhraseSet:
    """Phrases compiled once, then looked for in any number of texts.

    Most phrases are in no text at all: only those are looked for of which a text has a piece. Lines
    of a text are kept apart. `after_surname`: what follows the slot of a surname at the head of a
    phrase; `others`: the phrases that do not begin so. `of_one_caller`: it was made for one call.
    """

    def __init__(
        self,
        phrases: Sequence[str],
        words: WordClasses = NO_CLASSES,
        *,
        of_one_caller: bool = False,
    ) -> None:
        self.of_one_caller = of_one_caller
        self.has_slots = any("{" in phrase for phrase in phrases)
        self.names_the_caller = any(slot in phrase for slot in _OF_CALLER for phrase in phrases)
        self.after_surname = tuple(
            phrase.removeprefix(SURNAME) for phrase in phrases if phrase.startswith(SURNAME)
        )
        self.others = tuple(phrase for phrase in phrases if not phrase.startswith(SURNAME))
        self.frames = tuple(
            ready for phrase in phrases if (ready := frame(phrase, words)) is not None
        )

    def first_in(self, text: str) -> str:
        """The first of the phrases, in the order given, that the text has; else empty."""
        for i in self._candidates(text):
            ready = self.frames[i]
            if ready.pattern is None or ready.pattern.search(text):
                return ready.phrase
        return ""

    def hits_in(self, text: str) -> Sequence[Hit]:
        """Every place of every phrase in the text."""
        return [hit for i in self._candidates(text) for hit in self.frames[i].places(text)]

    def _candidates(self, text: str) -> Sequence[int]:
        """The frames of which the text has a piece, in order."""
        found = self._tree.found_in(text)
        return sorted({i for i, *_ in found}) if found else ()

    @asked_once
    def _tree(self) -> PieceTree[int]:
        tree: PieceTree[int] = PieceTree()
        for i, ready in enumerate(self.frames):
            tree.add(i, ready.pieces)
        return tree


@lru_cache(maxsize=2048)
def phrase_set(phrases: tuple[str, ...]) -> PhraseSet:
    """The phrases, compiled; the same ones are compiled once."""
    return PhraseSet(phrases)


class Lexicon:
    """Classes of words, and the sets of phrases that name them, each compiled when first asked for.

    A set that a rule holds is found by its identity: its phrases need not be looked at again.
    """

    def __init__(self, words: WordClasses) -> None:
        self._words = words
        self._sets: dict[tuple[str, ...], PhraseSet] = {}
        self._known: dict[int, tuple[tuple[str, ...], PhraseSet]] = {}
        self._filled: dict[tuple[object, ...], tuple[tuple[str, ...], PhraseSet]] = {}
        self._owned: dict[int, tuple[object, Sequence[PhraseSet]]] = {}
        self._joined: dict[
            tuple[int, ...], tuple[tuple[tuple[str, ...], ...], tuple[str, ...]]
        ] = {}

    def phrases(self, phrases: tuple[str, ...]) -> PhraseSet:
        """The phrases, compiled."""
        known = self._known.get(id(phrases))
        if known is not None and known[0] is phrases:
            return known[1]
        ready = self._sets.get(phrases)
        if ready is None:
            ready = self._sets[phrases] = PhraseSet(phrases, self._words)
        if len(self._known) > _MOST_KNOWN:
            self._known.clear()
        self._known[id(phrases)] = (phrases, ready)
        return ready

    def filled(self, phrases: tuple[str, ...], slots: Mapping[str, str]) -> PhraseSet:
        """The phrases compiled, their slots filled for one caller; those with a slot that has no value
        are left out.
        """
        key = (id(phrases), *slots.values())
        known = self._filled.get(key)
        if known is None or known[0] is not phrases:
            if len(self._filled) > _MOST_FILLED:
                self._filled.clear()
            whole = (filled(phrase, slots) for phrase in phrases)
            spoken = [phrase for phrase in whole if phrase]
            known = self._filled[key] = (
                phrases,
                PhraseSet(spoken, self._words, of_one_caller=True),
            )
        return known[1]

    def of_house(self, phrases: tuple[str, ...], slots: Mapping[str, str]) -> PhraseSet:
        """The same with the slots that are filled alike on every call."""
        whole = (filled(phrase, slots) for phrase in phrases)
        return self.phrases(tuple(phrase for phrase in whole if phrase))

    def sets_of(
        self, owner: object, sets: Callable[[], Sequence[tuple[str, ...]]]
    ) -> Sequence[PhraseSet]:
        """The compiled sets that belong to a rule, remembered with the rule."""
        known = self._owned.get(id(owner))
        if known is None or known[0] is not owner:
            if len(self._owned) > _MOST_KNOWN:
                self._owned.clear()
            ready = [self.phrases(phrases) for phrases in sets()]
            known = self._owned[id(owner)] = (owner, ready)
        return known[1]

    def joined(self, *parts: tuple[str, ...]) -> tuple[str, ...]:
        """Several sets of a rule as one; the same parts give the same set."""
        key = tuple(map(id, parts))
        known = self._joined.get(key)
        if known is None or known[0] != parts:
            if len(self._joined) > _MOST_KNOWN:
                self._joined.clear()
            whole = tuple(phrase for part in parts for phrase in part)
            known = self._joined[key] = (parts, whole)
        return known[1]


_MOST_KNOWN, _MOST_FILLED = 20_000, 500


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
