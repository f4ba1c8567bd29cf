"""Judges cases and calls by the rules of a pack.

Pure: the same events, rules, calendar and `now` give the same verdict.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache
from operator import attrgetter

from shouwen.core.clause import RuleHead, Scalar, Version, matches
from shouwen.core.events import Event
from shouwen.core.kinds import Rule
from shouwen.core.kinds.clock import ClockRule, ClockVersion
from shouwen.core.kinds.record import RecordRule
from shouwen.core.kinds.routing import RoutingRule
from shouwen.core.matter import Matter
from shouwen.core.timing.calendar import WorkingCalendar, YearNotPublished
from shouwen.core.verdict import Gap, NotApplicable, Verdict
from shouwen.standard.call_judging import judge_call as judge_call
from shouwen.standard.call_judging import judge_calls as judge_calls
from shouwen.standard.call_judging import said_once as said_once
from shouwen.standard.epochs import first_day
from shouwen.standard.evaluators import evaluate
from shouwen.standard.identity import This
from shouwen.standard.pack import Pack
from shouwen.standard.written_facts import WrittenFacts

_AT = attrgetter("at")

CaseRule = ClockRule | RecordRule | RoutingRule


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
    return _speaking(known, WrittenFacts(facts), first_day(known, day))


@lru_cache(maxsize=4096)
def _speaking(known: This[Pack], told: WrittenFacts, day: date) -> Mapping[str, CaseRule]:
    return {rule.id: rule for rule in clocks(pack=known.it, facts=told.facts, day=day)}


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
