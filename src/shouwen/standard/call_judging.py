"""Judges calls by the rules of a pack: each rule that has something to say of what was heard."""

from collections.abc import Callable, Mapping, Sequence, Set
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple, cast

from shouwen.core.calls import CallRecord
from shouwen.core.clause import Scalar, Version, Words, matches
from shouwen.core.kinds import Rule
from shouwen.core.kinds.call_measure import CallMeasureRule, CallMeasureVersion, judge_measure
from shouwen.core.kinds.phrase import PhraseRule, PhraseVersion
from shouwen.core.kinds.phrase_heard import BY_MODE, judge_phrase
from shouwen.core.kinds.record import RecordRule, RecordVersion, judge_spoken_record
from shouwen.core.kinds.routing import RoutingRule, RoutingVersion, judge_transfer
from shouwen.core.kinds.script import (
    ScriptRule,
    ScriptVersion,
    judge_script,
    judged_where_it_applies,
)
from shouwen.core.kinds.waking import Judged, asks_first, waits_for
from shouwen.core.listening import CallFinding, Heard, Outcome
from shouwen.core.waking import Wakers
from shouwen.standard.epochs import first_day
from shouwen.standard.identity import This
from shouwen.standard.pack import Pack
from shouwen.standard.written_facts import WrittenFacts

Judging = Callable[[Any, Heard], Outcome]
"""How a version of a rule is judged by what was heard."""

_HEARD = frozenset((ScriptRule, PhraseRule, CallMeasureRule, RecordRule, RoutingRule))
_CHANNELS = {"phone": "phone", "text": "im", "hall": "hall", "visit": "field"}
_OUTSIDE = Outcome("not_applicable", Words(zh="不在适用范围", en="not within its conditions"))
_NOT_HEARD = Outcome("not_applicable", Words(zh="不从通话判定", en="not judged on calls"))


def judge_call(
    *, rule: Rule, call: CallRecord, pack: Pack, facts: Mapping[str, Scalar] | None = None
) -> CallFinding:
    """What one rule comes to on one call, by the version in force on the call's day in the
    pack's zone.
    """
    day, known = pack.calendar.day_of(call.started_at), {**_facts_of(call), **(facts or {})}
    return _finding(rule, _outcome(rule.on(day), heard_by(pack, call), known))


def judge_calls(
    *, pack: Pack, call: CallRecord, facts: Mapping[str, Scalar] | None = None
) -> tuple[CallFinding, ...]:
    """What every judged call rule comes to on one call; rules that do not apply are left out."""
    plan = _plan_for(pack, call, facts)
    heard = heard_by(pack, call)
    if not heard.agent:
        return ()
    said = plan.wakers.heard_in(heard)
    told = []
    for rule, version, judge_it, waits, asks in plan.hearers:
        for bits in waits:
            if not bits & said:
                break
        else:
            outcome = (
                judged_where_it_applies(version=version, heard=heard, judge=judge_it)
                if asks & said
                else judge_it(version, heard)
            )
            if outcome.verdict != "not_applicable":
                told.append(_finding(rule, outcome))
    return said_once(told, pack)


def heard_by(pack: Pack, call: CallRecord) -> Heard:
    """A call as a pack hears it."""
    return Heard(call=call, organisation=pack.organisation, hearing=pack.hearing)


def rules_hearing(
    *, pack: Pack, call: CallRecord, facts: Mapping[str, Scalar] | None = None
) -> Sequence[tuple[Rule, Any, Judging]]:
    """The rules that hear a call, each with its version of the call's day and how it is judged."""
    return [each[:3] for each in _plan_for(pack, call, facts).hearers]


def finding_of(rule: Rule, version: Version, judge_it: Judging, heard: Heard) -> CallFinding:
    """What one rule comes to on a call, also when it does not apply."""
    outcome = judged_where_it_applies(version=cast(Any, version), heard=heard, judge=judge_it)
    return _finding(rule, outcome)


class _Hearer(NamedTuple):
    """A rule that hears calls, with its version, how it is judged, the bits that it waits for, and those
    with which it may not apply.
    """

    rule: Rule
    version: Any
    judge_it: Judging
    waits: tuple[int, ...]
    asks: int


class _Plan(NamedTuple):
    """The rules that may have something to say of calls of one kind."""

    wakers: Wakers
    hearers: Sequence[_Hearer]


def _plan_for(pack: Pack, call: CallRecord, facts: Mapping[str, Scalar] | None) -> _Plan:
    known, day = This(pack), pack.calendar.day_of(call.started_at)
    told = WrittenFacts({**_facts_of(call), **(facts or {})})
    return _plan(known, first_day(known, day), call.kind, call.channel, told)


@lru_cache(maxsize=1024)
def _plan(pack: This[Pack], day: date, kind: str, channel: str, told: WrittenFacts) -> _Plan:
    hearing, organisation = pack.it.hearing, pack.it.organisation
    wakers = Wakers(hearing=hearing, organisation=organisation, kind=kind)
    hearers = []
    for rule in pack.it.rules.values():
        version = rule.on(day) if type(rule) in _HEARD and rule.judged else None
        if not isinstance(version, Judged) or not _hears(version):
            continue
        if not matches(when=version.when, facts=told.facts):
            continue
        waits = waits_for(version, channel, wakers)
        if waits is not None:
            asks = asks_first(version, wakers)
            hearers.append(_Hearer(rule, version, _judge_of(version), waits, asks))
    return _Plan(wakers, hearers)


def _hears(version: Version) -> bool:
    """Whether the version says anything that is heard on a call."""
    match version:
        case ScriptVersion():
            return bool(version.parts or version.hang_up)
        case CallMeasureVersion():
            return version.is_judged
        case RecordVersion():
            return bool(version.spoken)
        case _:
            return isinstance(version, PhraseVersion | RoutingVersion)


def said_once(findings: Sequence[CallFinding], pack: Pack) -> tuple[CallFinding, ...]:
    """Without what rules leave to others: nothing is kept where one of those is broken, and what is
    broken in the turn of one of those is broken there already, unless it is grave.
    """
    broken = {f.rule_id: f.turns for f in findings if f.verdict == "broken"}
    if not broken:
        return tuple(findings)
    left_to = _left_to(This(pack))
    said = []
    for finding in findings:
        others = broken.keys() & left_to.get(finding.rule_id, ())
        if not others:
            said.append(finding)
        elif finding.verdict != "kept":
            taken = {turn for other in others for turn in broken[other]}
            elsewhere = _without(finding, taken)
            said += [elsewhere] if elsewhere is not None else []
    return tuple(said)


def _without(finding: CallFinding, taken: Set[int | None]) -> CallFinding | None:
    """The finding in the turns that are left; None when there is none."""
    left = [
        t for t in finding.turns if t is not None and (t not in taken or t in finding.grave_at)
    ]
    return finding._replace(turn=left[0], also_at=tuple(left[1:])) if left else None


@lru_cache(maxsize=16)
def _left_to(pack: This[Pack]) -> Mapping[str, frozenset[str]]:
    """For each rule that leaves anything to others, to which."""
    wording = (rule for rule in pack.it.rules.values() if isinstance(rule, PhraseRule))
    left = {rule.id: frozenset(n for v in rule.versions for n in v.left_to) for rule in wording}
    return {name: others for name, others in left.items() if others}


def _finding(rule: Rule, outcome: Outcome) -> CallFinding:
    return CallFinding(rule.id, rule.clause, *outcome)


def _facts_of(call: CallRecord) -> dict[str, Scalar]:
    return {
        "direction": call.direction,
        "case_kind": call.kind,
        "channel": _CHANNELS[call.channel],
        "customer_known": call.customer is not None,
    }


def _outcome(version: Version | None, heard: Heard, facts: Mapping[str, Scalar]) -> Outcome:
    if version is None or not matches(when=version.when, facts=facts):
        return _OUTSIDE
    if not _hears(version):
        return _NOT_HEARD
    judge_it = _JUDGES[type(version)]
    return judged_where_it_applies(version=cast(Any, version), heard=heard, judge=judge_it)


def _judge_of(version: Version) -> Judging:
    """How a version is judged that is meant for the channel."""
    if isinstance(version, PhraseVersion):
        return BY_MODE[version.mode]
    return _JUDGES[type(version)]


# Each version is judged by the function of its own kind, which types cannot tell from a table.
_JUDGES: Mapping[type, Judging] = {
    PhraseVersion: judge_phrase,
    CallMeasureVersion: judge_measure,
    ScriptVersion: judge_script,
    RecordVersion: judge_spoken_record,
    RoutingVersion: judge_transfer,
}
