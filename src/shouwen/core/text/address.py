"""Recognises addresses in speech: estate, building, unit and flat, spoken, repeated, corrected."""

import re
from dataclasses import dataclass

from shouwen.core.text.phrases import in_figures, normalised, sounds_alike

_TOKENS = re.compile(r"[a-z]?\d+|[a-z](?=[座栋区])")
# A bare 号 names a building only when a unit follows: 17号, 一七 spells a number.
_FLAT = re.compile(
    r"(?P<before>[^\da-z]{0,14}?)(?P<building>[a-z]?\d+)"
    r"(?:(?:号楼|号院|栋|幢|座|楼)(?:(?P<unit>\d+)(?:单元|门洞|门))?|号(?P<unit_of_bare>\d+)(?:单元|门洞|门))"
    r"(?:\d{1,2}[层楼])?(?P<flat>\d{3,4})(?!\d)"
)
_GENERIC = ("小区", "社区")
_PLACE_WORDS = re.compile(
    "小区|社区|花园|家园|新村|街|路|巷|胡同|村|广场|市场|商场|超市|学校|医院|饭店|门口|楼道|楼梯|单元门|地下|车库|工地|厂"
)
_LEAST_SHARED = 3
_NUMBER_OF_FLAT = re.compile(r"\d{3}")
_OF_NUMBERS = frozenset("0123456789零〇一二三四五六七八九幺两十百千abcdefghijklmnopqrstuvwxyz")


@dataclass(frozen=True, slots=True)
class Place:
    """An address: the words before the first number, and its numbers in order."""

    words: str
    numbers: tuple[str, ...]


def place_of(address: str) -> Place:
    """The place of an address on record: 清泉里9号楼1单元101 → 清泉里, (9, 1, 101)."""
    text = in_figures(normalised(address))
    first = re.search(r"\d|[a-z](?=[座栋区])", text)
    words = text[: first.start()] if first else text
    return Place(_without_generic(words), tuple(_TOKENS.findall(text)))


def places_in(text: str) -> tuple[Place, ...]:
    """Every flat that a normalised text names."""
    spoken = in_figures(text) if names_a_number(text) else ""
    if _NUMBER_OF_FLAT.search(spoken) is None:
        return ()
    return tuple(
        Place(
            _without_generic(match["before"]),
            tuple(
                part for part in match.group("building", "unit", "unit_of_bare", "flat") if part
            ),
        )
        for match in _FLAT.finditer(spoken)
    )


def speaks_of(text: str, place: Place) -> bool:
    """Whether a normalised text names the place in full: its words by sound and every number in
    order.
    """
    if place.numbers and not names_a_number(text):
        return False
    spoken = in_figures(text)
    return _in_order(place.numbers, _TOKENS.findall(spoken)) and (
        not place.words or _heard(place.words, spoken)
    )


def repeats(text: str, place: Place) -> bool:
    """Whether a text repeats a place that the other side named: its numbers, and the end of its
    words.
    """
    if place.numbers and not names_a_number(text):
        return False
    spoken = in_figures(text)
    if not _in_order(place.numbers, _TOKENS.findall(spoken)):
        return False
    return (
        not place.words
        or any(_heard(place.words[-length:], spoken) for length in range(2, len(place.words) + 1))
        or len(place.words) < 2
    )


def repeats_a_spot(text: str, said: str) -> bool:
    """Whether a text repeats at least three characters, a word for a place among them, of what
    was said.
    """
    here, there = in_figures(text), in_figures(said)
    for i in range(len(there) - _LEAST_SHARED + 1):
        piece = there[i : i + _LEAST_SHARED]
        if piece in here and _PLACE_WORDS.search(there[max(0, i - 1) : i + _LEAST_SHARED + 1]):
            return True
    return False


def names_a_number(text: str) -> bool:
    """Whether a normalised text has anything of which a number or the letter of a building is made."""
    return not _OF_NUMBERS.isdisjoint(text)


def names_a_spot(text: str) -> bool:
    """Whether a normalised text has a word for a place."""
    return _PLACE_WORDS.search(text) is not None


def _without_generic(words: str) -> str:
    for generic in _GENERIC:
        if words.endswith(generic) and len(words) > len(generic) + 1:
            return words[: -len(generic)]
    return words


def _heard(words: str, text: str) -> bool:
    return words in text or any(
        sounds_alike(words, text[i : i + len(words)]) for i in range(len(text) - len(words) + 1)
    )


def _in_order(wanted: tuple[str, ...], heard: list[str]) -> bool:
    rest = iter(heard)
    return all(number in rest for number in wanted)
