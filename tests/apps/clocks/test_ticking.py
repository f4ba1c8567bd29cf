import threading
from datetime import timedelta

import pytest
from django.db import connection

from shouwen.adapters.system_clock import now as real_now
from shouwen.clocks.models import Clock
from shouwen.clocks.operations import MILESTONE, rejudge, tick
from shouwen.clocks.ticker import tick_forever
from shouwen.jobs.models import Job
from shouwen.jobs.worker import work_forever, work_once
from shouwen.journal.models import Entry
from tests.apps.clocks.happenings import (
    DONE,
    HANDLED,
    HOUR,
    MONDAY,
    SECOND,
    a_repair,
    clock,
    happens,
    told,
)

pytestmark = pytest.mark.django_db
WARN = MONDAY + 0.8 * 6 * HOUR
DUE = MONDAY + 6 * HOUR


def work_off(now):
    """Does every job that is due at `now`."""
    while work_once(clock=lambda: now):
        pass


def jobs_of(row):
    return list(Job.objects.filter(key__startswith=f"clock:{row.pk}:").order_by("id"))


def test_a_milestone_becomes_a_job_when_it_has_passed_and_only_once():
    row = clock(a_repair())

    tick(now=WARN)
    assert jobs_of(row) == []

    tick(now=WARN + SECOND)
    assert tick(now=WARN + SECOND) == 0

    (job,) = jobs_of(row)
    assert (job.kind, job.key) == (MILESTONE, f"clock:{row.pk}:warn:{WARN.isoformat()}")


def test_a_warning_is_recorded_and_the_clock_shows_it():
    case = a_repair()

    tick(now=WARN + SECOND)
    work_off(WARN + SECOND)

    row = clock(case)
    assert row.state == "warned"
    assert (row.next_milestone, row.next_milestone_at) == ("due", DUE)
    entry = Entry.objects.get(kind="clock.warned", data__rule=HANDLED)
    assert (entry.happened_at, entry.recorded_at) == (WARN, WARN + SECOND)


def test_a_miss_is_recorded_and_the_clock_stays_open():
    case = a_repair()

    for now in (WARN + SECOND, DUE + SECOND):
        tick(now=now)
        work_off(now)

    assert (clock(case).state, clock(case).is_open) == ("missed", True)
    assert told(case, "clock.missed").count(HANDLED) == 1


def test_a_ticker_that_slept_through_both_milestones_records_the_miss():
    case = a_repair()

    tick(now=DUE + HOUR)
    work_off(DUE + HOUR)

    assert clock(case).state == "missed"
    assert told(case, "clock.missed").count(HANDLED) == 1


def test_a_job_that_comes_after_the_promise_was_kept_changes_nothing():
    case = a_repair()
    tick(now=WARN + SECOND)
    happens(case, "case.handled", at=WARN + 2 * SECOND)

    work_off(WARN + 3 * SECOND)

    assert clock(case).state == "met"


def test_a_worker_whose_own_clock_is_behind_does_not_lose_the_miss():
    case = a_repair()
    for now in (WARN + SECOND, DUE + SECOND):
        tick(now=now)
        Job.objects.update(run_at=MONDAY)
        work_off(DUE - SECOND)

    assert clock(case).state == "missed"


def test_a_due_time_that_moved_gets_its_own_milestone():
    case = a_repair()
    tick(now=WARN + SECOND)
    work_off(WARN + SECOND)
    happens(case, "case.paused", at=WARN + HOUR, reason="no_access", evidence="N-1")
    happens(case, "case.resumed", at=WARN + 11 * HOUR)

    tick(now=DUE + 10 * HOUR + SECOND)
    work_off(DUE + 10 * HOUR + SECOND)

    assert clock(case).state == "missed"
    keys = [job.key.split(":", 2)[2] for job in jobs_of(clock(case))]
    assert f"due:{(DUE + 10 * HOUR).isoformat()}" in keys


def test_a_pause_that_lasts_too_long_ends_by_itself():
    case = a_repair()
    began = MONDAY + HOUR
    happens(case, "case.paused", at=began, reason="awaiting_customer", evidence="R-1")
    ends = began + timedelta(days=7)

    tick(now=ends + SECOND)
    work_off(ends + SECOND)

    row = clock(case)
    assert (row.state, row.due_at) == ("running", DUE + timedelta(days=7))


def test_a_tick_takes_no_more_than_its_limit_and_the_oldest_first():
    for hours in (3, 0, 2, 1):
        a_repair(at=MONDAY + hours * HOUR)
    late = MONDAY + timedelta(days=2)
    waiting = Clock.objects.filter(next_milestone_at__lt=late).count()

    assert tick(now=late, limit=2) == 2

    assert Clock.objects.filter(next_milestone_at__lt=late).count() == waiting - 2
    assert Job.objects.order_by("id")[0].run_at <= Job.objects.order_by("id")[1].run_at


def test_an_idle_ticker_takes_no_write_lock(django_assert_num_queries):
    a_repair()

    with django_assert_num_queries(1) as queries:
        assert tick(now=MONDAY) == 0
    assert queries.captured_queries[0]["sql"].startswith("SELECT")


@pytest.mark.django_db(transaction=True)
def test_two_tickers_at_once_make_one_job_of_each_milestone():
    for _ in range(30):
        a_repair()
    faults = []

    def one():
        try:
            while tick(now=DUE, limit=7):
                pass
        except Exception as error:
            faults.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=one) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)

    assert faults == []
    assert Job.objects.filter(key__contains=":warn:").count() == Job.objects.count()
    assert not Clock.objects.filter(next_milestone_at__lt=DUE).exists()


@pytest.mark.django_db(transaction=True)
def test_ticker_and_worker_together_bring_warning_and_miss_without_anybody_asking():
    case = a_repair()
    offset = DUE + SECOND - real_now()
    stop = threading.Event()
    loops = [
        threading.Thread(target=until_stopped, args=(loop, stop, offset))
        for loop in (tick_forever, work_forever)
    ]

    for loop in loops:
        loop.start()
    for _ in range(200):
        if clock(case).state == "missed":
            break
        threading.Event().wait(0.05)
    stop.set()
    for loop in loops:
        loop.join(2)

    assert clock(case).state == "missed"
    assert clock(case, DONE).state == "running"
    assert not any(loop.is_alive() for loop in loops)


def until_stopped(loop, stop, offset):
    try:
        loop(stop, lambda: real_now() + offset)
    finally:
        connection.close()


def test_a_rejudged_clock_forgets_no_milestone():
    case = a_repair()
    tick(now=WARN + SECOND)
    assert clock(case).next_milestone_at is None

    rejudge(subject=case, now=WARN + 2 * SECOND)

    assert clock(case).next_milestone_at == DUE


def test_a_milestone_waits_for_a_standard_that_can_be_read(tmp_path, monkeypatch):
    case = a_repair()
    tick(now=DUE + SECOND)
    monkeypatch.setenv("SHOUWEN_STANDARD", str(tmp_path))
    work_off(DUE + SECOND)
    monkeypatch.delenv("SHOUWEN_STANDARD")

    work_off(DUE + HOUR)

    assert clock(case).state == "missed"
