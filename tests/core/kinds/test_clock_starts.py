"""From when a clock counts: one of several events, the last of them, another rule, a later day."""

import pytest

from shouwen.core.clause import Limit
from shouwen.core.kinds.clock import FromDay, Start, Trigger
from shouwen.core.verdict import Missed
from tests.core.kinds.clocks import clock, codes, due_at, judged, started_at
from tests.core.kinds.moments import at, event

ONE_HOUR = Limit(value=1, unit="hours")
REPORTED = event("case.reported", "03-06 16:00")


@pytest.mark.parametrize(
    ("start", "begins"),
    [
        (Start(on=("case.reported",)), "03-06 16:00"),
        (Start(on=("case.reported",), after=Limit(value=2, unit="hours")), "03-06 18:00"),
        (Start(on=("case.reported",), after=Limit(value=2, unit="working_hours")), "03-09 09:00"),
        (Start(on=("case.reported",), from_day=FromDay()), "03-07 00:00"),
        (Start(on=("case.reported",), from_day=FromDay(day=3)), "03-09 00:00"),
        (Start(on=("case.reported",), from_day=FromDay(unit="working_days")), "03-09 00:00"),
        (
            Start(on=("case.reported",), from_day=FromDay(unit="working_days", begins="opening")),
            "03-09 08:30",
        ),
        (Start(on=("case.reported",), from_day=FromDay(begins="opening")), "03-07 00:00"),
    ],
)
def test_a_start_may_lie_some_time_after_its_event(start, begins):
    verdict = judged(clock(start=start, limit=ONE_HOUR), REPORTED, now="03-06 16:30")

    assert started_at(verdict) == at(begins)


def test_done_between_the_event_and_the_later_start_is_in_time():
    start = Start(on=("case.reported",), from_day=FromDay())

    verdict = judged(
        clock(start=start, limit=ONE_HOUR), REPORTED, event("case.repaired", "03-06 17:00")
    )

    assert verdict.word == "met"
    assert "starts_on_day" in codes(verdict)


def test_a_start_of_several_events_waits_for_the_last_of_them():
    start = Start(all_of=("case.recorded", "case.routed"))
    recorded = event("case.recorded", "03-06 16:10")
    routed = event("case.routed", "03-06 16:40")

    assert judged(clock(start=start, limit=ONE_HOUR), REPORTED, recorded).word == "not_applicable"
    verdict = judged(
        clock(start=start, limit=ONE_HOUR), REPORTED, recorded, routed, now="03-06 17:00"
    )

    assert (started_at(verdict), due_at(verdict)) == (at("03-06 16:40"), at("03-06 17:40"))
    assert "all_happened" in codes(verdict)


def test_a_stop_of_several_events_stops_at_the_last_of_them():
    stop = Trigger(all_of=("case.repaired", "case.answered"))
    repaired, answered = (
        event("case.repaired", "03-06 16:30"),
        event("case.answered", "03-06 17:01"),
    )

    verdict = judged(clock(stop=stop, limit=ONE_HOUR), REPORTED, repaired, answered)

    assert isinstance(verdict, Missed)
    assert verdict.at == at("03-06 17:01")


def test_a_recovery_clock_starts_when_the_rule_it_names_was_missed_and_no_other():
    start = Start(on=("clock.missed",), rule="repaired-24h")
    version = clock(start=start, limit=ONE_HOUR)
    other = event("clock.missed", "03-07 10:00", rule="answered-72h")
    named = event("clock.missed", "03-07 16:00", rule="repaired-24h")

    assert judged(version, REPORTED, other).word == "not_applicable"
    verdict = judged(version, REPORTED, other, named, now="03-07 16:30")

    assert (started_at(verdict), due_at(verdict)) == (at("03-07 16:00"), at("03-07 17:00"))
    assert "after_rule_missed" in codes(verdict)


def test_a_stage_begins_when_the_one_before_was_met():
    version = clock(start=Start(on=("clock.met",), rule="surveyed-3wd"), limit=ONE_HOUR)

    verdict = judged(
        version, event("clock.met", "03-07 16:00", rule="surveyed-3wd"), now="03-07 16:30"
    )

    assert verdict.word == "running"
    assert "after_rule_met" in codes(verdict)
