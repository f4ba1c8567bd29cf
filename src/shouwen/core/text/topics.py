"""The words under which an article is found, and what of a question is looked for.

A question is taken apart into pairs of characters and words in Latin letters; each is looked for by
itself, and the rarer one is, the more it tells. Nobody needs to know how an article is worded.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import log

from shouwen.core.text.name_sounds import name_letters
from shouwen.core.text.search_tokens import grams_of, mark, plain, words_of

MOST_PARTS = 14
_SOUNDED = 12  # longer titles are not typed by their sounds
_IN_TITLE = 3.0
_NEAR = 0.3  # of the best
# Two of these side by side ask, and do not say about what: 要带什么, 怎么办.
_ASKING = frozenset("怎么什吗呢的了要带能可以多少几个办哪里是有没样请问想我家这那啊")


@dataclass(frozen=True, slots=True)
class Hits:
    """For one part of a question the articles that have it: anywhere, and in title or keywords."""

    anywhere: frozenset[int]
    in_title: frozenset[int]


def words_of_article(
    *, title: str, keywords: Iterable[str], texts: Iterable[str]
) -> tuple[str, ...]:
    """Every word of an article; those of title and keywords also with a mark."""
    named = dict.fromkeys(word for each in (title, *keywords) for word in _named(each))
    said = dict.fromkeys(word for text in texts for word in grams_of(text))
    return tuple(dict.fromkeys([*named, *(in_title(word) for word in named), *said]))


def in_title(word: str) -> str:
    """The marked word: it stands in the title or among the keywords."""
    return mark("t", word)


def parts_of(question: str) -> tuple[str, ...]:
    """What of a question is looked for: no single letters, and of asking words only when there are no others."""
    words = [word for word in words_of(plain(question)) if len(word) > 1 or not word.isascii()]
    telling = [word for word in words if not _ASKING.issuperset(word)]
    return tuple((telling or words)[:MOST_PARTS])


def ranked(found: Mapping[str, Hits], *, limit: int) -> tuple[int, ...]:
    """The articles that answer best, the best first; none when nothing answers.

    An answer has a part of the question in its title, or at least half of all parts.
    """
    scores: dict[int, float] = {}
    counts: dict[int, int] = {}
    titled: set[int] = set()
    for hits in found.values():
        everywhere = hits.anywhere | hits.in_title
        tells = 1 / (1 + log(len(everywhere))) if everywhere else 0.0
        for pk in everywhere:
            scores[pk] = scores.get(pk, 0.0) + tells * (_IN_TITLE if pk in hits.in_title else 1.0)
            counts[pk] = counts.get(pk, 0) + 1
        titled |= hits.in_title
    answers = [pk for pk in scores if pk in titled or 2 * counts[pk] >= len(found)]
    answers.sort(key=lambda pk: (-scores[pk], pk))
    return tuple(_near(answers, scores))[:limit]


def _near(answers: Sequence[int], scores: Mapping[int, float]) -> Iterator[int]:
    best = scores[answers[0]] if answers else 0.0
    return (pk for pk in answers if scores[pk] >= _NEAR * best)


def _named(text: str) -> Iterator[str]:
    yield from grams_of(text)
    if len(text) <= _SOUNDED:
        yield from (word for word in name_letters(text) if len(word) > 1)
