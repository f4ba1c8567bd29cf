"""Due times one at a time and by the million, beside their limits and a peer's arithmetic.

Run by `python -m benches --only deadlines`; prints lines of JSON. Times are processor time, the
least of several turns in which every contestant has the same starts, pauses and calendar.

bisect    the limit of one at a time: seconds as plain numbers, prefix sums in lists
numpy     the limit of many at once: the same in arrays
day loop  what frappe/helpdesk does at 00290ef: from day to day, a pause measured the same way and
          added to the time wanted; without its framework, which is not what is compared. It has
          one window a day and no make-up weekends.
"""

import json
import random
import sys
import time
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime, timedelta
from multiprocessing import get_context

import numpy as np

from shouwen.core.timing.batch import Pauses, due_times, instants, moment
from shouwen.core.timing.batch_years import runs_of
from shouwen.core.timing.calendar import WorkingCalendar, YearNotPublished
from shouwen.core.timing.deadlines import due_at
from shouwen.core.timing.durations import WorkingDays, WorkingTime
from shouwen.core.timing.spans import Pause, Span
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

ONE_AT_A_TIME, AT_ONCE = 20_000, 1_000_000
TURNS = 5
WANTED = 8 * 3600
_ZERO = at("2023-01-01")
_SPAN = int(timedelta(days=3.5 * 365).total_seconds())
_DAY = 86_400


def main(cases: int, turns: int) -> None:
    """Times everything, then compares `cases` random due times of batch, scalar and day walk."""
    for line in (*one_at_a_time(turns), *at_once(turns)):
        _say(line)
    if cases:
        _say(_compared(cases))


# --- one at a time ----------------------------------------------------------------------------------


def one_at_a_time(turns: int) -> Iterator[dict[str, object]]:
    """Microseconds for one deadline of 8 working hours with a pause."""
    starts, begins, ends = _seconds(ONE_AT_A_TIME)
    moments = [_ZERO.astimezone(UTC) + timedelta(seconds=int(each)) for each in starts]
    pauses = [
        (Pause(Span(_moment(a), _moment(b)), "awaiting_customer"),)
        for a, b in zip(begins.tolist(), ends.tolist(), strict=True)
    ]
    bare = _Bisect(OFFICE)
    loop = _DayLoop(OFFICE)
    local = [each.astimezone(SHANGHAI).replace(tzinfo=None) for each in moments]
    holds = [(_local(a), _local(b)) for a, b in zip(begins.tolist(), ends.tolist(), strict=True)]
    rows = list(zip(starts.tolist(), begins.tolist(), ends.tolist(), strict=True))
    wanted, now = WorkingTime(WANTED), moments[-1]

    def ours() -> list[datetime]:
        return [
            due_at(start=start, duration=wanted, pauses=each, calendar=OFFICE, now=now)
            for start, each in zip(moments, pauses, strict=True)
        ]

    taken = _least(
        turns,
        {
            "ours": ours,
            "bisect": lambda: [bare.due(s, WANTED, a, b) for s, a, b in rows],
            "day loop": lambda: [
                loop.due(s, WANTED, a, b) for s, (a, b) in zip(local, holds, strict=True)
            ],
        },
    )
    late = [row for row, (s, a, _) in enumerate(rows) if a < bare.due(s, WANTED, a, a)]
    found = ours()
    differing = sum(found[row] != _moment(bare.due(*_with_wanted(rows[row]))) for row in late)
    yield {"name": "scalar", "differing": differing, **_each(taken, ONE_AT_A_TIME)}


def _with_wanted(row: tuple[int, int, int]) -> tuple[int, int, int, int]:
    start, begins, ends = row
    return start, WANTED, begins, ends


class _Bisect:
    """Nothing but the search: seconds from a fixed day, no zones, no years, a pause always counts."""

    def __init__(self, calendar: WorkingCalendar) -> None:
        opens, closes = _windows(calendar)
        self.opens, self.closes = opens.tolist(), closes.tolist()
        self.worked = [0, *np.cumsum(closes - opens).tolist()]

    def until(self, at: int) -> int:
        """Working seconds up to a second."""
        i = bisect_right(self.opens, at) - 1
        if i < 0:
            return 0
        inside, whole = at - self.opens[i], self.closes[i] - self.opens[i]
        return int(self.worked[i] + (inside if inside < whole else whole))

    def due(self, start: int, wanted: int, begins: int, ends: int) -> int:
        """The second at which the wanted time is over."""
        goal = self.until(start) + wanted + self.until(ends) - self.until(begins)
        i = max(bisect_left(self.worked, goal) - 1, 0)
        return int(self.opens[i] + goal - self.worked[i])


class _DayLoop:
    """From day to day, as a service desk does it; naive local time."""

    def __init__(self, calendar: WorkingCalendar) -> None:
        self.holidays = [day for year in calendar.years.values() for day in year.holidays]
        window = (8.5 * 3600, 17.5 * 3600)
        self.week = dict.fromkeys(range(5), window)

    def due(self, start: datetime, wanted: float, begins: datetime, ends: datetime) -> datetime:
        """When the wanted time is over, the pause added to it."""
        wanted += self.elapsed(begins, ends)
        at = start
        while wanted:
            today = at.date()
            window = None if today in self.holidays else self.week.get(at.weekday())
            midnight = datetime.combine(today, datetime.min.time())
            second = (at - midnight).total_seconds()
            opens, closes = window or (second, second)
            left = max(closes - max(opens, second), 0)
            if not left:
                at = midnight + timedelta(days=1)
                continue
            used = min(wanted, left)
            wanted -= used
            at += timedelta(seconds=max(opens - second, 0) + used)
        return at

    def elapsed(self, start: datetime, end: datetime) -> float:
        """Seconds of the windows between two moments."""
        total, day = 0.0, start.date()
        holidays = set(self.holidays)
        while day <= end.date():
            window = None if day in holidays else self.week.get(day.weekday())
            if window:
                midnight = datetime.combine(day, datetime.min.time())
                opens = max(window[0], (start - midnight).total_seconds())
                closes = min(window[1], (end - midnight).total_seconds())
                total += max(closes - opens, 0)
            day += timedelta(days=1)
        return total


# --- many at once -----------------------------------------------------------------------------------


def at_once(turns: int) -> Iterator[dict[str, object]]:
    """Microseconds for each of a million deadlines with a pause: a calendar or a limit has changed."""
    starts, begins, ends = _seconds(AT_ONCE)
    zero = instants([_ZERO])[0]
    rows = np.arange(AT_ONCE)
    pauses = Pauses(rows, zero + begins * 1_000_000, zero + ends * 1_000_000)
    moments = zero + starts * 1_000_000
    bare = _Arrays(OFFICE)
    for name, wanted in (("working time", WorkingTime(WANTED)), ("working days", WorkingDays(2))):
        ours = lambda wanted=wanted: due_times(  # noqa: E731 - the loop's value, not its last one
            starts=moments, duration=wanted, calendar=OFFICE, pauses=pauses
        )
        taken = _least(
            turns, {"ours": ours, "numpy": lambda: bare.due(starts, WANTED, begins, ends)}
        )
        yield {"name": f"batch: {name}", **_each(taken, AT_ONCE)}


class _Arrays:
    """The same search in arrays; a pause always counts."""

    def __init__(self, calendar: WorkingCalendar) -> None:
        self.opens, self.closes = _windows(calendar)
        self.worked = np.concatenate([[0], np.cumsum(self.closes - self.opens)])

    def until(self, at: np.ndarray) -> np.ndarray:
        """Working seconds up to each second."""
        i = np.searchsorted(self.opens, at, side="right") - 1
        known = np.maximum(i, 0)
        inside = np.clip(at - self.opens[known], 0, self.closes[known] - self.opens[known])
        return np.where(i < 0, 0, self.worked[known] + inside)

    def due(
        self, start: np.ndarray, wanted: int, begins: np.ndarray, ends: np.ndarray
    ) -> np.ndarray:
        """The seconds at which the wanted time is over."""
        goal = self.until(start) + wanted + self.until(ends) - self.until(begins)
        i = np.maximum(np.searchsorted(self.worked, goal, side="left") - 1, 0)
        return np.asarray(self.opens[i] + goal - self.worked[i])


# --- one against the other --------------------------------------------------------------------------


def _compared(count: int) -> dict[str, object]:
    """How many of so many random due times differ: every calendar, every duration, hostile pauses."""
    work = [(i, j) for i in range(len(ALL_CALENDARS)) for j in range(len(DURATIONS))]
    each = -(-count // len(work))
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        found = list(pool.map(_differences, [(i, j, each) for i, j in work]))
    return {
        "name": "compared",
        "cases": each * len(work),
        "scalar": sum(scalar for scalar, _, _ in found),
        "walk": sum(walk for _, walk, _ in found),
        "walked": sum(walked for _, _, walked in found),
    }


def _differences(which: tuple[int, int, int]) -> tuple[int, int, int]:
    """Differences to the scalar path and to the walk, and how many were walked."""
    number, nth, count = which
    calendar, duration = ALL_CALENDARS[number], DURATIONS[nth]
    chance = random.Random(f"{number} {duration} bench")  # noqa: S311 - repeatable, no secrets
    cases = [random_case(chance) for _ in range(count)]
    starts, pauses = columns(cases)
    found = due_times(starts=starts, duration=duration, calendar=calendar, pauses=pauses)
    from_scalar = from_walk = were_walked = 0
    for case, due, year in zip(cases, found.at, found.missing_year, strict=True):
        ours = int(year) or moment(due)
        start = aware(case.start)
        try:
            scalar: datetime | int = due_at(
                start=start,
                duration=duration,
                pauses=as_pauses(case),
                calendar=calendar,
                now=start,
            )
        except YearNotPublished as error:
            scalar = error.year
        from_scalar += ours != scalar
        if isinstance(ours, datetime) and _is_walkable(case.start, calendar):
            were_walked += 1
            local = ours.astimezone(SHANGHAI).replace(tzinfo=None)
            from_walk += local != walked(case, duration, calendar)
    return from_scalar, from_walk, were_walked


def _is_walkable(start: datetime, calendar: WorkingCalendar) -> bool:
    """The walk begins on the evening before, whose year it has to know."""
    return (start - timedelta(days=1)).year in calendar.years and start.year in calendar.years


# --- helpers ----------------------------------------------------------------------------------------


def _seconds(count: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Starts, begins and ends of pauses, as seconds from the first day."""
    chance = np.random.default_rng(3)
    starts = chance.integers(_DAY, _SPAN, count)
    begins = starts + chance.integers(0, 3 * _DAY, count)
    return starts, begins, begins + chance.integers(0, 2 * _DAY, count)


def _windows(calendar: WorkingCalendar) -> tuple[np.ndarray, np.ndarray]:
    years, zero = runs_of(calendar)[0], instants([_ZERO])[0]
    return (years.opens - zero) // 1_000_000, (years.closes - zero) // 1_000_000


def _moment(second: int) -> datetime:
    return (_ZERO + timedelta(seconds=second)).astimezone(UTC)


def _local(second: int) -> datetime:
    return (_ZERO + timedelta(seconds=second)).replace(tzinfo=None)


def _least(turns: int, contestants: Mapping[str, Callable[[], object]]) -> dict[str, float]:
    """Seconds of processor time: the least of some turns, one contestant after the other."""
    taken: dict[str, float] = {}
    for _ in range(turns):
        for name, act in contestants.items():
            started = time.process_time()
            act()
            spent = time.process_time() - started
            taken[name] = min(spent, taken.get(name, spent))
    return taken


def _each(taken: Mapping[str, float], count: int) -> dict[str, float]:
    return {name: seconds / count * 1e6 for name, seconds in taken.items()}


def _say(line: Mapping[str, object]) -> None:
    sys.stdout.write(json.dumps(line) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else TURNS)
