from datetime import timedelta

import pytest
from django.db import connection

from shouwen.clocks.models import Clock
from shouwen.clocks.operations import rejudge, set_owner
from shouwen.clocks.queries import counts_by_state, missed_count, open_clocks
from tests.apps.clocks.happenings import (
    CONSULTATION,
    HOUR,
    MONDAY,
    a_case,
    a_repair,
    happens,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def board():
    """Five repairs an hour apart; the second belongs to 2016, the third to 2002 of maintenance."""
    cases = [a_repair(at=MONDAY + n * HOUR) for n in range(5)]
    set_owner(subject=cases[1], owner_no="2016", department="hotline")
    set_owner(subject=cases[2], owner_no="2002", department="maintenance")
    return cases


def test_open_clocks_come_by_urgency(board):
    rows = open_clocks()

    assert [row.urgency_at for row in rows] == sorted(row.urgency_at for row in rows)
    assert all(row.is_open for row in rows)


def test_pages_follow_one_another_without_hole_or_repeat(board):
    whole, pages, after = open_clocks(limit=1000), [], None
    while page := open_clocks(limit=3, after=after):
        pages += page
        after = (page[-1].urgency_at, page[-1].pk)

    assert pages == whole
    assert len(whole) > 10


def test_each_sees_what_is_asked_for(board):
    assert {row.subject for row in open_clocks(owner="2016")} == {board[1]}
    assert {row.subject for row in open_clocks(department="maintenance")} == {board[2]}
    assert open_clocks(owner="2016", department="maintenance") == []


def test_a_clock_without_a_due_time_comes_last(board):
    happens(board[0], "case.paused", at=MONDAY + HOUR, reason="no_access", evidence="N-1")

    rows = open_clocks(limit=1000)

    due = [row.due_at is not None for row in rows]
    assert due == sorted(due, reverse=True)
    assert "paused" in {row.state for row in rows}


def test_what_is_over_is_not_on_the_board(board):
    for case in board:
        happens(case, "case.voided", at=MONDAY + 5 * HOUR)
        happens(case, "case.closed", at=MONDAY + 5 * HOUR)

    assert {row.state for row in open_clocks()} <= {"missed"}


def test_counts_name_every_state_and_what_was_kept_today(board):
    happens(board[0], "case.repaired", at=MONDAY + HOUR)
    happens(board[1], "case.paused", at=MONDAY + 2 * HOUR, reason="no_access", evidence="N-1")
    rejudge(subject=board[2], now=MONDAY + 2 * HOUR + 6 * HOUR)
    happens(a_case(), "case.deferred", at=MONDAY.replace(year=2031), facts=CONSULTATION)

    counts = counts_by_state(now=MONDAY + 9 * HOUR)

    assert set(counts) == set(Clock.State.values)
    assert counts["paused"] == 2
    assert counts["no_promise"] == 1
    assert counts["met"] == Clock.objects.filter(state="met").count() > 0
    for state in ("running", "warned", "missed"):
        assert counts[state] == Clock.objects.filter(state=state, is_open=True).count()


def test_what_was_kept_yesterday_is_not_counted_today(board):
    happens(board[0], "case.repaired", at=MONDAY + HOUR)

    assert counts_by_state(now=MONDAY + timedelta(days=1))["met"] == 0


def test_counts_can_be_those_of_one_owner(board):
    counts = counts_by_state(now=MONDAY + 9 * HOUR, owner="2016")

    assert sum(counts.values()) == len(open_clocks(owner="2016"))


def test_the_missed_ones_of_an_owner_are_counted(board):
    rejudge(subject=board[1], now=MONDAY + 30 * HOUR)

    late = [row for row in open_clocks(owner="2016") if row.state == "missed"]
    assert missed_count(owner_no="2016") == len(late) > 0
    assert missed_count(owner_no="2002") == 0
    assert missed_count() >= missed_count(owner_no="2016")


def test_lists_and_counts_cost_the_same_number_of_queries_whatever_their_length(
    board, django_assert_num_queries
):
    with django_assert_num_queries(1):
        open_clocks(owner="2016")
    with django_assert_num_queries(2):
        counts_by_state(now=MONDAY)


@pytest.mark.parametrize(
    ("filters", "index"),
    [
        ({}, "open_clocks"),
        ({"owner_no": "2016"}, "open_clocks_of_owner"),
        ({"department": "maintenance"}, "open_clocks_of_dept"),
    ],
)
def test_a_page_of_open_clocks_is_read_from_its_index(board, filters, index):
    rows = Clock.objects.filter(is_open=True, urgency_at__gte=MONDAY, **filters)

    assert index in plan_of(rows.order_by("urgency_at", "id")[:20])


def test_the_ticker_reads_the_milestones_from_their_index(board):
    rows = Clock.objects.filter(next_milestone_at__lt=MONDAY).order_by("next_milestone_at")

    assert "clocks_by_milestone" in plan_of(rows[:20])


def plan_of(rows):
    """How the database would read the rows if the table were long."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute("SET LOCAL enable_sort = off")
    return rows.explain()
