"""Samples: what was drawn is done in time, what was not drawn is no matter of the rule."""

from dataclasses import replace
from datetime import date, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from shouwen.core.clause import Limit
from shouwen.core.kinds.sampling import Band, SamplingVersion, Tries, judge_sampling
from shouwen.core.matter import Matter
from shouwen.core.targets import judge_target
from shouwen.core.verdict import Excepted, Met, Missed, NotApplicable, Running
from tests.core.kinds.moments import CALENDAR, at, event

VERSION = SamplingVersion(
    from_=date(2025, 1, 1),
    population=("case.answered",),
    done=("followup.made",),
    limit=Limit(value=2, unit="working_days"),
    tries=Tries(
        on=("followup.attempted",),
        enough=2,
        bands=(
            Band(opens=time(8), closes=time(12)),
            Band(opens=time(18), closes=time(20)),
        ),
    ),
)
ANSWERED = event("case.answered", "03-02 15:00")
DRAWN = event("followup.drawn", "03-03 08:30", seed="day 1")


def tried(moment):
    return event("followup.attempted", moment)


def judged(*events, now="03-10 00:00", version=VERSION):
    return judge_sampling(version, Matter(facts={}, events=events, calendar=CALENDAR, now=at(now)))


def test_done_by_the_close_of_the_second_working_day_is_met():
    verdict = judged(ANSWERED, DRAWN, event("followup.made", "03-04 17:30"))

    assert isinstance(verdict, Met)
    assert verdict.due_at == at("03-04 17:30")


def test_a_second_later_is_missed():
    verdict = judged(ANSWERED, DRAWN, event("followup.made", "03-04 17:30:01"))

    assert (type(verdict), verdict.failed, verdict.at) == (Missed, ("done",), at("03-04 17:30:01"))


def test_what_was_not_drawn_is_no_matter_of_the_rule():
    verdict = judged(ANSWERED, event("followup.made", "03-03 09:00"))

    assert (type(verdict), verdict.reason) == (NotApplicable, "not_drawn")
    assert isinstance(judged(), NotApplicable)


def test_drawn_and_not_yet_due_it_runs_and_says_that_the_share_is_not_given():
    verdict = judged(ANSWERED, DRAWN, now="03-03 09:00")

    assert isinstance(verdict, Running)
    assert "share_not_given" in [step.code for step in verdict.steps]
    given_share = judged(ANSWERED, DRAWN, now="03-03 09:00", version=replace(VERSION, share=0.1))
    assert "share_not_given" not in [step.code for step in given_share.steps]


def test_a_draw_without_its_seed_cannot_be_repeated():
    drawn = event("followup.drawn", "03-03 08:30")

    assert judged(ANSWERED, drawn, event("followup.made", "03-04 09:00")).failed == ("seed",)


def test_tries_in_different_parts_of_the_day_are_counted_apart():
    apart = (tried("03-03 09:00"), tried("03-03 18:30"))
    same = (tried("03-03 09:00"), tried("03-04 09:00"))
    between = (tried("03-03 09:00"), tried("03-03 13:00"))

    assert isinstance(judged(ANSWERED, DRAWN, *apart), Excepted)
    assert isinstance(judged(ANSWERED, DRAWN, *same), Missed)
    assert isinstance(judged(ANSWERED, DRAWN, *between), Missed)


def test_tries_after_the_limit_excuse_nothing():
    late = (tried("03-04 18:30"), tried("03-05 09:00"))

    assert isinstance(judged(ANSWERED, DRAWN, *late), Missed)


def test_a_share_that_is_given_is_a_target_for_the_number_drawn():
    target = replace(VERSION, share=0.1).share_target

    assert VERSION.share_target is None
    assert target is not None
    assert judge_target(target, {"drawn": 3, "all": 21}).word == "met"
    assert judge_target(target, {"drawn": 2, "all": 21}).word == "missed"


@given(st.integers(0, 5 * 24 * 60), st.integers(0, 5 * 24 * 60))
def test_earlier_is_never_worse(one, other):
    made = [
        replace(event("followup.made", "03-03 09:00"), at=at("03-03 09:00") + timedelta(minutes=m))
        for m in sorted((one, other))
    ]

    early, late = (judged(ANSWERED, DRAWN, each) for each in made)

    assert isinstance(early, Met) or isinstance(late, Missed)
