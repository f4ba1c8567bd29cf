"""Laws that hold for every start, duration, calendar and set of pauses."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from shouwen.core.timing.deadlines import due, due_at, elapsed, remaining, share_point
from shouwen.core.timing.durations import Natural, WorkingDays, WorkingTime
from shouwen.core.timing.spans import Pause, Span
from tests.core.timing.makers import CALENDARS

BEGIN = datetime(2024, 1, 5, tzinfo=UTC)
NOW = datetime(2026, 6, 1, tzinfo=UTC)

starts = st.integers(0, 800 * 86400).map(lambda s: BEGIN + timedelta(seconds=s))
calendars = st.sampled_from(CALENDARS)
timed = st.one_of(st.integers(0, 400_000).map(Natural), st.integers(0, 200_000).map(WorkingTime))
day_counts = st.one_of(
    st.builds(WorkingDays, st.integers(1, 8), first_day=st.sampled_from(("next", "same"))),
    st.builds(WorkingDays, st.integers(1, 8), ends=st.just("same_time")),
    st.builds(
        WorkingDays,
        st.integers(0, 3),
        first_day=st.sampled_from(("next", "same")),
        half_days=st.just(1),
    ),
)
durations = st.one_of(timed, day_counts)
# Offsets from the start in quarter hours: from a day before to a fortnight after.
quarters = st.tuples(st.integers(-96, 1300), st.integers(0, 500))
gaps = st.lists(quarters, max_size=4)
laws = settings(max_examples=80, deadline=None)


def pauses_from(start: datetime, gaps: list[tuple[int, int]]) -> list[Pause]:
    quarter = timedelta(minutes=15)
    begin = start.replace(minute=0, second=0)
    return [
        Pause(
            Span(begin + quarter * first, begin + quarter * (first + length)),
            "awaiting_customer",
            by=f"{first}",
        )
        for first, length in gaps
    ]


@laws
@given(starts, durations, calendars, gaps, quarters, st.floats(0, 1))
def test_splitting_a_pause_in_two_changes_nothing(start, duration, calendar, gaps, gap, share):
    others = pauses_from(start, gaps)
    [whole] = pauses_from(start, [gap])
    begin, end = whole.span.start, whole.span.end
    assert end is not None
    middle = begin + (end - begin) * share
    parts = [Pause(Span(begin, middle), ""), Pause(Span(middle, end), "")]

    joined = due_at(
        start=start, duration=duration, pauses=[*others, whole], calendar=calendar, now=NOW
    )
    split = due_at(
        start=start, duration=duration, pauses=[*others, *parts], calendar=calendar, now=NOW
    )

    assert split == joined


@laws
@given(
    starts, durations, calendars, gaps.flatmap(lambda g: st.tuples(st.just(g), st.permutations(g)))
)
def test_the_order_of_pauses_changes_neither_due_time_nor_explanation(
    start, duration, calendar, orders
):
    one, other = (
        due(
            start=start,
            duration=duration,
            pauses=pauses_from(start, order),
            calendar=calendar,
            now=NOW,
        )
        for order in orders
    )

    assert one == other


@laws
@given(starts, st.integers(0, 900 * 86400))
def test_natural_time_is_the_same_over_every_midnight_and_year_end(start, seconds):
    moment = due_at(start=start, duration=Natural(seconds), calendar=None, now=NOW)

    assert moment - start == timedelta(seconds=seconds)


@laws
@given(starts, timed, calendars, gaps)
def test_the_time_elapsed_at_the_due_time_is_the_duration(start, duration, calendar, gaps):
    pauses = pauses_from(start, gaps)
    moment = due_at(start=start, duration=duration, pauses=pauses, calendar=calendar, now=NOW)

    used = elapsed(
        start=start, end=moment, duration=duration, pauses=pauses, calendar=calendar, now=NOW
    )

    assert used == duration.seconds


@laws
@given(starts, st.integers(1, 20), calendars)
def test_as_many_working_days_close_before_the_limit_as_were_promised(start, days, calendar):
    moment = due_at(start=start, duration=WorkingDays(days), calendar=calendar, now=NOW)

    received = calendar.day_of(start)
    after = (received + timedelta(days=i) for i in range(1, 60))
    closes = [calendar.openings(day)[-1][1] for day in after if calendar.is_working_day(day)]
    assert sum(close <= moment for close in closes) == days


@laws
@given(starts, durations, st.integers(0, 5), calendars, gaps)
def test_a_longer_duration_is_never_due_earlier(start, duration, more, calendar, gaps):
    if isinstance(duration, WorkingDays):
        longer = WorkingDays(
            duration.days + more, duration.first_day, duration.ends, duration.half_days
        )
    else:
        longer = type(duration)(duration.seconds + more * 1800)
    pauses = pauses_from(start, gaps)

    short, long = (
        due_at(start=start, duration=d, pauses=pauses, calendar=calendar, now=NOW)
        for d in (duration, longer)
    )

    assert short <= long


@laws
@given(starts, durations, calendars, gaps, quarters)
def test_one_more_pause_never_makes_it_earlier(start, duration, calendar, gaps, gap):
    fewer = pauses_from(start, gaps)
    more = fewer + pauses_from(start, [gap])

    before, after = (
        due_at(start=start, duration=duration, pauses=pauses, calendar=calendar, now=NOW)
        for pauses in (fewer, more)
    )

    assert start <= before <= after


@laws
@given(starts, durations, calendars, gaps, st.integers(0, 5000))
def test_a_pause_after_the_due_time_changes_nothing(start, duration, calendar, gaps, minutes):
    pauses = pauses_from(start, gaps)
    moment = due_at(start=start, duration=duration, pauses=pauses, calendar=calendar, now=NOW)
    late = Pause(Span(moment, moment + timedelta(minutes=minutes)), "too_late")
    # A pause that touches an earlier one is part of it and did begin in time.
    touches = any(pause.span.end == moment for pause in pauses)

    again = due_at(
        start=start, duration=duration, pauses=[*pauses, late], calendar=calendar, now=NOW
    )

    assert again == moment or touches


@laws
@given(starts, durations, calendars, st.integers(0, 3000), st.integers(0, 9000))
def test_a_clock_never_runs_out_while_it_stands_still(start, duration, calendar, first, minutes):
    opened = start + timedelta(minutes=first)
    now = opened + timedelta(minutes=minutes)
    pause = Pause(Span(opened, None), "awaiting_customer")
    undisturbed = due_at(start=start, duration=duration, calendar=calendar, now=now)

    moment = due_at(start=start, duration=duration, pauses=[pause], calendar=calendar, now=now)

    assert moment >= now or undisturbed <= opened


@laws
@given(starts, durations, calendars, gaps)
def test_the_explanation_ends_with_the_due_time_and_is_in_any_zone_the_same(
    start, duration, calendar, gaps
):
    pauses = pauses_from(start, gaps)
    there = start.astimezone(ZoneInfo("America/New_York"))

    explained = due(start=there, duration=duration, pauses=pauses, calendar=calendar, now=NOW)

    plain = due_at(start=start, duration=duration, pauses=pauses, calendar=calendar, now=NOW)
    assert explained.due_at == plain
    assert explained.steps[-1].params == {"at": plain}
    assert explained.steps[0].params == {"at": start}


@laws
@given(starts, st.integers(0, 90_000), st.integers(0, 90_000), calendars)
def test_working_time_can_be_laid_off_in_two_pieces(start, first, second, calendar):
    half_way = due_at(start=start, duration=WorkingTime(first), calendar=calendar, now=NOW)

    in_two = due_at(start=half_way, duration=WorkingTime(second), calendar=calendar, now=NOW)

    at_once = due_at(start=start, duration=WorkingTime(first + second), calendar=calendar, now=NOW)
    assert in_two == at_once or not second


@laws
@given(starts, durations, calendars, gaps, st.floats(0, 1))
def test_a_share_of_the_time_is_used_between_start_and_due_time(
    start, duration, calendar, gaps, share
):
    asked = {
        "start": start,
        "duration": duration,
        "pauses": pauses_from(start, gaps),
        "calendar": calendar,
        "now": NOW,
    }

    point = share_point(share=share, **asked)

    assert start <= point <= due_at(**asked)
    if not isinstance(duration, WorkingDays):
        assert share_point(share=1, **asked) == due_at(**asked)


@laws
@given(starts, durations, calendars)
def test_what_is_used_and_what_remains_make_up_the_whole(start, duration, calendar):
    moment = due_at(start=start, duration=duration, calendar=calendar, now=NOW)
    half_way = start + (moment - start) / 2
    kind = {"duration": duration, "calendar": calendar}

    used = elapsed(start=start, end=half_way, now=NOW, **kind)
    left = remaining(at=half_way, due_at=moment, **kind)

    whole = elapsed(start=start, end=moment, now=NOW, **kind)
    assert abs(used + left - whole) < 1e-6
