"""A call while it is spoken: the softer line comes as the words fall, over nothing, and takes no focus."""

import sys
import time
from typing import Any

from tests import people
from tests.browser import accessibility_faults
from tests.calls_played import PlayedCall, answered

GREETING = "您好，安泰燃气公司，请问有什么可以帮到您？"
SOFTER = "我理解您着急，我现在就帮您催一下。"
HEARD = ".sw-assist__tip--warn"


def hurried(call: PlayedCall) -> None:
    call.is_said("agent", GREETING)
    call.is_said("customer", "能不能快点啊，家里做不了饭")


def on_top(desk: Any, selector: str) -> bool:
    """Whether nothing lies over an element."""
    found: bool = desk.evaluate(
        """(at) => { const box = document.querySelector(at).getBoundingClientRect();
        const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
        return document.querySelector(at).contains(top); }""",
        selector,
    )
    return found


def test_a_forbidden_line_in_other_words_brings_the_softer_one(desk: Any, agent: Any) -> None:
    people.home()
    call = PlayedCall(agent)
    answered(desk, call)
    hurried(call)
    desk.get_by_text("做不了饭").wait_for()
    desk.locator("#ck-note").fill("家里有老人")
    desk.locator("#ck-note").focus()

    began = time.perf_counter()
    call.is_said("agent", "您催我有啥用，前面还排着好几户呢")
    taken = time.perf_counter()
    desk.locator(HEARD).get_by_text(SOFTER).wait_for()
    shown = time.perf_counter()

    sys.stdout.write(
        f"\nfrom the utterance to the screen: {shown - began:.2f} s"
        f" ({taken - began:.3f} s to the database)\n"
    )
    assert shown - began < 3
    assert desk.evaluate("document.activeElement.id") == "ck-note"
    assert desk.input_value("#ck-note") == "家里有老人"
    assert "我理解您着急" in desk.locator("[data-advised]").inner_text()
    assert accessibility_faults(desk) == []


def test_a_tip_that_is_put_away_stays_away_and_all_of_them_can_be_folded(
    desk: Any, agent: Any
) -> None:
    call = PlayedCall(agent)
    answered(desk, call)
    hurried(call)
    call.is_said("agent", "您催我有啥用，前面还排着好几户呢")
    desk.locator(HEARD).get_by_role("button", name="不用提示").click()
    desk.locator(HEARD).wait_for(state="hidden")

    call.is_said("customer", "你怎么说话呢")
    desk.get_by_text("你怎么说话呢").wait_for()
    assert desk.locator(HEARD).is_hidden()

    desk.get_by_role("button", name="收起").click()
    desk.locator(".sw-assist__body").wait_for(state="hidden")
    desk.reload()
    desk.get_by_role("button", name="展开").click()
    desk.locator(".sw-assist__body").wait_for()


def test_on_an_alarm_nothing_lies_over_the_safety_words_and_the_key(desk: Any, agent: Any) -> None:
    people.home()
    call = PlayedCall(agent)
    answered(desk, call)
    desk.keyboard.press("F9")
    desk.get_by_role("button", name="撤回").click()
    desk.get_by_role("button", name="立即派警").wait_for()

    hurried(call)
    call.is_said("agent", "您催我有啥用，您先把表前阀关了")
    desk.locator(HEARD).get_by_text(SOFTER).wait_for()

    assert on_top(desk, ".sw-safety")
    assert on_top(desk, "#ck-dispatch")
    desk.keyboard.press("F9")
    desk.locator(".sw-ck-sent").wait_for()


def test_an_upset_customer_brings_the_calming_line_and_a_term_its_plain_word(
    desk: Any, agent: Any
) -> None:
    call = PlayedCall(agent)
    answered(desk, call)
    call.is_said("agent", GREETING)
    call.is_said("customer", "你们太气人了，什么态度")
    desk.get_by_text("我理解您的心情，我来帮您处理。").first.wait_for()

    call.is_said("agent", "我理解您的心情，实在抱歉，您看一下灶前阀开没开。")

    desk.locator(".sw-assist").get_by_text("灶下面软管接着的小开关").wait_for()
    assert desk.locator(".sw-assist").get_by_text("我理解您的心情").count() == 0
