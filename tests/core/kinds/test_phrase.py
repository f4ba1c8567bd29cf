"""Wording on a call: wanted lines, forbidden ones, and what only helps."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shouwen.core.clause import Words
from shouwen.core.kinds.phrase import PhraseVersion
from shouwen.core.kinds.phrase_heard import judge_phrase
from shouwen.core.listening import Heard
from shouwen.core.organisation import Signal
from tests.core.kinds.telephone import HEARING, SCREEN, TITLE, WATER, heard

LISTENING = replace(
    HEARING,
    negations=("不能", "不会"),
    quoting=("这话", "说的"),
    apologies=("抱歉", "对不起"),
    wait_requests=("稍等",),
    signals={
        **HEARING.signals,
        "thanks": Signal(title=TITLE, speaker="customer", any_of=("谢谢",), at="before_closing"),
        "repeats": Signal(title=TITLE, speaker="agent", any_of=("没听清",)),
        "complaint": Signal(title=TITLE, speaker="any", kinds=("complaint",)),
        "offer": Signal(title=TITLE, speaker="agent", any_of=("帮您",)),
        "upset": Signal(title=TITLE, speaker="customer", any_of=("气死",)),
    },
)
SITUATION = Words(zh="场合", en="situation")


def version(mode, says=(), **fields):
    return PhraseVersion(
        from_=date(2025, 1, 1), mode=mode, situation=SITUATION, says=says, **fields
    )


def judged(rule, *turns, **call):
    plain = heard(*turns, **call)
    return judge_phrase(rule, Heard(plain.call, WATER, LISTENING))


NOT_KNOWING = version(
    "forbidden",
    ("不知道", "不管"),
    also=("跟我们没关系",),
    not_in=("不知道您", "不管…还是"),
    made_good_by=("offer",),
    instead=("我马上帮您查。",),
)


def test_a_forbidden_line_breaks_and_names_words_turn_and_a_better_line():
    found = judged(NOT_KNOWING, "c:几点来水", "a:我不知道。")

    assert (found.verdict, found.turn) == ("broken", 1)
    assert "不知道" in found.why.zh
    assert "我马上帮您查。" in found.why.zh


@pytest.mark.parametrize(
    "turns",
    [
        pytest.param(("c:我不知道，你们不管吗", "a:您别急"), id="the customer says it"),
        pytest.param(("a:不知道您家几层？",), id="the same signs mean something else"),
        pytest.param(("a:不管白天还是晚上都有人",), id="a bridge in the other meaning"),
        pytest.param(("a:我们不会不管的",), id="it is turned round"),
        pytest.param(("a:他跟您说“不知道”是他的错",), id="it stands between quotation marks"),
        pytest.param(("a:不知道这话太不应该，向您说声对不起",), id="it is repeated to apologise"),
        pytest.param(("a:我不知道，我帮您问",), id="an offer follows in the same turn"),
        pytest.param(("a:您请讲",), id="nothing of the kind"),
    ],
)
def test_a_forbidden_line_does_not_break_where(turns):
    assert judged(NOT_KNOWING, *turns).verdict == "not_applicable"


def test_an_offer_in_another_turn_does_not_make_it_good():
    assert judged(NOT_KNOWING, "a:不知道", "c:那怎么办", "a:我帮您问").verdict == "broken"


def test_each_turn_in_which_it_falls_is_named():
    found = judged(NOT_KNOWING, "a:不知道", "c:那怎么办", "a:跟我们没关系")

    assert (found.turn, found.also_at) == (0, (2,))


def test_of_a_split_utterance_the_turn_with_the_words_is_named():
    assert judged(NOT_KNOWING, "c:喂", "a:这个", "a:不知道").turn == 2


def test_a_rule_may_count_calls_without_the_words_as_kept():
    clean = replace(NOT_KNOWING, unheard="kept")

    assert judged(clean, "a:您请讲").verdict == "kept"


def test_a_conversation_in_writing_is_judged_only_where_the_rule_is_meant_for_it():
    call = replace(heard("a:不知道").call, channel="text")
    on_calls = replace(NOT_KNOWING, places=("call",))

    assert judge_phrase(NOT_KNOWING, Heard(call, WATER, LISTENING)).verdict == "broken"
    assert judge_phrase(on_calls, Heard(call, WATER, LISTENING)).verdict == "not_applicable"


THANKS = version(
    "required", ("请别客气",), also=("不客气",), wanted_if=("thanks",), where="next_turn"
)


@pytest.mark.parametrize(
    ("turns", "verdict", "turn"),
    [
        (("a:好了", "c:谢谢", "a:不客气"), "kept", 2),
        (("a:好了", "c:谢谢", "a:手机上都有"), "broken", 2),
        (("a:好了", "c:哦", "a:不客气"), "not_applicable", None),
        (("a:好了", "c:谢谢", "a:好", "c:嗯嗯嗯", "a:不客气"), "broken", 2),
        (("a:感谢来电，再见", "c:谢谢，再见"), "not_applicable", None),
    ],
    ids=["answered", "not answered", "nobody thanked", "too late", "only the goodbye"],
)
def test_thanks_are_answered_in_the_next_turn(turns, verdict, turn):
    found = judged(THANKS, *turns)

    assert (found.verdict, found.turn) == (verdict, turn)


def test_every_time_counts_not_only_the_first():
    found = judged(THANKS, "c:谢谢", "a:不客气", "c:谢谢啊", "a:行")

    assert (found.verdict, found.turn) == ("broken", 3)


BEFORE_HOLD = version("required", ("请您稍等",), wanted_if=("held",), where="before")
AFTER_WAIT = version("required", ("让您久等了",), wanted_if=("waited",), where="after")


def test_a_hold_wants_a_request_before_and_an_apology_after_it():
    turns = ("a:请您稍等", "c:好", "a:让您久等了")

    assert judged(BEFORE_HOLD, *turns, holds=[(11.2, 11.9)]).turn == 0
    assert judged(AFTER_WAIT, *turns, holds=[(11.2, 11.9)]).turn == 2


def test_a_hold_without_a_word_breaks_both():
    turns = ("a:我看看", "c:好", "a:查到了")

    assert judged(BEFORE_HOLD, *turns, holds=[(11.2, 11.9)]).verdict == "broken"
    assert judged(AFTER_WAIT, *turns, holds=[(11.2, 11.9)]).verdict == "broken"


def test_an_answer_is_late_from_the_second_that_the_pack_sets():
    assert judged(AFTER_WAIT, "a:您好", answered=14.9).verdict == "not_applicable"
    assert judged(AFTER_WAIT, "a:您好", answered=15.0).verdict == "broken"


REPEAT = version(
    "required",
    ("很对不起，我没听清",),
    also=("对不起",),
    never=("^啥",),
    not_in=("^啥时候",),
    wanted_if=("repeats",),
    where="same_turn",
)


@pytest.mark.parametrize(
    ("turn", "verdict"),
    [
        ("a:很对不起，我没听清。", "kept"),
        ("a:没听清，对不起您再说", "kept"),
        ("a:没听清，再说一遍", "broken"),
        ("a:啥？", "broken"),
        ("a:啥时候坏的", "not_applicable"),
        ("a:坏的是啥", "not_applicable"),
    ],
)
def test_asking_to_repeat_needs_an_apology_in_the_same_turn(turn, verdict):
    assert judged(REPEAT, "c:幺零二", turn).verdict == verdict


NAMED = version("required", ("{surname}先生", "{surname}女士"), wanted_if=("surname_known",))


def test_a_surname_is_known_by_its_sound_and_wanted_only_where_it_is_known():
    assert judged(NAMED, "a:宫孙女士，您说", customer=SCREEN).verdict == "kept"
    assert judged(NAMED, "a:您说", customer=SCREEN).verdict == "broken"
    assert judged(NAMED, "a:您说").verdict == "not_applicable"


TRANSFER = version(
    "required",
    ("请稍等！我将与××部门联系",),
    all_of=(("稍等",), ("部门",), ("答复",)),
    wanted_if=("transferred",),
)


def test_what_is_missing_of_several_things_is_named():
    found = judged(TRANSFER, "a:我转给收费部门，请稍等", cause="transferred")

    assert found.verdict == "broken"
    assert "答复" in found.why.zh
    assert "稍等" not in found.why.zh


def test_without_a_situation_that_can_be_heard_only_hearing_the_line_counts():
    greeting = version("required", ("您好",))

    assert judged(greeting, "a:您好").verdict == "kept"
    assert judged(greeting, "a:喂").verdict == "not_applicable"


def test_the_last_word_counts_where_the_rule_says_so():
    calm = version(
        "required", ("我理解",), never=("您这人",), wanted_if=("upset",), where="from_then",
        last_counts=True,
    )  # fmt: skip

    assert judged(calm, "c:气死了", "a:您这人", "c:你", "a:我理解").verdict == "kept"
    assert judged(calm, "c:气死了", "a:我理解", "c:你", "a:您这人").verdict == "broken"
    assert judged(calm, "c:气死了", "a:四十六块").verdict == "broken"


def test_guidance_counts_when_heard_and_never_breaks():
    soft = version("guidance", ("您能……吗",), never=("你去关",))

    assert judged(soft, "a:您能把阀门关一下吗").verdict == "kept"
    assert judged(soft, "a:你去关").verdict == "not_applicable"


# --- laws

WORDS_OF_ALL = st.sampled_from(
    ["不知道", "不管", "跟我们没关系", "您好", "气费", "不客气", "啥", "没听清", "我理解", "什么"]
)
SENTENCES = st.lists(WORDS_OF_ALL, min_size=1, max_size=4).map("".join)
POLITE = st.sampled_from(["您好", "请您稍等", "感谢您的来电", "很抱歉", "不客气", "我帮您查"])
RULES = st.sampled_from([NOT_KNOWING, replace(NOT_KNOWING, unheard="kept")])


@given(rule=RULES, said=st.lists(SENTENCES, max_size=5))
def test_no_word_of_the_customer_breaks_a_forbidden_line(rule, said):
    turns = [line for text in said for line in ("c:" + text, "a:您请讲")]

    assert judged(rule, "a:您好", *turns).verdict != "broken"


@given(rule=RULES, said=SENTENCES, polite=POLITE, first=st.booleans())
def test_more_politeness_never_breaks_what_was_not_broken(rule, said, polite, first):
    text = polite + said if first else said + polite

    if judged(rule, "c:喂", "a:" + said).verdict != "broken":
        assert judged(rule, "c:喂", "a:" + text).verdict != "broken"
    assert judged(rule, "c:喂", "a:" + polite).verdict != "broken"


@given(
    rule=st.sampled_from([NOT_KNOWING, THANKS, REPEAT, NAMED]),
    said=st.lists(SENTENCES, min_size=1, max_size=5),
)
def test_a_call_is_judged_the_same_every_time_and_only_broken_at_the_agents_turns(rule, said):
    turns = [("a:" if i % 2 else "c:") + text for i, text in enumerate(said)]

    once, again = judged(rule, *turns), judged(rule, *turns)

    assert once == again
    if once.verdict == "broken" and rule is not NAMED:
        assert turns[once.turn].startswith("a:")


@given(said=SENTENCES)
def test_stops_hide_nothing_that_is_heard_without_them(said):
    spaced = "，".join(said) + "？"

    if judged(NOT_KNOWING, "a:" + said).verdict == "broken":
        assert judged(NOT_KNOWING, "a:" + spaced).verdict == "broken"
