"""Notices: early enough, complete, by enough channels, with proof."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from shouwen.core.clause import Limit, Words
from shouwen.core.kinds.notice import Content, Lead, NoticeVersion, Planned, judge_notice
from shouwen.core.matter import Matter
from shouwen.core.verdict import Gap, Met, Missed, NotApplicable, Running
from tests.core.kinds.moments import CALENDAR, at, event

NAME = Words(zh="名", en="name")


def hours(n):
    return Limit(value=n, unit="hours")


AHEAD = NoticeVersion(
    from_=at("01-01 00:00").date(),
    before=Planned(
        on=("outage.planned",), begins=("outage.started",), cancelled=("outage.cancelled",)
    ),
    sent=("outage.announced",),
    leads=(
        Lead(id="national", title=NAME, limit=hours(48)),
        Lead(id="rural", title=NAME, limit=Limit(value=4, unit="days"), when={"zone": ("rural",)}),
    ),
    contents=(
        Content(id="period", title=NAME),
        Content(id="issued_on", title=NAME, not_by=("sms",)),
    ),
    channels=("sms", "web"),
    channels_at_least=1,
)
PLANNED = event("outage.planned", "03-02 09:00", at="2026-03-10T08:00:00+08:00")


def told(moment, *, channel="sms", contents="period", proof="list 1", **more):
    return event(
        "outage.announced", moment, channel=channel, contents=contents, proof=proof, **more
    )


def judged(*events, now="03-11 00:00", version=AHEAD, facts=None):
    happened = sorted((e for e in events if e.at <= at(now)), key=lambda e: e.at)
    return judge_notice(
        version, Matter(facts=facts or {}, events=happened, calendar=CALENDAR, now=at(now))
    )


def codes(verdict):
    return [step.code for step in verdict.steps]


def test_sent_exactly_at_the_latest_moment_is_early_enough():
    verdict = judged(PLANNED, told("03-08 08:00"))

    assert isinstance(verdict, Met)
    assert verdict.at == verdict.due_at == at("03-08 08:00")


def test_a_second_later_is_too_late_and_says_when_it_was_sent_after_all():
    verdict = judged(PLANNED, told("03-08 08:00:01"))

    assert isinstance(verdict, Missed)
    assert (verdict.at, verdict.failed) == (at("03-08 08:00:01"), ("sent",))
    assert "sent_late" in codes(verdict)


def test_until_the_latest_moment_it_runs():
    verdict = judged(PLANNED, now="03-03 09:00")

    assert isinstance(verdict, Running)
    assert (verdict.due_at, verdict.warn_at) == (at("03-08 08:00"), at("03-07 08:00"))


def test_the_longest_lead_that_applies_decides_and_is_named():
    verdict = judged(PLANNED, now="03-03 09:00", facts={"zone": "rural"})

    assert verdict.due_at == at("03-06 08:00")
    assert codes(verdict).count("lead") == 2
    (longest,) = [step for step in verdict.steps if step.code == "longest_lead"]
    assert longest.params["value"] == 4


def test_missing_contents_channels_and_proof_are_named():
    version = replace(AHEAD, channels_at_least=2)

    verdict = judged(PLANNED, told("03-05 08:00", contents="", proof=""), version=version)

    assert verdict.failed == ("channels", "contents.period", "proof")


def test_what_a_channel_has_no_room_for_is_not_wanted_there():
    assert isinstance(judged(PLANNED, told("03-05 08:00")), Met)
    assert judged(PLANNED, told("03-05 08:00", channel="web")).failed == ("contents.issued_on",)


def test_a_channel_that_does_not_count_is_no_channel():
    assert judged(PLANNED, told("03-05 08:00", channel="media")).failed == ("channels",)


def test_a_better_notice_by_the_same_channel_makes_good_the_worse_one():
    verdict = judged(PLANNED, told("03-05 08:00", contents=""), told("03-06 08:00"))

    assert isinstance(verdict, Met)
    assert verdict.at == at("03-06 08:00")


def test_homes_that_nobody_reached_are_named_until_they_are_told():
    assert judged(PLANNED, told("03-05 08:00", untold=3)).failed == ("homes",)
    assert isinstance(
        judged(PLANNED, told("03-05 08:00", untold=3), told("03-06 08:00", untold=0)), Met
    )


def test_a_plan_that_moved_is_told_anew():
    moved = event("outage.planned", "03-06 09:00", at="2026-03-12T08:00:00+08:00")

    verdict = judged(PLANNED, told("03-05 08:00"), moved, now="03-07 08:00")

    assert isinstance(verdict, Running)
    assert verdict.due_at == at("03-10 08:00")
    assert isinstance(judged(PLANNED, told("03-05 08:00"), moved, told("03-09 08:00")), Met)


def test_a_plan_told_once_more_for_the_same_time_leaves_the_notices_standing():
    again = event(
        "outage.planned", "03-06 09:00", at="2026-03-10T08:00:00+08:00", until="2026-03-10T20:00"
    )

    assert isinstance(judged(PLANNED, told("03-05 08:00"), again), Met)


def test_what_begins_early_is_measured_from_its_beginning():
    verdict = judged(PLANNED, told("03-08 08:00"), event("outage.started", "03-09 08:00"))

    assert isinstance(verdict, Missed)
    assert verdict.due_at == at("03-07 08:00")


def test_called_off_in_time_nobody_must_be_told():
    cancelled = event("outage.cancelled", "03-06 09:00")

    assert judged(PLANNED, cancelled).reason == "cancelled"
    assert isinstance(judged(PLANNED, event("outage.cancelled", "03-09 09:00")), Missed)


def test_planned_too_late_for_the_lead_is_missed_at_once():
    late = event("outage.planned", "03-09 09:00", at="2026-03-10T08:00:00+08:00")

    assert isinstance(judged(late, now="03-09 09:01"), Missed)


def test_a_plan_without_a_time_promises_nothing():
    assert isinstance(judged(event("outage.planned", "03-02 09:00")), Gap)
    assert isinstance(judged(), NotApplicable)


AT_ONCE = replace(
    AHEAD, before=None, leads=(), after=("outage.emergency",), within=hours(1), channels=("sms",)
)


def test_told_at_once_after_each_of_them():
    first, second = (
        event("outage.emergency", "03-02 09:00"),
        event("outage.emergency", "03-02 12:00"),
    )

    assert isinstance(judged(first, told("03-02 10:00"), version=AT_ONCE), Met)
    assert judged(first, told("03-02 10:00:01"), version=AT_ONCE).failed == ("sent",)
    verdict = judged(first, told("03-02 09:30"), second, version=AT_ONCE, now="03-02 12:30")
    assert isinstance(verdict, Running)
    assert verdict.due_at == at("03-02 13:00")


MINUTES = st.integers(0, 8 * 24 * 60)


@given(MINUTES, MINUTES)
def test_sending_earlier_never_makes_it_worse(one, other):
    early, late = sorted((one, other))
    sent = [
        replace(told("03-02 09:00"), at=at("03-02 09:00") + timedelta(minutes=m))
        for m in (early, late)
    ]

    verdicts = [judged(PLANNED, notice) for notice in sent]

    assert isinstance(verdicts[0], Met) or isinstance(verdicts[1], Missed)


@given(MINUTES, st.sampled_from([None, 0, 60, 5000]))
def test_running_ends_exactly_at_the_due_time(minutes, sent):
    now = at("03-02 09:00") + timedelta(minutes=minutes)
    events = [PLANNED]
    if sent is not None and sent <= minutes:
        events.append(
            replace(told("03-02 09:00", proof=""), at=at("03-02 09:00") + timedelta(minutes=sent))
        )

    verdict = judge_notice(AHEAD, Matter(facts={}, events=events, calendar=CALENDAR, now=now))

    assert isinstance(verdict, Running if now <= at("03-08 08:00") else Missed)
