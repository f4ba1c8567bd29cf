"""What one side of a call says, utterance by utterance, and where in it phrases are."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate

from shouwen.core.calls import Speaker
from shouwen.core.text.frames import Hit
from shouwen.core.text.phrases import PhraseSet
from shouwen.core.text.scanning import Scanner


@dataclass(frozen=True, slots=True)
class Utterance:
    """Turns of one speaker that belong together, normalised; `turn` is the first of them,
    `last_turn` the last.
    """

    turn: int
    last_turn: int
    speaker: Speaker
    text: str
    start: float
    end: float


_NONE: frozenset[int] = frozenset()
Placed = tuple[tuple[Utterance, Hit], ...]


@dataclass(frozen=True)
class Voice:
    """The utterances of one side. What phrases are looked for is remembered by the scanner."""

    utterances: tuple[Utterance, ...]
    scanner: Scanner
    _placed: dict[int, Placed] = field(default_factory=dict, repr=False, compare=False)

    def places(self, ready: PhraseSet) -> Placed:
        """Every place of the phrases, from the first to the last, counted within the utterance."""
        placed = self._placed.get(id(ready))
        if placed is not None:
            return placed
        placed = self._placed[id(ready)] = self._found(ready)
        return placed

    def has_any(self, sets: Mapping[int, PhraseSet]) -> bool:
        """Whether one of the phrases of several sets is said at all."""
        if not self.scanner.knows_all(sets):
            return any([self.places(ready) for ready in sets.values()])
        return not self._scanned.keys().isdisjoint(sets)

    def turns_with(self, ready: PhraseSet) -> frozenset[int]:
        """The first turns of the utterances that have one of the phrases."""
        places = self.places(ready)
        return frozenset([utterance.turn for utterance, _ in places]) if places else _NONE

    def _found(self, ready: PhraseSet) -> Placed:
        hits: Sequence[Hit]
        if self.scanner.knows(ready):
            hits = self._scanned.get(id(ready), ())
        else:
            self.scanner.add(ready)
            hits = ready.hits_in(self._text)
        if not hits:
            return ()
        placed = [self._within(hit) for hit in hits]
        if len(placed) > 1:
            placed.sort(key=_order)
        return tuple(placed)

    def _within(self, hit: Hit) -> tuple[Utterance, Hit]:
        i = bisect_right(self._starts, hit.start) - 1
        start = self._starts[i]
        return self.utterances[i], Hit(hit.phrase, hit.start - start, hit.end - start)

    @cached_property
    def _text(self) -> str:
        """An utterance a line."""
        return "\n".join([utterance.text for utterance in self.utterances])

    @cached_property
    def _starts(self) -> Sequence[int]:
        lengths = (len(utterance.text) + 1 for utterance in self.utterances)
        return (0, *accumulate(lengths))[: len(self.utterances)]

    @cached_property
    def _scanned(self) -> Mapping[int, Sequence[Hit]]:
        """What the scanner knew when it was first asked; sets added later are looked for alone."""
        return self.scanner.scan(self._text)


def _order(placed: tuple[Utterance, Hit]) -> tuple[int, int, int, str]:
    utterance, hit = placed
    return utterance.turn, hit.start, hit.end, hit.phrase
