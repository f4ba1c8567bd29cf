"""Reads events, facts, pauses and exceptions as typed at a terminal."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from shouwen.core.clause import Scalar
from shouwen.core.events import EVENTS, Event
from shouwen.core.exceptions import EXCEPTION_GRANTED
from shouwen.core.facts import FACTS, Fact
from shouwen.core.kinds.clock import PAUSED, RESUMED
from shouwen.standard.reading import suggestion

_A_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}.*")
_A_NUMBER = re.compile(r"-?\d+(\.\d+)?")


class BadInput(ValueError):
    """What was typed cannot be used; the message says why and what to type instead, in both
    languages.
    """


@dataclass(frozen=True, slots=True)
class DueInput:
    """The options as typed. Times are ISO 8601; without an offset they are in the pack's zone.

    events      `NAME=TIME`, with data `NAME=TIME;FIELD=VALUE;…`; `NAME=TIME/MOMENT` is short for
                the field `at`
    facts       `NAME=VALUE`
    pauses      `REASON=START/END`, `REASON=START` while it goes on, then `;evidence=…`
    exceptions  `REASON=TIME`, then `;approver=…;evidence=…;rule=…`
    now         empty: the last moment given
    """

    events: Sequence[str]
    facts: Sequence[str]
    pauses: Sequence[str]
    now: str = ""
    exceptions: Sequence[str] = ()
    department: str = ""


def events_typed(given: DueInput, zone: ZoneInfo) -> list[Event]:
    """The events, those of pauses and exceptions among them. Raises BadInput."""
    if not given.events:
        raise BadInput("至少给出一个 --event · give at least one --event NAME=TIME")
    events = [_event(text, zone) for text in given.events]
    for text in given.pauses:
        events += _pause(text, zone)
    return [*events, *(_exception(text, zone) for text in given.exceptions)]


def facts_typed(texts: Iterable[str]) -> dict[str, Scalar]:
    """The facts by name. Raises BadInput."""
    return dict(_fact(text) for text in texts)


def moment_typed(text: str, zone: ZoneInfo) -> datetime:
    """A moment; without an offset in the zone. Raises BadInput."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        raise BadInput(
            f"{text}: 不是时间，应如 2026-03-02T08:00 · not a time, write 2026-03-02T08:00"
        ) from None
    return at if at.utcoffset() is not None else at.replace(tzinfo=zone)


def unknown(what_zh: str, what_en: str, name: str, known: Iterable[str]) -> BadInput:
    """A name that does not exist, with the nearest one that does, or all of them."""
    listed = sorted(known)
    hint = suggestion(name, listed)
    zh, en = hint.zh, hint.en
    if not zh.startswith("是不是"):
        everything = ", ".join(listed)
        zh, en = f"可用：{everything}", f"known here: {everything}"
    return BadInput(f"没有{what_zh} {name}；{zh} · no {what_en} {name}; {en}")


def _event(text: str, zone: ZoneInfo) -> Event:
    said, data = _with_data(text, zone)
    name, value = _pair(said, "--event NAME=TIME;FIELD=VALUE")
    kind = EVENTS.get(name)
    if kind is None:
        raise unknown("事件", "event", name, EVENTS)
    at, _, agreed = value.partition("/")
    if agreed:
        data["at"] = moment_typed(agreed, zone).isoformat()
    _refuse_strangers(name, data, kind.fields)
    return Event(name, moment_typed(at, zone), data)


def _pause(text: str, zone: ZoneInfo) -> list[Event]:
    said, more = _with_data(text, zone)
    _refuse_strangers("--pause", more, ("evidence",))
    reason, value = _pair(said, "--pause REASON=START/END")
    start, _, end = value.partition("/")
    data: dict[str, Scalar] = {"reason": reason, "evidence": "--pause", **more}
    begun = Event(PAUSED, moment_typed(start, zone), data)
    if not end:
        return [begun]
    ended = Event(RESUMED, moment_typed(end, zone), {"reason": reason})
    if ended.at < begun.at:
        raise BadInput(f"{text}: 暂停在开始之前结束 · the pause ends before it starts")
    return [begun, ended]


def _exception(text: str, zone: ZoneInfo) -> Event:
    said, more = _with_data(text, zone)
    _refuse_strangers("--exception", more, ("approver", "evidence", "rule"))
    reason, at = _pair(said, "--exception REASON=TIME;approver=STAFF;evidence=TEXT")
    typed: dict[str, Scalar] = {"approver": "--exception", "evidence": "--exception"}
    return Event(EXCEPTION_GRANTED, moment_typed(at, zone), {**typed, **more, "reason": reason})


def _with_data(text: str, zone: ZoneInfo) -> tuple[str, dict[str, Scalar]]:
    """What stands before the first `;`, and the fields after it; an empty value stays empty."""
    said, *fields = text.split(";")
    data: dict[str, Scalar] = {}
    for each in fields:
        name, equals, value = each.partition("=")
        if not name or not equals:
            raise BadInput(f"{text}: “{each}” 应写成 字段=值 · write FIELD=VALUE")
        data[name] = _scalar(value, zone)
    return said, data


def _scalar(text: str, zone: ZoneInfo) -> Scalar:
    if text in ("true", "false"):
        return text == "true"
    if _A_NUMBER.fullmatch(text):
        return float(text) if "." in text else int(text)
    return moment_typed(text, zone).isoformat() if _A_MOMENT.fullmatch(text) else text


def _refuse_strangers(name: str, data: Iterable[str], fields: Sequence[str]) -> None:
    for field in data:
        if field not in fields:
            raise unknown(f" {name} 的字段", f"field of {name}:", field, fields)


def _fact(text: str) -> tuple[str, Scalar]:
    name, value = _pair(text, "--fact NAME=VALUE")
    fact = FACTS.get(name)
    if fact is None:
        raise unknown("事实", "fact", name, FACTS)
    return name, _number(fact, value) if fact.is_number else _choice(fact, value)


def _number(fact: Fact, value: str) -> float:
    try:
        return float(value)
    except ValueError:
        raise BadInput(f"{fact.name}={value}: 应为数字 · must be a number") from None


def _choice(fact: Fact, value: str) -> str:
    if value not in fact.values:
        raise unknown("取值", "value", value, fact.values)
    return value


def _pair(text: str, wanted: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals or not name or not value:
        raise BadInput(f"{text}: 应写成 {wanted} · write {wanted}")
    return name, value
