from datetime import timedelta

import pytest

from shouwen.clocks.operations import rejudge
from shouwen.clocks.queries import clocks_of, verdict_of
from shouwen.core.verdict import Missed, Running
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


def test_what_was_promised_and_done_in_time_is_met():
    case = a_repair()

    happens(case, "case.handled", at=MONDAY + 6 * HOUR)

    row = clock(case)
    assert (row.state, row.is_open, row.stopped_at) == ("met", False, MONDAY + 6 * HOUR)
    assert (row.next_milestone, row.next_milestone_at) == ("", None)
    assert HANDLED in told(case, "clock.met")


def test_a_second_late_is_missed():
    case = a_repair()

    happens(case, "case.handled", at=MONDAY + 6 * HOUR + SECOND)

    row = clock(case)
    assert (row.state, row.is_open) == ("missed", False)
    assert row.stopped_at == MONDAY + 6 * HOUR + SECOND
    assert HANDLED in told(case, "clock.missed")


def test_overdue_and_still_outstanding_stays_open():
    case = a_repair()

    rejudge(subject=case, now=MONDAY + 7 * HOUR)

    row = clock(case)
    assert (row.state, row.is_open, row.stopped_at) == ("missed", True, None)
    missed = Entry.objects.get(kind="clock.missed", data__rule=HANDLED)
    assert missed.happened_at == MONDAY + 6 * HOUR
    assert missed.recorded_at == MONDAY + 7 * HOUR


def test_what_became_true_is_recorded_once():
    case = a_repair()

    for hours in (5, 5, 7, 8):
        rejudge(subject=case, now=MONDAY + hours * HOUR)

    assert told(case, "clock.warned").count(HANDLED) == 1
    assert told(case, "clock.missed").count(HANDLED) == 1


def test_a_pause_with_evidence_stands_and_pushes_the_due_time():
    case = a_repair()
    happens(case, "case.paused", at=MONDAY + 2 * HOUR, reason="awaiting_customer", evidence="R-1")

    paused = clock(case)
    assert (paused.state, paused.is_open, paused.reason) == ("paused", True, "awaiting_customer")
    assert (paused.paused_at, paused.due_at) == (MONDAY + 2 * HOUR, None)
    assert paused.remaining_seconds == 4 * 3600
    assert paused.next_milestone_at == MONDAY + 2 * HOUR + timedelta(days=7)

    happens(case, "case.resumed", at=MONDAY + 5 * HOUR)

    assert (clock(case).state, clock(case).due_at) == ("running", MONDAY + 9 * HOUR)


def test_pauses_are_kept_as_intervals_of_each_clock():
    case = a_repair()
    happens(case, "case.paused", at=MONDAY + 2 * HOUR, reason="awaiting_customer", evidence="R-1")

    (first,) = clock(case).intervals.all()
    assert (first.started_at, first.ended_at) == (MONDAY + 2 * HOUR, None)
    assert (first.reason, first.evidence) == ("awaiting_customer", "R-1")

    happens(case, "case.resumed", at=MONDAY + 3 * HOUR)
    happens(case, "case.paused", at=MONDAY + 4 * HOUR, reason="no_access", evidence="N-2")

    spans = [(each.started_at, each.ended_at) for each in clock(case).intervals.all()]
    assert spans == [
        (MONDAY + 2 * HOUR, MONDAY + 3 * HOUR),
        (MONDAY + 4 * HOUR, None),
    ]


def test_a_pause_without_evidence_does_not_stop_the_clock():
    case = a_repair()

    happens(case, "case.paused", at=MONDAY + 2 * HOUR, reason="awaiting_customer", evidence="")

    assert clock(case).state == "running"
    assert not clock(case).intervals.exists()


def test_a_time_agreed_with_the_customer_moves_the_due_time():
    case, agreed = a_repair(), MONDAY + timedelta(days=1)

    happens(case, "case.agreed_time", at=MONDAY + HOUR, data={"at": agreed.isoformat()})

    assert clock(case).due_at == agreed + 6 * HOUR


def test_a_voided_case_has_no_clock_running():
    case = a_repair()

    happens(case, "case.voided", at=MONDAY + HOUR)

    assert {each.state for each in clocks_of(subject=case) if each.is_open} == set()
    assert clock(case).state == "cancelled"


def test_a_correction_from_paper_turns_a_miss_into_a_promise_kept():
    case = a_repair()
    rejudge(subject=case, now=MONDAY + 7 * HOUR)

    happens(case, "case.handled", at=MONDAY + 5 * HOUR, now=MONDAY + 8 * HOUR)

    assert clock(case).state == "met"
    assert HANDLED in told(case, "clock.met")


def test_open_clocks_of_a_case_come_first_and_the_most_urgent_before_the_others():
    case = a_repair()
    happens(case, "case.handled", at=MONDAY + HOUR)

    rows = clocks_of(subject=case)

    assert [row.is_open for row in rows] == sorted((row.is_open for row in rows), reverse=True)
    urgencies = [row.urgency_at for row in rows if row.is_open]
    assert urgencies == sorted(urgencies)


def test_the_reasons_of_a_clock_are_computed_anew_and_compared_with_the_row():
    case = a_repair()

    fresh = verdict_of(clock=clock(case, DONE), now=MONDAY + HOUR)
    later = verdict_of(clock=clock(case, HANDLED), now=MONDAY + 7 * HOUR)

    assert isinstance(fresh.verdict, Running)
    assert fresh.is_same
    assert fresh.verdict.steps
    assert isinstance(later.verdict, Missed)
    assert not later.is_same, "the row still says running"


def test_a_judge_whose_clock_is_behind_forgets_nothing_that_is_on_record():
    case = a_repair()
    happens(case, "case.handled", at=MONDAY + 5 * HOUR)

    rejudge(subject=case, now=MONDAY + HOUR)

    assert clock(case).state == "met"
