"""Finds phrases in what was said: punctuation, width, fillers of a recogniser and homophones do
not matter.

A phrase is written as plain characters. `…` bridges up to 12 characters; a slot such as
`{brand}` is filled before. Text and phrase are normalised in the same way: compatibility forms
unified, lower case, only letters, characters and digits left.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from pypinyin import Style, pinyin

BRIDGE = 12
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


@lru_cache(maxsize=4096)
def normalised(text: str) -> str:
    """The text without anything that is not a letter, a character or a digit."""
    return "".join(c for c in unicodedata.normalize("NFKC", text).lower() if c.isalnum())


@lru_cache(maxsize=8192)
def readings(character: str) -> frozenset[str]:
    """Every reading of one character without tones; the character itself when it has none."""
    return frozenset(pinyin(character, style=Style.NORMAL, heteronym=True)[0])


@lru_cache(maxsize=8192)
def sound(character: str) -> str:
    """The first reading of one character without its tone."""
    return str(pinyin(character, style=Style.NORMAL)[0][0])


def sounds_alike(one: str, other: str) -> bool:
    """Whether two words of equal length share a reading character by character."""
    return len(one) == len(other) and all(
        a == b or readings(a) & readings(b) for a, b in zip(one, other, strict=True)
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
        spoken = [sound(c) for c in text]
        out: list[str] = []
        i = 0
        while i < len(text):
            word = self._word_at(spoken, i)
            out.append(word or text[i])
            i += len(word) or 1
        return "".join(out)

    def _word_at(self, spoken: Sequence[str], i: int) -> str:
        for word, sounds in self._by_first.get(spoken[i], ()):
            if tuple(spoken[i : i + len(sounds)]) == sounds:
                return word
        return ""


@lru_cache(maxsize=4096)
def _pattern(phrase: str) -> re.Pattern[str]:
    parts = [re.escape(normalised(part)) for part in phrase.split("…")]
    return re.compile(f".{{0,{BRIDGE}}}".join(parts))


def found(text: str, phrase: str) -> bool:
    """Whether a normalised text has the phrase."""
    return _pattern(phrase).search(text) is not None


def first_found(text: str, phrases: Iterable[str]) -> str:
    """The first of the phrases that the normalised text has; empty when it has none."""
    return next((phrase for phrase in phrases if found(text, phrase)), "")


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
