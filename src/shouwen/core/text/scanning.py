"""Looks for many sets of phrases in one text at a time: what one pass finds, every rule asks for."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from operator import add

from shouwen.core.text.frames import Frame, Hit, grams_in
from shouwen.core.text.phrases import PhraseSet

InLine = tuple[int, Hit]
_GROWTH = 1.5


class Scanner:
    """Every frame of every set that was asked for, filed under three signs of each of its pieces.

    A set is added when it is first asked for; from then on it is looked for with all the others.
    """

    def __init__(self) -> None:
        self._sets: dict[int, PhraseSet] = {}
        self._owners: dict[str, list[int]] = {}
        self._filed: dict[str, dict[str, list[Frame]]] = {}
        self._grams: frozenset[str] = frozenset()
        self._frames: list[Frame] = []
        self._is_filed = True
        self._crowds: Counter[str] = Counter()
        self._filed_frames = 0

    def knows(self, ready: PhraseSet) -> bool:
        """Whether a scan looks for the set."""
        return id(ready) in self._sets

    def knows_all(self, sets: Mapping[int, PhraseSet]) -> bool:
        """Whether a scan looks for all of these sets, by their ids."""
        return sets.keys() <= self._sets.keys()

    def add(self, ready: PhraseSet) -> None:
        """From now on a scan looks for this set, too."""
        self._sets[id(ready)] = ready
        for frame in ready.frames:
            owners = self._owners.setdefault(frame.phrase, [])
            if not owners:
                self._frames.append(frame)
            owners.append(id(ready))
        self._is_filed = False

    def scan(self, text: str) -> Mapping[int, Sequence[InLine]]:
        """Every place of every phrase, with the beginning of its line and counted from there, by the
        id of its set; a set without any is left out.
        """
        found: dict[int, list[InLine]] = {}
        lines: dict[int, set[str]] = {}
        for gram in self._filed_in(text):
            for piece, frames in self._filed[gram].items():
                at = text.find(piece)
                while at >= 0:
                    start = text.rfind("\n", 0, at) + 1
                    looked_for = lines.setdefault(start, set())
                    for frame in frames:
                        if frame.phrase not in looked_for:
                            looked_for.add(frame.phrase)
                            self._look(frame, text, start, found)
                    at = text.find(piece, at + 1)
        return found

    def _filed_in(self, text: str) -> Iterator[str]:
        if not self._is_filed:
            self._file()
        pairs = list(map(add, text, text[1:]))
        yield from self._grams.intersection(text)
        yield from self._grams.intersection(pairs)
        yield from self._grams.intersection(map(add, pairs, text[2:]))

    def _look(self, frame: Frame, text: str, start: int, found: dict[int, list[InLine]]) -> None:
        end = text.find("\n", start)
        hits = frame.places_between(text, start, len(text) if end < 0 else end)
        if hits:
            placed = [(start, Hit(hit.phrase, hit.start - start, hit.end - start)) for hit in hits]
            for owner in self._owners[frame.phrase]:
                if owner in found:
                    found[owner] += placed
                else:
                    found[owner] = placed.copy()

    def _file(self) -> None:
        """Files each piece under that of its grams which fewest pieces have, so that hardly anything
        is looked for in vain; a few new frames are filed beside the others.
        """
        if len(self._frames) > _GROWTH * self._filed_frames:
            self._crowds = Counter(
                gram for f in self._frames for p in f.pieces for gram in grams_in(p)
            )
            self._filed, self._filed_frames = {}, 0
        for frame in self._frames[self._filed_frames :]:
            for piece in frame.pieces:
                gram = min(grams_in(piece), key=lambda each: (self._crowds[each], each))
                self._filed.setdefault(gram, {}).setdefault(piece, []).append(frame)
        self._filed_frames = len(self._frames)
        self._grams = frozenset(self._filed)
        self._is_filed = True
