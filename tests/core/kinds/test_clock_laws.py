"""Laws of clocks that hold whatever the limit is and however it is given."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from shouwen.core.clause import Limit, Source, Words
from shouwen.core.events import Event
from shouwen.core.kinds.clock import (
    AllowedPause,
    Claim,
    ClockVersion,
    DueBy,
    FromDay,
    LimitFrom,
    Start,
    judge_clock,
)
from shouwen.core.matter import Matter
from shouwen.core.timing.calendar import WorkingCalendar
from shouwen.core.timing.wall_clock import DayPoint, HourRow, point_after, row_of
from shouwen.core.verdict import Missed, Running
from tests.core.kinds.clocks import clock, due_at
from tests.core.timing.makers import CALENDARS

BEGIN = datetime(2024, 1, 5, tzinfo=UTC)
END = datetime(2026, 11, 1, tzinfo=UTC)
laws = settings(max_examples=60, deadline=None)

starts = st.integers(0, 700 * 86400).map(lambda s: BEGIN + timedelta(seconds=s))
calendars = st.sampled_from(CALENDARS)
limits = st.builds(
    Limit,
    value=st.integers(1, 12),
    unit=st.sampled_from(("minutes", "hours", "days", "working_hours", "working_days")),
)
hours = st.integers(0, 23).map(time)
points = st.one_of(
    st.builds(DayPoint, day=st.integers(0, 5), at=st.none()),
    st.builds(DayPoint, day=st.integers(1, 5), at=hours),
    st.builds(
        DayPoint,
        day=st.integers(0, 5),
        unit=st.just("working_days"),
        at=st.one_of(st.none(), hours),
        ends=st.sampled_from(("end_of_day", "close_of_business")),
    ),
)


@st.composite
def tables(draw: st.DrawFn) -> DueBy:
    """Rows that follow each other and cover the day, each due on the next day at the earliest."""
    cuts = sorted(draw(st.sets(st.integers(1, 23), max_size=4)))
    ends = [*map(time, cuts), None]
    begins = [time(), *map(time, cuts)]
    rows = tuple(
        HourRow(from_=a, before=b, day=draw(st.integers(1, 3)), at=draw(hours))
        for a, b in zip(begins, ends, strict=True)
    )
    return DueBy(rows=rows, boundary=draw(st.sampled_from(("next_row", "row_before"))))


sayings = st.one_of(
    limits.map(lambda limit: {"limit": limit}),
    tables().map(lambda table: {"due_by": table}),
    points.map(lambda point: {"end_of_day": point}),
)


def due(
    version: ClockVersion,
    start: datetime,
    calendar: WorkingCalendar,
    *events: Event,
    now: datetime | None = None,
) -> datetime:
    """When a case reported at `start` is due; every clock here runs, or was missed."""
    known = sorted((Event("case.reported", start), *events), key=lambda e: e.at)
    verdict = judge_clock(
        version,
        Matter(facts={}, events=known, calendar=calendar, now=now or start, explain=False),
    )
    assert isinstance(verdict, Running | Missed), verdict
    assert verdict.due_at is not None
    return verdict.due_at


def claim(n: int | str, **said: Any) -> Claim:
    words = Words(zh=str(n), en=str(n))
    return Claim(id=str(n), title=words, source=Source(document="d", section="s"), **said)


@laws
@given(starts, sayings, calendars)
def test_nothing_is_due_before_it_starts(start, said, calendar):
    assert due(clock(**said), start, calendar) >= start


@laws
@given(starts, tables(), calendars)
def test_every_moment_of_the_day_has_exactly_one_row(start, table, calendar):
    row = row_of(start=start, rows=table.rows, boundary=table.boundary, calendar=calendar)

    told = start.astimezone(calendar.zone).time()
    edges = [each.from_ for each in table.rows]
    if told not in edges:
        assert row.from_ < told
        assert row.before is None or told < row.before


@laws
@given(starts, tables(), calendars, st.integers(1, 600))
def test_within_one_row_a_later_report_is_never_due_earlier(start, table, calendar, minutes):
    later = start + timedelta(minutes=minutes)
    asked = {"rows": table.rows, "boundary": table.boundary, "calendar": calendar}
    if row_of(start=start, **asked) is row_of(start=later, **asked):
        version = clock(due_by=table)
        assert due(version, start, calendar) <= due(version, later, calendar)


@laws
@given(starts, points, calendars, st.integers(0, 3))
def test_one_day_more_is_never_earlier(start, point, calendar, more):
    later = replace(point, day=point.day + more)

    one, other = (
        point_after(start=start, point=each, calendar=calendar) for each in (point, later)
    )

    assert one <= other


@laws
@given(starts, st.lists(sayings, min_size=2, max_size=4), sayings, calendars)
def test_one_more_claim_makes_the_earliest_no_later_and_the_latest_no_earlier(
    start, said, more, calendar
):
    few = tuple(claim(n, **each) for n, each in enumerate(said))
    many = (*few, claim("more", **more))

    def of(claims, choose):
        return due(clock(limits=claims, choose=choose), start, calendar)

    alone = [due(clock(**each), start, calendar) for each in said]
    assert of(few, "earliest") == min(alone)
    assert of(few, "latest") == max(alone)
    assert of(many, "earliest") <= of(few, "earliest")
    assert of(many, "latest") >= of(few, "latest")


@laws
@given(starts, limits, calendars, st.integers(1, 4), st.sampled_from(("days", "working_days")))
def test_a_start_that_is_put_off_makes_nothing_due_earlier(start, limit, calendar, day, unit):
    at_once = clock(limit=limit)
    from_day = FromDay(day=day, unit=unit)
    later = clock(limit=limit, start=Start(on=("case.reported",), from_day=from_day))

    assert due(at_once, start, calendar) <= due(later, start, calendar)


@laws
@given(starts, limits, calendars, limits)
def test_an_offset_start_is_the_clock_of_the_later_moment(start, limit, calendar, offset):
    shifted = clock(limit=limit, start=Start(on=("case.reported",), after=offset))
    begins = due(clock(limit=offset), start, calendar)

    assert due(shifted, start, calendar) == due(clock(limit=limit), begins, calendar)


@laws
@given(starts, limits, calendars, st.integers(0, 20_000), st.integers(0, 20_000))
def test_the_later_of_two_events_starts_the_clock(start, limit, calendar, first, second):
    recorded = Event("case.recorded", start + timedelta(seconds=first))
    routed = Event("case.routed", start + timedelta(seconds=second))
    both = clock(limit=limit, start=Start(all_of=("case.recorded", "case.routed")))

    later = max(recorded.at, routed.at)

    assert due(both, start, calendar, recorded, routed, now=later) == due(
        clock(limit=limit), later, calendar
    )


@laws
@given(starts, st.integers(1, 400), st.integers(1, 100), calendars)
def test_a_limit_from_a_record_is_the_limit_written_out(start, number, at_most, calendar):
    said = LimitFrom(field="hours", unit="hours", at_most=at_most, on=("case.deadline_set",))
    word = Event("case.deadline_set", start, {"hours": number})
    written = Limit(value=min(number, at_most), unit="hours")

    found = due(clock(limit_from=said), start, calendar, word)

    assert found == due(clock(limit=written), start, calendar)


@laws
@given(starts, sayings, calendars, st.integers(0, 3000), st.integers(1, 3000), st.floats(0, 1))
def test_splitting_a_pause_in_two_changes_nothing(start, said, calendar, begin, length, share):
    version = clock(**said, pauses=(AllowedPause(reason="no_access"),))
    opened = start + timedelta(minutes=begin)
    closed = opened + timedelta(minutes=length)
    middle = opened + (closed - opened) * share
    why = {"reason": "no_access"}
    whole = (Event("case.paused", opened, why), Event("case.resumed", closed, why))
    parts = (
        whole[0],
        Event("case.resumed", middle, why),
        Event("case.paused", middle, why),
        whole[1],
    )

    one, other = (due(version, start, calendar, *events, now=END) for events in (whole, parts))

    assert one == other


@laws
@given(starts, sayings, calendars, st.integers(0, 3000), st.integers(0, 3000))
def test_a_pause_makes_nothing_due_earlier(start, said, calendar, begin, length):
    version = clock(**said, pauses=(AllowedPause(reason="no_access"),))
    opened = start + timedelta(minutes=begin)
    why = {"reason": "no_access"}
    pause = (
        Event("case.paused", opened, why),
        Event("case.resumed", opened + timedelta(minutes=length), why),
    )

    assert due(version, start, calendar, *pause, now=END) >= due(version, start, calendar)


@laws
@given(starts, limits, limits, calendars)
def test_the_soft_limit_never_lies_after_the_hard_one(start, soft, hard, calendar):
    verdict = judge_clock(
        clock(limit=hard, soft=soft),
        Matter(facts={}, events=[Event("case.reported", start)], calendar=calendar, now=start),
    )

    assert isinstance(verdict, Running)
    assert verdict.soft_due_at is not None
    assert verdict.due_at is not None
    assert start <= verdict.soft_due_at <= verdict.due_at
    assert verdict.warn_at == verdict.soft_due_at


@laws
@given(starts, sayings, calendars, st.integers(0, 100_000))
def test_with_and_without_an_explanation_the_verdict_is_one(start, said, calendar, minutes):
    now = start + timedelta(minutes=minutes)
    events = [Event("case.reported", start)]

    told, silent = (
        judge_clock(
            clock(**said),
            Matter(facts={}, events=events, calendar=calendar, now=now, explain=explain),
        )
        for explain in (True, False)
    )

    assert (told.word, due_at(told)) == (silent.word, due_at(silent))
    assert told.steps[0].code == "started"
    assert told.steps[-1].params == {"at": due_at(told)}
    assert silent.steps == ()
