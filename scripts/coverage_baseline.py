"""Extends tests/standard/coverage_baseline.tsv by what is judged and lived now; it never takes away.

    python scripts/coverage_baseline.py

One line a clause that is judged or lived: its rules, how many examples run, and the events of its
rules that something in the product records. A test fails when a clause falls behind its line.
"""

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from shouwen.standard.coverage import CoverageRow, coverage
from shouwen.standard.locations import default_pack_path
from shouwen.standard.pack import load_pack

BASELINE = Path(__file__).resolve().parents[1] / "tests" / "standard" / "coverage_baseline.tsv"
HEAD = "clause\tjudged by\texamples\ttests\tlived by\n"


@dataclass(frozen=True, slots=True)
class Standing:
    """What a clause has reached; empty where it is not judged, or not lived."""

    rules: frozenset[str] = frozenset()
    examples: int = 0
    tests: int = 0
    events: frozenset[str] = frozenset()


def standing(row: CoverageRow) -> Standing:
    """What a clause has now."""
    events = (
        frozenset(step.partition(" ")[0] for step in row.lived) if row.is_lived else frozenset()
    )
    if not row.judged:
        return Standing(events=events)
    return Standing(frozenset(row.rules), row.examples, min(1, len(row.test_files)), events)


def lost(was: Standing, now: Standing) -> list[str]:
    """What a clause no longer has."""
    found = [f"rule {rule}" for rule in sorted(was.rules - now.rules)]
    found += [f"what records {event}" for event in sorted(was.events - now.events)]
    if now.examples < was.examples:
        found.append(f"{was.examples - now.examples} examples")
    if now.tests < was.tests:
        found.append("the tests that name its rules")
    return found


def read(path: Path = BASELINE) -> dict[str, Standing]:
    """The committed baseline by clause."""
    if not path.exists():
        return {}
    rows = [line.split("\t") for line in path.read_text("utf-8").splitlines()[1:]]
    return {
        clause: Standing(_set(rules), int(examples), int(tests), _set(events))
        for clause, rules, examples, tests, events in rows
    }


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _line(clause: str, each: Standing) -> str:
    rules, events = " ".join(sorted(each.rules)), " ".join(sorted(each.events))
    return f"{clause}\t{rules}\t{each.examples}\t{each.tests}\t{events}\n"


def _grown(was: Standing, now: Standing) -> Standing:
    return Standing(
        was.rules | now.rules,
        max(was.examples, now.examples),
        max(was.tests, now.tests),
        was.events | now.events,
    )


def now_standing() -> Mapping[str, Standing]:
    """Every clause of the installed standard as it stands now, in printed order."""
    return {row.clause: standing(row) for row in coverage(load_pack(default_pack_path()))}


def main() -> int:
    """Writes the baseline anew, each clause at least where it was."""
    before, now = read(), now_standing()
    for clause, was in before.items():
        for what in lost(was, now.get(clause, Standing())):
            print(f"{clause} has lost {what}", file=sys.stderr)
    grown = {clause: _grown(before.get(clause, Standing()), each) for clause, each in now.items()}
    lines = [_line(clause, each) for clause, each in grown.items() if each != Standing()]
    BASELINE.write_text(HEAD + "".join(lines), encoding="utf-8")
    print(f"{len(lines)} clauses")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
