"""How far the standard is carried: one row for each passage, gaps named."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from shouwen.core.clause import Words
from shouwen.core.kinds import Rule
from shouwen.standard.living import emitters
from shouwen.standard.needs import Emitters, Lived, lived, not_recorded
from shouwen.standard.pack import Pack
from shouwen.standard.registry import Passage

# They show evidence or advise; they accuse nobody, so no example can show them broken.
ACCUSES_NOBODY = frozenset({"value", "guidance"})
WITHOUT_PERCENTAGE = frozenset({"value"})
_TESTS = Path(__file__).resolve().parents[3] / "tests"
_QUOTED = re.compile(r"[\"']([a-z0-9]+(?:-[a-z0-9]+)+)[\"':]")


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverageRow:
    """One passage of the standard.

    `judged`: every rule of it gives verdicts and has the examples that show it. `lived`: the
    operations and screen steps that record its events; `waits_for`: events that nothing records
    yet. `measure`: the figures that show how it is kept, by rule; empty for aims and scope, which
    show `evidence` instead. `tests`: how many examples run and how many files of tests name its
    rules. `gap`: why the passage, or part of it, cannot be carried; None when nothing is missing.
    """

    clause: str
    section: str
    kind: str
    judged: bool
    lived: tuple[str, ...]
    waits_for: tuple[str, ...]
    measure: tuple[str, ...]
    evidence: tuple[Words, ...]
    examples: int
    test_files: tuple[str, ...]
    gap: Words | None
    rules: tuple[str, ...]

    @property
    def tests(self) -> int:
        """Examples that run, and files of tests that name a rule of the passage."""
        return self.examples + len(self.test_files)

    @property
    def is_lived(self) -> bool:
        """Whether everything that its rules cannot do without is recorded somewhere."""
        return bool(self.lived) and not self.waits_for


def coverage(pack: Pack) -> list[CoverageRow]:
    """A row for each passage, in printed order."""
    recorded, named = emitters(), files_naming_rules()
    return [_row(pack, passage, recorded, named) for passage in pack.passages]


def judged_passages(rows: Iterable[CoverageRow]) -> int:
    """How many passages are judged."""
    return sum(row.judged for row in rows)


def how_many_judged(pack: Pack) -> int:
    """How many passages of a pack are judged, without looking at anything else."""
    return sum(_judged([pack.rules[name] for name in each.rules]) for each in pack.passages)


def is_shown(rule: Rule) -> bool:
    """Whether a rule is judged and its examples show it: kept and, where it can be, broken."""
    if not rule.judged:
        return False
    is_advice = getattr(rule.versions[-1], "mode", "") == "guidance"
    if rule.kind in ACCUSES_NOBODY or is_advice:
        return bool(rule.examples)
    verdicts = {example.expect for example in rule.examples}
    return len(rule.examples) > 1 and bool(verdicts & {"missed", "broken"})


@lru_cache(maxsize=2)
def files_naming_rules(tests: Path = _TESTS) -> Mapping[str, tuple[str, ...]]:
    """By rule id: the files of tests that name it. Empty where the tests are not installed."""
    found: dict[str, list[str]] = {}
    for path in sorted(tests.rglob("*.py")):
        for name in sorted(set(_QUOTED.findall(path.read_text(encoding="utf-8")))):
            found.setdefault(name, []).append(str(path.relative_to(tests.parent)))
    return {name: tuple(files) for name, files in found.items()}


def step(lived: Lived) -> str:
    """One thing that is lived, on a line: event, operation, the ways that lead there."""
    ways = ", ".join(str(way) for way in lived.ways)
    return f"{lived.event} ← {lived.emitter.operation}" + (f" ← {ways}" if ways else "")


def _row(
    pack: Pack, passage: Passage, recorded: Emitters, named: Mapping[str, tuple[str, ...]]
) -> CoverageRow:
    rules = [pack.rules[rule_id] for rule_id in passage.rules]
    steps = [step(each) for rule in rules for each in lived(rule, emitters=recorded)]
    return CoverageRow(
        clause=passage.clause,
        section=passage.section,
        kind=_kinds(rules),
        judged=_judged(rules),
        lived=tuple(dict.fromkeys(steps)),
        waits_for=_once(not_recorded(rule, emitters=recorded) for rule in rules),
        measure=tuple(r.id for r in rules if r.judged and r.kind not in WITHOUT_PERCENTAGE),
        evidence=tuple(each for rule in rules for each in _evidence(rule)),
        examples=sum(len(rule.examples) for rule in rules),
        test_files=_once(named.get(rule.id, ()) for rule in rules),
        gap=passage.gap,
        rules=passage.rules,
    )


def _judged(rules: Sequence[Rule]) -> bool:
    return bool(rules) and all(is_shown(rule) for rule in rules)


def _evidence(rule: Rule) -> list[Words]:
    return [each.title for each in getattr(rule.versions[-1], "evidence", ())]


def _once(lists: Iterable[Iterable[str]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each for some in lists for each in some))


def _kinds(rules: Sequence[Rule]) -> str:
    return ", ".join(dict.fromkeys(rule.kind for rule in rules))
