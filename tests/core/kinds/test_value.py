"""Aims: they show what speaks for them and are never scored."""

from hypothesis import given
from hypothesis import strategies as st

from shouwen.core.clause import Words
from shouwen.core.events import EVENTS
from shouwen.core.kinds.value import Evidence, ValueVersion, judge_value
from shouwen.core.matter import Matter
from shouwen.core.verdict import NotApplicable
from tests.core.kinds.moments import CALENDAR, at, event

VERSION = ValueVersion(
    from_=at("01-01 00:00").date(),
    evidence=(
        Evidence(id="clocks_kept", title=Words(zh="时限", en="clocks")),
        Evidence(id="satisfaction", title=Words(zh="满意度", en="satisfaction")),
    ),
)


def judged(*events, explain=True):
    matter = Matter(
        facts={}, events=events, calendar=CALENDAR, now=at("03-02 12:00"), explain=explain
    )
    return judge_value(VERSION, matter)


def test_an_aim_lists_its_evidence():
    verdict = judged()

    assert isinstance(verdict, NotApplicable)
    assert verdict.reason == "evidence_only"
    assert [step.params["figure"] for step in verdict.steps] == ["clocks_kept", "satisfaction"]


def test_steps_are_left_out_when_nobody_asks_for_them():
    assert judged(explain=False) == NotApplicable(reason="evidence_only")


@given(st.lists(st.sampled_from(sorted(EVENTS))))
def test_nothing_that_happens_keeps_or_breaks_an_aim(kinds):
    assert judged(*(event(kind, "03-02 09:00") for kind in kinds)) == judged()
