"""Looks for many sets of phrases in one text at a time: what one pass finds, every rule asks for."""

from collections.abc import Iterator, Mapping, Sequence
from threading import Lock

from shouwen.core.text.frames import Frame, Hit
from shouwen.core.text.memory import Memory
from shouwen.core.text.phrases import PhraseSet
from shouwen.core.text.piece_tree import PieceTree

Found = tuple[int, Hit]


class _Filed:
    """A frame, and the numbers of the sets that have it."""

    __slots__ = ("anchored", "frame", "is_plain", "is_spelt", "owners", "phrase")

    def __init__(self, frame: Frame) -> None:
        self.frame = frame
        self.phrase = frame.phrase
        self.is_plain = frame.written is None
        self.is_spelt = frame.is_spelt
        self.anchored = frame.begins or frame.ends
        self.owners: list[int] = []

    def may_stand(self, start: int, end: int, length: int) -> bool:
        """Whether a spelling may stand there in a text of this length."""
        return not (self.frame.begins and start) and not (self.frame.ends and end < length)


class Scanner:
    """The frames of every set that was asked for, filed under their pieces.

    A set has a number from when it is added on, and is looked for with all the others in whatever is
    scanned from then on. `numbers`: those of the sets, by their ids.
    """

    def __init__(self) -> None:
        self._tree: PieceTree[_Filed] = PieceTree()
        self._filed: dict[str, _Filed] = {}
        self._numbers: dict[int, int] = {}
        self._sets: list[PhraseSet] = []
        self._memory: Memory[str, Sequence[Found]] = Memory()
        self._adding = Lock()

    @property
    def numbers(self) -> Mapping[int, int]:
        """The number of each set, by its id."""
        return self._numbers

    @property
    def count(self) -> int:
        """How many sets a scan looks for; theirs are the numbers below it."""
        return len(self._sets)

    def added(self, ready: PhraseSet) -> int:
        """The number of the set, for which every scan looks from now on."""
        with self._adding:
            number = self._numbers.get(id(ready))
            if number is None:
                number = len(self._sets)
                for frame in ready.frames:
                    self._file(frame).owners.append(number)
                self._memory = Memory()
                self._sets.append(ready)
                self._numbers[id(ready)] = number
        return number

    def scan(self, text: str) -> Sequence[Found]:
        """Every place of every phrase, with the number of a set that has it."""
        memory = self._memory
        known = memory.of(text)
        if known is None:
            places = self._scanned(text)
            known = memory.keep(text, [(n, hit) for owners, hit in places for n in owners])
        return known

    def _scanned(self, text: str) -> list[tuple[Sequence[int], Hit]]:
        """Every place of every phrase, with the numbers of the sets that have it."""
        found: list[tuple[Sequence[int], Hit]] = []
        spelt: dict[_Filed, list[tuple[int, int, int]]] = {}
        asked: set[_Filed] = set()
        for filed, place, start, end in self._tree.found_in(text):
            if filed.is_plain:
                found.append((filed.owners, Hit(start, end, filed.phrase)))
            elif not filed.is_spelt:
                asked.add(filed)
            elif not filed.anchored or filed.may_stand(start, end, len(text)):
                spelt.setdefault(filed, []).append((start, place, end))
        for filed, places in spelt.items():
            found += _apart(filed, places)
        for filed in asked:
            for hit in filed.frame.places(text):
                found.append((filed.owners, hit))
        return found

    def _file(self, frame: Frame) -> _Filed:
        filed = self._filed.get(frame.phrase)
        if filed is None:
            filed = self._filed[frame.phrase] = _Filed(frame)
            self._tree.add(filed, frame.pieces)
        return filed


def _apart(
    filed: _Filed, places: list[tuple[int, int, int]]
) -> Iterator[tuple[Sequence[int], Hit]]:
    """As a pattern would find them: from the left, the preferred spelling, none in another."""
    until = 0
    for start, _, end in sorted(places) if len(places) > 1 else places:
        if start >= until:
            until = end
            yield filed.owners, Hit(start, end, filed.phrase)
