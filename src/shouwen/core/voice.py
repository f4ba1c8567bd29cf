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
    """The utterances of one side. What phrases are looked for is remembered by the scanner."""

    __slots__ = ("_covered", "_found", "_placed", "_turns", "scanner", "utterances")

    def __init__(self, utterances: Sequence[Utterance], scanner: Scanner) -> None:
        self.utterances = utterances
        self.scanner = scanner
        self._covered = 0
        self._found: dict[int, list[tuple[Utterance, Hit]]] | None = None
        self._placed: dict[int, Placed] = {}
        self._turns: dict[int, frozenset[int]] = {}

    def places(self, ready: PhraseSet) -> Placed:
        """Every place of the phrases, from the first to the last, counted within the utterance."""
        placed = self._placed.get(id(ready))
        if placed is None:
            placed = self._placed[id(ready)] = self._in_order(ready)
        return placed

    def has_any(self, sets: Collection[PhraseSet]) -> bool:
        """Whether one of the phrases of several sets is said at all."""
        return any(self.places(ready) for ready in sets)

    def turns_with(self, ready: PhraseSet) -> frozenset[int]:
        """The first turns of the utterances that have one of the phrases."""
        turns = self._turns.get(id(ready))
        if turns is None:
            places = self.places(ready)
            turns = frozenset([utterance.turn for utterance, _ in places]) if places else _NONE
            self._turns[id(ready)] = turns
        return turns

    def said(self) -> Collection[int]:
        """The numbers of the sets of which a phrase is said, of those that the scanner has."""
        return self._scanned().keys()

    def _in_order(self, ready: PhraseSet) -> Placed:
        found = self._scanned()
        number = self.scanner.number_of(ready)
        if number is None or number >= self._covered:
            self.scanner.added(ready)
            placed = [(u, hit) for u in self.utterances for hit in ready.hits_in(u.text)]
        else:
            placed = found.get(number, [])
        return sorted(placed, key=_order) if len(placed) > 1 else placed

    def _scanned(self) -> dict[int, list[tuple[Utterance, Hit]]]:
        """What the scanner finds that it knew of when it was first asked; sets added later are looked
        for alone.
        """
        if self._found is None:
            found: dict[int, list[tuple[Utterance, Hit]]] = {}
            self._covered = self.scanner.count
            for utterance in self.utterances:
                for owners, hit in self.scanner.scan(utterance.text):
                    for owner in owners:
                        if owner in found:
                            found[owner].append((utterance, hit))
                        else:
                            found[owner] = [(utterance, hit)]
            self._found = found
        return self._found


def _order(placed: tuple[Utterance, Hit]) -> tuple[int, int, int, str]:
    utterance, hit = placed
    return utterance.turn, hit.start, hit.end, hit.phrase
