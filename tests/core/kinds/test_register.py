"""Registers: whole entries, consent, review in time, taken out for a reason."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from shouwen.core.clause import Limit, Words
from shouwen.core.kinds.register import Entry, RegisterVersion, judge_register
from shouwen.core.matter import Matter
from shouwen.core.timing.months import months_later
from shouwen.core.verdict import Met, Missed, NotApplicable, Running
from tests.core.kinds.moments import CALENDAR, at, event

NAME = Words(zh="项", en="item")
PLAIN = RegisterVersion(
    from_=date(2025, 1, 1),
    entries=(
        Entry(id="what", title=NAME),
        Entry(id="result", title=NAME, choices=("good", "bad"), good=("good",)),
        Entry(id="note", title=NAME, required=False),
    ),
)
CARE = replace(
    PLAIN,
    entered=("care.registered",),
    reviewed=("care.reviewed",),
    removed=("care.ended",),
    consent=True,
    review_every_months=12,
    removal_reason=True,
    one_per="kind",
)
TIMED = replace(
    PLAIN,
    occurred=("gift.offered",),
    occurred_at="occurred_at",
    report_within=Limit(value=24, unit="hours"),
)
CARED = event("care.registered", "2025-03-02 10:00", kind="elderly", consent="yes")


def judged(*events, version=PLAIN, now="03-10 00:00"):
    return judge_register(version, Matter(facts={}, events=events, calendar=CALENDAR, now=at(now)))


def entered(moment="03-02 10:00", **data):
    return event("register.entered", moment, **data)


def test_a_whole_entry_is_met():
    assert isinstance(judged(entered(result="good", missing="note")), Met)
    assert isinstance(judged(), NotApplicable)


def test_what_is_not_on_record_or_not_as_it_should_be_is_named():
    assert judged(entered(result="bad", missing="what")).failed == ("what", "result")
    assert judged(entered(result="")).failed == ("result",)
    assert judged(entered(result="perhaps")).failed == ("result",)


def test_consent_and_keeper_are_looked_for_where_the_rule_asks():
    version = replace(PLAIN, consent=True, keeper_named=True)

    assert judged(entered(), version=version).failed == ("consent", "keeper")
    assert judged(entered(consent="no", keeper="3001"), version=version).failed == ("consent",)
    assert isinstance(judged(entered(consent="2026-03-02", keeper="3001"), version=version), Met)


def test_within_its_time_an_entry_may_still_be_made_whole():
    half = entered("03-02 10:00", missing="what", occurred_at="2026-03-02T09:00:00+08:00")
    mended = event("register.corrected", "03-03 08:00")

    assert judged(half, version=TIMED, now="03-02 12:00").due_at == at("03-03 09:00")
    assert isinstance(judged(half, mended, version=TIMED), Met)
    assert judged(half, version=TIMED).failed == ("what",)
    late = judged(half, event("register.corrected", "03-03 09:00:01"), version=TIMED)
    assert (late.failed, late.at) == (("what",), at("03-03 09:00:01"))


def test_what_occurred_must_be_entered_in_time():
    offered = event("gift.offered", "03-02 10:00")

    assert isinstance(judged(offered, version=TIMED, now="03-03 10:00"), Running)
    assert judged(offered, version=TIMED, now="03-03 10:00:01").failed == ("entered",)


def test_an_entry_is_reviewed_in_time():
    assert judged(CARED, version=CARE, now="2025-06-01 00:00").due_at == at("03-03 00:00")
    assert judged(CARED, version=CARE, now="03-03 00:00:01").failed == ("review",)
    again = judged(CARED, event("care.reviewed", "02-20 10:00", kind="elderly"), version=CARE)
    assert again.due_at == at("2027-02-21 00:00")


def test_an_earlier_day_of_review_named_in_the_entry_holds():
    soon = replace(CARED, data={**CARED.data, "review_on": "2025-06-01"})
    far = replace(CARED, data={**CARED.data, "review_on": "2030-06-01"})

    assert judged(soon, version=CARE, now="2025-05-01 00:00").due_at == at("2025-06-02 00:00")
    assert judged(far, version=CARE, now="2025-05-01 00:00").due_at == at("03-03 00:00")


def test_taking_out_needs_its_reason():
    ended = event("care.ended", "2025-06-01 10:00", kind="elderly")

    assert judged(CARED, ended, version=CARE).failed == ("removal_reason",)
    told = replace(ended, data={"kind": "elderly", "reason": "moved"})
    assert isinstance(judged(CARED, told, version=CARE), Met)


def test_entered_again_after_being_taken_out_is_a_new_entry():
    ended = event("care.ended", "2025-06-01 10:00", kind="elderly", reason="moved")
    again = event("care.registered", "2025-09-01 10:00", kind="elderly", consent="yes")

    verdict = judged(CARED, ended, again, version=CARE)

    assert isinstance(verdict, Running)
    assert verdict.due_at == at("09-02 00:00")


def test_of_several_entries_the_worst_counts():
    ill = event("care.registered", "2025-05-02 10:00", kind="ill", consent="yes")
    unasked = event("care.registered", "2025-05-02 10:00", kind="frail")

    running = judged(CARED, ill, version=CARE, now="2025-06-01 00:00")
    missed = judged(CARED, ill, unasked, version=CARE, now="2025-06-01 00:00")

    assert running.due_at == at("03-03 00:00")
    assert missed.failed == ("consent",)


@given(st.lists(st.integers(1, 700), max_size=6), st.integers(0, 900))
def test_the_review_is_counted_from_the_last_look(days, now):
    moment = CARED.at + timedelta(days=now)
    reviews = [
        replace(CARED, kind="care.reviewed", at=CARED.at + timedelta(days=day))
        for day in sorted(days)
        if day <= now
    ]

    verdict = judge_register(
        CARE, Matter(facts={}, events=[CARED, *reviews], calendar=CALENDAR, now=moment)
    )

    last = CALENDAR.day_of([CARED, *reviews][-1].at)
    due_on = months_later(last, months=12)
    overdue = CALENDAR.day_of(moment) > due_on
    assert isinstance(verdict, Missed if overdue else Running)
