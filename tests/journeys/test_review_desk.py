"""The review desk: calls are drawn, one is reviewed, the figure follows, the agent appeals, somebody decides."""

from datetime import timedelta
from typing import Any

import pytest

from shouwen.adapters import system_clock
from shouwen.clocks.models import Ruling
from shouwen.hotline.models import Call
from shouwen.hotline.operations import replay
from shouwen.review.models import Appeal
from shouwen.ui.wording import local_day
from tests.apps.review.reviewed import reviewer
from tests.browser import PHONE, accessibility_faults, new_page
from tests.calls import lines, samples, take_up_posts

RULE = "rules-are-rules"


@pytest.fixture
def call(site: str) -> Call:
    """A call with some findings, spoken just now."""
    take_up_posts()
    replay(lines=lines(samples()["S18"]), at="now", now=system_clock.now)
    return Call.objects.select_related("staff").get()


def verdict(call: Call) -> str:
    return Ruling.objects.get(subject_id=call.pk, rule_id=RULE).verdict


def press(page: Any, name: str) -> None:
    page.locator("button:visible", has_text=name).first.click()


def decided(page: Any, n: int) -> None:
    page.locator(".sw-rv-turns", has_text=f"判过 {n} /").wait_for()


def test_from_the_draw_to_the_appeal(call: Call, signed_in: Any, session_cookie: Any) -> None:
    page = signed_in(reviewer())
    draw(page, call)
    page.locator(".sw-qitem").first.click()
    page.get_by_role("heading", name="评分表").wait_for()
    assert accessibility_faults(page) == []

    judge_by_keyboard(page)
    assert verdict(call) == "missed"
    score_and_send(page)
    assert verdict(call) == "met"

    appeal(page, session_cookie, call)
    page.context.clear_cookies()
    decide(signed_in(reviewer("7002", "郑岚")))
    made = Appeal.objects.select_related("decision").get()
    assert made.outcome == "corrected"
    ruling = Ruling.objects.get(
        subject_id=call.pk, rule_id=made.decision.rule_id, ordinal=made.decision.number
    )
    assert ruling.verdict == "met"


def draw(page: Any, call: Call) -> None:
    page.goto("/review/")
    press(page, "抽取")
    day = local_day(call.rang_at)
    page.get_by_label("从", exact=True).fill((day - timedelta(days=1)).isoformat())
    page.get_by_label("到（含）").fill(day.isoformat())
    page.locator("#ask-draw button.btn-primary").click()


def judge_by_keyboard(page: Any) -> None:
    """Y agrees and goes on to the next; the finding of RULE is refused."""
    total = page.locator("[data-panel-of][data-stop]").count()
    for n in range(1, total + 1):
        page.locator("[data-panel-of]:not([hidden])", has_text="等人判").wait_for()
        if page.locator(f"[data-panel-of^='{RULE}.']:not([hidden])").count():
            page.keyboard.press("n")
            dialog = page.locator(".sw-ask:popover-open")
            dialog.get_by_label("理由").select_option("misheard")
            dialog.locator("button.btn-primary").click()
        else:
            page.keyboard.press("y")
        page.locator(".sw-rv-turns", has_text=f"判过 {n} /").wait_for()


def score_and_send(page: Any) -> None:
    for place in (0, 1):
        given = page.locator(".sw-rv-give").nth(place)
        given.get_by_role("button", name="4").click()
        given.locator("[aria-pressed=true]").wait_for()
    press(page, "发给坐席")
    page.get_by_text("已发给坐席").first.wait_for()


def decide(page: Any) -> None:
    page.goto("/review/")
    page.locator(".sw-qitem", has_text="我停下来等了").click()
    press(page, "改判")
    dialog = page.locator(".sw-ask:popover-open")
    dialog.get_by_label("理由").select_option("misheard")
    dialog.get_by_label("给坐席的答复").fill("听过了，改过来")
    dialog.locator("button.btn-primary").click()
    page.get_by_text("听过了，改过来").first.wait_for()


def appeal(page: Any, session_cookie: Any, call: Call) -> None:
    """The agent reads the result on a telephone's width and does not agree with one finding."""
    url = page.url.split("/review/")[0]
    with new_page(page.context.browser, base_url=url, viewport=PHONE) as phone:
        for name, value in session_cookie(call.staff).items():
            phone.context.add_cookies([{"name": name, "value": value, "url": url}])
        phone.goto("/review/mine/")
        phone.locator(".sw-qitem").first.click()
        assert accessibility_faults(phone) == []
        press(phone, "申诉")
        dialog = phone.locator(".sw-ask:popover-open")
        dialog.get_by_label("理由").fill("我停下来等了")
        dialog.locator("button.btn-primary").click()
        phone.get_by_text("由没参与复核的人定").first.wait_for()
