"""What a phrase may be made of besides characters, and where a text has it.

`…` bridges up to 12 characters, `~` up to 4; `(one|other)` is one or the other, with an empty one
(`(真|)`) or a question mark (`(真)?`) or none of them; `%` is one to three characters, the same ones each time that it stands in the
phrase (`爱%不%`); `<boss>` is one word of the class `boss`, `<boss?>` one or none; `^` in front
stands for the beginning of what was said, and `$` at the back, or as one of several, for its end.
"""

import math
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from types import MappingProxyType
from typing import NamedTuple

WordClasses = Mapping[str, tuple[str, ...]]
NO_CLASSES: WordClasses = MappingProxyType({})
BRIDGE, STEP = 12, 4
_END = "$"
_SIGNS = re.compile(r"[\W_]+")
_TOKEN = re.compile(
    r"…+|~|%|<(?P<name>[a-z_]+)(?P<maybe>\?)?>|\((?P<either>[^()]*)\)(?P<none>\?)?"
)
_FILLERS = frozenset(
    [
        "呃",
        "嗯",
        "额",
        "啊",
        "唉",
        "哦",
        "那个",
        "这个",
        "就是",
        "就是说",
        "然后",
        "嗯嗯",
        "呃呃",
        "那",
        "这",
    ]
)
_HUM = "呃"
_STOPS = re.compile(r"(?:[^\w\n]|_)+")
_MOST_PIECES = 400
_FIRST, _SAME = "(?P<again>.{1,3}?)", "(?P=again)"
_OFTEN, _SELDOM = 0.03, 0.003
_EVERYWHERE = frozenset("您你我的了是不这那就有给一们人说个上来去到要在也")


@lru_cache(maxsize=4096)
def normalised(text: str) -> str:
    """The text without anything that is not a letter, a character or a digit."""
    return _SIGNS.sub("", unicodedata.normalize("NFKC", text).lower())


def pieces_of(text: str) -> tuple[str, ...]:
    """What stands between the signs of what was said, each piece normalised, without the sounds
    that only fill a pause; what is nothing else stays as it is.
    """
    return tuple(piece for pieces in _pieces_of([text]) for piece in pieces if piece) or ("",)


def plain_texts(texts: Sequence[str]) -> Sequence[str]:
    """Several texts at once, each normalised, without the sounds that only fill a pause."""
    return ["".join(pieces) for pieces in _pieces_of(texts)]


def _pieces_of(texts: Sequence[str]) -> Iterator[Sequence[str]]:
    """What stands between the signs of each text, without fillers where anything else is left."""
    written = "\n".join([text.replace("\n", " ") if "\n" in text else text for text in texts])
    plain = _STOPS.sub(" ", written)
    if not unicodedata.is_normalized("NFKC", plain):
        plain = _STOPS.sub(" ", unicodedata.normalize("NFKC", plain))
    for line in plain.lower().split("\n"):
        pieces = line.split(" ")
        if _HUM in line or not _FILLERS.isdisjoint(pieces):
            left = [piece for piece in pieces if piece and piece not in _FILLERS]
            pieces = [piece.replace(_HUM, "") for piece in left] if left else pieces
        yield pieces


class Hit(NamedTuple):
    """A phrase that a text has, from `start` up to but not including `end`; in order of their places."""

    start: int
    end: int
    phrase: str


@dataclass(frozen=True)
class Frame:
    """A phrase ready to be looked for: the pieces of which a text must have one, and the pattern
    where the phrase is more than a piece. Most patterns are never asked for, so none is made before.

    `is_spelt`: the pieces are the whole phrase in each of its spellings, the one that is preferred
    first; it may still have to stand at the beginning or the end of what is said.
    """

    phrase: str
    pieces: tuple[str, ...]
    written: str | None = None
    is_spelt: bool = False
    begins: bool = False
    ends: bool = False

    @cached_property
    def pattern(self) -> re.Pattern[str] | None:
        """The pattern; None where the piece is all."""
        return None if self.written is None else re.compile(self.written, re.MULTILINE)

    def places(self, text: str) -> Sequence[Hit]:
        """Every place of the phrase in the text."""
        if self.pattern is not None:
            return [Hit(*match.span(), self.phrase) for match in self.pattern.finditer(text)]
        piece, places = self.pieces[0], []
        start = text.find(piece)
        while start >= 0:
            places.append(Hit(start, start + len(piece), self.phrase))
            start = text.find(piece, start + 1)
        return places


@dataclass(frozen=True, slots=True)
class _Words:
    """One of these words; an empty one among them when none of them may be."""

    any_of: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Gap:
    up_to: int


@dataclass(frozen=True, slots=True)
class _Again:
    """The same few characters each time."""


_NOTHING = _Words(("",))
_Part = _Words | _Gap | _Again


def frame(phrase: str, words: WordClasses = NO_CLASSES) -> Frame | None:
    """The phrase compiled; None for what nobody can say: signs only, or a class without words."""
    begins, ends = phrase.startswith("^"), phrase.endswith("$")
    parts = [part for part in _parts(phrase, words) if part != _NOTHING]
    if any(isinstance(part, _Words) and not any(part.any_of) for part in parts):
        return None
    while parts and isinstance(parts[0], _Gap):
        del parts[0]
    while parts and isinstance(parts[-1], _Gap):
        del parts[-1]
    spellings = _spellings(parts)
    pieces = spellings or _pieces(parts)
    if not pieces or not all(pieces):
        return None
    if len(parts) == 1 and len(pieces) == 1 and not begins and not ends:
        return Frame(phrase, pieces, is_spelt=True)
    pattern = "".join(map(_as_pattern, parts)).replace(_SAME, _FIRST, 1)
    whole = ("^" if begins else "") + pattern + ("$" if ends else "")
    return Frame(phrase, pieces, whole, bool(spellings), begins, ends)


def class_names(phrase: str) -> Iterator[str]:
    """The classes of words that a phrase names."""
    return (match["name"] for match in _TOKEN.finditer(phrase) if match["name"])


def _parts(phrase: str, words: WordClasses) -> Iterator[_Part]:
    done = 0
    for token in _TOKEN.finditer(phrase):
        yield from _plain(phrase[done : token.start()])
        done = token.end()
        if token["name"]:
            named = map(normalised, words.get(token["name"], ()))
            yield _Words((*named, *([""] if token["maybe"] else ())))
        elif token["either"] is not None:
            either = (*token["either"].split("|"), *([""] if token["none"] else ()))
            yield _Words(
                tuple(dict.fromkeys(each if each == _END else normalised(each) for each in either))
            )
        elif token[0] == "%":
            yield _Again()
        else:
            yield _Gap(STEP if token[0] == "~" else BRIDGE)
    yield from _plain(phrase[done:])


def _plain(text: str) -> Iterator[_Words]:
    if word := normalised(text):
        yield _Words((word,))


def _as_pattern(part: _Part) -> str:
    if isinstance(part, _Gap):
        return f".{{0,{part.up_to}}}?"
    if isinstance(part, _Again):
        return _SAME
    if len(part.any_of) == 1 and part.any_of[0] != _END:
        return re.escape(part.any_of[0])
    words = _longest_first(part)
    either = "|".join(word if word == _END else re.escape(word) for word in words)
    return f"(?:{either})" + ("?" if "" in part.any_of else "")


def _longest_first(part: _Words) -> list[str]:
    return sorted(filter(None, part.any_of), key=len, reverse=True)


def _spellings(parts: Sequence[_Part]) -> tuple[str, ...]:
    """The whole phrase spelt out in the order in which its pattern would try; empty when it cannot be."""
    run: tuple[str, ...] = ("",)
    for part in parts:
        if not isinstance(part, _Words) or _END in part.any_of:
            return ()
        if len(run) * len(part.any_of) > _MOST_PIECES:
            return ()
        words = [*_longest_first(part), *([""] if "" in part.any_of else [])]
        run = tuple(before + word for before in run for word in words)
    return tuple(dict.fromkeys(run))


def _pieces(parts: Sequence[_Part]) -> tuple[str, ...]:
    """Of the runs between gaps, spelt out, the one that is least likely to be in any other text."""
    runs: list[tuple[str, ...]] = []
    run: tuple[str, ...] = ("",)
    for part in (*parts, _Gap(0)):
        longer = _spelt(run, part)
        if longer is None:
            runs.append(tuple(dict.fromkeys(run)))
            run = tuple(w.rstrip(_END) for w in part.any_of) if isinstance(part, _Words) else ("",)
        else:
            run = longer
    return min((run for run in runs if all(run)), key=_likely, default=())


def _spelt(run: tuple[str, ...], part: _Part) -> tuple[str, ...] | None:
    if not isinstance(part, _Words) or len(run) * len(part.any_of) > _MOST_PIECES:
        return None
    return tuple(before + word.rstrip(_END) for before in run for word in part.any_of)


def _likely(run: tuple[str, ...]) -> float:
    """How likely one of the words is in a text that has nothing to do with them, roughly."""
    return sum(
        math.prod(_OFTEN if sign in _EVERYWHERE else _SELDOM for sign in word) for word in run
    )
