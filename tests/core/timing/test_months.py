"""Months and days as people count them."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from shouwen.core.timing.months import end_of_day, months_later, start_of_day

SHANGHAI = ZoneInfo("Asia/Shanghai")


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2027, 12, 31), 2, date(2028, 2, 29)),
        (date(2026, 10, 9), 12, date(2027, 10, 9)),
        (date(2026, 12, 1), 1, date(2027, 1, 1)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
    ],
)
def test_months_later_is_the_same_day_or_the_last_of_the_month(day, months, later):
    assert months_later(day, months=months) == later


def test_a_local_day_runs_from_midnight_to_midnight():
    day = date(2026, 12, 31)

    assert start_of_day(day, SHANGHAI) == datetime(2026, 12, 31, tzinfo=SHANGHAI)
    assert end_of_day(day, SHANGHAI) == datetime(2027, 1, 1, tzinfo=SHANGHAI)
