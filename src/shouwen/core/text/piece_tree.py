"""Pieces of text filed under their first signs: one walk over a text finds all that it has."""

from collections.abc import Sequence
from typing import Generic, TypeVar

T = TypeVar("T")
Piece = tuple[T, int, int, int]
_HEAD = 3


class PieceTree(Generic[T]):
    """Grows with every value that is added; the walk over a text does not get longer.

    Most texts leave it after two signs; only after the third is it asked which pieces of which
    lengths there are.
    """

    def __init__(self) -> None:
        self._heads: dict[str, dict[str, dict[str, tuple[int, ...]]]] = {}
        self._short: set[str] = set()
        self._ends: dict[str, tuple[tuple[T, int], ...]] = {}

    def add(self, value: T, pieces: Sequence[str]) -> None:
        """From now on the pieces are found, and whose they are."""
        ends = self._ends
        for place, piece in enumerate(pieces):
            known = ends.get(piece)
            ends[piece] = ((value, place),) if known is None else (*known, (value, place))
            if known is not None:
                continue
            if len(piece) < _HEAD:
                self._short.add(piece)
            second = self._heads.setdefault(piece[0], {})
            if len(piece) > 1:
                third = second.setdefault(piece[1], {})
                if len(piece) >= _HEAD:
                    lengths = third.get(piece[2], ())
                    if len(piece) not in lengths:
                        third[piece[2]] = tuple(sorted((*lengths, len(piece))))

    def found_in(self, text: str) -> list[Piece[T]]:
        """Every piece that the text has: whose, the how manieth of its pieces, from where to where."""
        found: list[Piece[T]] = []
        heads, ends, short = self._heads.get, self._ends, self._short
        end_of_text = f"{text}\n\n"
        for start, sign in enumerate(text):
            second = heads(sign)
            if second is None:
                continue
            if sign in short:
                found += [(value, place, start, start + 1) for value, place in ends[sign]]
            after = end_of_text[start + 1]
            third = second.get(after)
            if third is None:
                continue
            if sign + after in short:
                found += [(value, place, start, start + 2) for value, place in ends[sign + after]]
            for length in third.get(end_of_text[start + 2], ()):
                known = ends.get(text[start : start + length])
                if known is not None and start + length <= len(text):
                    found += [(value, place, start, start + length) for value, place in known]
        return found
