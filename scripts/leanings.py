"""Trains the weights of what wording leans to (`leanings.toml` of a pack) on the written calls.

    PYTHONPATH=src:. python scripts/leanings.py standard/antai

Held-out files (`*_h`, `*_d`) are never read. Logistic regression, one rule against the rest, plain
gradient steps from zero: the same files give the same weights.
"""

import json
import sys
from collections import Counter
from pathlib import Path

import numpy as np

from shouwen.core.calls import parse_call
from shouwen.core.kinds.phrase import PhraseRule
from shouwen.core.text.leaning import features
from shouwen.standard.call_judging import heard_by
from shouwen.standard.pack import Pack, load_pack
from tests import written

AT_LEAST = 0.25
UNFRIENDLY, POLITE = (
    ("unfriendly_a.txt", "unfriendly_b.txt", "unfriendly_g.txt"),
    ("polite_a.txt", "polite_b.txt", "polite_g.txt"),
)
CALLS = ("calls_a.txt", "calls_c.txt")
DEMO = Path("src/shouwen/demo/calls.jsonl")
LEAST_USES, SMALLEST = 2, 0.12
STEPS, STEP, DECAY = 300, 0.1, 0.002
Row = tuple[list[str], frozenset[str]]


def main(path: Path) -> None:
    """Writes the weights beside the pack."""
    pack = load_pack(path)
    rules = {
        rule.clause: rule.id
        for rule in pack.rules.values()
        if isinstance(rule, PhraseRule) and rule.versions[-1].leans
    }
    rows = [row for row in _rows(pack) if row[0]]
    uses = Counter(feature for told, _ in rows for feature in set(told))
    vocabulary = {
        f: i for i, f in enumerate(sorted(f for f, n in uses.items() if n >= LEAST_USES))
    }
    weights, bias = _trained(rows, vocabulary, list(rules))
    _write(path / "leanings.toml", vocabulary, list(rules.values()), weights, bias)


def _rows(pack: Pack) -> list[Row]:
    rows = []
    for name in (*UNFRIENDLY, *POLITE):
        for clause, before, line in written.lines(name):
            heard = heard_by(pack, parse_call(written.around(before, line)))
            rows.append(
                (
                    features(heard.agent[2].text, heard.said_before(heard.agent[2])),
                    frozenset([clause]),
                )
            )
    demo = [json.loads(line) for line in DEMO.read_text("utf-8").splitlines() if line.strip()]
    for calls in (*map(written.calls, CALLS), demo):
        for call in calls:
            heard = heard_by(pack, parse_call(call))
            for utterance in heard.agent:
                broken = frozenset(
                    label["clause"]
                    for label in call["labels"]
                    if label.get("turn") in range(utterance.turn, utterance.last_turn + 1)
                )
                rows.append((features(utterance.text, heard.said_before(utterance)), broken))
    return rows


def _trained(
    rows: list[Row], vocabulary: dict[str, int], clauses: list[str]
) -> tuple[np.ndarray, np.ndarray]:
    x = np.zeros((len(rows), len(vocabulary)), np.float64)
    y = np.zeros((len(rows), len(clauses)), np.float64)
    for row, (told, broken) in enumerate(rows):
        known = sorted({vocabulary[f] for f in told if f in vocabulary})
        x[row, known] = 1 / np.sqrt(max(1, len(known)))
        y[row, [i for i, clause in enumerate(clauses) if clause in broken]] = 1
    parts = [np.zeros((x.shape[1], y.shape[1])), np.full(y.shape[1], -2.0)]
    means = [np.zeros_like(part) for part in parts]
    squares = [np.zeros_like(part) for part in parts]
    for step in range(1, STEPS + 1):
        error = 1 / (1 + np.exp(-(x @ parts[0] + parts[1]))) - y
        slopes = (x.T @ error / len(rows) * 10 + DECAY * parts[0], error.mean(0) * 10)
        for part, slope, mean, square in zip(parts, slopes, means, squares, strict=True):
            mean += 0.1 * (slope - mean)
            square += 0.01 * (slope * slope - square)
            part -= STEP * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.99**step)) + 1e-6)
    return parts[0], parts[1]


def _write(
    file: Path, vocabulary: dict[str, int], rules: list[str], weights: np.ndarray, bias: np.ndarray
) -> None:
    told = [
        "# What wording leans to where no phrase knows it: weights of one, two and three signs (`^` the beginning, `$` the end,",
        "# `C:` what the customer said before), made by scripts/leanings.py from the written calls. Not edited by hand.",
        f"at_least = {AT_LEAST}",
        "rules = [" + ", ".join(f'"{rule}"' for rule in rules) + "]",
        "bias = [" + ", ".join(f"{value:.3f}" for value in bias) + "]",
        "",
        "[weights]",
    ]
    for feature, place in vocabulary.items():
        pairs = [f"{i}:{w:.2f}" for i, w in enumerate(weights[place]) if abs(w) >= SMALLEST]
        if pairs:
            told.append(f'"{feature}" = "{" ".join(pairs)}"')
    file.write_text("\n".join(told) + "\n", "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
