"""The score sheet of a reviewed call: points by what was found, and by what people scored."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from shouwen.core.clause import Words

Standing = Literal["kept", "broken", "open", "not_applicable"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetItem:
    """One line of the sheet.

    By `rules`: full points while none of them is broken, `off` fewer for each that is (0: all at
    once). By `score`: the item of a rule that a person scores, out of `out_of`.
    """

    id: str
    title: Words
    points: int
    rules: tuple[str, ...] = ()
    score: str = ""
    out_of: int = 5
    off: int = 0


@dataclass(frozen=True, slots=True)
class Line:
    """What one item comes to; `got` is None while a person has still to say, `counts`: whether it was asked."""

    item: SheetItem
    got: int | None
    counts: bool = True


@dataclass(frozen=True, slots=True)
class Sheet:
    """The lines and their sum. Items that were no matter of the call do not count."""

    lines: tuple[Line, ...]

    @property
    def got(self) -> int:
        """Points so far."""
        return sum(line.got or 0 for line in self.lines if line.counts)

    @property
    def decided(self) -> int:
        """Points that could be had on what is decided."""
        return sum(line.item.points for line in self.lines if line.counts and line.got is not None)

    @property
    def waiting(self) -> int:
        """Points of items that nobody has scored yet."""
        return sum(line.item.points for line in self.lines if line.counts and line.got is None)


def sheet(
    *,
    items: Sequence[SheetItem],
    verdicts: Iterable[tuple[str, Standing]],
    scores: Mapping[str, int],
) -> Sheet:
    """The sheet of a call: `verdicts` are pairs of rule and what stands of it, `scores` by item."""
    found = list(verdicts)
    return Sheet(tuple(_line(item, found, scores) for item in items))


def _line(
    item: SheetItem, found: Sequence[tuple[str, Standing]], scores: Mapping[str, int]
) -> Line:
    if item.score:
        score = scores.get(item.id)
        return Line(item, None if score is None else round(item.points * score / item.out_of))
    mine = [standing for rule, standing in found if rule in item.rules]
    if "open" in mine:
        return Line(item, None)
    if "kept" not in mine and "broken" not in mine:
        return Line(item, None, counts=False)
    broken = mine.count("broken")
    off = broken * item.off if item.off else (item.points if broken else 0)
    return Line(item, max(0, item.points - off))
