"""Which function judges which kind of rule. One line a kind."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from shouwen.core.clause import RuleHead, Version
from shouwen.core.exceptions import with_exceptions
from shouwen.core.kinds.access import AccessVersion, judge_access
from shouwen.core.kinds.call_measure import CallMeasureVersion, judge_scored
from shouwen.core.kinds.checklist import ChecklistVersion, judge_checklist
from shouwen.core.kinds.clock import ClockVersion, judge_clock
from shouwen.core.kinds.frequency import FrequencyVersion, judge_frequency
from shouwen.core.kinds.guidance import GuidanceVersion, judge_guidance
from shouwen.core.kinds.notice import NoticeVersion, judge_notice
from shouwen.core.kinds.phrase import PhraseVersion
from shouwen.core.kinds.phrase_noted import judge_spoken
from shouwen.core.kinds.prohibition import ProhibitionVersion, judge_prohibition
from shouwen.core.kinds.protocol import ProtocolVersion, judge_protocol
from shouwen.core.kinds.record import RecordVersion, judge_record
from shouwen.core.kinds.register import RegisterVersion, judge_register
from shouwen.core.kinds.routing import RoutingVersion, judge_routing
from shouwen.core.kinds.sampling import SamplingVersion, judge_sampling
from shouwen.core.kinds.training import TrainingVersion, judge_training
from shouwen.core.kinds.value import ValueVersion, judge_value
from shouwen.core.matter import Matter
from shouwen.core.verdict import Gap, Verdict

_EVALUATORS: Mapping[type[Version], Callable[[Any, Matter], Verdict]] = MappingProxyType(
    {
        ClockVersion: judge_clock,
        RecordVersion: judge_record,
        RoutingVersion: judge_routing,
        PhraseVersion: judge_spoken,
        ProtocolVersion: judge_protocol,
        CallMeasureVersion: judge_scored,
        GuidanceVersion: judge_guidance,
        NoticeVersion: judge_notice,
        FrequencyVersion: judge_frequency,
        SamplingVersion: judge_sampling,
        RegisterVersion: judge_register,
        TrainingVersion: judge_training,
        ProhibitionVersion: judge_prohibition,
        ChecklistVersion: judge_checklist,
        AccessVersion: judge_access,
        ValueVersion: judge_value,
    }
)


def evaluate(version: Version, matter: Matter) -> Verdict:
    """The verdict of one version on one matter, after the exceptions that were granted.

    A kind without an evaluator is a gap. Raises YearNotPublished and NoSuchCalendar.
    """
    evaluator = _EVALUATORS.get(type(version))
    if evaluator is None:
        return Gap(reason="not_judged_yet")
    verdict = evaluator(version, matter)
    return with_exceptions(version, matter, verdict) if version.exceptions else verdict


def judges_matters(rule: RuleHead) -> bool:
    """Whether events decide the rule; the others are heard on calls or not judged yet."""
    return any(type(version) in _EVALUATORS for version in rule.versions)
