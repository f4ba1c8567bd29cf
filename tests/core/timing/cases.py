"""Random cases for the timing tests and benches: starts, pauses, durations, hostile on purpose."""

import random
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import numpy as np

from shouwen.core.timing.batch import Pauses, instants
from shouwen.core.timing.calendar import WorkingCalendar
from shouwen.core.timing.durations import Duration, Natural, WorkingDays, WorkingTime
from shouwen.core.timing.spans import Pause, Span
from tests.core.timing import oracle
from tests.core.timing.makers import CALENDARS, NIGHTS, SHANGHAI, at

WITH_A_GAP = replace(NIGHTS, years={year: NIGHTS.years[year] for year in (2023, 2025, 2026)})
"""Night windows, and a year in the middle that is not published."""
ALL_CALENDARS = (*CALENDARS, WITH_A_GAP)

DURATIONS: tuple[Duration, ...] = (
    *(Natural(seconds) for seconds in (0, 3600, 3 * 86400)),
    *(WorkingTime(seconds) for seconds in (0, 1, 1800, 4 * 3600, 27000, 100 * 3600)),
    *(WorkingDays(days) for days in (1, 2, 5, 15)),
    *(WorkingDays(days, first_day="same") for days in (1, 2, 5)),
    *(WorkingDays(days, ends="same_time") for days in (1, 3)),
    *(WorkingDays(days, half_days=1) for days in (0, 1, 2)),
    *(WorkingDays(days, half_days=1, first_day="same") for days in (0, 1)),
)

_FIRST = at("2022-12-20").replace(tzinfo=None)
_SECONDS = int(timedelta(days=4.1 * 365.25).total_seconds())


@dataclass(frozen=True, slots=True)
class Case:
    """A start and the pauses after it, naive local time in Shanghai."""

    start: datetime
    holes: tuple[oracle.Stretch, ...]


def random_case(chance: random.Random) -> Case:
    """On edges of windows, days and years more often than by chance; some pauses reach far."""
    start = _FIRST + timedelta(seconds=chance.randrange(_SECONDS))
    if chance.random() < 0.3:
        start = start.replace(minute=chance.choice((0, 30)), second=0)
    if chance.random() < 0.2:
        start += timedelta(microseconds=chance.randrange(1_000_000))
    if chance.random() < 0.1:
        start = start.replace(month=12, day=chance.choice((30, 31)))
    return Case(start, tuple(_hole(chance, start) for _ in range(chance.choice((0, 0, 1, 2, 4)))))


def _hole(chance: random.Random, start: datetime) -> oracle.Stretch:
    begins = start + timedelta(minutes=chance.randrange(-2000, 9000))
    if chance.random() < 0.4:
        begins = begins.replace(hour=chance.choice((0, 12)), minute=0, second=0, microsecond=0)
    minutes = chance.choice((0, 1, 60, 90, 720, 1440, 4320))
    return begins, begins + timedelta(minutes=minutes if chance.random() < 0.99 else 1_000_000)


def aware(moment: datetime) -> datetime:
    """The local moment as an instant."""
    return moment.replace(tzinfo=SHANGHAI)


def as_pauses(case: Case) -> list[Pause]:
    """The pauses as the scalar path takes them."""
    return [Pause(Span(aware(a), aware(b)), "awaiting_customer") for a, b in case.holes]


def columns(cases: list[Case]) -> tuple[np.ndarray, Pauses]:
    """The cases as the batch takes them, pauses in no order."""
    flat = [(row, aware(a), aware(b)) for row, case in enumerate(cases) for a, b in case.holes]
    random.Random(len(flat)).shuffle(flat)  # noqa: S311 - repeatable, no secrets
    rows, starts, ends = zip(*flat, strict=True) if flat else ((), (), ())
    pauses = Pauses(np.array(rows, np.int64), instants(starts), instants(ends))
    return instants(aware(case.start) for case in cases), pauses


def walked(case: Case, duration: Duration, calendar: WorkingCalendar) -> datetime:
    """The due time found by walking from day to day; KeyError where a year is not published."""
    holes = [(max(a, case.start), b) for a, b in case.holes if b > case.start and a < b]
    match duration:
        case Natural():
            return oracle.natural_due(case.start, duration.seconds, holes)
        case WorkingTime():
            return oracle.working_time_due(calendar, case.start, duration.seconds, holes)
        case WorkingDays():
            return oracle.working_days_due(
                calendar,
                case.start,
                duration.days,
                holes,
                first_day=duration.first_day,
                ends=duration.ends,
                half_days=duration.half_days,
            )
