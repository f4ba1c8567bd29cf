"""Guidance: showing it counts for people, and its absence never counts against them."""

from hypothesis import given
from hypothesis import strategies as st

from shouwen.core.clause import Words
from shouwen.core.kinds.guidance import GuidanceVersion, judge_guidance
from shouwen.core.matter import Matter
from shouwen.core.verdict import Met, NotApplicable
from tests.core.kinds.moments import CALENDAR, at, event

A_WORD = Words(zh="字", en="word")
VERSION = GuidanceVersion(from_=at("01-01 00:00").date(), situation=A_WORD, do=(A_WORD,))


def judged(*events, explain=True):
    matter = Matter(
        facts={},
        events=events,
        calendar=CALENDAR,
        now=at("03-02 12:00"),
        explain=explain,
        rule_id="calm",
    )
    return judge_guidance(VERSION, matter)


def test_guidance_that_was_shown_is_met():
    verdict = judged(event("guidance.shown", "03-02 09:00", rule="calm"))

    assert isinstance(verdict, Met)
    assert verdict.at == at("03-02 09:00")
    assert [step.code for step in verdict.steps] == ["guidance_shown"]


def test_guidance_that_was_used_says_so():
    verdict = judged(event("guidance.shown", "03-02 09:00", rule="calm", used=True))

    assert [step.code for step in verdict.steps] == ["guidance_used"]


def test_guidance_of_another_rule_says_nothing_about_this_one():
    verdict = judged(event("guidance.shown", "03-02 09:00", rule="hurried"))

    assert verdict == NotApplicable(reason="not_shown")


def test_steps_are_left_out_when_nobody_asks_for_them():
    assert judged(event("guidance.shown", "03-02 09:00"), explain=False).steps == ()


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["guidance.shown", "call.ended", "case.answered"]),
            st.sampled_from(["calm", "hurried"]),
            st.sampled_from([True, False, "", "true", "no"]),
        ),
        max_size=6,
    )
)
def test_guidance_is_never_missed(happened):
    events = [event(kind, "03-02 09:00", rule=rule, used=used) for kind, rule, used in happened]

    assert isinstance(judged(*events), Met | NotApplicable)
