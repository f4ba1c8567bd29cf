"""Reads events, facts and pauses as typed at a terminal and answers when something is due, and
why.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from shouwen.core.clause import Scalar
from shouwen.core.events import EVENTS, Event
from shouwen.core.facts import FACTS, Fact
from shouwen.core.kinds import Rule
from shouwen.core.verdict import Gap, NotApplicable, Verdict
from shouwen.standard.explain import worded
from shouwen.standard.judging import CaseRule, judge, version_on
from shouwen.standard.pack import Pack
from shouwen.standard.reading import suggestion

AGREED = "case.agreed_time"
PAUSED, RESUMED = "case.paused", "case.resumed"
_EVIDENCE_TYPED = "--pause"


class BadInput(ValueError):
    """What was typed cannot be used; the message says why and what to type instead, in both
    languages.
    """


@dataclass(frozen=True, slots=True)
class DueInput:
    """The options as typed.

    events: `NAME=TIME`, for an agreed time `case.agreed_time=TIME/AGREED`; facts: `NAME=VALUE`;
    pauses: `REASON=START/END`, `REASON=START` while it goes on. Times are ISO 8601; without an
    offset they are in the pack's zone. `now` empty: the last moment given.
    """

    events: Sequence[str]
    facts: Sequence[str]
    pauses: Sequence[str]
    now: str = ""


def due_answer(*, pack: Pack, rule_id: str, given: DueInput) -> dict[str, Any]:
    """Rule, version, started_at, warn_at, due_at, verdict, calendar, explanation. Raises BadInput.

    Instants are ISO 8601 in the pack's zone; what the verdict does not have is None. `calendar`
    is None when only natural time counts.
    """
    zone = pack.calendar.zone
    rule = _rule(pack, rule_id)
    events = _events(given, zone)
    facts = dict(_fact(text) for text in given.facts)
    now = _time(given.now, zone) if given.now else max(event.at for event in events)
    verdict = judge(rule=rule, facts=facts, events=events, calendar=pack.calendar, now=now)
    version = version_on(rule=rule, events=events, calendar=pack.calendar)
    used = next(
        (step.params["version"] for step in verdict.steps if step.code == "calendar"), None
    )
    return {
        "rule": rule.id,
        "version": version.from_.isoformat() if version else None,
        "started_at": _shown(getattr(verdict, "started_at", None), zone),
        "warn_at": _shown(getattr(verdict, "warn_at", None), zone),
        "due_at": _shown(getattr(verdict, "due_at", None), zone),
        "verdict": verdict.word,
        "calendar": used,
        "explanation": _explained(pack, verdict, zone),
    }


def _rule(pack: Pack, rule_id: str) -> Rule:
    rule = pack.rules.get(rule_id)
    if rule is None:
        raise BadInput(_unknown("规则", "rule", rule_id, pack.rules))
    if not isinstance(rule, CaseRule):
        raise BadInput(
            f"{rule_id} 不是计时规则（{rule.kind}） · {rule_id} has no clock ({rule.kind})"
        )
    return rule


def _events(given: DueInput, zone: ZoneInfo) -> list[Event]:
    events = [_event(text, zone) for text in given.events]
    if not events:
        raise BadInput("至少给出一个 --event · give at least one --event NAME=TIME")
    for text in given.pauses:
        events += _pause(text, zone)
    return events


def _event(text: str, zone: ZoneInfo) -> Event:
    name, value = _pair(text, "--event NAME=TIME")
    if name not in EVENTS:
        raise BadInput(_unknown("事件", "event", name, EVENTS))
    at, _, agreed = value.partition("/")
    data: dict[str, Scalar] = {"at": _time(agreed, zone).isoformat()} if agreed else {}
    return Event(name, _time(at, zone), data)


def _pause(text: str, zone: ZoneInfo) -> list[Event]:
    reason, value = _pair(text, "--pause REASON=START/END")
    start, _, end = value.partition("/")
    data: dict[str, Scalar] = {"reason": reason, "evidence": _EVIDENCE_TYPED}
    begun = Event(PAUSED, _time(start, zone), data)
    if not end:
        return [begun]
    ended = Event(RESUMED, _time(end, zone), {"reason": reason})
    if ended.at < begun.at:
        raise BadInput(f"{text}: 暂停在开始之前结束 · the pause ends before it starts")
    return [begun, ended]


def _fact(text: str) -> tuple[str, Scalar]:
    name, value = _pair(text, "--fact NAME=VALUE")
    fact = FACTS.get(name)
    if fact is None:
        raise BadInput(_unknown("事实", "fact", name, FACTS))
    return name, _number(fact, value) if fact.is_number else _choice(fact, value)


def _number(fact: Fact, value: str) -> float:
    try:
        return float(value)
    except ValueError:
        raise BadInput(f"{fact.name}={value}: 应为数字 · must be a number") from None


def _choice(fact: Fact, value: str) -> str:
    if value not in fact.values:
        raise BadInput(_unknown("取值", "value", value, fact.values))
    return value


def _pair(text: str, wanted: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals or not name or not value:
        raise BadInput(f"{text}: 应写成 {wanted} · write {wanted}")
    return name, value


def _time(text: str, zone: ZoneInfo) -> datetime:
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        raise BadInput(
            f"{text}: 不是时间，应如 2026-03-02T08:00 · not a time, write 2026-03-02T08:00"
        ) from None
    return at if at.utcoffset() is not None else at.replace(tzinfo=zone)


def _unknown(what_zh: str, what_en: str, name: str, known: Any) -> str:
    hint = suggestion(name, known)
    return f"没有{what_zh} {name}；{hint.zh} · no {what_en} {name}; {hint.en}"


def _shown(at: datetime | None, zone: ZoneInfo) -> str | None:
    return None if at is None else at.astimezone(zone).isoformat()


def _explained(pack: Pack, verdict: Verdict, zone: ZoneInfo) -> list[dict[str, str]]:
    told = [
        worded(verdict.steps, language, zone=zone, reasons=pack.pause_reasons)
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
    code = verdict.reason if isinstance(verdict, Gap | NotApplicable) else verdict.word
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
    "cancelled": ("工单已作废", "the case was voided"),
    "no_limit": ("这条规则没有时限", "the rule has no limit"),
    "calendar_year_missing": (
        "日历尚未公布，不作承诺：",
        "no promise, the calendar is not published yet:",
    ),
}
