from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shouwen.jobs.schedules import LONGEST_GAP, Daily, EveryMinutes, Monthly, Weekly, instants

ZONE = ZoneInfo("Asia/Shanghai")
BERLIN = ZoneInfo("Europe/Berlin")
START = datetime(2026, 1, 30, tzinfo=ZONE)
SCHEDULES = st.one_of(
    st.builds(EveryMinutes, st.integers(1, 1440)),
    st.builds(Daily, st.times()),
    st.builds(Weekly, st.integers(0, 6), st.times()),
    st.builds(Monthly, st.integers(1, 31), st.times()),
)


def shown(schedule, *, days: float, start: datetime = START, zone: ZoneInfo = ZONE) -> list[str]:
    found = instants(schedule, after=start, until=start + timedelta(days=days), zone=zone)
    return [f"{at.astimezone(zone):%m-%d %H:%M}" for at in found]


@pytest.mark.parametrize(
    ("schedule", "days", "expected"),
    [
        (EveryMinutes(480), 1, ["01-30 08:00", "01-30 16:00", "01-31 00:00"]),
        (Daily(time(3, 30)), 2, ["01-30 03:30", "01-31 03:30"]),
        (Daily(time(0)), 2, ["01-31 00:00", "02-01 00:00"]),
        (Weekly(0, time(8)), 14, ["02-02 08:00", "02-09 08:00"]),
        (Monthly(1, time(6)), 40, ["02-01 06:00", "03-01 06:00"]),
        (Monthly(31, time(6)), 70, ["01-31 06:00", "02-28 06:00", "03-31 06:00"]),
    ],
)
def test_each_form_falls_on_its_local_times(schedule, days, expected):
    assert shown(schedule, days=days) == expected


def test_a_day_without_that_hour_still_has_its_run():
    spring = datetime(2026, 3, 28, 12, tzinfo=BERLIN)

    assert shown(Daily(time(2, 30)), days=2, start=spring, zone=BERLIN) == [
        "03-29 03:30",
        "03-30 02:30",
    ]


@settings(deadline=None)
@given(SCHEDULES, st.integers(0, 10_000), st.integers(0, 100_000))
def test_looking_in_two_steps_finds_what_looking_once_finds(schedule, first, second):
    middle = START + timedelta(minutes=first)
    end = middle + timedelta(minutes=second)

    once = list(instants(schedule, after=START, until=end, zone=ZONE))
    twice = [
        *instants(schedule, after=START, until=middle, zone=ZONE),
        *instants(schedule, after=middle, until=end, zone=ZONE),
    ]

    assert once == twice == sorted(set(once))


@settings(deadline=None)
@given(SCHEDULES, st.integers(0, 1_000_000))
def test_every_form_comes_round_within_the_longest_gap(schedule, minutes):
    after = (START + timedelta(minutes=minutes)).astimezone(UTC)

    assert next(instants(schedule, after=after, until=after + LONGEST_GAP, zone=ZONE), None)
