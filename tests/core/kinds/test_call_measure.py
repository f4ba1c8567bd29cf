"""Measures of a call: seconds against limits, surnames asked, used and corrected."""

from datetime import date

import pytest

from shouwen.core.calls import CallerOnScreen
from shouwen.core.kinds.call_measure import (
    CallMeasureVersion,
    Rings,
    Surname,
    judge_measure,
)
from tests.core.kinds.telephone import SCREEN, heard

DAY = date(2025, 1, 1)
THREE_RINGS = CallMeasureVersion(
    from_=DAY, measure="answer_after", rings=Rings(count=3, on=1, off=4)
)
THREE_MINUTES = CallMeasureVersion(
    from_=DAY, measure="talk_seconds", kept_up_to=180, good_up_to=150
)
ONE_MINUTE = CallMeasureVersion(
    from_=DAY, measure="longest_hold", kept_up_to=60, relieved_by="call_back"
)
SURNAME = CallMeasureVersion(
    from_=DAY,
    measure="surname_uses",
    surname=Surname(
        asks=("贵姓",),
        titles=("先生", "女士", "经理"),
        plain_titles=("先生", "女士"),
        apologies=("抱歉",),
        at_least=2,
    ),
)


@pytest.mark.parametrize(
    ("answered", "verdict", "close"),
    [
        (1.0, "kept", False),
        (11.0, "kept", False),
        (11.1, "kept", True),
        (14.9, "kept", True),
        (15.0, "broken", False),
    ],
)
def test_three_rings_end_when_the_fourth_begins(answered, verdict, close):
    found = judge_measure(THREE_RINGS, heard("a:您好", answered=answered))

    assert (found.verdict, found.measured) == (verdict, answered)
    assert ("close to the limit" in found.why.en) is close


@pytest.mark.parametrize(("talk", "verdict"), [(180.0, "kept"), (180.1, "broken")])
def test_a_limit_itself_is_kept(talk, verdict):
    found = judge_measure(THREE_MINUTES, heard("a:您好", ended=4.0 + talk))

    assert found.verdict == verdict


def test_a_long_hold_without_a_promise_is_broken_at_the_turn_before_it():
    found = judge_measure(ONE_MINUTE, heard("a:您好", "c:查用量", "a:稍等", holds=[(16.0, 100.0)]))

    assert (found.verdict, found.turn, found.measured) == ("broken", 2, 84.0)


def test_a_promise_before_the_long_hold_keeps_it_and_one_after_does_not():
    before = heard("a:您好", "c:查用量", "a:查好再给您回，您先挂", holds=[(16.0, 100.0)])
    after = heard("a:您好", "c:查用量", "c:喂", "a:再给您回", holds=[(8.0, 100.0)])

    assert judge_measure(ONE_MINUTE, before).verdict == "kept"
    assert judge_measure(ONE_MINUTE, after).verdict == "broken"


def test_a_promise_instead_of_a_wait_is_kept_and_a_short_hold_is_no_matter():
    promised = heard("a:您好", "c:查用量", "a:查好再给您回")
    short = heard("a:您好", "c:查用量", holds=[(8.0, 60.0)])

    assert judge_measure(ONE_MINUTE, promised).verdict == "kept"
    assert judge_measure(ONE_MINUTE, short).verdict == "not_applicable"


def surname(*turns, customer=None):
    return judge_measure(SURNAME, heard(*turns, customer=customer))


def test_a_surname_on_the_screen_is_used_twice():
    found = surname("a:公孙女士您好", "c:嗯", "a:公孙女士，查到了", customer=SCREEN)

    assert (found.verdict, found.measured) == ("kept", 2)


def test_a_surname_used_once_is_too_little():
    found = surname("a:公孙女士您好", "c:嗯", "a:查到了", customer=SCREEN)

    assert (found.verdict, found.parts) == ("broken", ("used",))


def test_an_unknown_surname_must_be_asked():
    assert surname("a:您好", "c:问水价", "a:三块").parts == ("asked",)
    assert surname("a:您贵姓", "c:不方便说", "a:好的").verdict == "kept"


def test_a_volunteered_surname_needs_no_question():
    assert surname("a:您好", "c:我姓王", "a:王先生您好", "c:嗯", "a:王先生再见").verdict == "kept"


def test_half_a_compound_surname_is_wrong_until_somebody_apologises():
    wrong = ("a:孙女士您好", "c:我复姓公孙")

    left = surname(*wrong, "a:公孙女士，公孙女士您说", customer=SCREEN)
    mended = surname(*wrong, "a:抱歉，公孙女士，公孙女士您说", customer=SCREEN)

    assert (left.verdict, left.turn, left.parts) == ("broken", 0, ("apology",))
    assert mended.verdict == "kept"


def test_the_surname_of_the_record_is_wrong_when_the_caller_gives_another():
    record = CallerOnScreen("1", "王", "先生", "")
    turns = ("a:王先生您好", "c:我不姓王，我姓李")

    assert surname(*turns, "a:李先生，李先生您说", customer=record).parts == ("apology",)
    assert surname(*turns, "a:抱歉，李先生，李先生您说", customer=record).verdict == "kept"


def test_another_spelling_of_the_same_sound_is_not_a_wrong_surname():
    record = CallerOnScreen("1", "钮", "先生", "")

    assert surname("a:纽先生您好", "c:嗯", "a:纽先生再见", customer=record).verdict == "kept"


def test_a_colleague_named_by_post_is_nobody_s_wrong_surname():
    found = surname("a:公孙女士，我请值班经理来", "c:好", "a:公孙女士再见", customer=SCREEN)

    assert found.verdict == "kept"
