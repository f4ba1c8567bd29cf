"""A call judged while it is spoken: the same findings as afterwards, and a better wording at once."""

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shouwen.core.calls import CallerOnScreen, CallEvent, CallRecord, Turn, parse_call
from shouwen.demo.callers import SAMPLE_CALLS
from shouwen.standard.judging import judge_calls
from shouwen.standard.live_assist import Listening
from shouwen.standard.locations import default_pack_path
from shouwen.standard.pack import load_pack
from tests import written

PACK = load_pack(default_pack_path())
CALLS = [parse_call(json.loads(line)) for line in SAMPLE_CALLS.read_text("utf-8").splitlines()]
CALLS += [parse_call(call) for call in written.calls("calls_c.txt")]
GREETED = ("agent", "您好，安泰燃气公司，请问有什么可以帮到您？")
KNOWN = CallerOnScreen("14077002319", "荆", "女士", "汶泽雅苑6号楼2单元404")


def call(*said, kind="consultation", customer=None, ended=False, holds=()):
    """A call under way: each turn takes three seconds, a second apart."""
    turns = tuple(
        Turn(4.0 + 4 * place, 7.0 + 4 * place, who, text) for place, (who, text) in enumerate(said)
    )
    events = [CallEvent(0, "ring"), CallEvent(3, "answer")]
    events += [CallEvent(at, what) for at, what in holds]
    events += [CallEvent(5.0 + 4 * len(said), "hangup", "customer")] if ended else []
    return CallRecord(
        call_id="L1",
        direction="inbound",
        kind=kind,
        started_at=datetime(2026, 10, 9, 6, 0, tzinfo=UTC),
        staff_no="1031",
        customer=customer,
        events=tuple(events),
        turns=turns,
    )


def advice(*said, **how):
    return Listening(PACK, call(*said, **how)).advice


def tips(*said, **how):
    return {tip.rule_id: tip for tip in advice(*said, **how).tips}


def prefix_of(whole, count):
    """The call as it stood when its so manieth turn was finished."""
    until = whole.turns[count - 1].end if count else 0.0
    return replace(
        whole,
        turns=whole.turns[:count],
        events=tuple(event for event in whole.events if event.t <= until),
    )


@settings(max_examples=60, deadline=None)
@given(which=st.integers(0, len(CALLS) - 1), data=st.data())
def test_at_any_moment_the_findings_are_those_of_the_whole_engine(which, data) -> None:
    whole = CALLS[which]
    count = data.draw(st.integers(0, len(whole.turns)))
    so_far = prefix_of(whole, count)
    listening = Listening(PACK, replace(so_far, turns=(), events=()))
    for event in data.draw(st.permutations(so_far.events)):
        listening = listening.told(event)
    for turn in so_far.turns:
        listening = listening.heard(turn)

    said = judge_calls(pack=PACK, call=so_far)

    advised = listening.advice
    assert {*advised.findings} | {*advised.pending} == {*said}
    assert all(finding.verdict == "broken" for finding in advised.pending)
    assert not {*advised.findings} & {*advised.pending}


@pytest.mark.parametrize("whole", CALLS[:24], ids=lambda each: each.call_id)
def test_a_call_that_is_over_leaves_nothing_open(whole) -> None:
    advised = Listening(PACK, whole).advice

    assert advised.findings == judge_calls(pack=PACK, call=whole)
    assert (advised.pending, advised.tips) == ((), ())


def test_what_is_said_late_takes_its_place() -> None:
    said = call(GREETED, ("customer", "问气费"), ("agent", "四十六块。"))
    in_order = Listening(PACK, said)
    mixed = Listening(PACK, replace(said, turns=()))
    for place in (2, 0, 1):
        mixed = mixed.heard(said.turns[place])

    assert mixed.call == in_order.call


def test_a_closing_that_was_not_said_yet_is_no_breach() -> None:
    said = (GREETED, ("customer", "我问一下气费"), ("agent", "荆女士，一共四十六块。"))
    advised = advice(*said, customer=KNOWN)

    assert "closing-line" not in {f.rule_id for f in advised.findings if f.verdict == "broken"}
    assert {"address-confirmed", "surname-used"} <= {f.rule_id for f in advised.pending}
    over = advice(*said, customer=KNOWN, ended=True)
    assert "closing-line" in {f.rule_id for f in over.findings if f.verdict == "broken"}


def test_the_softer_line_comes_with_the_words_that_fell() -> None:
    tip = tips(GREETED, ("customer", "能不能快点"), ("agent", "您急也没用，前面还排着好几家呢。"))[
        "no-use-hurrying"
    ]

    assert (tip.what, tip.turn, tip.clause) == ("soften", 2, "4.5.5")
    assert "急也没用" in tip.heard
    assert tip.says[0] == "我理解您着急，我现在就帮您催一下。"


def test_the_softer_line_goes_when_the_agent_speaks_on() -> None:
    said = (
        GREETED, ("customer", "能不能快点"), ("agent", "您急也没用，前面还排着好几家呢。"),
        ("customer", "哦"), ("agent", "我理解您着急，我现在就帮您催一下。"),
    )  # fmt: skip

    assert "no-use-hurrying" not in tips(*said)
    assert "no-use-hurrying" in {f.rule_id for f in advice(*said).findings}


def test_nothing_is_softened_that_the_customer_says() -> None:
    assert not [
        tip for tip in tips(GREETED, ("customer", "急也没用是吧")).values() if tip.what == "soften"
    ]


def test_a_trade_term_brings_its_plain_wording() -> None:
    tip = tips(GREETED, ("customer", "灶打不着"), ("agent", "您看一下灶前阀开没开。"))[
        "plain-words"
    ]

    assert (tip.what, tip.heard, tip.says) == ("plain", "灶前阀", ("灶下面软管接着的小开关",))


@pytest.mark.parametrize(
    "said", ["灶前阀，就是灶下面软管接着的小开关，您看一下。", "您看一下灶下面的小开关。"]
)
def test_an_explained_term_or_none_brings_nothing(said) -> None:
    assert "plain-words" not in tips(GREETED, ("customer", "灶打不着"), ("agent", said))


def test_an_upset_customer_brings_the_calming_line_until_it_is_said() -> None:
    upset = (GREETED, ("customer", "你们太气人了，什么态度"))

    tip = tips(*upset)["upset-caller-calmed"]
    assert (tip.what, tip.says) == ("say", ("我理解您的心情，我来帮您处理。",))
    calmed = ("agent", "我理解您的心情，我来帮您处理，实在抱歉。")
    assert "upset-caller-calmed" not in tips(*upset, calmed)


def test_thanks_are_answered_in_the_next_words() -> None:
    thanked = (GREETED, ("customer", "那可真谢谢你们"))

    assert tips(*thanked)["answering-thanks"].says[0] == "请别客气"
    assert "answering-thanks" not in tips(*thanked, ("agent", "您不用客气。"))


def test_the_surname_is_asked_for_and_then_counted() -> None:
    said = [GREETED, ("customer", "我问一下气费"), ("agent", "好的，我看看。")]
    assert (tips(*said)["surname-used"].heard, tips(*said)["surname-used"].count) == ("", 0)

    said += [("customer", "我姓操"), ("agent", "操先生，您说的是上个月的吧。")]
    tip = tips(*said)["surname-used"]
    assert (tip.what, tip.heard, tip.count, tip.of) == ("name", "操", 1, 2)

    said += [("customer", "对"), ("agent", "操先生，一共四十六块。")]
    assert "surname-used" not in tips(*said)


def test_a_hold_that_was_not_announced_shows_and_after_it_the_apology_is_due() -> None:
    said = (GREETED, ("customer", "查下我上月的气费"), ("agent", "我看看啊。"))
    held = (16.0, "hold")

    assert tips(*said, holds=[held])["asking-to-wait"].says[0] == "请您稍等"
    asked = (*said[:2], ("agent", "好的，请您稍等。"))
    assert "asking-to-wait" not in tips(*asked, holds=[held])
    back = tips(*asked, holds=[held, (40.0, "resume")])
    assert back["after-a-wait"].says[0] == "对不起，让您久等了"


def test_a_tip_keeps_its_name_while_it_is_the_same() -> None:
    said = (GREETED, ("customer", "能不能快点"), ("agent", "您急也没用。"))
    first = tips(*said)["no-use-hurrying"]

    assert tips(*said, ("customer", "你说什么"))["no-use-hurrying"].id == first.id
