"""Spans and how pauses become disjoint spans."""

import pytest

from shouwen.core.timing.spans import EndsBeforeStart, NaiveMoment, Pause, Span, merged
from tests.core.timing.makers import at


def span(begin: str, end: str | None) -> Span:
    return Span(at(f"2026-03-09 {begin}"), at(f"2026-03-09 {end}") if end else None)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ([], []),
        ([("10:00", "10:00")], []),
        ([("10:00", "11:00"), ("11:00", "12:00")], [("10:00", "12:00")]),
        ([("13:00", "14:00"), ("10:00", "11:00")], [("10:00", "11:00"), ("13:00", "14:00")]),
        ([("10:00", "14:00"), ("11:00", "12:00")], [("10:00", "14:00")]),
        ([("10:00", None), ("11:00", "12:00")], [("10:00", None)]),
        ([("10:00", "12:00"), ("11:00", None)], [("10:00", None)]),
        ([("10:00", None), ("10:00", "12:00")], [("10:00", None)]),
    ],
)
def test_pauses_become_disjoint_spans_in_order(given, expected):
    pauses = [Pause(span(*ends), "awaiting_customer") for ends in given]

    assert merged(pauses) == tuple(span(*ends) for ends in expected)


def test_an_open_span_sorts_after_a_closed_one_with_the_same_start():
    spans = [span("10:00", None), span("10:00", "11:00"), span("09:00", None)]

    assert sorted(spans) == [spans[2], spans[1], spans[0]]


def test_a_span_keeps_its_moments_in_utc():
    assert span("10:00", "11:00").start.isoformat() == "2026-03-09T02:00:00+00:00"


def test_a_span_that_ends_before_it_starts_is_refused():
    with pytest.raises(EndsBeforeStart):
        span("11:00", "10:00")


def test_a_span_without_a_time_zone_is_refused():
    with pytest.raises(NaiveMoment):
        Span(at("2026-03-09 10:00").replace(tzinfo=None), None)
