"""From a call to an answer: the owner sees it, hands it over, the next owner accepts it and answers."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from shouwen.adapters import system_clock
from shouwen.cases.models import Case, Handover
from shouwen.clocks.models import Clock
from tests import people
from tests.browser import PHONE, accessibility_faults, new_page


@pytest.fixture
def repair(site: str) -> Case:
    """A repair taken ten minutes ago by 王敏, with customer and home."""
    customer, premises = people.home()
    for code in people.DEPARTMENTS:
        people.department(code)
    for name in ("sun_li", "zhou_min", "zheng_lan"):
        people.staff(name)
    at = (system_clock.now() - timedelta(minutes=10)).replace(microsecond=0)
    return people.case(at=at, customer=customer, premises=premises, caller_phone="14077002093")


def test_a_hand_over_is_offered_seen_live_accepted_and_the_customer_answered(
    repair: Case, browser: Any, site: str, signed_in: Any, session_cookie: Any
) -> None:
    mine = signed_in(people.staff("wang_min"))
    with new_page(browser, base_url=site) as theirs:
        cookies = session_cookie(people.staff("sun_li")).items()
        theirs.context.add_cookies([{"name": n, "value": v, "url": site} for n, v in cookies])
        theirs.goto("/")
        assert "手上没有要办的事" in theirs.inner_text("main")

        mine.goto(f"/cases/{repair.number}/")
        mine.locator("details.sw-more summary").first.click()
        mine.get_by_role("button", name="移交").first.click()
        mine.get_by_label("部门或同事").select_option("department:repair")
        mine.get_by_label("交代").fill("控制板型号已记，老人卧床请轻声")
        mine.get_by_role("dialog").get_by_role("button", name="移交").click()
        mine.wait_for_url(f"**/cases/{repair.number}/")

        # The offer comes to the other screen by itself.
        theirs.get_by_role("button", name="接收").first.wait_for()
        theirs.get_by_role("button", name="接收").first.click()
        theirs.wait_for_url(f"**/cases/{repair.number}/")
        theirs.locator("details.sw-more summary").first.click()
        theirs.get_by_role("button", name="答复客户").first.click()
        theirs.get_by_label("答复内容").fill("控制板已换，热水器好了")
        theirs.get_by_role("dialog").get_by_role("button", name="记下答复").click()
        theirs.wait_for_url(f"**/cases/{repair.number}/")

        assert "控制板已换，热水器好了" in theirs.inner_text("main")
    repair.refresh_from_db()
    assert repair.owner == people.staff("sun_li")
    assert Handover.objects.get().state == Handover.State.ACCEPTED


def test_the_clock_board_says_why_a_promise_is_due_then(repair: Case, signed_in: Any) -> None:
    page = signed_in(people.staff("zhou_min"))
    page.goto("/clocks/")

    page.locator("tr[data-row]", has_text="6 小时").locator("[data-why]").click()
    drawer = page.locator("#why")
    drawer.get_by_text("从记录重算，结果一致").wait_for()

    clock = Clock.objects.get(rule_id="repair-handled-6h")
    assert clock.due_at is not None
    due = clock.due_at.astimezone(people.SHANGHAI)
    assert f"{due:%H:%M}" in drawer.inner_text()
    assert "时限 6 小时" in drawer.inner_text()
    assert accessibility_faults(page) == []


def test_a_phone_number_is_masked_until_it_is_asked_for(repair: Case, signed_in: Any) -> None:
    page = signed_in(people.staff("wang_min"))
    page.goto(f"/cases/{repair.number}/")
    assert "14077002093" not in page.content()

    page.get_by_role("button", name="显示").first.click()
    page.get_by_text("14077002093").wait_for()

    page.goto(f"/cases/{repair.number}/?show=reads")
    assert "看了客户电话" in page.inner_text("main")


def test_the_case_page_speaks_english(repair: Case, browser: Any, site: str, session_cookie: Any):
    with new_page(browser, base_url=site, language="en") as page:
        cookies = session_cookie(people.staff("wang_min")).items()
        page.context.add_cookies([{"name": n, "value": v, "url": site} for n, v in cookies])
        page.goto(f"/cases/{repair.number}/")

        text = page.inner_text("main")
        assert "residential" in text
        assert "Repair handled within 6" in text


def test_the_pages_are_accessible_and_fit_a_phone(
    repair: Case, browser: Any, site: str, session_cookie: Any
):
    cookies = session_cookie(people.staff("zhou_min")).items()
    for viewport in ({"width": 1366, "height": 768}, PHONE):
        with new_page(browser, base_url=site, viewport=viewport) as page:
            page.context.add_cookies([{"name": n, "value": v, "url": site} for n, v in cookies])
            for path in ("/", f"/cases/{repair.number}/"):
                page.goto(path)

                assert accessibility_faults(page) == [], path
                assert page.evaluate(
                    "document.documentElement.scrollWidth <= window.innerWidth"
                ), path


def test_an_offer_answered_by_somebody_else_is_told_with_the_name(
    repair: Case, signed_in: Any
) -> None:
    import uuid

    from shouwen.cases.operations import accept_handover, offer_handover

    now = datetime.now(UTC)  # noqa: TID251 - the journey runs in real time
    offer = offer_handover(
        act_id=uuid.uuid4(),
        case_id=repair.pk,
        by=repair.owner,
        to_department=people.department("repair"),
        note="灶打不着",
        at=now,
        now=now,
    )
    page = signed_in(people.staff("sun_li"))
    page.goto(f"/cases/{repair.number}/")
    accept = page.get_by_role("button", name="接收").first
    accept.wait_for()
    page.evaluate("window.stop()")
    accept_handover(
        act_id=uuid.uuid4(), handover_id=offer.pk, by=people.staff("gao_yan"), at=now, now=now
    )

    page.locator("form[action*='/accept/']").first.evaluate("form => form.submit()")
    page.wait_for_load_state("load")

    assert "高岩" in page.inner_text("main")
    assert Case.objects.select_related("owner").get(pk=repair.pk).owner.name == "高岩"
