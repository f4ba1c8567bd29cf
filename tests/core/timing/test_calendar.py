"""Which days and hours a calendar calls worked."""

import pickle
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import chinese_calendar
import holidays
import pytest

from shouwen.core.timing.calendar import NoWorkingHours, WorkingCalendar, YearNotPublished
from tests.core.timing.makers import (
    NIGHTS,
    OFFICE,
    OVERLAPPING,
    ROUND_THE_CLOCK,
    SHANGHAI,
    SIX_DAYS,
    at,
    windows,
    worked,
)

HOUR = timedelta(hours=1)
EVERY_DAY = [date(2023, 1, 1) + timedelta(days=i) for i in range(3 * 365 + 366)]


def test_every_day_from_2023_to_2026_is_worked_as_the_first_package_says():
    other = {day: chinese_calendar.is_workday(day) for day in EVERY_DAY}

    assert EVERY_DAY[-1] == date(2026, 12, 31)
    assert {day: OFFICE.is_working_day(day) for day in EVERY_DAY} == other


def test_every_day_from_2023_to_2026_is_worked_as_the_second_package_says():
    china = holidays.country_holidays("CN", years=range(2023, 2027))
    other = {day: china.is_working_day(day) for day in EVERY_DAY}

    assert {day: OFFICE.is_working_day(day) for day in EVERY_DAY} == other


def test_breaks_and_make_up_days_are_those_of_the_first_package_day_by_day():
    # The notice for 2024 gives New Year and Dragon Boat one day, "joined with the weekend": the
    # package counts the weekend before as part of the New Year break, our file does not.
    ordinary_weekend = {date(2023, 12, 30), date(2023, 12, 31)}

    breaks = {day for day in EVERY_DAY if OFFICE.is_holiday(day)}
    makeup = {day for day in EVERY_DAY if OFFICE.is_makeup(day)}

    assert breaks == set(EVERY_DAY) & chinese_calendar.holidays.keys() - ordinary_weekend
    assert makeup == set(EVERY_DAY) & chinese_calendar.workdays.keys()


def test_statutory_days_of_the_second_package_all_lie_in_breaks():
    china = holidays.country_holidays("CN", years=range(2023, 2027))

    assert all(OFFICE.is_holiday(day) for day in china if day.year < 2027)


def test_a_break_has_its_name_on_every_day_and_a_working_day_has_none():
    assert OFFICE.day_name(date(2026, 10, 3)) == "国庆节"
    assert OFFICE.day_name(date(2026, 10, 8)) is None
    assert OFFICE.day_name(date(2026, 10, 10)) is None


def test_a_make_up_weekend_day_has_the_hours_of_an_ordinary_weekday():
    assert OFFICE.windows(date(2026, 10, 10)) == OFFICE.windows(date(2026, 10, 9))
    assert SIX_DAYS.windows(date(2026, 10, 10)) == windows("08:00-12:00", "14:00-18:00")
    assert SIX_DAYS.windows(date(2026, 10, 17)) == windows("09:00-11:30")


def test_the_houses_own_days_win_over_weekdays_and_statutory_breaks():
    assert not SIX_DAYS.is_working_day(date(2025, 3, 12))
    assert SIX_DAYS.windows(date(2025, 10, 3)) == windows("09:00-10:00")
    assert SIX_DAYS.is_holiday(date(2025, 10, 3))


def test_windows_come_in_order_of_opening_however_they_were_written():
    calendar = worked("13:30-17:30", "08:30-12:00")

    assert calendar.windows(date(2026, 3, 2)) == windows("08:30-12:00", "13:30-17:30")


@pytest.mark.parametrize(
    ("day", "following"),
    [
        ("2026-09-30", "2026-10-08"),
        ("2026-10-09", "2026-10-10"),
        ("2026-02-13", "2026-02-14"),
        ("2025-12-31", "2026-01-04"),
    ],
)
def test_the_next_working_day_knows_breaks_and_make_up_days(day, following):
    assert OFFICE.next_working_day(date.fromisoformat(day)) == date.fromisoformat(following)


@pytest.mark.parametrize("year", [2022, 2027])
@pytest.mark.parametrize(
    "ask",
    [
        OFFICE.is_working_day,
        OFFICE.is_holiday,
        OFFICE.is_makeup,
        OFFICE.day_name,
        OFFICE.windows,
        OFFICE.next_working_day,
    ],
)
def test_a_year_that_is_not_published_gets_no_answer(ask, year):
    with pytest.raises(YearNotPublished) as refusal:
        ask(date(year, 6, 1))

    assert (refusal.value.year, refusal.value.version) == (year, OFFICE.version)
    assert not OFFICE.is_published(year)


def test_the_last_published_day_has_no_next_working_day():
    with pytest.raises(YearNotPublished, match="2027"):
        OFFICE.next_working_day(date(2026, 12, 31))


def test_a_night_from_an_unknown_year_leaves_only_its_own_hours_unknown():
    with pytest.raises(YearNotPublished, match="2022"):
        NIGHTS.time_between(at("2023-01-01 07:59").astimezone(UTC), at("2023-01-03 20:00"))

    known = at("2023-01-01 08:00").astimezone(UTC)
    assert NIGHTS.time_between(known, at("2023-01-03 21:00").astimezone(UTC)) == HOUR


def test_a_night_belongs_to_the_evening_before_also_over_the_year_end():
    evening, morning = at("2025-12-31 19:00"), at("2026-01-01 09:00")

    assert NIGHTS.time_between(evening.astimezone(UTC), morning.astimezone(UTC)) == 12 * HOUR


def test_overlapping_windows_count_no_second_twice():
    monday, tuesday = at("2026-03-09 20:00"), at("2026-03-10 12:00")

    assert OVERLAPPING.time_between(monday.astimezone(UTC), tuesday.astimezone(UTC)) == 16 * HOUR


def test_a_window_from_midnight_to_midnight_is_exactly_a_day():
    start = at("2026-03-09 00:00").astimezone(UTC)

    assert ROUND_THE_CLOCK.time_between(start, start + 72 * HOUR) == 72 * HOUR


def test_the_day_of_summer_time_has_the_hours_it_really_has():
    berlin = replace(ROUND_THE_CLOCK, zone=ZoneInfo("Europe/Berlin"))
    start = datetime(2026, 3, 28, 23, tzinfo=UTC)

    opens, closes = berlin.openings(date(2026, 3, 29))[0]
    assert (opens, closes - opens) == (start, 23 * HOUR)
    assert berlin.time_between(start, start + 30 * HOUR) == 30 * HOUR


def test_a_week_without_hours_is_refused_instead_of_searched_for_ever():
    with pytest.raises(NoWorkingHours):
        worked(sat="")


def test_a_moment_after_midnight_in_shanghai_belongs_to_the_new_day():
    assert OFFICE.day_of(datetime(2026, 9, 30, 16, tzinfo=UTC)) == date(2026, 10, 1)
    assert OFFICE.day_of(at("2026-09-30 23:59:59")) == date(2026, 9, 30)


def test_tables_already_built_change_no_answer_and_no_equality():
    fresh = replace(OFFICE)
    span = at("2024-12-30 09:00").astimezone(UTC), at("2025-02-06 10:00").astimezone(UTC)

    assert fresh.time_between(*span) == OFFICE.time_between(*span)
    assert fresh == replace(OFFICE)
    assert len({fresh, replace(OFFICE)}) == 1


def test_a_calendar_survives_being_sent_to_another_process():
    copy: WorkingCalendar = pickle.loads(pickle.dumps(OFFICE))  # noqa: S301 - our own bytes

    assert copy == OFFICE
    assert copy.zone is SHANGHAI
