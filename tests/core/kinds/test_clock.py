"""What a clock comes to: started, paused, agreed otherwise, stopped, missed."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shouwen.core.clause import Limit
from shouwen.core.kinds.clock import (
    Agreed,
    AllowedPause,
    ClockVersion,
    Start,
    Trigger,
    judge_clock,
)
from shouwen.core.matter import Matter
from shouwen.core.timing.calendar import YearNotPublished
from shouwen.core.verdict import Met, Missed, NotApplicable, Paused, Running
from tests.core.kinds.moments import CALENDAR, at, event


def _judge(*, version, events, calendar, now, **more):
    return judge_clock(
        version, Matter(facts={}, events=events, calendar=calendar, now=now, **more)
    )


SIX_HOURS = ClockVersion(
    from_=at("01-01 00:00").date(),
    start=Start(on=("case.reported",)),
    stop=Trigger(on=("case.handled", "case.referred")),
    cancel=Trigger(on=("case.voided",)),
    limit=Limit(value=6, unit="hours"),
    agreed=Agreed(on="case.agreed_time", replaces="start"),
    pauses=(
        AllowedPause(reason="awaiting_customer", evidence=True),
        AllowedPause(reason="no_access", longest=Limit(value=1, unit="hours")),
    ),
)
REPORTED = event("case.reported", "03-02 08:00")


def judged(*events, now="03-03 00:00", version=SIX_HOURS, explain=True):
    ordered = sorted((REPORTED, *events), key=lambda e: e.at)
    happened = [e for e in ordered if e.at <= at(now)]
    return _judge(
        version=version, events=happened, calendar=CALENDAR, now=at(now), explain=explain
    )


def codes(verdict):
    return [step.code for step in verdict.steps]


def test_a_clock_without_its_start_event_does_not_apply():
    verdict = _judge(version=SIX_HOURS, events=[], calendar=CALENDAR, now=at("03-02 08:00"))

    assert verdict == NotApplicable(reason="not_started")


def test_a_clock_runs_until_its_due_time_and_warns_at_its_share():
    verdict = judged(now="03-02 10:00")

    assert isinstance(verdict, Running)
    assert (verdict.due_at, verdict.warn_at) == (at("03-02 14:00"), at("03-02 12:48"))


def test_done_exactly_at_the_due_time_is_in_time():
    verdict = judged(event("case.handled", "03-02 14:00"))

    assert isinstance(verdict, Met)
    assert (verdict.at, verdict.due_at) == (at("03-02 14:00"), at("03-02 14:00"))


def test_one_second_late_is_missed():
    verdict = judged(event("case.handled", "03-02 14:00:01"))

    assert isinstance(verdict, Missed)
    assert verdict.at == at("03-02 14:00:01")


def test_nothing_done_by_the_due_time_is_missed_without_a_time():
    assert isinstance(judged(now="03-02 14:00"), Running)

    verdict = judged(now="03-02 14:00:01")

    assert isinstance(verdict, Missed)
    assert verdict.at is None


def test_any_of_the_stop_events_stops_the_clock():
    assert judged(event("case.referred", "03-02 09:00")).word == "met"


def test_a_voided_case_has_no_clock_any_more():
    assert judged(event("case.voided", "03-02 09:00")) == NotApplicable(reason="cancelled")


def test_voiding_after_the_stop_changes_nothing():
    verdict = judged(event("case.handled", "03-02 09:00"), event("case.voided", "03-02 10:00"))

    assert verdict.word == "met"


def test_an_open_pause_stands_and_says_what_is_left():
    paused = event("case.paused", "03-02 10:00", reason="awaiting_customer", evidence="短信 12")

    verdict = judged(paused, now="03-02 20:00")

    assert isinstance(verdict, Paused)
    assert (verdict.reason, verdict.since) == ("awaiting_customer", at("03-02 10:00"))
    assert verdict.remaining_seconds == 4 * 3600


def test_a_closed_pause_pushes_the_due_time_by_its_length():
    verdict = judged(
        event("case.paused", "03-02 10:00", reason="awaiting_customer", evidence="短信 12"),
        event("case.resumed", "03-02 12:00"),
        event("case.handled", "03-02 16:00"),
    )

    assert isinstance(verdict, Met)
    assert verdict.due_at == at("03-02 16:00")


def test_a_pause_without_the_evidence_that_the_rule_asks_for_does_not_count():
    verdict = judged(
        event("case.paused", "03-02 10:00", reason="awaiting_customer"), now="03-02 15:00"
    )

    assert isinstance(verdict, Missed)
    assert verdict.steps[-2].params["why"] == "evidence_missing"


def test_a_pause_for_a_reason_that_the_rule_does_not_name_does_not_count():
    verdict = judged(event("case.paused", "03-02 10:00", reason="lunch"), now="03-02 15:00")

    assert isinstance(verdict, Missed)
    assert verdict.steps[-2].params["why"] == "reason_not_allowed"


def test_a_pause_counts_no_longer_than_the_rule_allows():
    verdict = judged(event("case.paused", "03-02 10:00", reason="no_access"), now="03-02 13:00")

    assert isinstance(verdict, Running)
    assert verdict.due_at == at("03-02 15:00")


def test_a_pause_begun_after_the_due_time_heals_nothing():
    verdict = judged(
        event("case.paused", "03-02 14:30", reason="awaiting_customer", evidence="短信 12"),
        now="03-02 15:00",
    )

    assert isinstance(verdict, Missed)


def test_an_agreed_time_replaces_the_start_and_both_are_told():
    agreed = event("case.agreed_time", "03-02 08:05", at="2026-03-03T09:00:00+08:00")

    verdict = judged(agreed, now="03-02 20:00")

    assert isinstance(verdict, Running)
    assert (verdict.started_at, verdict.due_at) == (at("03-03 09:00"), at("03-03 15:00"))
    told = next(step for step in verdict.steps if step.code == "agreed_time")
    assert told.params == {"at": at("03-03 09:00"), "reported_at": at("03-02 08:00")}


def test_an_agreed_time_may_be_the_due_time_itself():
    version = replace(SIX_HOURS, agreed=Agreed(on="case.agreed_time", replaces="due"))
    agreed = event("case.agreed_time", "03-02 08:05", at="2026-03-03T09:00:00+08:00")

    verdict = judged(
        agreed, event("case.handled", "03-03 09:00"), now="03-04 00:00", version=version
    )

    assert isinstance(verdict, Met)
    assert verdict.due_at == at("03-03 09:00")


def test_agreeing_another_time_when_the_clock_is_overdue_changes_nothing():
    agreed = event("case.agreed_time", "03-02 15:00", at="2026-03-03T09:00:00+08:00")

    verdict = judged(agreed, event("case.handled", "03-03 09:30"), now="03-04 00:00")

    assert isinstance(verdict, Missed)
    assert "agreed_time_too_late" in codes(verdict)


def test_an_agreement_without_a_usable_time_is_named():
    verdict = judged(event("case.agreed_time", "03-02 08:05", at="tomorrow"), now="03-02 09:00")

    assert isinstance(verdict, Running)
    assert "agreed_time_unusable" in codes(verdict)


def test_working_days_begin_on_the_day_after_receipt_and_end_at_the_close():
    version = replace(SIX_HOURS, limit=Limit(value=2, unit="working_days"))

    verdict = judged(now="03-02 09:00", version=version)

    assert isinstance(verdict, Running)
    assert verdict.due_at == at("03-04 17:30")


def test_a_year_without_a_calendar_is_not_guessed():
    version = replace(SIX_HOURS, limit=Limit(value=2, unit="working_days"))
    reported = event("case.reported", "2026-12-31 10:00")

    with pytest.raises(YearNotPublished):
        _judge(version=version, events=[reported], calendar=CALENDAR, now=at("2026-12-31 11:00"))


def test_judging_without_an_explanation_gives_the_same_verdict():
    paused = event("case.paused", "03-02 10:00", reason="awaiting_customer", evidence="短信 12")

    told, silent = (judged(paused, now="03-02 20:00", explain=x) for x in (True, False))

    assert silent.steps == ()
    assert replace(told, steps=()) == silent


@given(minutes=st.integers(0, 2000), longer=st.integers(0, 50))
def test_a_longer_limit_never_turns_met_into_missed(minutes, longer):
    stop = replace(
        event("case.handled", "03-02 08:00"), at=REPORTED.at + timedelta(minutes=minutes)
    )
    short = _judge(
        version=SIX_HOURS, events=[REPORTED, stop], calendar=CALENDAR, now=at("03-09 00:00")
    )
    long_version = replace(SIX_HOURS, limit=Limit(value=6 + longer, unit="hours"))

    long = _judge(
        version=long_version, events=[REPORTED, stop], calendar=CALENDAR, now=at("03-09 00:00")
    )

    assert long.word == "met" or short.word == "missed"


@given(later=st.integers(0, 10_000))
def test_a_stopped_clock_never_changes_its_verdict(later):
    stop = event("case.handled", "03-02 14:00:01")
    now = stop.at + timedelta(minutes=later)

    verdict = _judge(version=SIX_HOURS, events=[REPORTED, stop], calendar=CALENDAR, now=now)

    assert verdict == judged(stop, now="03-02 14:00:01")


@given(begin=st.integers(0, 300), length=st.integers(0, 600))
def test_an_allowed_pause_never_makes_a_case_late(begin, length):
    paused = replace(
        event("case.paused", "03-02 08:00", reason="awaiting_customer", evidence="x"),
        at=REPORTED.at + timedelta(minutes=begin),
    )
    resumed = replace(
        event("case.resumed", "03-02 08:00"), at=paused.at + timedelta(minutes=length)
    )
    stop = event("case.handled", "03-02 14:00")
    events = sorted((REPORTED, paused, resumed, stop), key=lambda e: e.at)

    verdict = _judge(version=SIX_HOURS, events=events, calendar=CALENDAR, now=at("03-09 00:00"))

    assert isinstance(verdict, Met)
