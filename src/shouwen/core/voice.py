"""What one side of a call says, utterance by utterance, and where in it phrases are."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate

from shouwen.core.calls import Speaker
from shouwen.core.text.frames import Hit
from shouwen.core.text.phrases import PhraseSet
from shouwen.core.text.scanning import InLine, Scanner


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
            found = [self.places(ready) for ready in sets.values()]
            return any(found)
        return not self._scanned.keys().isdisjoint(sets)

    def turns_with(self, ready: PhraseSet) -> frozenset[int]:
        """The first turns of the utterances that have one of the phrases."""
        places = self.places(ready)
        return frozenset([utterance.turn for utterance, _ in places]) if places else _NONE

    def _found(self, ready: PhraseSet) -> Placed:
        if self.scanner.knows(ready):
            known = self._scanned.get(id(ready))
            if known is None:
                return ()
            placed = [(self._by_start[start], hit) for start, hit in known]
        else:
            self.scanner.add(ready)
            placed = [(u, hit) for u in self.utterances for hit in ready.hits_in(u.text)]
        if len(placed) > 1:
            placed.sort(key=_order)
        return tuple(placed)

    @cached_property
    def _text(self) -> str:
        """An utterance a line."""
        return "\n".join([utterance.text for utterance in self.utterances])

    @cached_property
    def _by_start(self) -> Mapping[int, Utterance]:
        lengths = (len(utterance.text) + 1 for utterance in self.utterances)
        return dict(zip((0, *accumulate(lengths)), self.utterances, strict=False))

    @cached_property
    def _scanned(self) -> Mapping[int, Sequence[InLine]]:
        """What the scanner knew when it was first asked; sets added later are looked for alone."""
        return self.scanner.scan(self._text)


def _order(placed: tuple[Utterance, Hit]) -> tuple[int, int, int, str]:
    utterance, hit = placed
    return utterance.turn, hit.start, hit.end, hit.phrase
