"""Somebody else holds the database: the alarm waits for it and is opened, however long it takes."""

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.db import connection

from shouwen.cases.models import Case
from shouwen.hotline.models import Call
from tests import calls, databases
from tests.calls import played, samples
from tests.faults.commands import started

pytestmark = pytest.mark.django_db(transaction=True)

# Holds the one write lock of SQLite, or on PostgreSQL the table of cases, and then lets go.
HOLDER = """
import sys, time, django
django.setup()
from django.db import connection, transaction
with transaction.atomic():
    if connection.vendor == "postgresql":
        connection.cursor().execute("LOCK TABLE cases_case IN ACCESS EXCLUSIVE MODE")
    print("held", flush=True)
    time.sleep(float(sys.argv[1]))
"""


@pytest.fixture
def holding(tmp_path: Path) -> Callable[[float], object]:
    """A context in which another process holds the database for so many seconds."""

    @contextmanager
    def hold(seconds: float) -> Iterator[None]:
        holder = subprocess.Popen(
            [sys.executable, "-c", HOLDER, str(seconds)],
            env=databases.environment_of_server(connection.settings_dict, home=tmp_path),
            stdout=subprocess.PIPE,
            text=True,
        )
        assert holder.stdout
        assert holder.stdout.readline() == "held\n"
        yield
        assert holder.wait(30) == 0
        holder.stdout.close()

    return hold


@pytest.fixture
def impatient() -> Iterator[None]:
    """The database gives up waiting after 0.3 s, as it does after 20 s in use."""
    is_sqlite = connection.vendor == "sqlite"
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout = 300" if is_sqlite else "SET lock_timeout = '300ms'")
    yield
    connection.close()


def test_a_leak_alarm_is_opened_as_soon_as_the_database_is_free(holding):
    calls.take_up_posts()

    with holding(8):
        begun = time.monotonic()
        result = played(samples()["S24"])
        waited = time.monotonic() - begun

    assert 6 < waited < 40
    assert [taken.call_id for taken in result.taken] == ["S24"]
    assert Case.objects.get().kind == "alarm"


def test_an_alarm_is_asked_for_again_when_the_database_gives_up_waiting(holding, impatient):
    calls.take_up_posts()

    with holding(3):
        result = played(samples()["S24"], samples()["S06"])

    assert len(result.taken) == 2
    assert sorted(Call.objects.values_list("call_id", flat=True)) == ["S06", "S24"]


def test_two_replays_of_one_file_at_the_same_time_take_every_call_once(tmp_path: Path):
    calls.take_up_posts()
    file = tmp_path / "calls.jsonl"
    file.write_text("".join(calls.lines(*samples().values())), encoding="utf-8")

    both = [started("calls", "replay", file, home=tmp_path) for _ in range(2)]
    said = [process.communicate(timeout=120)[0] for process in both]

    assert [process.returncode for process in both] == [0, 0], said
    assert Case.objects.count() == Call.objects.count() == len(samples())
