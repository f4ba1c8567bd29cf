"""The value kind: aims and scope; they show evidence, never a percentage of their own."""

from dataclasses import dataclass
from typing import Literal

from shouwen.core.clause import RuleHead, Version, Words
from shouwen.core.matter import Matter
from shouwen.core.timing.steps import Step
from shouwen.core.verdict import NotApplicable, Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A figure that shows the aim at work. `id` is one of core/figures.py."""

    id: str
    title: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueVersion(Version):
    """One dated wording of the aim."""

    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueRule(RuleHead):
    """A rule that states an aim or a scope."""

    kind: Literal["value"]
    versions: tuple[ValueVersion, ...]

    @property
    def judged(self) -> bool:
        """An aim is shown by its evidence; the verdict says so."""
        return True


def judge_value(version: ValueVersion, matter: Matter) -> Verdict:
    """Never kept and never broken: the evidence, in the steps, speaks for itself."""
    steps = (_step(evidence) for evidence in version.evidence)
    return NotApplicable(reason="evidence_only", steps=tuple(steps) if matter.explain else ())


def _step(evidence: Evidence) -> Step:
    title = evidence.title
    return Step("shown_as_evidence", {"figure": evidence.id, "zh": title.zh, "en": title.en})
