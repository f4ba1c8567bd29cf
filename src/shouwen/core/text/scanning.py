"""Looks for many sets of phrases in one text at a time: what one pass finds, every rule asks for."""

from collections.abc import Iterator, Sequence
from threading import Lock

from shouwen.core.text.frames import Frame, Hit
from shouwen.core.text.phrases import PhraseSet

Owners = Sequence[int]
Found = tuple[Owners, Hit]


class _Filed:
    """A frame, the numbers of the sets that have it, and which of its spellings it prefers."""

    __slots__ = ("frame", "owners")

    def __init__(self, frame: Frame) -> None:
        self.frame = frame
        self.owners: list[int] = []


class _Node(dict[str, "_Node"]):
    """What may follow the signs that lead here, and the pieces that end here: of which frame, and
    the how manieth of its pieces.
    """

    __slots__ = ("ends",)

    def __init__(self) -> None:
        super().__init__()
        self.ends: tuple[tuple[_Filed, int], ...] = ()


class Scanner:
    """The pieces of every frame of every set that was asked for, as a tree of signs.

    A set has a number from when it is added on, and is looked for with all the others in whatever is
    scanned from then on.
    """

    def __init__(self) -> None:
        self._root = _Node()
        self._filed: dict[str, _Filed] = {}
        self._numbers: dict[int, int] = {}
        self._sets: list[PhraseSet] = []
        self._adding = Lock()

    @property
    def count(self) -> int:
        """How many sets a scan looks for; theirs are the numbers below it."""
        return len(self._sets)

    def number_of(self, ready: PhraseSet) -> int | None:
        """The number of the set; None when no scan looks for it."""
        return self._numbers.get(id(ready))

    def added(self, ready: PhraseSet) -> int:
        """The number of the set, for which every scan looks from now on."""
        with self._adding:
            number = self._numbers.get(id(ready))
            if number is None:
                number = len(self._sets)
                for frame in ready.frames:
                    self._file(frame).owners.append(number)
                self._sets.append(ready)
                self._numbers[id(ready)] = number
        return number

    def scan(self, text: str) -> Sequence[Found]:
        """Every place of every phrase, with the numbers of the sets that have it."""
        found: list[Found] = []
        spelt: dict[_Filed, list[tuple[int, int, int]]] = {}
        asked: dict[_Filed, None] = {}
        for filed, place, start, end in self._pieces_in(text):
            frame = filed.frame
            if frame.written is None:
                found.append((filed.owners, Hit(frame.phrase, start, end)))
            elif not frame.is_spelt:
                asked[filed] = None
            elif not (frame.begins and start) and not (frame.ends and end < len(text)):
                spelt.setdefault(filed, []).append((start, place, end))
        for filed, places in spelt.items():
            found += _apart(filed, places)
        for filed in asked:
            found += [(filed.owners, hit) for hit in filed.frame.places(text)]
        return found

    def _pieces_in(self, text: str) -> Iterator[tuple[_Filed, int, int, int]]:
        root, length = self._root, len(text)
        for start, sign in enumerate(text):
            node = root.get(sign)
            end = start + 1
            while node is not None:
                for filed, place in node.ends:
                    yield filed, place, start, end
                if end == length:
                    break
                node = node.get(text[end])
                end += 1

    def _file(self, frame: Frame) -> _Filed:
        known = self._filed.get(frame.phrase)
        if known is not None:
            return known
        filed = self._filed[frame.phrase] = _Filed(frame)
        for place, piece in enumerate(frame.pieces):
            node = self._root
            for sign in piece:
                if sign not in node:
                    node[sign] = _Node()
                node = node[sign]
            node.ends = (*node.ends, (filed, place))
        return filed


def _apart(filed: _Filed, places: list[tuple[int, int, int]]) -> Iterator[Found]:
    """As a pattern would find them: from the left, the preferred spelling, none in another."""
    until = 0
    for start, _, end in sorted(places):
        if start >= until:
            until = end
            yield filed.owners, Hit(filed.frame.phrase, start, end)
