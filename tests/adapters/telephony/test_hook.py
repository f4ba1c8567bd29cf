"""What exchanges report over HTTP: signed now, whole, or refused with the reason."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shouwen.adapters.sms import signature
from shouwen.adapters.telephony.hook import (
    FIELDS,
    BadBody,
    BadKey,
    Unsigned,
    checked_key,
    events_in,
    must_be_signed,
)
from shouwen.core.telephony import LineEvent
from tests.adapters.telephony.lines import BEGAN

KEY = b"a key of the tests alone"
EVENT = {"id": "e1", "call": "c1", "type": "arrived", "at": "2026-10-09T14:00:00+08:00"}


def body(*events: Any) -> bytes:
    return json.dumps({"events": list(events)}).encode()


def passed(timestamp: str, given: str, content: bytes = b"{}") -> None:
    must_be_signed(key=KEY, timestamp=timestamp, body=content, given=given, now=BEGAN)


def signed(seconds: float = 0, content: bytes = b"{}") -> tuple[str, str]:
    timestamp = str(int(BEGAN.timestamp() + seconds))
    return timestamp, signature(key=KEY, timestamp=timestamp, body=content)


@pytest.mark.parametrize("seconds", [0, -299, 299])
def test_a_signature_of_now_passes(seconds: float) -> None:
    passed(*signed(seconds))


@pytest.mark.parametrize("seconds", [-301, 301, 10**6])
def test_an_old_signature_is_refused_and_told_as_a_matter_of_time(seconds: float) -> None:
    with pytest.raises(Unsigned, match="5 minutes off"):
        passed(*signed(seconds))


@pytest.mark.parametrize(
    "given", ["", "00" * 32, signature(key=b"another", timestamp="1", body=b"{}"), "啊"]
)
def test_a_signature_of_another_key_is_refused(given: str) -> None:
    timestamp, _ = signed()

    with pytest.raises(Unsigned, match="does not fit"):
        passed(timestamp, given)


def test_a_signature_of_another_body_is_refused() -> None:
    with pytest.raises(Unsigned, match="does not fit"):
        passed(*signed(content=b"{}"), content=b"{ }")


@pytest.mark.parametrize("timestamp", ["", "soon", "-5", "1e9", "١٢٣", "9" * 20])
def test_a_time_that_is_none_is_refused(timestamp: str) -> None:
    with pytest.raises(Unsigned, match="seconds since 1970"):
        passed(timestamp, "")


def test_a_short_key_is_refused() -> None:
    with pytest.raises(BadKey, match="16"):
        checked_key(b"short")


def test_events_are_read_as_they_are_told() -> None:
    (event,) = events_in(body({**EVENT, "number": "14000571192", "number_in_call": 1}))

    assert isinstance(event, LineEvent)
    assert (event.at, event.number, event.number_in_call) == (BEGAN, "14000571192", 1)


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b"null", b'{"events": []}', b'{"events": {}}', b"\xff\xfe", b"[" * 100_000],
)
def test_a_body_that_is_none_is_refused_whole(content: bytes) -> None:
    with pytest.raises(BadBody):
        events_in(content)


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"id": ""}, "events.0.id"),
        ({"type": "rang"}, "events.0.type"),
        ({"type": "silent"}, "events.0.type"),
        ({"at": "2026-10-09T14:00:00"}, "events.0.at"),
        ({"at": "soon"}, "events.0.at"),
        ({"at": 5}, "events.0.at"),
        ({"number": "1" * 21}, "events.0.number"),
        ({"number": "1\u0000"}, "events.0.number"),
        ({"by": "nobody"}, "events.0.by"),
        ({"unanswered": 1}, "events.0.unanswered"),
        ({"number_in_call": -1}, "events.0.number_in_call"),
        ({"nummer": "1"}, "events.0.nummer"),
    ],
)
def test_each_fault_names_its_place(change: dict[str, Any], path: str) -> None:
    with pytest.raises(BadBody) as caught:
        events_in(body({**EVENT, **change}))

    assert [fault.path for fault in caught.value.faults] == [path]


def test_every_fault_is_named_at_once() -> None:
    with pytest.raises(BadBody) as caught:
        events_in(body({"id": "x"}, {**EVENT, "by": "nobody"}, 7))

    assert [fault.path for fault in caught.value.faults] == [
        "events.0.call", "events.0.type", "events.0.at", "events.1.by", "events.2",
    ]  # fmt: skip


@given(
    st.dictionaries(
        st.sampled_from([*FIELDS, "unanswered", "number_in_call", "else"]),
        st.none()
        | st.booleans()
        | st.integers()
        | st.text("a0:\x00+-T啊", max_size=50)
        | st.floats(),
        max_size=8,
    )
)
def test_whatever_comes_is_an_event_or_a_fault(row: dict[str, Any]) -> None:
    try:
        events_in(json.dumps({"events": [{**EVENT, **row}]}).encode())
    except BadBody as error:
        faults = error.faults
    else:
        return
    assert faults


SPOKEN = EVENT | {"type": "utterance", "by": "agent", "text": "您好，请讲。"}


def test_what_was_said_comes_with_its_words_and_who_said_them() -> None:
    (event,) = events_in(body(SPOKEN | {"until": "2026-10-09T14:00:02+08:00"}))

    assert (event.type, event.by, event.text) == ("utterance", "agent", "您好，请讲。")
    assert event.until is not None
    assert (event.until - event.at).total_seconds() == 2
    assert events_in(body(SPOKEN))[0].until is None


@pytest.mark.parametrize(
    ("changed", "path"),
    [
        ({"text": ""}, "events.0.text"),
        ({"by": "exchange"}, "events.0.by"),
        ({"by": ""}, "events.0.by"),
        ({"until": "2026-10-09T13:59:59+08:00"}, "events.0.until"),
        ({"until": "soon"}, "events.0.until"),
        ({"text": "啊" * 1001}, "events.0.text"),
    ],
)
def test_words_without_a_speaker_or_that_end_before_they_begin_are_named(changed, path) -> None:
    with pytest.raises(BadBody) as refused:
        events_in(body(SPOKEN | changed))

    assert path in {fault.path for fault in refused.value.faults}
