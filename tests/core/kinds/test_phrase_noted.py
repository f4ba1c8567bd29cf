"""Wording noted in the hall and tapped on visits, where no machine listens."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from shouwen.core.clause import Words
from shouwen.core.kinds.phrase import PhraseVersion
from shouwen.core.kinds.phrase_noted import judge_spoken
from shouwen.core.matter import Matter
from shouwen.core.verdict import Met, Missed, NotApplicable, Running
from tests.core.kinds.moments import CALENDAR, at, event


def version(mode="required", **fields):
    return PhraseVersion(
        from_=date(2025, 1, 1),
        mode=mode,
        situation=Words(zh="场合", en="x"),
        says=("您好",),
        **fields,
    )


def judged(rule, *events, explain=True):
    matter = Matter(
        facts={},
        events=events,
        calendar=CALENDAR,
        now=at("03-02 18:00"),
        explain=explain,
        rule_id="hello",
    )
    return judge_spoken(rule, matter)


def noted(moment, said, rule="hello"):
    return event("words.noted", moment, said=said, rule=rule)


ON_ENTERING = version(wanted_on=("visit.door_opened",))
OPENED, ENDED = event("visit.door_opened", "03-02 09:00"), event("visit.ended", "03-02 09:30")


def test_a_line_wanted_by_an_event_must_be_said_before_the_end():
    said = event("visit.said", "03-02 09:01", rule="hello", line="1")

    assert isinstance(judged(ON_ENTERING, OPENED), Running)
    assert isinstance(judged(ON_ENTERING, OPENED, said), Met)
    assert judged(ON_ENTERING, OPENED, ENDED).failed == ("not_said",)


def test_every_time_it_is_wanted_it_must_be_said():
    again = event("visit.door_opened", "03-02 09:10")
    first, second = noted("03-02 09:01", True), noted("03-02 09:11", True)

    assert isinstance(judged(ON_ENTERING, OPENED, again, second, ENDED), Missed)
    assert isinstance(judged(ON_ENTERING, OPENED, first, again, second, ENDED), Met)


def test_a_note_that_it_was_not_said_is_a_miss_at_once():
    assert judged(version(), noted("03-02 09:01", False)).failed == ("not_said",)


def test_notes_about_another_rule_do_not_matter():
    assert isinstance(judged(version(), noted("03-02 09:01", False, rule="bye")), NotApplicable)


def test_a_forbidden_line_is_missed_when_noted_as_said_and_met_when_somebody_listened():
    forbidden = version("forbidden")

    assert judged(forbidden, noted("03-02 09:01", True)).failed == ("said",)
    assert isinstance(judged(forbidden, noted("03-02 09:01", False)), Met)
    assert isinstance(judged(forbidden, ENDED), NotApplicable)


@given(said=st.lists(st.booleans(), max_size=4))
def test_guidance_is_never_missed(said):
    notes = [noted(f"03-02 09:{i:02}", one) for i, one in enumerate(said)]

    verdict = judged(version("guidance"), *notes)

    assert verdict.word == ("met" if any(said) else "not_applicable")


@given(said=st.lists(st.booleans(), min_size=1, max_size=4))
def test_one_more_note_that_the_line_was_said_never_turns_a_met_rule(said):
    notes = [noted(f"03-02 09:{i:02}", one) for i, one in enumerate(said)]

    if isinstance(judged(version(), *notes), Met):
        assert isinstance(judged(version(), *notes, noted("03-02 10:00", True)), Met)


def test_the_explanation_tells_when_it_was_wanted_and_what_was_noted():
    codes = [step.code for step in judged(ON_ENTERING, OPENED, ENDED).steps]

    assert codes == ["words_wanted", "words_unanswered"]
    assert judged(ON_ENTERING, OPENED, ENDED, explain=False).steps == ()
