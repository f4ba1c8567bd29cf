"""Which function judges which kind of rule. One line a kind."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from shouwen.core.clause import Version
from shouwen.core.kinds.clock import ClockVersion, judge_clock
from shouwen.core.kinds.guidance import GuidanceVersion, judge_guidance
from shouwen.core.kinds.record import RecordVersion, judge_record
from shouwen.core.kinds.routing import RoutingVersion, judge_routing
from shouwen.core.matter import Matter
from shouwen.core.verdict import Gap, Verdict

_EVALUATORS: Mapping[type[Version], Callable[[Any, Matter], Verdict]] = MappingProxyType(
    {
        ClockVersion: judge_clock,
        RecordVersion: judge_record,
        RoutingVersion: judge_routing,
        GuidanceVersion: judge_guidance,
    }
)


def evaluate(version: Version, matter: Matter) -> Verdict:
    """The verdict of one version on one matter; a kind without an evaluator is a gap.

    Raises YearNotPublished.
    """
    evaluator = _EVALUATORS.get(type(version))
    return Gap(reason="not_judged_yet") if evaluator is None else evaluator(version, matter)
