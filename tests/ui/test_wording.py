from datetime import date, datetime, timedelta

import pytest
from django.utils import translation

from shouwen.ui import wording

NOW = datetime(2026, 10, 9, 14, 32, tzinfo=wording.ZONE)


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0, "0:00"),
        (18 * 60, "0:18"),
        (2 * 3600 + 58 * 60, "2:58"),
        (86_399, "23:59"),
        (86_400, "1 天 0 时"),
        (2 * 86_400 + 4 * 3600 + 59 * 60, "2 天 4 时"),
    ],
)
def test_a_length_reads_in_hours_and_minutes_below_a_day_and_in_days_and_hours_above(
    seconds, text
):
    assert wording.length(seconds) == text


@pytest.mark.parametrize(("seconds", "text"), [(48, "0:48"), (3599, "59:59"), (3600, "1:00")])
def test_on_a_call_a_length_below_an_hour_reads_in_minutes_and_seconds(seconds, text):
    assert wording.length(seconds, ticking=True) == text


def test_time_left_agrees_with_the_minutes_on_the_wall():
    due = NOW.replace(minute=50)
    ten_seconds_later = NOW + timedelta(seconds=10)

    left = (due - ten_seconds_later).total_seconds()

    assert wording.length(left, round_up=True) == "0:18"


def test_the_last_minute_never_reads_as_nothing():
    assert wording.length(1, round_up=True) == "0:01"


def test_a_negative_length_reads_as_nothing():
    assert wording.length(-5) == "0:00"


@pytest.mark.parametrize(
    ("at", "text"),
    [
        (NOW.replace(minute=50), "14:50"),
        (datetime(2026, 10, 10, 9, 0, tzinfo=wording.ZONE), "10月10日 09:00"),
        (datetime(2027, 1, 4, 9, 0, tzinfo=wording.ZONE), "2027年1月4日 09:00"),
    ],
)
def test_a_moment_names_its_day_only_when_it_is_not_today(at, text):
    assert wording.moment(at, now=NOW) == text


def test_the_day_is_the_one_on_the_wall_and_not_that_of_utc():
    late = datetime.fromisoformat("2026-10-09T16:30:00+00:00")

    assert wording.local_day(late) == date(2026, 10, 10)


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(59, "0 分"), (360, "6 分"), (12_000, "3 时 20 分"), (100_000, "1 天 3 时")],
)
def test_waiting_reads_in_the_two_largest_units(seconds, text):
    assert wording.waited(seconds) == text


@pytest.mark.parametrize(
    ("number", "masked"),
    [
        ("14000422093", "140 **** 2093"),
        ("0571-8700 1234", "057 **** 1234"),
        ("110", "***"),
        ("", ""),
    ],
)
def test_a_masked_number_hides_its_middle_and_a_short_one_altogether(number, masked):
    assert wording.masked_phone(number) == masked


def test_days_read_the_english_way_in_english():
    with translation.override("en"):
        assert wording.day_text(date(2026, 10, 9)) == "Fri 9 Oct"
