"""How a clock may say its limit: from a record, by the wall clock, as a span, as one of several."""

from datetime import time
from typing import Any

import pytest

from shouwen.core.clause import Limit, Source, Words
from shouwen.core.events import Event
from shouwen.core.kinds.clock import (
    Agreed,
    AllowedPause,
    Appointment,
    Claim,
    DueBy,
    LimitFrom,
    Reading,
    Start,
    Until,
)
from shouwen.core.timing.calendar import Window, WorkingCalendar, YearOfDays
from shouwen.core.timing.wall_clock import DayPoint, HourRow
from shouwen.core.verdict import Gap, Met, Paused, Running
from tests.core.kinds.clocks import clock, codes, due_at, judged, started_at, warn_at
from tests.core.kinds.moments import CALENDAR, SHANGHAI, at, event

REPORTED = event("case.reported", "03-06 16:00")  # a Friday
HOURS = LimitFrom(field="hours", unit="hours", at_most=72, on=("case.deadline_set",))
EVENING = DueBy(
    rows=(
        HourRow(before=time(19), at=time(21)),
        HourRow(from_=time(19), day=1, at=time(12)),
    )
)
VISIT = Appointment(opens="from", closes="until", on=("visit.appointed",))


def told(moment: str, **data: Any) -> Event:
    return event("case.deadline_set", moment, **data)


def appointed(moment: str, opens: str, closes: str) -> Event:
    return event(
        "visit.appointed",
        moment,
        **{"from": at(opens).isoformat(), "until": at(closes).isoformat()},
    )


# --- from a record


@pytest.mark.parametrize(
    ("hours", "due"),
    [(5, "03-06 21:00"), ("5", "03-06 21:00"), (2.5, "03-06 18:30"), (100, "03-09 16:00")],
)
def test_a_limit_may_stand_in_a_record_within_its_bounds(hours, due):
    verdict = judged(
        clock(limit_from=HOURS), REPORTED, told("03-06 16:05", hours=hours), now="03-06 17:00"
    )

    assert (verdict.word, due_at(verdict)) == ("running", at(due))
    assert ("limit_bounded" in codes(verdict)) == (hours == 100)


@pytest.mark.parametrize("hours", [0, -3, "soon", "nan", True])
def test_a_number_that_cannot_be_used_promises_nothing(hours):
    verdict = judged(
        clock(limit_from=HOURS), REPORTED, told("03-06 16:05", hours=hours), now="03-06 17:00"
    )

    assert isinstance(verdict, Gap)
    assert verdict.reason == "value_not_given"
    assert (verdict.started_at, verdict.stopped_at) == (at("03-06 16:00"), None)


def test_without_a_number_the_other_limit_holds_where_there_is_one():
    version = clock(
        limit_from=LimitFrom(
            field="hours", unit="hours", at_most=72, otherwise=Limit(value=2, unit="hours")
        )
    )

    assert due_at(judged(version, REPORTED, now="03-06 17:00")) == at("03-06 18:00")


def test_working_days_from_a_record_are_rounded_up_to_what_can_be_counted():
    days = LimitFrom(field="days", unit="working_days", at_most=9, on=("case.deadline_set",))
    halves = clock(limit_from=days)
    whole = clock(limit_from=days, reading=Reading(limit_ends="same_time_of_day"))
    word = told("03-06 16:05", days=1.2)

    assert due_at(judged(halves, REPORTED, word, now="03-06 17:00")) == at("03-10 12:00")
    assert due_at(judged(whole, REPORTED, word, now="03-06 17:00")) == at("03-10 16:00")


def test_a_record_changed_after_the_miss_heals_nothing():
    short, longer = told("03-06 16:05", hours=1), told("03-06 18:00", hours=9)

    verdict = judged(clock(limit_from=HOURS), REPORTED, short, longer, now="03-06 19:00")

    assert (verdict.word, due_at(verdict)) == ("missed", at("03-06 17:00"))
    assert "changed_too_late" in codes(verdict)


def test_a_gap_is_never_given_a_number():
    version = clock(gap=Words(zh="原文没有写", en="the text does not say"))

    verdict = judged(version, REPORTED, event("case.repaired", "03-06 18:00"))

    assert isinstance(verdict, Gap)
    assert verdict.reason == "value_not_given"
    assert verdict.stopped_at == at("03-06 18:00")
    assert codes(verdict) == ["started", "value_not_given"]


def test_a_deadline_set_by_others_is_the_due_time_and_no_pause_moves_it():
    version = clock(until=Until(on=("case.deadline_set",)))
    word = told("03-06 16:05", at="2026-03-08T09:00:00+08:00")
    paused = event("case.paused", "03-06 17:00", reason="awaiting_customer")

    assert due_at(judged(version, REPORTED, word, paused, now="03-07 00:00")) == at("03-08 09:00")
    assert judged(version, REPORTED, now="03-07 00:00").word == "gap"
    before = told("03-06 16:05", at="2026-03-01T09:00:00+08:00")
    assert judged(version, REPORTED, before, now="03-07 00:00").word == "gap"


def test_a_deadline_may_be_put_off_while_it_has_not_passed():
    version = clock(until=Until(on=("case.deadline_set",)))
    first = told("03-06 16:05", at="2026-03-08T09:00:00+08:00")
    second = told("03-07 16:05", at="2026-03-09T09:00:00+08:00")
    late = told("03-10 16:05", at="2026-03-12T09:00:00+08:00")

    assert due_at(judged(version, REPORTED, first, second, late)) == at("03-09 09:00")


# --- by the wall clock


@pytest.mark.parametrize(
    ("reported", "due"),
    [
        ("03-06 00:00", "03-06 21:00"),
        ("03-06 18:59:59", "03-06 21:00"),
        ("03-06 19:00", "03-07 12:00"),
        ("03-06 23:59:59", "03-07 12:00"),
        ("2026-12-31 19:30", "2027-01-01 12:00"),
    ],
)
def test_the_hour_of_report_decides_the_due_time(reported, due):
    verdict = judged(
        clock(due_by=EVENING), event("case.reported", reported), now="2026-12-31 23:59"
    )

    assert due_at(verdict) == at(due)


def test_the_boundary_may_belong_to_the_row_before():
    before = DueBy(rows=EVENING.rows, boundary="row_before")
    at_seven = event("case.reported", "03-06 19:00")
    at_midnight = event("case.reported", "03-06 00:00")

    verdict = judged(clock(due_by=before), at_seven, now="03-06 19:30")

    assert due_at(verdict) == at("03-06 21:00")
    assert "on_the_boundary" in codes(verdict)
    assert due_at(judged(clock(due_by=before), at_midnight, now="03-06 01:00")) == at(
        "03-06 21:00"
    )


@pytest.mark.parametrize(
    ("point", "due"),
    [
        (DayPoint(), "03-07 00:00"),
        (DayPoint(day=2), "03-09 00:00"),
        (DayPoint(unit="working_days"), "03-07 00:00"),
        (DayPoint(unit="working_days", ends="close_of_business"), "03-06 17:30"),
        (DayPoint(unit="working_days", day=1, ends="close_of_business"), "03-09 17:30"),
        (DayPoint(unit="working_days", day=1, at=time(10)), "03-09 10:00"),
        (DayPoint(unit="working_days", at=time(12)), "03-09 12:00"),
    ],
)
def test_a_limit_may_be_a_point_of_a_day(point, due):
    verdict = judged(clock(end_of_day=point), REPORTED, now="03-06 16:30")

    assert due_at(verdict) == at(due)
    assert ("calendar" in codes(verdict)) == (point.unit == "working_days")


def test_a_report_at_the_weekend_is_due_on_the_next_working_day():
    sunday = event("case.reported", "03-08 10:00")
    today = DayPoint(unit="working_days", ends="close_of_business")

    assert due_at(judged(clock(end_of_day=today), sunday, now="03-08 11:00")) == at("03-09 17:30")


def test_a_pause_pushes_a_point_on_the_wall_clock_by_its_length():
    version = clock(due_by=EVENING, pauses=(AllowedPause(reason="no_access"),))
    paused = event("case.paused", "03-06 17:00", reason="no_access")
    resumed = event("case.resumed", "03-06 18:30", reason="no_access")

    verdict = judged(version, REPORTED, paused, resumed, now="03-06 19:00")

    assert due_at(verdict) == at("03-06 22:30")


# --- an agreed span


@pytest.mark.parametrize(
    ("came", "word", "failed"),
    [
        ("03-09 09:00", "met", ()),
        ("03-09 11:00", "met", ()),
        ("03-09 08:59:59", "missed", ("early",)),
        ("03-09 11:00:01", "missed", ("late",)),
    ],
)
def test_coming_early_is_a_miss_as_well_as_coming_late(came, word, failed):
    visit = appointed("03-06 16:10", "03-09 09:00", "03-09 11:00")

    verdict = judged(clock(window=VISIT), REPORTED, visit, event("case.repaired", came))

    assert verdict.word == word
    assert getattr(verdict, "failed", ()) == failed


@pytest.mark.parametrize("came", ["03-09 08:45", "03-09 11:10"])
def test_a_little_early_or_late_is_forgiven_where_the_clause_says_so(came):
    window = Appointment(
        opens="from",
        closes="until",
        on=("visit.appointed",),
        early=Limit(value=15, unit="minutes"),
        late=Limit(value=10, unit="minutes"),
    )
    visit = appointed("03-06 16:10", "03-09 09:00", "03-09 11:00")

    verdict = judged(clock(window=window), REPORTED, visit, event("case.repaired", came))

    assert verdict.word == "met"
    assert "tolerated" in codes(verdict)


def test_another_appointment_holds_when_the_old_one_was_not_missed_yet():
    visit = appointed("03-06 16:10", "03-09 09:00", "03-09 11:00")
    moved = appointed("03-09 10:00", "03-10 09:00", "03-10 11:00")
    too_late = appointed("03-09 11:30", "03-10 09:00", "03-10 11:00")

    assert judged(clock(window=VISIT), REPORTED, visit, moved, now="03-09 12:00").word == "running"
    assert judged(clock(window=VISIT), REPORTED, visit, too_late, now="03-09 12:00").word == (
        "missed"
    )


# --- several limits


def claim(name: str, **said: Any) -> Claim:
    title = Words(zh=name, en=name)
    return Claim(id=name, title=title, source=Source(document=name, section="1"), **said)


SEVERAL = (
    claim("national", limit=Limit(value=3, unit="days")),
    claim("own", limit=Limit(value=48, unit="hours")),
    claim("platform", until=Until(on=("case.deadline_set",))),
)


@pytest.mark.parametrize(
    ("choose", "due"), [("earliest", "03-08 16:00"), ("latest", "03-09 16:00")]
)
def test_of_several_limits_the_earliest_or_the_latest_holds(choose, due):
    verdict = judged(clock(limits=SEVERAL, choose=choose), REPORTED, now="03-06 17:00")

    assert due_at(verdict) == at(due)
    assert {"claim", "claim_silent", f"chosen_{choose}"} <= set(codes(verdict))


def test_a_platforms_deadline_wins_when_it_is_the_earliest():
    word = told("03-06 16:05", at="2026-03-07T10:00:00+08:00")

    verdict = judged(clock(limits=SEVERAL, choose="earliest"), REPORTED, word, now="03-06 17:00")

    assert due_at(verdict) == at("03-07 10:00")


def test_a_limit_with_a_start_of_its_own_counts_from_there_once_it_has_begun():
    limits = (
        claim("own", limit=Limit(value=48, unit="hours")),
        claim(
            "province",
            start=Start(on=("case.routed",)),
            limit=Limit(value=24, unit="hours"),
        ),
    )
    version = clock(limits=limits, choose="earliest")
    routed = event("case.routed", "03-06 20:00")

    assert due_at(judged(version, REPORTED, now="03-06 21:00")) == at("03-08 16:00")
    verdict = judged(version, REPORTED, routed, now="03-06 21:00")
    assert (started_at(verdict), due_at(verdict)) == (at("03-06 20:00"), at("03-07 20:00"))


def test_when_none_of_the_limits_speaks_nothing_is_promised():
    limits = (SEVERAL[2], claim("other", until=Until(on=("outage.planned",))))

    verdict = judged(clock(limits=limits, choose="latest"), REPORTED, now="03-06 17:00")

    assert isinstance(verdict, Gap)
    assert verdict.reason == "value_not_given"


# --- soft and hard, reminders, other calendars


TWO = clock(soft=Limit(value=7, unit="days"), limit=Limit(value=15, unit="days"))


def test_between_the_soft_and_the_hard_limit_the_clock_is_warned_and_still_kept():
    running = judged(TWO, REPORTED, now="03-14 00:00")
    met = judged(TWO, REPORTED, event("case.repaired", "03-20 00:00"))

    assert isinstance(running, Running)
    assert running.warn_at == at("03-13 16:00")
    assert (running.soft_due_at, running.due_at) == (at("03-13 16:00"), at("03-21 16:00"))
    assert isinstance(met, Met)
    assert met.soft_due_at is not None
    assert met.soft_due_at < met.at
    assert "soft_passed" in codes(met)


def test_within_the_soft_limit_nothing_is_said_to_have_passed():
    met = judged(TWO, REPORTED, event("case.repaired", "03-10 00:00"))

    assert "soft_passed" not in codes(met)
    assert judged(TWO, REPORTED, now="03-22 00:00").word == "missed"


@pytest.mark.parametrize(
    ("more", "warned"),
    [
        ({"warn_after": Limit(value=7, unit="days")}, "03-13 16:00"),
        ({"warn_before": Limit(value=1, unit="days")}, "03-20 16:00"),
        ({"warn_before": Limit(value=99, unit="days")}, "03-06 16:00"),
        ({"warn_at": 0.2}, "03-09 16:00"),
    ],
)
def test_a_reminder_may_be_a_share_or_a_length(more, warned):
    version = clock(limit=Limit(value=15, unit="days"), **more)

    assert warn_at(judged(version, REPORTED, now="03-06 17:00")) == at(warned)


def test_an_agreed_time_may_lie_only_so_far_ahead():
    agreed = Agreed(on="case.agreed_time", replaces="due", within=Limit(value=3, unit="days"))
    version = clock(limit=Limit(value=1, unit="days"), agreed=agreed)
    near = event("case.agreed_time", "03-06 17:00", at="2026-03-09T16:00:00+08:00")
    far = event("case.agreed_time", "03-06 17:00", at="2026-03-09T16:00:01+08:00")

    assert due_at(judged(version, REPORTED, near, now="03-07 00:00")) == at("03-09 16:00")
    refused = judged(version, REPORTED, far, now="03-07 00:00")
    assert due_at(refused) == at("03-07 16:00")
    assert "agreed_time_too_far" in codes(refused)


def test_all_pauses_for_a_reason_together_have_a_limit():
    pause = AllowedPause(reason="no_access", altogether=Limit(value=3, unit="hours"))
    version = clock(limit=Limit(value=4, unit="hours"), pauses=(pause,))
    events = [
        event("case.paused", "03-06 16:00", reason="no_access"),
        event("case.resumed", "03-06 18:00", reason="no_access"),
        event("case.paused", "03-06 18:30", reason="no_access"),
    ]

    still = judged(version, REPORTED, *events, now="03-06 19:00")
    lapsed = judged(version, REPORTED, *events, now="03-06 20:00")

    assert isinstance(still, Paused)
    assert still.lapses_at == at("03-06 19:30")
    assert (lapsed.word, due_at(lapsed)) == ("running", at("03-06 23:00"))


NIGHTS = WorkingCalendar(
    name="emergency",
    version="nights",
    zone=SHANGHAI,
    week=dict.fromkeys(range(7), (Window(time(20), time(8)),)),
    years={2026: YearOfDays(2026, {}, {}, "tests")},
)


def test_a_clock_may_count_by_a_calendar_of_its_own():
    version = clock(limit=Limit(value=6, unit="working_hours"), calendar="emergency")

    verdict = judged(version, REPORTED, now="03-06 17:00", calendars={"emergency": NIGHTS})

    assert due_at(verdict) == at("03-07 02:00")
    assert "nights" in [step.params.get("version") for step in verdict.steps]
    plain = clock(limit=Limit(value=6, unit="working_hours"))
    assert due_at(judged(plain, REPORTED, now="03-06 17:00")) == at("03-09 14:30")
    assert CALENDAR.version != NIGHTS.version
