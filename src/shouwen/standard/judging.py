"""Judges cases and calls by the rules of a pack.

Pure: the same events, rules, calendar and `now` give the same verdict.
"""

from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import replace
from datetime import date, datetime
from functools import lru_cache
from operator import attrgetter
from typing import Any, cast

from shouwen.core.calls import CallRecord
from shouwen.core.clause import RuleHead, Scalar, Version, Words, matches
from shouwen.core.events import Event
from shouwen.core.kinds import Rule
from shouwen.core.kinds.call_measure import CallMeasureRule, CallMeasureVersion, judge_measure
from shouwen.core.kinds.clock import ClockRule, ClockVersion
from shouwen.core.kinds.phrase import PhraseRule, PhraseVersion, judge_phrase
from shouwen.core.kinds.record import RecordRule, RecordVersion, judge_spoken_record
from shouwen.core.kinds.routing import RoutingRule, RoutingVersion, judge_transfer
from shouwen.core.kinds.script import (
    ScriptRule,
    ScriptVersion,
    judge_script,
    judged_where_it_applies,
)
from shouwen.core.listening import CallFinding, Heard, Outcome
from shouwen.core.matter import Matter
from shouwen.core.timing.calendar import WorkingCalendar, YearNotPublished
from shouwen.core.verdict import Gap, NotApplicable, Verdict
from shouwen.standard.evaluators import evaluate
from shouwen.standard.identity import This
from shouwen.standard.pack import Pack

_AT = attrgetter("at")

CaseRule = ClockRule | RecordRule | RoutingRule
Judging = Callable[[Any, Heard], Outcome]
_HEARD = frozenset((ScriptRule, PhraseRule, CallMeasureRule, RecordRule, RoutingRule))


def judge(  # noqa: PLR0913 - the call names each; all but four are for whoever knows more
    *,
    rule: Rule,
    facts: Mapping[str, Scalar],
    events: Sequence[Event],
    calendar: WorkingCalendar,
    now: datetime,
    version_from: date | None = None,
    explain: bool = True,
    calendars: Mapping[str, WorkingCalendar] | None = None,
    in_order: bool = False,
) -> Verdict:
    """The verdict of one rule on one matter at `now`.

    Events after `now` are not looked at; their order does not matter, but may be said to be that of
    time (`in_order`). `calendars` are the pack's further ones, for rules that name one (else
    NoSuchCalendar). The version is the one in force on the day of the first start event in the calendar's zone, of a standing duty on the day
    of judging, or the one that begins on `version_from`. A year without a calendar gives
    `Gap("calendar_year_missing", year)`: no promise, no exception.
    """
    happened = _happened(events, now, in_order=in_order)
    version = _version(rule, happened, calendar, version_from, now)
    if version is None:
        return NotApplicable(reason="not_started")
    if not matches(when=version.when, facts=facts):
        return NotApplicable(reason="facts")
    try:
        return evaluate(
            version,
            Matter(
                facts=facts,
                events=happened,
                calendar=calendar,
                calendars=calendars or {},
                now=now,
                explain=explain,
                rule_id=rule.id,
            ),
        )
    except YearNotPublished as error:
        return Gap(reason="calendar_year_missing", year=error.year)


def _happened(events: Sequence[Event], now: datetime, *, in_order: bool) -> Sequence[Event]:
    if in_order and (not events or events[-1].at <= now):
        return events
    return sorted((event for event in events if event.at <= now), key=_AT)


def version_on(
    *, rule: Rule, events: Sequence[Event], calendar: WorkingCalendar, now: datetime | None = None
) -> Version | None:
    """The version that judges these events; None when nothing has started or none was in force.

    `now` is asked for by standing duties only; left out: the last event.
    """
    happened = sorted(events, key=_AT)
    moment = now or (happened[-1].at if happened else None)
    return _version(rule, happened, calendar, None, moment)


def clocks(*, pack: Pack, facts: Mapping[str, Scalar], day: date) -> tuple[CaseRule, ...]:
    """The rules that put a clock on a case with these facts that begins on `day`; of one slot
    the most specific.
    """
    best: dict[str, tuple[int, CaseRule]] = {}
    for rule in pack.rules.values():
        version = rule.on(day) if isinstance(rule, CaseRule) else None
        if not isinstance(rule, CaseRule) or version is None or not _has_clock(rule, version):
            continue
        if not matches(when=version.when, facts=facts):
            continue
        slot = (rule.slot if isinstance(rule, ClockRule) else "") or rule.id
        if slot not in best or len(version.when) > best[slot][0]:
            best[slot] = (len(version.when), rule)
    return tuple(rule for _, rule in best.values())


def speaking(*, pack: Pack, facts: Mapping[str, Scalar], day: date) -> Mapping[str, CaseRule]:
    """The rules of `clocks` by their ids, remembered: between two first days nothing changes."""
    known = This(pack)
    return _speaking(known, _Facts(facts), bisect_right(_first_days(known), day))


class _Facts:
    """Facts as a key. In their written form True and 1 are not the same."""

    __slots__ = ("facts", "written")

    def __init__(self, facts: Mapping[str, Scalar]) -> None:
        self.facts = facts
        self.written = repr(facts)

    def __hash__(self) -> int:
        return hash(self.written)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Facts) and other.written == self.written


@lru_cache(maxsize=16)
def _first_days(known: This[Pack]) -> tuple[date, ...]:
    days = {version.from_ for rule in known.it.rules.values() for version in rule.versions}
    return tuple(sorted(days))


@lru_cache(maxsize=4096)
def _speaking(known: This[Pack], told: _Facts, epoch: int) -> Mapping[str, CaseRule]:
    day = _first_days(known)[epoch - 1] if epoch else date.min
    return {rule.id: rule for rule in clocks(pack=known.it, facts=told.facts, day=day)}


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
    heard = heard_by(pack, call)
    told = [
        _finding(rule, outcome)
        for rule, version, judge_it in rules_hearing(pack=pack, call=call, facts=facts)
        for outcome in [judged_where_it_applies(version=version, heard=heard, judge=judge_it)]
        if outcome.verdict != "not_applicable"
    ]
    return said_once(told, pack)


def heard_by(pack: Pack, call: CallRecord) -> Heard:
    """A call as a pack hears it."""
    return Heard(call=call, organisation=pack.organisation, hearing=pack.hearing)


def finding_of(rule: Rule, version: Version, judge_it: Judging, heard: Heard) -> CallFinding:
    """What one rule comes to on a call, also when it does not apply."""
    outcome = judged_where_it_applies(version=cast(Any, version), heard=heard, judge=judge_it)
    return _finding(rule, outcome)


def rules_hearing(
    *, pack: Pack, call: CallRecord, facts: Mapping[str, Scalar] | None = None
) -> Sequence[tuple[Rule, Any, Judging]]:
    """The rules that hear a call, each with its version of the call's day and how it is judged."""
    known = {**_facts_of(call), **(facts or {})}
    return _hearing_rules(This(pack), pack.calendar.day_of(call.started_at), _Facts(known))


@lru_cache(maxsize=4096)
def _hearing_rules(
    known: This[Pack], day: date, told: _Facts
) -> Sequence[tuple[Rule, Any, Judging]]:
    """The rules that hear calls of these facts on a day, each with its version and how it is judged."""
    rules = [rule for rule in known.it.rules.values() if type(rule) in _HEARD and rule.judged]
    dated = [(rule, rule.on(day)) for rule in rules]
    return [
        (rule, version, _JUDGES[type(version)])
        for rule, version in dated
        if version is not None and _hears(version) and matches(when=version.when, facts=told.facts)
    ]


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
    broken in the turn of one of those is broken there already, unless it is grave. What only leans
    to a rule counts where no words of another were found.
    """
    firm = {t for f in findings if f.because and f.verdict == "broken" for t in _firm(f)}
    held = [_without(f, firm & {*f.leaning_at}) if f.leaning_at else f for f in findings]
    broken = {f.rule_id: f.turns for f in held if f is not None and f.verdict == "broken"}
    said = []
    for finding in held:
        others = broken.keys() & _left_to(pack.rules[finding.rule_id]) if finding else ()
        if finding is None or (others and finding.verdict == "kept"):
            continue
        elsewhere: CallFinding | None = finding
        if others:
            elsewhere = _without(finding, {turn for other in others for turn in broken[other]})
        said += [elsewhere] if elsewhere is not None else []
    return tuple(said)


def _firm(finding: CallFinding) -> set[int | None]:
    return {*finding.turns} - {*finding.leaning_at}


def _without(finding: CallFinding, taken: Set[int | None]) -> CallFinding | None:
    """The finding in the turns that are left; None when there is none."""
    left = [
        t for t in finding.turns if t is not None and (t not in taken or t in finding.grave_at)
    ]
    return replace(finding, turn=left[0], also_at=tuple(left[1:])) if left else None


def _left_to(rule: Rule) -> set[str]:
    if not isinstance(rule, PhraseRule):
        return set()
    return {name for version in rule.versions for name in version.left_to}


def _version(
    rule: RuleHead,
    events: Sequence[Event],
    calendar: WorkingCalendar,
    version_from: date | None,
    now: datetime | None,
) -> Version | None:
    if version_from is not None:
        return next((v for v in rule.versions if v.from_ == version_from), None)
    is_standing, starts = _beginnings(This(rule))
    if now is not None and is_standing:
        return rule.on(calendar.day_of(now))
    begun = next((event for event in events if not starts or event.kind in starts), None)
    return None if begun is None else rule.on(calendar.day_of(begun.at))


@lru_cache(maxsize=4096)
def _beginnings(rule: This[RuleHead]) -> tuple[bool, frozenset[str]]:
    """Whether the rule is a standing duty, and what begins it in any of its versions."""
    versions = rule.it.versions
    starts = frozenset(kind for version in versions for kind in version.begins_on)
    return any(version.standing for version in versions), starts


def _has_clock(rule: CaseRule, version: Version) -> bool:
    """A record rule without a limit is heard on calls only; a gap promises nothing."""
    if isinstance(rule, RecordRule):
        return any(v.complete_within or v.handed_over_within for v in rule.versions)
    return not (isinstance(version, ClockVersion) and version.gap is not None)


def _finding(rule: Rule, outcome: Outcome) -> CallFinding:
    return CallFinding(
        rule_id=rule.id,
        clause=rule.clause,
        verdict=outcome.verdict,
        turn=outcome.turn,
        why=outcome.why,
        parts=outcome.parts,
        measured=outcome.measured,
        also_at=outcome.also_at,
        because=outcome.because,
        grave_at=outcome.grave_at,
        leaning_at=outcome.leaning_at,
    )


_CHANNELS = {"phone": "phone", "text": "im", "hall": "hall", "visit": "field"}


def _facts_of(call: CallRecord) -> dict[str, Scalar]:
    return {
        "direction": call.direction,
        "case_kind": call.kind,
        "channel": _CHANNELS[call.channel],
        "customer_known": call.customer is not None,
    }


_OUTSIDE = Outcome("not_applicable", Words(zh="不在适用范围", en="not within its conditions"))
_NOT_HEARD = Outcome("not_applicable", Words(zh="不从通话判定", en="not judged on calls"))


def _outcome(version: Version | None, heard: Heard, facts: Mapping[str, Scalar]) -> Outcome:
    if version is None or not matches(when=version.when, facts=facts):
        return _OUTSIDE
    return _outcome_of(version, heard) if _hears(version) else _NOT_HEARD


def _outcome_of(version: Version, heard: Heard) -> Outcome:
    # Each version is judged by the function of its own kind, which types cannot tell from a table.
    judge_it = _JUDGES[type(version)]
    return judged_where_it_applies(version=cast(Any, version), heard=heard, judge=judge_it)


_JUDGES: Mapping[type, Callable[[Any, Heard], Outcome]] = {
    PhraseVersion: judge_phrase,
    CallMeasureVersion: judge_measure,
    ScriptVersion: judge_script,
    RecordVersion: judge_spoken_record,
    RoutingVersion: judge_transfer,
}
