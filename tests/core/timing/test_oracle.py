"""Thousands of random deadlines agree with the slow and obvious way to find them."""

import random
from datetime import datetime, timedelta

import pytest

from shouwen.core.timing.deadlines import due_at
from shouwen.core.timing.durations import WorkingDays, WorkingTime
from shouwen.core.timing.spans import Pause, Span
from tests.core.timing import oracle
from tests.core.timing.makers import CALENDARS, SHANGHAI, at

CASES = 500
FIRST = at("2023-01-02").replace(tzinfo=None)
SECONDS = int(timedelta(days=3.7 * 365).total_seconds())


def local(moment: datetime) -> datetime:
    return moment.astimezone(SHANGHAI).replace(tzinfo=None)


def random_start(chance: random.Random) -> datetime:
    start = FIRST + timedelta(seconds=chance.randrange(SECONDS))
    if chance.random() < 0.3:  # on an edge more often than by chance
        start = start.replace(minute=chance.choice((0, 30)), second=0)
    if chance.random() < 0.2:
        start += timedelta(microseconds=chance.randrange(1_000_000))
    return start


def random_holes(chance: random.Random, start: datetime) -> list[oracle.Stretch]:
    holes = []
    for _ in range(chance.choice((0, 0, 1, 2, 4))):
        begins = start + timedelta(minutes=chance.randrange(-2000, 9000))
        if chance.random() < 0.4:
            begins = begins.replace(hour=0, minute=0, second=0, microsecond=0)
        holes.append((begins, begins + timedelta(minutes=chance.choice((1, 90, 1440, 4320)))))
    return holes


def as_pauses(holes: list[oracle.Stretch]) -> list[Pause]:
    return [
        Pause(Span(a.replace(tzinfo=SHANGHAI), b.replace(tzinfo=SHANGHAI)), "awaiting_customer")
        for a, b in holes
    ]


@pytest.mark.parametrize("number", range(len(CALENDARS)))
def test_working_time_agrees_with_the_day_walk(number):
    calendar, chance = CALENDARS[number], random.Random(number)  # noqa: S311 - repeatable cases, no secrets
    for _ in range(CASES):
        start = random_start(chance)
        holes = random_holes(chance, start)
        seconds = chance.choice((0, 1, 1800, 4 * 3600, 27000, chance.randrange(200_000)))

        found = due_at(
            start=start.replace(tzinfo=SHANGHAI),
            duration=WorkingTime(seconds),
            pauses=as_pauses(holes),
            calendar=calendar,
            now=start.replace(tzinfo=SHANGHAI),
        )

        assert local(found) == oracle.working_time_due(calendar, start, seconds, holes), (
            start,
            seconds,
            holes,
        )


@pytest.mark.parametrize("number", range(len(CALENDARS)))
def test_working_days_agree_with_the_day_walk(number):
    calendar, chance = CALENDARS[number], random.Random(100 + number)  # noqa: S311 - repeatable cases
    for _ in range(CASES):
        start = random_start(chance)
        holes = random_holes(chance, start)
        days = chance.choice((1, 2, 3, 5, 15))

        found = due_at(
            start=start.replace(tzinfo=SHANGHAI),
            duration=WorkingDays(days),
            pauses=as_pauses(holes),
            calendar=calendar,
            now=start.replace(tzinfo=SHANGHAI),
        )

        assert local(found) == oracle.working_days_due(calendar, start, days, holes), (
            start,
            days,
            holes,
        )
