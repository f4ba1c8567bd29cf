"""Real worker processes, killed without warning: every effect is there exactly once."""

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from threading import Event, Thread

import pytest
from django.db import connection, transaction

from shouwen.adapters.system_clock import now
from shouwen.jobs.models import Job
from shouwen.jobs.worker import work_forever
from tests import databases
from tests.apps.jobs.effects import asked, effects

pytestmark = pytest.mark.django_db(transaction=True)
Start = Callable[[], subprocess.Popen[str]]


@pytest.fixture
def start(tmp_path) -> Iterator[Start]:
    started: list[subprocess.Popen[str]] = []

    def one() -> subprocess.Popen[str]:
        environment = databases.environment_of_server(connection.settings_dict, home=tmp_path)
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.apps.jobs.worker_process"],
            env={**environment, "SHOUWEN_TEST_MARKERS": str(tmp_path)},
            stdout=subprocess.PIPE,
            text=True,
        )
        assert process.stdout
        assert process.stdout.readline() == "ready\n"
        started.append(process)
        return process

    yield one
    for process in started:
        process.kill()
        process.wait(5)
        assert process.stdout
        process.stdout.close()


def ask(kind: str, count: int) -> list[str]:
    keys = [f"{kind}:{n:03}" for n in range(count)]
    with transaction.atomic():
        for key in keys:
            asked(key, kind=kind, at=now())
    return keys


def wait_until_done(count: int, *, seconds: float = 90) -> None:
    end = time.monotonic() + seconds
    while Job.objects.filter(state="done").count() < count:
        assert time.monotonic() < end, list(Job.objects.exclude(state="done").values())
        time.sleep(0.05)


def test_workers_killed_again_and_again_leave_every_effect_exactly_once(start):
    keys = ask("test.slow", 150)
    workers = [start(), start()]

    for seconds in (0.05, 0.2, 0.11, 0.17):
        time.sleep(seconds)
        victim = workers.pop(0)
        victim.kill()
        victim.wait(5)
        workers.append(start())
    wait_until_done(len(keys))

    assert effects() == keys


def test_a_worker_killed_between_effect_and_commit_leaves_nothing_and_the_job_is_done_again(start):
    (key,) = ask("test.die", 1)
    victim = start()
    assert victim.wait(10) == -9
    assert effects() == []

    start()
    wait_until_done(1)

    assert effects() == [key]
    assert Job.objects.get().attempts == 2


def test_a_worker_told_to_stop_finishes_its_job_and_takes_no_other(start):
    keys = ask("test.slow", 200)
    worker = start()
    wait_until_done(3)

    worker.terminate()
    told = len(effects())
    code = worker.wait(5)

    assert code == 0
    assert len(effects()) <= told + 1
    assert not Job.objects.filter(state="running").exists()
    assert len(effects()) == Job.objects.filter(state="done").count() <= len(keys)


def test_a_worker_goes_on_when_the_database_was_away():
    asked("a", at=now())
    stop = Event()
    worker = Thread(target=run_with_lost_connection, args=(stop,))

    worker.start()
    wait_until_done(1)
    stop.set()
    worker.join(5)

    assert effects() == ["a"]


def run_with_lost_connection(stop: Event) -> None:
    """The first look finds a connection that somebody has closed under the worker."""
    connection.ensure_connection()
    connection.connection.close()
    work_forever(stop, now)
    connection.close()
