"""Both at once, or nobody: who broke in, and where it was silent."""

from hypothesis import given
from hypothesis import strategies as st

from shouwen.core.audio.sound import Overlap, Span
from shouwen.core.audio.together import dead_air, overlaps


def spans(*pairs: tuple[float, float]) -> tuple[Span, ...]:
    return tuple(Span(start, end) for start, end in pairs)


def test_who_begins_later_broke_in():
    told = overlaps(spans((1, 4)), spans((3, 6)), at_least=0.1)

    assert told == (Overlap(3, 4, "agent", outlasts=True, spoken=3),)


def test_the_customer_can_break_in_too():
    told = overlaps(spans((3, 6)), spans((1, 4)), at_least=0.1)

    assert told == (Overlap(3, 4, "customer", outlasts=True, spoken=3),)


def test_who_stops_first_does_not_outlast_the_other():
    assert overlaps(spans((1, 6)), spans((3, 3.5)), at_least=0.1)[0].outlasts is False


def test_the_agent_is_not_blamed_where_both_begin_at_once():
    assert overlaps(spans((1, 3)), spans((1, 4)), at_least=0.1)[0].by == "customer"


def test_an_overlap_shorter_than_asked_for_is_left_out():
    assert overlaps(spans((1, 3)), spans((2.95, 5)), at_least=0.1) == ()
    assert len(overlaps(spans((1, 3)), spans((2.9, 5)), at_least=0.1)) == 1


def test_silence_is_also_before_the_first_and_after_the_last_word():
    told = dead_air(spans((4, 6), (5, 8)), seconds=20, at_least=3)

    assert told == spans((0, 4), (8, 20))


def test_a_hold_is_no_dead_air():
    told = dead_air(spans((0, 5), (30, 35)), seconds=35, at_least=3, but=spans((9, 30)))

    assert told == spans((5, 9))


PAIRS = st.lists(st.tuples(st.integers(0, 500), st.integers(1, 60)), max_size=8)


@given(PAIRS, PAIRS)
def test_speech_and_dead_air_fill_the_call_and_never_meet(theirs, ours):
    said = [Span(start / 10, (start + size) / 10) for start, size in (*theirs, *ours)]

    silent = dead_air(said, seconds=60.0, at_least=0.0)

    assert not overlaps(silent, said, at_least=0.001)
    assert all(0 <= each.start <= each.end <= 60 for each in silent)


@given(PAIRS, PAIRS)
def test_turning_the_sides_round_turns_who_broke_in(theirs, ours):
    first = [Span(start / 10, (start + size) / 10) for start, size in theirs]
    second = [Span((start + 0.5) / 10, (start + 0.5 + size) / 10) for start, size in ours]

    one = overlaps(first, second, at_least=0.05)
    other = overlaps(second, first, at_least=0.05)

    assert [(each.start, each.end) for each in one] == [(each.start, each.end) for each in other]
    assert all(a.by != b.by for a, b in zip(one, other, strict=True) if a.spoken != b.spoken)
