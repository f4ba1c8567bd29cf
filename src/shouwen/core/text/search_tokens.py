"""The words under which a customer at a home is found, and the words a query asks for.

Chinese has no spaces: every character and every pair of neighbours is a word of its own, so that
a query of one or two characters is answered by one word, completely, and a longer one by its
pairs. Words with a mark (`e_12`) are facts that no text can contain.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from shouwen.core.text.name_sounds import name_letters
from shouwen.core.text.numerals import half_width

TAIL = 4  # digits of a number that are indexed; longer tails are compared in full
_CHINESE = re.compile(r"[\u3400-\u9fff]+")
_LATIN = re.compile(r"[0-9a-z]+")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]+")
_UNFIT = re.compile(r"[^0-9a-z_\u0080-\U0010ffff]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """What is known of a customer at a home, as far as it can be searched.

    `numbers` are telephone and account numbers in digits and letters; `estate_id` 0: no home.
    """

    name: str
    surname: str
    estate_id: int = 0
    estate: str = ""
    building: str = ""
    unit: str = ""
    flat: str = ""
    place_name: str = ""
    numbers: tuple[str, ...] = ()


def plain(text: str) -> str:
    """Half-width, lower case, without control characters: how texts are compared."""
    return _CONTROL.sub(" ", half_width(text)).lower().strip()


def searched_text(listed: Listed) -> str:
    """The text in which a query of words must occur: name, estate, name of the place, one a line."""
    return "\n".join(plain(part) for part in (listed.name, listed.estate, listed.place_name))


def tokens_of(listed: Listed) -> tuple[str, ...]:
    """Every word under which this customer at this home is found, each once."""
    return tuple(dict.fromkeys(_tokens(listed)))


def words_of(text: str) -> tuple[str, ...]:
    """The words that must all be there when `text` occurs in a searched text.

    One character: itself. Two: the pair. More: every pair, which is necessary and nearly
    sufficient; whoever asks compares the text itself afterwards.
    """
    return tuple(dict.fromkeys(_needed(plain(text))))


def grams_of(text: str) -> tuple[str, ...]:
    """Every character and every pair of neighbours in a text, and its words in Latin letters."""
    return tuple(dict.fromkeys(_grams(plain(text))))


def mark(kind: str, value: str | int) -> str:
    """The word for a fact: mark("b", "12A") → b_12a."""
    return f"{kind}_{_UNFIT.sub('', plain(str(value)))}"


def home_mark(building: str, unit: str, flat: str) -> str:
    """The word for a whole door, which is far rarer than its three figures: h_12_3_502."""
    return mark("h", "-".join((building, unit, flat)).replace("-", "_"))


def _tokens(listed: Listed) -> Iterator[str]:
    for part in (listed.name, listed.estate, listed.place_name):
        yield from _grams(plain(part))
    yield from name_letters(listed.name, surname=listed.surname)
    if listed.surname:
        yield mark("s", listed.surname)
    if listed.estate_id:
        yield mark("e", listed.estate_id)
    for kind, value in (("b", listed.building), ("u", listed.unit), ("f", listed.flat)):
        if value:
            yield mark(kind, value)
    if listed.building and listed.flat:
        yield home_mark(listed.building, listed.unit, listed.flat)
    yield from (mark("t", number[-TAIL:]) for number in listed.numbers if len(number) >= TAIL)


def _grams(text: str) -> Iterator[str]:
    for run in _CHINESE.findall(text):
        yield from run
        yield from (run[at : at + 2] for at in range(len(run) - 1))
    yield from _LATIN.findall(text)


def _needed(text: str) -> Iterator[str]:
    for run in _CHINESE.findall(text):
        yield from [run] if len(run) == 1 else (run[at : at + 2] for at in range(len(run) - 1))
    yield from _LATIN.findall(text)
