"""Judging, folding and reading at once, and workers killed while they fold: no figure is off by one."""

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from threading import Event, Thread

import pytest
from django.db import connection

from shouwen.clocks.models import FigureChange, Ruling
from shouwen.clocks.operations import fold, rejudge, set_owner
from shouwen.clocks.queries.figures import discrepancies, figures, total
from tests import databases
from tests.apps.clocks.happenings import HOUR, MONDAY, Days, a_repair, happens

pytestmark = pytest.mark.django_db(transaction=True)
WEEK = Days(since=date(2026, 3, 1), until=date(2026, 3, 20))
Start = Callable[[], subprocess.Popen[str]]


@pytest.fixture
def start(tmp_path) -> Iterator[Start]:
    started: list[subprocess.Popen[str]] = []

    def one() -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.apps.clocks.folding_process"],
            env=databases.environment_of_server(connection.settings_dict, home=tmp_path),
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


def judge_some(count: int) -> None:
    """Cases that are judged, corrected and handed over."""
    for number in range(count):
        case = a_repair()
        set_owner(subject=case, owner_no=f"33{number % 3:02}", department="repair")
        rejudge(subject=case, now=MONDAY + 7 * HOUR)
        happens(case, "case.handled", at=MONDAY + 2 * HOUR, now=MONDAY + 8 * HOUR)


def in_threads(*acts: Callable[[], object]) -> list[Thread]:
    def run(act: Callable[[], object]) -> None:
        try:
            act()
        finally:
            connection.close()

    threads = [Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    return threads


def test_folders_killed_again_and_again_leave_every_change_counted_exactly_once(start):
    folders = [start(), start()]
    judging = in_threads(lambda: judge_some(12))

    for seconds in (0.3, 0.5, 0.2, 0.4):
        time.sleep(seconds)
        victim = folders.pop(0)
        victim.kill()
        victim.wait(5)
        folders.append(start())
        assert discrepancies() == []
    for thread in judging:
        thread.join(60)
    end = time.monotonic() + 30
    while FigureChange.objects.exists():
        assert time.monotonic() < end
        time.sleep(0.05)

    assert discrepancies() == []
    assert total(figures(**WEEK).values()).decided == (
        Ruling.objects.filter(verdict__in=["met", "missed"]).count()
    )


def test_whoever_reads_while_others_judge_and_fold_sees_figures_that_agree():
    done = Event()
    seen: list[object] = []

    def fold_on() -> None:
        while not done.is_set():
            fold(limit=2)

    def read_on() -> None:
        while not done.is_set():
            seen.extend(discrepancies())

    judging = in_threads(lambda: judge_some(6), lambda: judge_some(6))
    others = in_threads(fold_on, read_on)
    for thread in judging:
        thread.join(60)
    done.set()
    for thread in others:
        thread.join(30)

    assert seen == []
    assert not any(thread.is_alive() for thread in (*judging, *others))


def test_judging_waits_for_no_other_judging():
    """Changes are added, never updated: two transactions on one rule and day do not meet."""
    first, second = a_repair(), a_repair()
    entered, leave = Event(), Event()
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time")

    def slowly() -> None:
        from django.db import transaction

        with transaction.atomic():
            rejudge(subject=first, now=MONDAY + timedelta(hours=7))
            entered.set()
            leave.wait(10)

    slow = in_threads(slowly)
    assert entered.wait(10)
    started = time.monotonic()
    rejudge(subject=second, now=MONDAY + timedelta(hours=7))
    waited = time.monotonic() - started
    leave.set()
    slow[0].join(10)

    assert waited < 5
