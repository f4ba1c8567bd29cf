"""The latest moment before something, counted backwards."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shouwen.core.timing.backwards import latest_before
from shouwen.core.timing.deadlines import due_at
from shouwen.core.timing.durations import Natural, WorkingDays, WorkingTime
from tests.core.kinds.moments import CALENDAR, at


@pytest.mark.parametrize(
    ("end", "duration", "latest"),
    [
        ("03-10 08:00", Natural(48 * 3600), "03-08 08:00"),
        ("03-10 10:00", WorkingTime(2 * 3600), "03-09 17:00"),
        ("03-09 09:00", WorkingTime(3600), "03-06 17:00"),
        ("03-10 12:30", WorkingTime(3600), "03-10 11:00"),
        ("03-13 08:00", WorkingDays(3), "03-10 17:30"),
        ("03-10 08:00", WorkingDays(3), "03-05 17:30"),
        ("03-08 08:00", WorkingDays(1), "03-06 17:30"),
        ("03-13 08:00", WorkingDays(1, half_days=1), "03-11 12:00"),
    ],
)
def test_the_latest_moment_by_kind_of_time(end, duration, latest):
    assert latest_before(end=at(end), duration=duration, calendar=CALENDAR) == at(latest)


ENDS = st.integers(0, 300 * 24 * 60).map(
    lambda minutes: at("01-20 00:00") + timedelta(minutes=minutes)
)


@given(ENDS, st.integers(1, 40 * 3600))
def test_working_time_forward_from_the_latest_moment_reaches_no_further_than_the_end(end, seconds):
    duration = WorkingTime(seconds)

    latest = latest_before(end=end, duration=duration, calendar=CALENDAR)

    forward = due_at(start=latest, duration=duration, calendar=CALENDAR, now=latest)
    assert forward <= end
    assert CALENDAR.time_between(latest, end) == timedelta(seconds=seconds)


@given(ENDS, st.integers(1, 9))
def test_so_many_working_days_lie_between_the_day_of_sending_and_that_of_the_event(end, days):
    latest = latest_before(end=end, duration=WorkingDays(days), calendar=CALENDAR)

    sent_on, event_on = CALENDAR.day_of(latest), CALENDAR.day_of(end)
    between = [
        sent_on + timedelta(days=i)
        for i in range((event_on - sent_on).days)
        if CALENDAR.is_working_day(sent_on + timedelta(days=i))
    ]
    assert len(between) == days
