"""Judges calls of which the exchange's events are known, and nothing that was spoken."""

from collections.abc import Mapping
from datetime import date

from shouwen.core.clause import RuleHead, Scalar, matches
from shouwen.core.kinds.call_measure import (
    EVENT_MEASURES,
    CallMeasureRule,
    CallMeasureVersion,
    Rings,
    judge_events,
)
from shouwen.core.listening import CallFinding
from shouwen.core.telephony import Measures
from shouwen.standard.pack import Pack


def judge_told_call(
    *, pack: Pack, measures: Measures, day: date, facts: Mapping[str, Scalar], cause: str
) -> tuple[CallFinding, ...]:
    """What the rules say of a call of which only the exchange's events are known, by the versions of `day`.

    Rules that do not apply are left out. `cause`: why the call ended; a lost line excuses what the
    rule says it excuses.
    """
    findings = (
        CallFinding(
            rule_id=rule.id,
            clause=rule.clause,
            verdict=outcome.verdict,
            why=outcome.why,
            measured=outcome.measured,
        )
        for rule, version in _told_by_events(pack, day)
        if matches(when=version.when, facts=facts)
        for outcome in [judge_events(version, getattr(measures, version.measure))]
        if not (outcome.verdict == "broken" and cause in version.excused_by)
    )
    return tuple(finding for finding in findings if finding.verdict != "not_applicable")


def rings(*, pack: Pack, day: date) -> Rings | None:
    """How the exchange rings, by the rule on the answer in force on a day; None when none says it."""
    versions = (version for _, version in _told_by_events(pack, day) if version.rings)
    return next((version.rings for version in versions), None)


def _told_by_events(pack: Pack, day: date) -> list[tuple[RuleHead, CallMeasureVersion]]:
    rules = (rule for rule in pack.rules.values() if isinstance(rule, CallMeasureRule))
    dated = ((rule, rule.on(day)) for rule in rules)
    return [
        (rule, version)
        for rule, version in dated
        if isinstance(version, CallMeasureVersion)
        and version.is_judged
        and version.measure in EVENT_MEASURES
    ]
