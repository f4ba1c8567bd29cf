"""What one side of a call says, utterance by utterance, and where in it phrases are."""

from collections.abc import Collection, Sequence
from typing import NamedTuple

from shouwen.core.calls import Speaker
from shouwen.core.text.frames import Hit
from shouwen.core.text.phrases import PhraseSet
from shouwen.core.text.scanning import Scanner


class Utterance(NamedTuple):
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
Placed = Sequence[tuple[Utterance, Hit]]


class Voice:
    """The utterances of one side, and every place in them of what the scanner looks for."""

    __slots__ = ("_alone", "_covered", "_found", "_numbers", "_scanner", "_sorted", "utterances")

    def __init__(self, utterances: Sequence[Utterance], scanner: Scanner) -> None:
        self.utterances = utterances
        self._scanner = scanner
        self._numbers = scanner.numbers
        self._covered = scanner.count
        self._sorted: set[int] = set()
        self._alone: dict[int, tuple[PhraseSet, Placed]] = {}
        self._found: dict[int, list[tuple[Utterance, Hit]]] = {}
        found, scan = self._found, scanner.scan
        for utterance in utterances:
            for number, hit in scan(utterance.text):
                if number in found:
                    found[number].append((utterance, hit))
                else:
                    found[number] = [(utterance, hit)]

    def places(self, ready: PhraseSet) -> Placed:
        """Every place of the phrases, from the first to the last, counted within the utterance."""
        number = self._numbers.get(id(ready), self._covered)
        if number >= self._covered:
            return self._looked_for_alone(ready)
        found = self._found.get(number, ())
        if len(found) > 1 and number not in self._sorted:
            self._sorted.add(number)
            self._found[number].sort()
        return found

    def turns_with(self, ready: PhraseSet) -> frozenset[int]:
        """The first turns of the utterances that have one of the phrases."""
        places = self.places(ready)
        return frozenset([utterance.turn for utterance, _ in places]) if places else _NONE

    def has_any(self, sets: Collection[PhraseSet]) -> bool:
        """Whether one of the phrases of several sets is said at all."""
        return any(self.places(ready) for ready in sets)

    def said(self) -> Collection[int]:
        """The numbers of the sets of which a phrase is said, of those that the scanner has."""
        return self._found.keys()

    def _looked_for_alone(self, ready: PhraseSet) -> Placed:
        """The same for a set that no scan looked for yet; the next ones will, unless it names the caller."""
        known = self._alone.get(id(ready))
        if known is None:
            hits = [(u, hit) for u in self.utterances for hit in ready.hits_in(u.text)]
            known = self._alone[id(ready)] = (ready, sorted(hits))
            if not ready.of_one_caller:
                self._scanner.added(ready)
        return known[1]
