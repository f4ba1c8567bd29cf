"""Puts right what a recogniser or a region says in other characters: homophones, words of a dialect."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from operator import add

from shouwen.core.text.frames import plain_texts
from shouwen.core.text.memory import Memory
from shouwen.core.text.phrases import sound


class _Syllables(dict[int, str]):
    """For each character one sign that stands for its syllable without tone: a table that is built
    as characters come up, so that a text is turned into sounds in one go.
    """

    def __init__(self) -> None:
        super().__init__()
        self._signs: dict[str, str] = {}

    def __missing__(self, code: int) -> str:
        character = chr(code)
        said = sound(character)
        sign = (
            self._signs.setdefault(said, chr(_PRIVATE + len(self._signs)))
            if said != character
            else character
        )
        self[code] = sign
        return sign


_PRIVATE = 0xF0000
_SYLLABLES = _Syllables()


class Restorer:
    """Puts back words for which a recogniser wrote other characters of the same sound."""

    def __init__(self, words: Iterable[str]) -> None:
        self._filed: dict[str, list[tuple[str, str]]] = {}
        for word in sorted({*words}, key=len, reverse=True):
            spoken = word.translate(_SYLLABLES)
            self._filed.setdefault(spoken[:2], []).append((word, spoken))

    def restored(self, text: str) -> str:
        """The normalised text with homophones of the known words replaced by the words: the longest
        first, then from the left.
        """
        places = list(self._places(text))
        if all(text.startswith(word, start) for _, start, word in places):
            return text
        signs, taken = list(text), set[int]()
        for _, start, word in sorted(places):
            span = range(start, start + len(word))
            if taken.isdisjoint(span):
                taken.update(span)
                signs[start : span.stop] = word
        return "".join(signs)

    def _places(self, text: str) -> Iterator[tuple[int, int, str]]:
        """Where the words are said, however they are written, each with its length below zero."""
        spoken, filed = text.translate(_SYLLABLES), self._filed
        for start, pair in enumerate(map(add, spoken, spoken[1:])):
            if pair in filed:
                for word, sounds in filed[pair]:
                    if spoken.startswith(sounds, start):
                        yield -len(word), start, word


class StandardSpeech:
    """Says in standard words what was said in those of a region, sign for sign of the text lost or won."""

    def __init__(self, dialect: Mapping[str, str]) -> None:
        self._dialect = dialect
        self._first = frozenset(word[0] for word in dialect)
        longest_first = sorted(dialect, key=len, reverse=True)
        self._words = re.compile("|".join(map(re.escape, longest_first))) if dialect else None

    def said(self, text: str) -> str:
        """The normalised text in standard words."""
        if self._words is None or self._first.isdisjoint(text):
            return text
        return self._words.sub(lambda match: self._dialect[match[0]], text)


class Ear:
    """Turns what was written of speech into what was said: normalised, homophones put right, in
    standard words.
    """

    def __init__(self, words: Iterable[str], dialect: Mapping[str, str]) -> None:
        self._restorer = Restorer(words)
        self._speech = StandardSpeech(dialect)
        self._memory: Memory[str, str] = Memory()

    def texts(self, written: Sequence[str]) -> tuple[str, ...]:
        """Each of several texts as it was said."""
        known = [self._memory.of(text) for text in written]
        new = [text for text, said in zip(written, known, strict=True) if said is None]
        heard = iter(self._heard(new) if new else ())
        return tuple([next(heard) if said is None else said for said in known])

    def _heard(self, written: Sequence[str]) -> Iterator[str]:
        restored = self._restorer.restored("\n".join(plain_texts(written)))
        said = self._speech.said(restored).split("\n")
        for text, heard in zip(written, said, strict=True):
            yield self._memory.keep(text, heard)
