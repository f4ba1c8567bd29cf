"""When a promised call is tried again."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shouwen.core.retrying import Band, Outcome, RetryPlan, Stop, Tried, TryAgain, next_try

ZONE = ZoneInfo("Asia/Shanghai")
PLAN = RetryPlan(
    attempts=4,
    waits=(("no_answer", (30, 90, 180)), ("busy", (5, 15))),
    bands=(
        Band(begins=time(8), ends=time(12)),
        Band(begins=time(12), ends=time(18)),
        Band(begins=time(18), ends=time(21)),
    ),
    change_band_after=2,
    before_due_minutes=10,
)
FAR = datetime(2026, 10, 20, 12, tzinfo=ZONE)


def at(clock: str, day: int = 9) -> datetime:
    return datetime.fromisoformat(f"2026-10-{day:02d}T{clock}:00+08:00")


def after(*tried: tuple[str, Outcome], due: datetime = FAR, asked: datetime | None = None):
    made = [Tried(at(clock), outcome) for clock, outcome in tried]
    return next_try(PLAN, made, due_at=due, zone=ZONE, asked_for=asked)


@pytest.mark.parametrize(
    ("tried", "following"),
    [
        ([("09:00", "no_answer")], TryAgain(at("09:30"))),
        ([("09:00", "busy")], TryAgain(at("09:05"))),
        ([("08:00", "busy"), ("12:30", "no_answer")], TryAgain(at("14:00"))),
        ([("09:00", "reached")], Stop("reached")),
        ([("09:00", "wrong_number")], Stop("wrong_number")),
    ],
)
def test_the_outcome_says_when_it_is_tried_again(tried, following):
    assert after(*tried) == following


def test_after_two_attempts_in_one_part_of_the_day_another_part_comes():
    assert after(("09:00", "no_answer"), ("09:30", "no_answer")) == TryAgain(at("12:00"))


def test_nobody_is_called_at_night():
    assert after(("20:50", "no_answer")) == TryAgain(at("08:00", day=10))


def test_after_the_last_attempt_no_further_one_is_planned():
    four: list[tuple[str, Outcome]] = [(f"{hour:02d}:00", "no_answer") for hour in (9, 10, 13, 19)]

    assert after(*four) == Stop("used_up")


def test_the_time_that_the_customer_asked_for_stands_and_counts_as_no_attempt():
    assert after(("09:00", "asked_later"), asked=at("22:00")) == TryAgain(at("22:00"))
    assert after(("09:00", "no_answer"), ("10:00", "asked_later"), ("15:00", "busy")) == TryAgain(
        at("15:15")
    )


def test_one_attempt_is_still_made_before_the_promise_is_due():
    assert after(("15:00", "no_answer"), due=at("15:25")) == TryAgain(at("15:15"))


def test_a_promise_that_is_too_near_is_tried_as_the_plan_says():
    assert after(("15:00", "no_answer"), due=at("15:12")) == TryAgain(at("15:30"))


def test_without_a_plan_nothing_is_planned():
    tried = [Tried(at("09:00"), "no_answer")]

    assert next_try(RetryPlan(), tried, due_at=FAR, zone=ZONE) == Stop("no_plan")


@given(
    st.lists(st.sampled_from(["no_answer", "busy", "asked_later"]), min_size=1, max_size=6),
    st.integers(0, 24 * 60 - 1),
)
def test_the_next_attempt_is_never_before_the_last_and_always_within_the_hours(outcomes, minute):
    began = at("00:00") + timedelta(minutes=minute)
    made = [Tried(began + timedelta(minutes=7 * n), name) for n, name in enumerate(outcomes)]

    following = next_try(PLAN, made, due_at=FAR, zone=ZONE)

    if isinstance(following, TryAgain):
        assert following.at > made[-1].at
        assert time(8) <= following.at.astimezone(ZONE).time() < time(21)
