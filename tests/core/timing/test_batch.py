"""The batch gives the due times of the scalar path and of the day walk, row for row."""

import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shouwen.core.timing.batch import Pauses, due_times, instants, moment
from shouwen.core.timing.calendar import YearNotPublished
from shouwen.core.timing.deadlines import due_at
from shouwen.core.timing.durations import WorkingDays, WorkingTime
from tests.core.timing.cases import (
    ALL_CALENDARS,
    DURATIONS,
    as_pauses,
    aware,
    columns,
    random_case,
    walked,
)
from tests.core.timing.makers import OFFICE, SHANGHAI, at

CASES = 15


def scalar(case, duration, calendar):
    """The due time, or the year that is missing."""
    try:
        start = aware(case.start)
        return due_at(
            start=start,
            duration=duration,
            pauses=as_pauses(case),
            calendar=calendar,
            now=start,
        )
    except YearNotPublished as error:
        return error.year


def batch(cases, duration, calendar):
    starts, pauses = columns(cases)
    found = due_times(starts=starts, duration=duration, calendar=calendar, pauses=pauses)
    return [
        moment(due) if known else int(year)
        for due, known, year in zip(found.at, found.is_known, found.missing_year, strict=True)
    ]


@pytest.mark.parametrize("duration", DURATIONS, ids=repr)
@pytest.mark.parametrize("number", range(len(ALL_CALENDARS)))
def test_the_batch_agrees_with_the_scalar_path(number, duration):
    calendar = ALL_CALENDARS[number]
    chance = random.Random(f"{number} {duration}")  # noqa: S311 - repeatable cases, no secrets
    cases = [random_case(chance) for _ in range(CASES)]

    found = batch(cases, duration, calendar)

    assert found == [scalar(case, duration, calendar) for case in cases]


@pytest.mark.parametrize("duration", DURATIONS, ids=repr)
@pytest.mark.parametrize("number", range(len(ALL_CALENDARS) - 1))
def test_the_batch_agrees_with_the_day_walk(number, duration):
    calendar = ALL_CALENDARS[number]
    chance = random.Random(f"{duration} {number}")  # noqa: S311 - repeatable cases, no secrets
    cases = [case for case in (random_case(chance) for _ in range(CASES)) if is_inside(case)]

    found = batch(cases, duration, calendar)

    for case, due in zip(cases, found, strict=True):
        assert due.astimezone(SHANGHAI).replace(tzinfo=None) == walked(case, duration, calendar)


def is_inside(case):
    """Far enough from the edges of the published years for everything to be known."""
    reach = max([case.start, *(end for _, end in case.holes)])
    return case.start.year > 2022 and (reach.year, reach.month) < (2026, 11)


minutes = st.integers(0, 4 * 365 * 1440).map(
    lambda n: instants([at("2023-01-02")])[0] + n * 6 * 10**7
)


@settings(deadline=None)  # the first call tabulates the years
@given(st.lists(minutes, min_size=1, max_size=8), st.sampled_from(DURATIONS))
def test_rows_do_not_disturb_each_other(starts, duration):
    together = due_times(starts=np.array(starts), duration=duration, calendar=OFFICE)

    for row, start in enumerate(starts):
        alone = due_times(starts=np.array([start]), duration=duration, calendar=OFFICE)
        assert alone.missing_year[0] == together.missing_year[row]
        assert not alone.is_known[0] or alone.at[0] == together.at[row]


def test_a_year_that_is_not_published_masks_its_rows_only():
    starts = instants([at("2026-12-31 16:00"), at("2026-12-28 09:00"), at("2027-03-01 09:00")])

    found = due_times(starts=starts, duration=WorkingDays(2), calendar=OFFICE)

    assert found.missing_year.tolist() == [2027, 0, 2027]
    assert moment(found.at[1]) == at("2026-12-30 17:30")


def test_make_up_weekends_are_worked():
    starts = instants([at("2026-02-13 16:30")])

    found = due_times(starts=starts, duration=WorkingTime(2 * 3600), calendar=OFFICE)

    assert moment(found.at[0]) == at("2026-02-14 09:30")


def test_no_rows_give_no_due_times():
    nothing = np.zeros(0, np.int64)

    found = due_times(
        starts=nothing,
        duration=WorkingTime(60),
        calendar=OFFICE,
        pauses=Pauses(nothing, nothing, nothing),
    )

    assert len(found.at) == 0
