"""The HTTP hook by which any exchange tells of its calls: signed JSON, the same words as everywhere here.

Request   POST /hooks/calls, headers X-Timestamp (seconds since 1970, UTC) and X-Signature
          {"events": [{"id", "call", "type", "at", …}, …]}, see `FIELDS`
Signature hex of HMAC-SHA256 over `<timestamp>.<body>` with the key that both sides hold
"""

import hmac
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from shouwen.adapters.sms import SHORTEST_KEY, signature
from shouwen.core.calls import SPEAKERS
from shouwen.core.clause import Words
from shouwen.core.telephony import EVENT_TYPES, SIDES, LineEvent

REPLAY_WINDOW = timedelta(minutes=5)
MOST_BYTES = 256 * 1024
MOST_EVENTS = 200
OURS = ("deaf", "silent")
TYPES = tuple(name for name in EVENT_TYPES if name not in OURS)
DIRECTIONS = ("", "inbound", "outbound")
FIELDS: Mapping[str, int] = {
    "id": 120, "call": 80, "type": 16, "at": 40, "offer": 96, "staff_no": 16, "extension": 20,
    "number": 20, "by": 10, "queue": 40, "cause": 40, "direction": 10, "media": 200,
    "text": 1000, "until": 40,
}  # fmt: skip
"""The texts of an event and how long each may be; besides them `unanswered` and `number_in_call`."""
_NEEDED = ("id", "call", "type", "at")
_CHOICES = {"type": TYPES, "by": SIDES, "direction": DIRECTIONS}
_OTHERS = ("unanswered", "number_in_call")
_HIGHEST = 1_000_000


class Unsigned(Exception):
    """The request does not come from who holds the key, or not now. `said` names cause and remedy."""

    def __init__(self, said: Words) -> None:
        self.said = said
        super().__init__(said.en)


class BadKey(ValueError):
    """There is no key of the hook, or one too short; the text says so in both languages."""


@dataclass(frozen=True, slots=True)
class HookFault:
    """One thing in the body that cannot be used: where, what is wrong, what to write."""

    path: str
    problem: Words
    remedy: Words


class BadBody(ValueError):
    """The body cannot be taken; `faults` names every place."""

    def __init__(self, faults: list[HookFault]) -> None:
        self.faults = faults
        super().__init__("; ".join(f"{f.path}: {f.problem.en}" for f in faults))


def checked_key(key: bytes) -> bytes:
    """The key, if it is long enough to sign with. Raises BadKey."""
    if len(key) < SHORTEST_KEY:
        raise BadKey(
            f"SHOUWEN_TELEPHONY_KEY_FILE: 密钥至少 {SHORTEST_KEY} 字节"
            f" / the key needs at least {SHORTEST_KEY} bytes"
        )
    return key


def must_be_signed(*, key: bytes, timestamp: str, body: bytes, given: str, now: datetime) -> None:
    """Passes a request that was signed with the key within five minutes of `now`. Raises Unsigned."""
    if not (timestamp.isascii() and timestamp.isdigit() and len(timestamp) <= 12):
        raise Unsigned(
            Words(
                zh="X-Timestamp 应为自 1970 年起的秒数（UTC）",
                en="X-Timestamp must be seconds since 1970 (UTC)",
            )
        )
    expected = signature(key=key, timestamp=timestamp, body=body)
    if not hmac.compare_digest(expected.encode(), given.lower().encode()):
        raise Unsigned(
            Words(
                zh="X-Signature 不符：核对两边的密钥，签名内容是“时间戳.正文”的原样字节",
                en="X-Signature does not fit: compare the keys; signed are the very bytes of `timestamp.body`",
            )
        )
    if abs(now.timestamp() - int(timestamp)) > REPLAY_WINDOW.total_seconds():
        raise Unsigned(
            Words(
                zh="X-Timestamp 与本机时间相差超过 5 分钟：给两台机器对时，重发时重新签名",
                en="X-Timestamp is more than 5 minutes off: set both clocks, sign anew when sending again",
            )
        )


def events_in(body: bytes) -> list[LineEvent]:
    """The events of a body, at least one. Raises BadBody naming every fault."""
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        raise BadBody([_fault("", "不是完整的 JSON", "not complete JSON", "UTF-8 JSON")]) from None
    rows = found.get("events") if isinstance(found, dict) else None
    if not isinstance(rows, list) or not 1 <= len(rows) <= MOST_EVENTS:
        raise BadBody(
            [
                _fault(
                    "events",
                    f"应为 1 到 {MOST_EVENTS} 条的列表",
                    f"must be a list of 1 to {MOST_EVENTS}",
                    '{"events": [{"id": "…", "call": "…", "type": "arrived", "at": "…"}]}',
                )
            ]
        )
    faults = [fault for place, row in enumerate(rows) for fault in _faults(f"events.{place}", row)]
    if faults:
        raise BadBody(faults)
    return [_event(row) for row in rows]


def _faults(path: str, row: Any) -> Iterator[HookFault]:
    if not isinstance(row, dict):
        yield _fault(path, "不是对象", "not an object", "{…}")
        return
    for name in _NEEDED:
        if not row.get(name):
            yield _fault(f"{path}.{name}", "缺少", "missing", "…")
    for name in row.keys() - FIELDS.keys() - set(_OTHERS):
        listed = ", ".join([*FIELDS, *_OTHERS])
        yield _fault(f"{path}.{name}", "没有这个字段", "unknown field", listed)
    for name, longest in FIELDS.items():
        yield from _text_faults(f"{path}.{name}", row.get(name, ""), name, longest)
    yield from _utterance_faults(path, row)
    if not isinstance(row.get("unanswered", False), bool):
        yield _fault(f"{path}.unanswered", "不是真假值", "not a boolean", "true | false")
    number = row.get("number_in_call", 0)
    if not isinstance(number, int) or isinstance(number, bool) or not 0 <= number <= _HIGHEST:
        yield _fault(f"{path}.number_in_call", "不是序号", "not a count", "1, 2, 3 …")


def _utterance_faults(path: str, row: Mapping[str, Any]) -> Iterator[HookFault]:
    """What was said needs its words and who said them, and does not end before it began."""
    if row.get("type") != "utterance":
        return
    if not row.get("text"):
        yield _fault(f"{path}.text", "缺少", "missing", "…")
    if row.get("by") not in SPEAKERS:
        yield _fault(f"{path}.by", "要写是谁说的", "must say who spoke", " | ".join(SPEAKERS))
    began, ended = (_moment(str(row.get(name) or "")) for name in ("at", "until"))
    if began and ended and ended < began:
        yield _fault(f"{path}.until", "早于 at", "before at", "≥ at")


def _text_faults(path: str, value: Any, name: str, longest: int) -> Iterator[HookFault]:
    if not isinstance(value, str) or not value.isprintable():
        yield _fault(path, "不是文字", "not a text", "…")
    elif len(value) > longest:
        yield _fault(path, f"超过 {longest} 个字", f"longer than {longest}", f"≤ {longest}")
    elif value and name in _CHOICES and value not in _CHOICES[name]:
        listed = " | ".join(filter(None, _CHOICES[name]))
        yield _fault(path, f"没有“{value}”", f"no {value!r}", listed)
    elif value and name in ("at", "until") and _moment(value) is None:
        yield _fault(
            path,
            "不是带时区的 ISO 8601 时间",
            "not an ISO 8601 time with its offset",
            "2026-10-09T09:12:00.250+08:00",
        )


def _event(row: Mapping[str, Any]) -> LineEvent:
    at = _moment(row["at"])
    if at is None:
        raise ValueError(row["at"])
    return LineEvent(**{**row, "at": at, "until": _moment(row.get("until") or "")})


def _moment(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo and 2000 <= moment.year <= 2100 else None


def _fault(path: str, zh: str, en: str, example: str) -> HookFault:
    return HookFault(path, Words(zh=zh, en=en), Words(zh=f"写成 {example}", en=f"write {example}"))
