from datetime import UTC, datetime, timedelta
from threading import Thread

import pytest
from django.db import connection

from shouwen.clocks.models import Clock
from shouwen.clocks.operations import rejudge, set_owner, start_clocks
from shouwen.clocks.queries import active_pack
from shouwen.journal.models import Entry
from tests.apps.clocks.happenings import (
    ANSWERED,
    CONSULTATION,
    DONE,
    HANDLED,
    HOUR,
    MONDAY,
    REPAIR,
    a_case,
    a_repair,
    clock,
    happens,
    told,
)

pytestmark = pytest.mark.django_db


def test_a_reported_repair_runs_against_its_clocks():
    case = a_repair()

    handled, done = clock(case, HANDLED), clock(case, DONE)
    assert (handled.state, handled.is_open) == ("running", True)
    assert handled.started_at == MONDAY
    assert handled.due_at == MONDAY + 6 * HOUR
    assert handled.warn_at == MONDAY + 0.8 * 6 * HOUR
    assert done.due_at == MONDAY + 24 * HOUR


def test_a_clock_says_by_what_it_was_judged():
    case = a_repair()

    row = clock(case)
    assert row.rule_from is not None
    assert row.facts == REPAIR
    assert row.pack_digest == active_pack().digest
    assert {HANDLED, DONE} <= set(told(case, "clock.started"))


def test_the_same_call_again_changes_nothing():
    case = a_repair()
    before = list(Clock.objects.order_by("id").values()), Entry.objects.count()

    start_clocks(subject=case, facts=REPAIR, now=MONDAY)

    assert (list(Clock.objects.order_by("id").values()), Entry.objects.count()) == before


def test_a_clock_waits_for_the_event_it_starts_on():
    case = a_case()
    happens(case, "case.reported", facts=CONSULTATION)
    assert not Clock.objects.filter(rule_id=ANSWERED).exists()

    happens(case, "case.deferred", at=MONDAY + HOUR, facts=CONSULTATION)

    assert clock(case, ANSWERED).started_at == MONDAY + HOUR


def test_working_days_are_those_of_the_calendar():
    case, friday = a_case(), datetime(2026, 3, 6, 2, tzinfo=UTC)
    happens(case, "case.deferred", at=friday, facts=CONSULTATION)

    row = clock(case, ANSWERED)

    assert row.due_at == datetime(2026, 3, 10, 9, 30, tzinfo=UTC)
    assert row.calendar_version == active_pack().calendar.version


def test_other_facts_take_the_place_of_the_old_ones():
    case = a_repair()

    happens(case, "case.classified", at=MONDAY + HOUR, facts=CONSULTATION)
    happens(case, "case.deferred", at=MONDAY + HOUR, facts=CONSULTATION)

    assert (clock(case, HANDLED).state, clock(case, HANDLED).is_open) == ("not_applicable", False)
    assert clock(case, ANSWERED).state == "running"


def test_facts_that_come_back_bring_their_clocks_back():
    case = a_repair()
    happens(case, "case.classified", at=MONDAY + HOUR, facts=CONSULTATION)

    happens(case, "case.classified", at=MONDAY + 2 * HOUR, facts=REPAIR)

    assert clock(case).state == "running"
    assert clock(case).due_at == MONDAY + 6 * HOUR


def test_a_clock_that_starts_later_has_the_owner_of_the_others():
    case = a_case()
    happens(case, "case.reported", facts=CONSULTATION)
    set_owner(subject=case, owner_no="2016", department="hotline")

    happens(case, "case.deferred", at=MONDAY + HOUR, facts=CONSULTATION)

    row = clock(case, ANSWERED)
    assert (row.owner_no, row.department) == ("2016", "hotline")


def test_a_year_without_calendar_makes_no_promise_and_says_so_once():
    case, far = a_case(), datetime(2031, 3, 6, 2, tzinfo=UTC)

    happens(case, "case.deferred", at=far, facts=CONSULTATION)
    rejudge(subject=case, now=far + HOUR)

    row = clock(case, ANSWERED)
    assert (row.state, row.is_open, row.due_at) == ("no_promise", True, None)
    assert told(case, "calendar.year_missing") == [ANSWERED]
    assert Entry.objects.get(kind="calendar.year_missing").data["year"] == 2031


def test_a_standard_that_cannot_be_read_refuses_nobody(tmp_path, monkeypatch):
    monkeypatch.setenv("SHOUWEN_STANDARD", str(tmp_path))
    case = a_repair()

    happens(case, "case.noted", at=MONDAY + HOUR)
    rejudge(subject=case, now=MONDAY + 2 * HOUR)

    flags = Entry.objects.filter(kind="case.gap_flagged")
    assert [flag.data["gap"] for flag in flags] == ["standard_unreadable"]
    assert not Clock.objects.exists()


def test_clocks_catch_up_once_the_standard_can_be_read_again(tmp_path, monkeypatch):
    monkeypatch.setenv("SHOUWEN_STANDARD", str(tmp_path))
    case = a_repair()
    monkeypatch.delenv("SHOUWEN_STANDARD")

    happens(case, "case.noted", at=MONDAY + HOUR)

    assert clock(case).due_at == MONDAY + 6 * HOUR


def test_a_late_paper_entry_is_judged_by_when_it_happened():
    case = a_repair(at=MONDAY, now=MONDAY + timedelta(days=3))

    row = clock(case)
    assert (row.state, row.is_open) == ("missed", True)
    assert row.due_at == MONDAY + 6 * HOUR


@pytest.mark.django_db(transaction=True)
def test_two_events_at_once_leave_the_clocks_judged_by_both():
    case, faults = a_repair(), []

    def tell(kind, at):
        try:
            happens(case, kind, at=at)
        except Exception as error:
            faults.append(error)
        finally:
            connection.close()

    for _ in range(5):
        threads = [
            Thread(target=tell, args=("case.noted", MONDAY + HOUR)),
            Thread(target=tell, args=("case.handled", MONDAY + 2 * HOUR)),
            Thread(target=tell, args=("case.repaired", MONDAY + 3 * HOUR)),
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(30)

    assert faults == []
    assert (clock(case, HANDLED).state, clock(case, DONE).state) == ("met", "met")
    assert clock(case, HANDLED).stopped_at == MONDAY + 2 * HOUR
