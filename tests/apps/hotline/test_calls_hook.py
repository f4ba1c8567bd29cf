"""The signed hook by which any exchange tells of its calls."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client

from shouwen.adapters.sms import signature
from shouwen.adapters.system_clock import now
from shouwen.hotline.models import Call, LineEvent

pytestmark = pytest.mark.django_db
KEY = b"a key of the tests alone"
Send = Callable[..., tuple[int, dict[str, Any]]]


@pytest.fixture
def send(settings: Any, tmp_path: Any) -> Send:
    settings.SHOUWEN_TELEPHONY_KEY_FILE = str(tmp_path / "key")
    (tmp_path / "key").write_bytes(KEY + b"\n")

    def post(content: bytes, *, key: bytes = KEY, age: int = 0) -> tuple[int, dict[str, Any]]:
        timestamp = str(int(now().timestamp()) - age)
        answer = Client(enforce_csrf_checks=True).post(
            "/hooks/calls",
            content,
            content_type="application/json",
            headers={
                "X-Timestamp": timestamp,
                "X-Signature": signature(key=key, timestamp=timestamp, body=content),
            },
        )
        return answer.status_code, answer.json()

    return post


def events(*more: dict[str, Any]) -> bytes:
    at = now().isoformat()
    told = [
        {"id": "a", "call": "c1", "type": "arrived", "at": at, "number": "14000571192"},
        {"id": "o", "call": "c1", "type": "offered", "at": at, "offer": "o1", "extension": "1001"},
    ]
    return json.dumps({"events": [*told, *more]}).encode()


def test_events_become_a_call(send: Send) -> None:
    assert send(events()) == (200, {"taken": 2, "known": 0})

    call = Call.objects.get()
    assert (call.source, call.stage, call.number) == ("hook", "ringing", "14000571192")


def test_the_same_body_again_changes_nothing(send: Send) -> None:
    body = events()
    send(body)

    assert send(body) == (200, {"taken": 0, "known": 2})
    assert LineEvent.objects.count() == 2


@pytest.mark.parametrize(
    ("how", "told"),
    [({"key": b"another key, long enough"}, "does not fit"), ({"age": 400}, "5 minutes off")],
)
def test_a_bad_signature_and_an_old_one_leave_nothing(
    send: Send, how: dict[str, Any], told: str
) -> None:
    status, answer = send(events(), **how)

    assert status == 401
    assert told in answer["error"]["en"]
    assert Call.objects.count() == 0


def test_one_bad_event_leaves_nothing_of_its_body(send: Send) -> None:
    status, answer = send(events({"id": "x", "call": "c2", "type": "rang", "at": "soon"}))

    assert status == 400
    assert [fault["path"] for fault in answer["faults"]] == ["events.2.type", "events.2.at"]
    assert Call.objects.count() == 0


def test_no_json_is_refused(send: Send) -> None:
    status, answer = send(b"{")

    assert (status, answer["faults"][0]["problem"]["en"]) == (400, "not complete JSON")


def test_too_long_a_body_is_refused_unread(send: Send) -> None:
    assert send(b" " * 300_000)[0] == 413


def test_a_busy_database_asks_for_the_same_again(send: Send, monkeypatch: Any) -> None:
    def busy(**_: Any) -> int:
        raise OperationalError("database is locked")

    monkeypatch.setattr("shouwen.hotline.views.hooks.hear_whole", busy)

    assert send(events())[0] == 503


def test_an_installation_without_a_key_has_no_hook(client: Client, settings: Any) -> None:
    settings.SHOUWEN_TELEPHONY_KEY_FILE = ""

    answer = client.post("/hooks/calls", b"{}", content_type="application/json")

    assert answer.status_code == 404
    assert "SHOUWEN_TELEPHONY_KEY_FILE" in answer.json()["error"]
