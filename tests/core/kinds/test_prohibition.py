"""Forbidden actions, forbidden hours, and the approvals that allow them."""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shouwen.core.clause import Limit
from shouwen.core.kinds.prohibition import ForbiddenWindow, ProhibitionVersion, judge_prohibition
from shouwen.core.matter import Matter
from shouwen.core.verdict import Met, Missed, NotApplicable, Running
from tests.core.kinds.moments import CALENDAR, SHANGHAI, at, event

NIGHT = ProhibitionVersion(
    from_=date(2025, 1, 1),
    begins=("outage.started",),
    action=("outage.restored",),
    ends_on=("outage.restored", "outage.cancelled"),
    windows=(ForbiddenWindow(opens=time(22), closes=time(6)),),
)
NEVER = ProhibitionVersion(
    from_=date(2025, 1, 1),
    action=("gift.offered", "case.printed"),
    ends_on=("case.closed",),
    unless=("case.accepted", "case.answered"),
)
STARTED = event("outage.started", "03-10 08:00")


def judged(*events, version=NIGHT, now="03-20 00:00"):
    return judge_prohibition(
        version, Matter(facts={}, events=events, calendar=CALENDAR, now=at(now))
    )


@pytest.mark.parametrize(
    ("moment", "outcome"),
    [
        ("03-10 21:59:59", Met),
        ("03-10 22:00", Missed),
        ("03-11 05:59:59", Missed),
        ("03-11 06:00", Met),
    ],
)
def test_a_night_window_is_half_open_and_reaches_over_midnight(moment, outcome):
    assert isinstance(judged(STARTED, event("outage.restored", moment)), outcome)


def test_a_miss_names_the_action_and_its_moment():
    verdict = judged(STARTED, event("outage.restored", "03-11 01:00"))

    assert (verdict.at, verdict.failed, verdict.due_at) == (
        at("03-11 01:00"),
        ("outage.restored",),
        None,
    )
    assert [step.code for step in verdict.steps] == ["started", "forbidden_at_this_time"]


def test_until_the_matter_ends_it_runs_without_a_due_time():
    verdict = judged(STARTED)

    assert isinstance(verdict, Running)
    assert verdict.due_at is None
    assert isinstance(judged(STARTED, event("outage.cancelled", "03-10 23:00")), Met)
    assert isinstance(judged(event("case.noted", "03-10 23:00")), NotApplicable)


def test_a_window_on_some_days_belongs_to_the_day_on_which_it_opened():
    window = ForbiddenWindow(opens=time(22), closes=time(6), days=("fri",))
    version = replace(NIGHT, windows=(window,))

    saturday_night = event("outage.restored", "03-14 01:00")
    sunday_night = event("outage.restored", "03-15 01:00")

    assert isinstance(judged(STARTED, saturday_night, version=version), Missed)
    assert isinstance(judged(STARTED, sunday_night, version=version), Met)


def test_an_action_forbidden_at_all_times_needs_an_approval_before_it():
    act = event("case.printed", "03-10 10:00")
    before, after = event("case.accepted", "03-10 09:00"), event("case.accepted", "03-10 10:01")
    closed = event("case.closed", "03-11 10:00")

    assert isinstance(judged(before, act, closed, version=NEVER), Met)
    assert judged(act, after, closed, version=NEVER).failed == ("case.printed",)


def test_where_all_approvals_are_needed_one_is_not_enough():
    version = replace(NEVER, unless_needs="all")
    one, other = event("case.accepted", "03-10 09:00"), event("case.answered", "03-10 09:30")
    act = event("case.printed", "03-10 10:00")

    assert isinstance(judged(one, act, version=version), Missed)
    assert isinstance(judged(one, other, act, version=version), Running)


def test_an_approval_may_grow_too_old():
    version = replace(NEVER, unless_within=Limit(value=1, unit="hours"))
    approved = event("case.accepted", "03-10 09:00")

    assert isinstance(
        judged(approved, event("case.printed", "03-10 10:00"), version=version), Running
    )
    assert isinstance(
        judged(approved, event("case.printed", "03-10 10:01"), version=version), Missed
    )


def test_what_happens_after_the_end_is_no_matter_of_the_rule():
    events = (event("case.noted", "03-10 08:00"), event("case.closed", "03-10 09:00"))

    assert isinstance(judged(*events, event("case.printed", "03-10 10:00"), version=NEVER), Met)


@given(st.integers(0, 6 * 24 * 60))
def test_the_window_agrees_with_the_clock_on_the_wall(minutes):
    moment = at("03-10 08:00") + timedelta(minutes=minutes)

    verdict = judged(STARTED, replace(event("outage.restored", "03-10 08:00"), at=moment))

    hour = moment.astimezone(SHANGHAI).hour
    assert isinstance(verdict, Missed if hour >= 22 or hour < 6 else Met)


@given(st.lists(st.integers(0, 3000), max_size=5), st.integers(0, 3000))
def test_once_missed_it_stays_missed(minutes, now):
    acts = [
        replace(STARTED, kind="case.printed", at=STARTED.at + timedelta(minutes=m))
        for m in sorted(minutes)
    ]
    moment = STARTED.at + timedelta(minutes=now)
    known = [STARTED, *(act for act in acts if act.at <= moment)]

    verdict = judge_prohibition(
        NEVER, Matter(facts={}, events=known, calendar=CALENDAR, now=moment)
    )

    assert isinstance(verdict, Missed if len(known) > 1 else Running)
