"""How far the standard is carried: one row for each passage, gaps named."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from shouwen.core.clause import Words
from shouwen.core.kinds import Rule
from shouwen.standard.pack import Pack
from shouwen.standard.registry import Passage


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverageRow:
    """One passage of the standard.

    `judged`: every rule of it gives verdicts. `lived`: what in the product emits its events;
    `measure`: the figure that shows how it is kept; both are empty until they exist. `tests`:
    how many examples run. `gap`: why the passage, or part of it, cannot be carried; None when
    nothing is missing.
    """

    clause: str
    section: str
    kind: str
    judged: bool
    lived: tuple[str, ...]
    measure: str
    tests: int
    gap: Words | None
    rules: tuple[str, ...]


def coverage(pack: Pack) -> list[CoverageRow]:
    """A row for each passage, in printed order."""
    return [_row(pack, passage) for passage in pack.passages]


def judged_passages(rows: Iterable[CoverageRow]) -> int:
    """How many passages are judged."""
    return sum(row.judged for row in rows)


def _row(pack: Pack, passage: Passage) -> CoverageRow:
    rules = [pack.rules[rule_id] for rule_id in passage.rules]
    return CoverageRow(
        clause=passage.clause,
        section=passage.section,
        kind=_kinds(rules),
        judged=bool(rules) and all(rule.judged for rule in rules),
        lived=(),
        measure="",
        tests=sum(len(rule.examples) for rule in rules),
        gap=passage.gap,
        rules=passage.rules,
    )


def _kinds(rules: Sequence[Rule]) -> str:
    return ", ".join(dict.fromkeys(rule.kind for rule in rules))
