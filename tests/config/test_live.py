"""The live stream of the real server: what a commit in one process tells a page of another."""

import http.client
import json
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction

from shouwen.adapters import system_clock
from shouwen.adapters.ids import uuid7
from shouwen.config.live.hub import Change
from shouwen.core.events import Subject
from shouwen.journal.operations import record
from shouwen.people.models import Staff
from tests.servers import running_server

Cookie = Callable[[Any], dict[str, str]]


@pytest.fixture
def staff(transactional_db: None) -> Staff:
    return Staff.objects.create_staff(staff_no="1001", name="王芳", password=None)


def test_a_stranger_is_refused(site: str) -> None:
    with _opened(site, cookie={}) as response:
        assert response.status == 401


def test_a_made_up_session_is_refused(site: str) -> None:
    with _opened(site, cookie={"shouwen": "x" * 32}) as response:
        assert response.status == 401


def test_a_commit_is_told_within_a_second(site: str, staff: Staff, session_cookie: Cookie) -> None:
    with _opened(site, cookie=session_cookie(staff)) as response:
        assert response.headers["Content-Type"] == "text/event-stream; charset=utf-8"
        _until_ready(response)

        committed_at = time.monotonic()
        subject = _note_something()
        kinds = _told_before(response, subject).kinds

        assert time.monotonic() - committed_at < 1
        assert "case.noted" in kinds


def test_a_stream_begins_with_what_changed_while_its_page_was_loading(
    site: str, staff: Staff, session_cookie: Cookie
) -> None:
    subject = _note_something()
    time.sleep(0.5)

    with _opened(site, cookie=session_cookie(staff)) as response:
        _told_before(response, subject)


def test_what_is_rolled_back_is_not_told(site: str, staff: Staff, session_cookie: Cookie) -> None:
    with _opened(site, cookie=session_cookie(staff)) as response:
        _until_ready(response)

        with transaction.atomic():
            undone = _note_something()
            transaction.set_rollback(True)
        kept = _note_something()

        assert str(undone) not in _told_before(response, kept).subjects


def test_a_burst_is_told_completely_in_few_changes(
    site: str, staff: Staff, session_cookie: Cookie
) -> None:
    with _opened(site, cookie=session_cookie(staff)) as response:
        _until_ready(response)

        noted = {str(_note_something()) for _ in range(40)}
        changes = 0
        while noted:
            noted -= set(_next_change(response)["subjects"])
            changes += 1

        assert changes <= 10


def test_an_entry_that_becomes_visible_late_is_told(
    site: str, staff: Staff, session_cookie: Cookie
) -> None:
    with _opened(site, cookie=session_cookie(staff)) as response:
        _until_ready(response)

        earlier = system_clock.now()
        _told_before(response, _note_something())
        late = _note_something(now=earlier)

        _told_before(response, late)


def test_the_server_ends_within_a_second_while_streams_are_open(
    staff: Staff, session_cookie: Cookie, tmp_path: Path
) -> None:
    with (
        running_server(tmp_path) as (process, port),
        _opened(f"http://127.0.0.1:{port}", cookie=session_cookie(staff)) as response,
    ):
        _until_ready(response)

        asked_at = time.monotonic()
        process.terminate()
        process.wait(5)

        assert time.monotonic() - asked_at < 1
        assert response.read().endswith(b"data: {}\n\n")


@contextmanager
def _opened(site: str, *, cookie: dict[str, str]) -> Iterator[http.client.HTTPResponse]:
    header = "; ".join(f"{name}={value}" for name, value in cookie.items())
    with closing(
        http.client.HTTPConnection(site.removeprefix("http://"), timeout=5)
    ) as connection:
        connection.request("GET", "/live", headers={"Cookie": header})
        with connection.getresponse() as response:
            yield response


def _until_ready(response: http.client.HTTPResponse) -> None:
    while response.readline() != b"event: ready\n":
        pass


def _told_before(response: http.client.HTTPResponse, subject: UUID) -> Change:
    """All that is told up to the change that names the subject. Times out when none does."""
    subjects: set[str] = set()
    kinds: set[str] = set()
    while str(subject) not in subjects:
        change = _next_change(response)
        subjects |= set(change["subjects"])
        kinds |= set(change["kinds"])
    return Change(subjects=frozenset(subjects), kinds=frozenset(kinds))


def _next_change(response: http.client.HTTPResponse) -> dict[str, list[str]]:
    while response.readline() != b"event: changed\n":
        pass
    change: dict[str, list[str]] = json.loads(response.readline().removeprefix(b"data: "))
    return change


def _note_something(*, now: datetime | None = None) -> UUID:
    now = now or system_clock.now()
    subject = uuid7(now)
    with transaction.atomic():
        record(
            id=uuid7(now),
            kind="case.noted",
            subject=Subject("case", subject),
            happened_at=now,
            now=now,
        )
    return subject


def test_an_entry_of_a_machine_whose_clock_is_ahead_keeps_no_later_one_from_being_told(
    site: str, staff: Staff, session_cookie: Cookie
) -> None:
    with _opened(site, cookie=session_cookie(staff)) as response:
        _until_ready(response)
        _told_before(response, _note_something(now=system_clock.now() + timedelta(days=400)))

        _told_before(response, _note_something())
