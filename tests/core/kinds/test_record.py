"""A record: complete in time, handed over in time."""

from dataclasses import replace

from shouwen.core.clause import Limit
from shouwen.core.kinds.clock import Trigger
from shouwen.core.kinds.record import RecordVersion, judge_record
from shouwen.core.matter import Matter
from shouwen.core.verdict import Met, Missed, NotApplicable, Running
from tests.core.kinds.moments import CALENDAR, at, event


def _judge(*, version, events, calendar, now, **more):
    return judge_record(
        version, Matter(facts={}, events=events, calendar=calendar, now=now, **more)
    )


VERSION = RecordVersion(
    from_=at("01-01 00:00").date(),
    required=("name", "phone", "content"),
    complete_within=Limit(value=15, unit="minutes"),
    handed_over_within=Limit(value=30, unit="minutes"),
    cancel=Trigger(on=("case.voided",)),
)
REPORTED = event("case.reported", "03-02 08:00")
COMPLETE = event("case.recorded", "03-02 08:10", missing="")
HANDED_OVER = event("case.routed", "03-02 08:20", department="quality")


def judged(*events, now="03-02 12:00", version=VERSION):
    return _judge(version=version, events=events, calendar=CALENDAR, now=at(now))


def test_a_record_complete_and_handed_over_in_time_is_met():
    verdict = judged(REPORTED, COMPLETE, HANDED_OVER)

    assert isinstance(verdict, Met)
    assert (verdict.at, verdict.due_at) == (at("03-02 08:20"), at("03-02 08:30"))


def test_the_earliest_outstanding_part_is_what_runs():
    assert judged(REPORTED, now="03-02 08:05").due_at == at("03-02 08:15")

    verdict = judged(REPORTED, COMPLETE, now="03-02 08:16")

    assert isinstance(verdict, Running)
    assert verdict.due_at == at("03-02 08:30")


def test_a_record_with_a_field_missing_is_not_complete():
    half = event("case.recorded", "03-02 08:05", missing="phone")

    verdict = judged(REPORTED, half, HANDED_OVER)

    assert isinstance(verdict, Missed)
    assert verdict.at is None


def test_completed_late_is_missed_for_good():
    verdict = judged(REPORTED, event("case.recorded", "03-02 08:16"), HANDED_OVER)

    assert isinstance(verdict, Missed)
    assert verdict.at == at("03-02 08:16")


def test_a_voided_case_needs_no_record():
    voided = event("case.voided", "03-02 08:01")

    assert judged(REPORTED, voided) == NotApplicable(reason="cancelled")


def test_a_record_rule_without_limits_is_no_clock():
    version = replace(VERSION, complete_within=None, handed_over_within=None)

    assert judged(REPORTED, version=version) == NotApplicable(reason="no_limit")


def test_what_was_not_on_record_in_time_is_named():
    half = event("case.recorded", "03-02 08:05", missing="phone,content")

    assert judged(REPORTED, half, HANDED_OVER).failed == ("phone", "content")
    assert judged(REPORTED, HANDED_OVER).failed == VERSION.required
    assert judged(REPORTED, COMPLETE).failed == ("handed_over",)
