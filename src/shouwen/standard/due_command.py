"""Answers when something is due, and why, from events as typed at a terminal."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from shouwen.core.clause import Scalar
from shouwen.core.kinds import Rule
from shouwen.core.verdict import Excepted, Gap, NotApplicable, NotProvable, Verdict
from shouwen.standard.due_input import (
    BadInput,
    DueInput,
    events_typed,
    facts_typed,
    moment_typed,
    unknown,
)
from shouwen.standard.evaluators import judges_matters
from shouwen.standard.explain import worded
from shouwen.standard.judging import judge, version_on
from shouwen.standard.pack import Pack
from shouwen.standard.settings import Ladder
from shouwen.standard.turns import with_turns

__all__ = ["BadInput", "DueInput", "due_answer"]

_NOBODY = Ladder()


def due_answer(
    *, pack: Pack, rule_id: str, given: DueInput, ladder: Ladder = _NOBODY
) -> dict[str, Any]:
    """Rule, version, started_at, warn_at, due_at, verdict, calendar, explanation; then the softer
    limit, what failed, and who would be told when. Raises BadInput.

    Instants are ISO 8601 in the pack's zone; what the verdict does not have is None. `calendar`
    is None when only natural time counts. Rules that this one waits for are judged first.
    """
    zone = pack.calendar.zone
    rule = _rule(pack, rule_id)
    events = events_typed(given, zone)
    facts = facts_typed(given.facts)
    if given.department and given.department not in pack.departments:
        raise unknown("部门", "department", given.department, pack.departments)
    now = moment_typed(given.now, zone) if given.now else max(event.at for event in events)
    events = with_turns(pack=pack, rule=rule, facts=facts, events=events, now=now)
    verdict = judge(
        rule=rule,
        facts=facts,
        events=events,
        calendar=pack.calendar,
        calendars=pack.calendars,
        now=now,
    )
    version = version_on(
        rule=rule,
        events=[event for event in events if event.at <= now],
        calendar=pack.calendar,
    )
    used = next(
        (step.params["version"] for step in verdict.steps if step.code == "calendar"), None
    )
    due_at = getattr(verdict, "due_at", None)
    return {
        "rule": rule.id,
        "version": version.from_.isoformat() if version else None,
        "started_at": _shown(getattr(verdict, "started_at", None), zone),
        "warn_at": _shown(getattr(verdict, "warn_at", None), zone),
        "due_at": _shown(due_at, zone),
        "verdict": verdict.word,
        "calendar": used,
        "explanation": _explained(pack, verdict, zone),
        "soft_due_at": _shown(getattr(verdict, "soft_due_at", None), zone),
        "failed": list(getattr(verdict, "failed", ())),
        "escalation": _escalation(ladder, due_at, facts, given.department, zone),
    }


def _rule(pack: Pack, rule_id: str) -> Rule:
    rule = pack.rules.get(rule_id)
    if rule is None:
        raise unknown("规则", "rule", rule_id, pack.rules)
    if not judges_matters(rule):
        raise BadInput(
            f"{rule_id}（{rule.kind}）不从事件判定，请用 shouwen calls review · "
            f"{rule_id} ({rule.kind}) is not judged from events; use shouwen calls review"
        )
    return rule


def _shown(at: datetime | None, zone: ZoneInfo) -> str | None:
    return None if at is None else at.astimezone(zone).isoformat()


def _escalation(
    ladder: Ladder,
    due_at: datetime | None,
    facts: Mapping[str, Scalar],
    department: str,
    zone: ZoneInfo,
) -> list[dict[str, Any]]:
    """Who is told when, if nobody does it: every rung that this matter climbs, in order of time."""
    if due_at is None:
        return []
    rungs = [each for each in ladder.rung if each.speaks_of(facts=facts, department=department)]
    return [
        {
            "rung": rung.id,
            "at": _shown(rung.at(due_at), zone),
            "tell": list(rung.tell),
            "zh": rung.title.zh,
            "en": rung.title.en,
        }
        for rung in sorted(rungs, key=lambda rung: rung.at(due_at))
    ]


def _explained(pack: Pack, verdict: Verdict, zone: ZoneInfo) -> list[dict[str, str]]:
    told = [
        worded(verdict.steps, language, zone=zone, reasons=pack.reasons)
        for language in ("zh", "en")
    ]
    steps = [
        {
            "code": step.code,
            "zh": zh.text,
            "en": en.text,
            "source_zh": zh.source,
            "source_en": en.source,
        }
        for step, zh, en in zip(verdict.steps, *told, strict=True)
    ]
    return steps or [_why_not(verdict)]


def _why_not(verdict: Verdict) -> dict[str, str]:
    reasoned = Gap | NotApplicable | Excepted | NotProvable
    code = verdict.reason if isinstance(verdict, reasoned) else verdict.word
    zh, en = _WHY_NOT.get(code, (code, code))
    year = f" {verdict.year}" if isinstance(verdict, Gap) and verdict.year else ""
    return {
        "code": code,
        "zh": zh + year,
        "en": en + year,
        "source_zh": "条款",
        "source_en": "clause",
    }


_WHY_NOT: Mapping[str, tuple[str, str]] = {
    "facts": ("这些事实不在条款的适用范围", "the clause does not speak about these facts"),
    "no_version": ("当时没有生效的版本", "no version was in force"),
    "not_started": (
        "没有使时钟开始的事件，或当时没有生效的版本",
        "no event starts the clock, or no version was in force",
    ),
    "not_drawn": ("没有抽中，不作要求", "it was not drawn: nothing is wanted"),
    "part_period_too_short": (
        "这一期只占一小段，折算不足一次",
        "it was there for too small a part of the period to owe one",
    ),
    "cancelled": ("工单已作废", "the case was voided"),
    "no_limit": ("这条规则没有时限", "the rule has no limit"),
    "value_not_given": ("没有给出期限，不作承诺", "no value is given, so nothing is promised"),
    "not_judged_yet": ("这类条款尚不判定", "this kind of clause is not judged yet"),
    "calendar_year_missing": (
        "日历尚未公布，不作承诺：",
        "no promise, the calendar is not published yet:",
    ),
}
