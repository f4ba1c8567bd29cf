"""Pieces of text as a tree of signs: one walk over a text finds all that it has."""

from collections.abc import Sequence
from typing import Generic, TypeVar

T = TypeVar("T")
Piece = tuple[T, int, int, int]


class _Node(dict[str, "_Node"]):
    """What may follow the signs that lead here, and whose pieces end here, the how manieth of each."""

    __slots__ = ("ends",)

    def __init__(self) -> None:
        super().__init__()
        self.ends: tuple[tuple[object, int], ...] = ()


class PieceTree(Generic[T]):
    """Grows with every value that is added; the walk over a text does not get longer."""

    def __init__(self) -> None:
        self._root = _Node()

    def add(self, value: T, pieces: Sequence[str]) -> None:
        """From now on the pieces are found, and whose they are."""
        for place, piece in enumerate(pieces):
            node = self._root
            for sign in piece:
                after = node.get(sign)
                if after is None:
                    after = node[sign] = _Node()
                node = after
            node.ends = (*node.ends, (value, place))

    def found_in(self, text: str) -> list[Piece[T]]:
        """Every piece that the text has: whose, the how manieth of its pieces, from where to where."""
        found: list[Piece[T]] = []
        after_root, length = self._root.get, len(text)
        for start, sign in enumerate(text):
            node = after_root(sign)
            end = start + 1
            while node is not None:
                for value, place in node.ends:
                    found.append((value, place, start, end))  # type: ignore[arg-type]
                if end == length:
                    break
                node = node.get(text[end])
                end += 1
        return found
