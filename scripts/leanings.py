"""Trains the weights of what wording leans to (`leanings.toml` of a pack) on the written calls.

    PYTHONPATH=src:. python scripts/leanings.py standard/antai

Held-out files (`*_h`, `*_d`, `*_held`) are never read. Logistic regression over all rules and none,
accelerated gradient steps from zero: the same files give the same weights.
"""

import json
import sys
from collections import Counter
from pathlib import Path

import numpy as np

from shouwen.core.calls import parse_call
from shouwen.core.kinds.phrase import PhraseRule
from shouwen.core.listening import Heard
from shouwen.core.text.leaning import features
from shouwen.core.voice import Utterance
from shouwen.standard.call_judging import heard_by
from shouwen.standard.checking import _record
from shouwen.standard.pack import Pack, load_pack
from tests import written

AT_LEAST, BACKING = 0.45, 1.5
HELD_OUT = ("_h", "_d", "_held")
DEMO = Path("src/shouwen/demo/calls.jsonl")
LEAST_USES, SMALLEST = 4, 0.3
STRENGTH, STEPS = 15.0, 500
# Figures, places and names tell of a call what does not matter.
IDLE = frozenset("0123456789〇零二三四五六七八九十百千幺号楼栋元室区苑园里路街村")
Row = tuple[frozenset[str], frozenset[str]]


def main(path: Path) -> None:
    """Writes the weights beside the pack."""
    pack = load_pack(path)
    rules = {
        rule.clause: rule.id
        for rule in pack.rules.values()
        if isinstance(rule, PhraseRule) and rule.versions[-1].leans
    }
    rows = _rows(pack)
    uses = Counter(feature for told, _ in rows for feature in told)
    known = sorted(f for f, n in uses.items() if n >= LEAST_USES and _may_matter(f))
    vocabulary = {feature: i for i, feature in enumerate(known)}
    weights, bias = _trained(rows, vocabulary, list(rules))
    _write(path / "leanings.toml", vocabulary, list(rules.values()), weights, bias)


def _may_matter(feature: str) -> bool:
    return "<" in feature or IDLE.isdisjoint(feature)


def _rows(pack: Pack) -> list[Row]:
    rows = []
    for name in _files("unfriendly_*.txt", "polite_*.txt"):
        for clause, before, line in written.lines(name):
            heard = heard_by(pack, parse_call(written.around(before, line)))
            rows.append(
                (_told(heard.agent[2], heard, pack), frozenset([clause] if clause else []))
            )
    rows += _examples(pack)
    demo = [json.loads(line) for line in DEMO.read_text("utf-8").splitlines() if line.strip()]
    for calls in (*map(written.calls, _files("calls_*.txt")), demo):
        for call in calls:
            heard = heard_by(pack, parse_call(call))
            for utterance in heard.agent:
                broken = frozenset(
                    label["clause"]
                    for label in call["labels"]
                    if label.get("turn") in range(utterance.turn, utterance.last_turn + 1)
                )
                rows.append((_told(utterance, heard, pack), broken))
    return rows


def _examples(pack: Pack) -> list[Row]:
    """What agents say in the examples of the rules: the last words of one that is broken break it."""
    rows = []
    for rule in pack.rules.values():
        if not isinstance(rule, PhraseRule) or not rule.versions[-1].leans:
            continue
        for example in rule.examples:
            if example.call is not None:
                heard = heard_by(pack, _record(example.call, rule, pack))
                broken = frozenset([rule.clause] if example.expect == "broken" else [])
                rows.append((_told(heard.agent[-1], heard, pack), broken))
    return rows


def _files(*patterns: str) -> list[str]:
    found = (file for pattern in patterns for file in sorted(written.FOLDER.glob(pattern)))
    return [file.name for file in found if not file.stem.endswith(HELD_OUT)]


def _told(utterance: Utterance, heard: Heard, pack: Pack) -> frozenset[str]:
    meanings = pack.hearing.leanings.meanings
    return frozenset(features(utterance.text, heard.said_before(utterance), meanings))


def _trained(
    rows: list[Row], vocabulary: dict[str, int], clauses: list[str]
) -> tuple[np.ndarray, np.ndarray]:
    """The weights that make `STRENGTH` times the loss and half their squares least, the last ones those
    of no rule. A row that breaks several counts in parts.
    """
    told = [sorted(vocabulary[f] for f in row if f in vocabulary) for row, _ in rows]
    table = _Table(told, len(vocabulary))
    y = np.array([_share(broken, clauses) for _, broken in rows], np.float32)
    steepest = table.largest() * 0.5 * STRENGTH + 1
    found: np.ndarray = np.zeros((len(vocabulary) + 1, y.shape[1]), np.float32)
    ahead = found
    moment = 1.0
    for _ in range(STEPS):
        scores = table.times(ahead)
        parts = np.exp(scores - scores.max(1, keepdims=True))
        error = parts / parts.sum(1, keepdims=True) - y
        following = ahead - (STRENGTH * table.back(error) + ahead) / steepest
        next_moment = (1 + np.sqrt(1 + 4 * moment * moment)) / 2
        ahead = following + (moment - 1) / next_moment * (following - found)
        found, moment = following, next_moment
    return found[:-1], found[-1]


def _share(broken: frozenset[str], clauses: list[str]) -> list[float]:
    told = [float(clause in broken) for clause in clauses]
    several = sum(told)
    return [each / several for each in told] + [0.0] if several else [*told, 1.0]


class _Table:
    """Rows of features, each row of length one and with a one behind it, most places of which are empty."""

    def __init__(self, told: list[list[int]], width: int) -> None:
        whole = [[*known, width] for known in told]
        self._columns = np.concatenate([np.array(known) for known in whole])
        self._rows = np.repeat(np.arange(len(whole)), [len(known) for known in whole])
        scale = np.array([1 / np.sqrt(max(1, len(known))) for known in told], np.float32)
        self._values = np.where(self._columns == width, 1, scale[self._rows]).astype(np.float32)
        self._row_starts = np.searchsorted(self._rows, np.arange(len(whole)))
        self._order = np.argsort(self._columns, kind="stable")
        self._column_starts = np.searchsorted(self._columns[self._order], np.arange(width + 1))

    def times(self, weights: np.ndarray) -> np.ndarray:
        """What each row comes to."""
        told = weights[self._columns] * self._values[:, None]
        return np.add.reduceat(told, self._row_starts)

    def back(self, rows: np.ndarray) -> np.ndarray:
        """What each feature comes to."""
        told = (rows[self._rows] * self._values[:, None])[self._order]
        return np.add.reduceat(told, self._column_starts)

    def largest(self) -> float:
        """The largest eigenvalue of the products of the columns."""
        way = np.ones((len(self._column_starts), 1), np.float32)
        length = 1.0
        for _ in range(30):
            way = self.back(self.times(way / np.linalg.norm(way)))
            length = float(np.linalg.norm(way))
        return length


def _write(
    file: Path, vocabulary: dict[str, int], rules: list[str], weights: np.ndarray, bias: np.ndarray
) -> None:
    told = [
        "# What wording leans to: weights of one, two and three signs (`^` the beginning, `$` the end), of meanings (`<…>`, those",
        "# of meanings.toml), of two meanings together (`<…&…>`) and of what the customer said before (`C:<…>`), made by",
        "# scripts/leanings.py from the written calls. Not edited by hand.",
        f"at_least = {AT_LEAST}",
        f"backing = {BACKING}",
        "rules = [" + ", ".join(f'"{rule}"' for rule in rules) + "]",
        "bias = [" + ", ".join(f"{value - bias[-1]:.3f}" for value in bias[:-1]) + "]",
        "",
        "[weights]",
    ]
    for feature, place in vocabulary.items():
        pairs = [f"{i}:{w:.1f}" for i, w in enumerate(weights[place]) if abs(w) >= SMALLEST]
        if pairs:
            told.append(f'"{feature}" = "{" ".join(pairs)}"')
    file.write_text("\n".join(told) + "\n", "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
