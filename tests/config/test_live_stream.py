"""One stream on its own: how it ends, and that a slow reader cannot fill the memory."""

import asyncio
import threading
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from django.contrib.sessions.models import Session

from shouwen.config.live import stream as module
from shouwen.config.live.hub import BACKLOG, Change, Hub
from shouwen.config.live.stream import stream
from shouwen.people.models import Staff
from tests.loops import ran

Cookie = Callable[[Any], dict[str, str]]
CHANGE = Change(subjects=frozenset({"b", "a"}), kinds=frozenset({"case.noted"}))


def silent(stop: threading.Event, tell: Callable[[Change], None]) -> None:
    """Watches nothing."""


@pytest.fixture
def scope(transactional_db: None, session_cookie: Cookie) -> dict[str, Any]:
    staff = Staff.objects.create_staff(staff_no="1001", name="王芳", password=None)
    header = "; ".join(f"{name}={value}" for name, value in session_cookie(staff).items())
    return {"method": "GET", "headers": [(b"cookie", header.encode())]}


class Reader:
    """The other end of a stream: keeps what arrives, may stop reading, may leave."""

    def __init__(self) -> None:
        self.received: list[dict[str, Any]] = []
        self.is_reading = asyncio.Event()
        self.is_reading.set()
        self.left = asyncio.Event()

    async def send(self, message: dict[str, Any]) -> None:
        await self.is_reading.wait()
        self.received.append(message)

    async def receive(self) -> dict[str, Any]:
        await self.left.wait()
        return {"type": "http.disconnect"}

    def text(self) -> str:
        return b"".join(message.get("body", b"") for message in self.received).decode()


async def until(is_so: Callable[[], bool]) -> None:
    async with asyncio.timeout(3):
        while not is_so():
            await asyncio.sleep(0.01)


def with_stream(
    scope: dict[str, Any], story: Callable[[Hub, Reader, asyncio.Task[None]], Awaitable[None]]
) -> Reader:
    """Run the story beside one open stream."""

    async def run() -> Reader:
        hub = Hub(silent)
        hub.start()
        reader = Reader()
        task = asyncio.create_task(
            stream(scope, reader.receive, reader.send, hub=hub)  # type: ignore[arg-type]  # plain dicts
        )
        await until(lambda: "ready" in reader.text() or task.done())
        async with asyncio.timeout(5):
            await story(hub, reader, task)
        return reader

    return ran(run())


def test_a_change_is_one_event_with_sorted_subjects_and_kinds(scope: dict[str, Any]) -> None:
    async def story(hub: Hub, reader: Reader, task: asyncio.Task[None]) -> None:
        hub.publish(CHANGE)
        await until(lambda: "changed" in reader.text())
        reader.left.set()
        await task

    reader = with_stream(scope, story)

    expected = 'event: changed\ndata: {"subjects": ["a", "b"], "kinds": ["case.noted"]}\n\n'
    assert expected in reader.text()


def test_a_silent_stream_beats(scope: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "HEARTBEAT", 0.05)

    async def story(hub: Hub, reader: Reader, task: asyncio.Task[None]) -> None:
        await until(lambda: reader.text().count("event: ping") >= 2)

    with_stream(scope, story)


def test_a_stream_ends_when_its_session_has_ended(
    scope: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "HEARTBEAT", 0.05)
    monkeypatch.setattr(module, "RECHECK", 0.0)

    async def story(hub: Hub, reader: Reader, task: asyncio.Task[None]) -> None:
        await asyncio.to_thread(_end_all_sessions)
        await task

    reader = with_stream(scope, story)

    assert reader.received[-1] == {"type": "http.response.body", "body": b"", "more_body": False}


def test_a_reader_that_does_not_read_is_dropped(scope: dict[str, Any]) -> None:
    async def story(hub: Hub, reader: Reader, task: asyncio.Task[None]) -> None:
        reader.is_reading.clear()
        for _ in range(BACKLOG + 2):
            hub.publish(CHANGE)
            await asyncio.sleep(0)
        await task

    reader = with_stream(scope, story)

    assert "changed" not in reader.text()


def test_a_reader_that_leaves_is_forgotten(scope: dict[str, Any]) -> None:
    async def story(hub: Hub, reader: Reader, task: asyncio.Task[None]) -> None:
        reader.left.set()
        await task
        assert not hub._subscribers

    with_stream(scope, story)


def test_all_streams_end_with_the_hub(scope: dict[str, Any]) -> None:
    async def story(hub: Hub, reader: Reader, task: asyncio.Task[None]) -> None:
        hub.stop()
        await task

    with_stream(scope, story)


def test_only_get_is_answered(scope: dict[str, Any]) -> None:
    async def story(hub: Hub, reader: Reader, task: asyncio.Task[None]) -> None:
        await task

    reader = with_stream(scope | {"method": "POST"}, story)

    assert reader.received[0]["status"] == 405


def _end_all_sessions() -> None:
    from django.db import connection

    Session.objects.all().delete()
    connection.close()
