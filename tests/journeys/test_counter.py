"""A customer comes to the hall: from the ticket to the farewell, and a leak told at the counter."""

from datetime import timedelta
from typing import Any

import pytest

from shouwen.adapters import system_clock
from shouwen.cases.models import Case, Handover
from shouwen.counter.at_counter import finished
from shouwen.counter.models import Ticket
from shouwen.customers.operations import index_missing
from shouwen.journal.models import Entry
from tests import people
from tests.apps.counter.hall import clerk
from tests.browser import PHONE, accessibility_faults, new_page


@pytest.fixture
def hall(site: str) -> Any:
    """A clerk, the departments, a customer of the register; whatever the hour, tickets are given."""
    for code in (*people.DEPARTMENTS, "hall"):
        people.department(code)
    people.home()
    index_missing()
    return clerk()


def waiting(business: str = "opinion", *, minutes: float = 8) -> Ticket:
    """Somebody took a number some minutes ago, in opening hours or not."""
    from shouwen.counter.queries import today

    now = system_clock.now()
    at = now - timedelta(minutes=minutes)
    return Ticket.objects.create(
        id=f"01890000-0000-7000-8000-{Ticket.objects.count():012d}",
        day=today(now),
        number=f"E{Ticket.objects.count() + 1:03d}",
        business=business,
        taken_at=at,
        queued_at=at,
    )


def press(page: Any, name: str) -> None:
    page.get_by_role("button", name=name).first.click()
    page.wait_for_load_state()


def at_counter(page: Any) -> Any:
    """The clerk sits down at the first counter."""
    page.goto("/counter/")
    page.get_by_label("窗口", exact=True).select_option("1")
    press(page, "坐到这个窗口")
    return page


def test_a_walk_in_from_the_call_to_the_farewell(hall: Any, signed_in: Any) -> None:
    waiting()
    page = at_counter(signed_in(hall))
    assert accessibility_faults(page) == []

    page.keyboard.press("F2")
    page.get_by_text("等客户走到窗口").wait_for()
    page.keyboard.press("F2")
    page.get_by_text("起来问好").first.wait_for()
    for following in ("等过的先致歉", "征询来意", "按来意分类"):
        page.keyboard.press("Enter")
        page.locator("li[aria-current=step]", has_text=following).wait_for()
    press(page, "投诉")
    page.fill("#ct-find", "青梧里 3-1-502")
    page.locator(".sw-hall-pick").first.click()
    page.get_by_text("青梧里 3号楼1单元502").first.wait_for()
    page.fill("#ct-caller_phone", "14077002093")
    page.fill("#ct-said", "约好九点上门，十一点才来")
    press(page, "存记录")
    assert accessibility_faults(page) == []
    page.locator("#ct-to").select_option("quality")
    page.fill("#ct-words", "上门迟到两小时，客户要求答复")
    press(page, "转交部门")
    page.keyboard.press("F10")
    page.get_by_text("我今天接待的").wait_for()

    case = Case.objects.get()
    assert (case.channel, case.kind, case.first_asked) == ("hall", "complaint", hall)
    assert case.customer is not None
    assert not case.gaps.filter(filled_at__isnull=True, code__in=["name", "phone"]).exists()
    assert Handover.objects.get().to_department == people.department("quality")
    [told] = finished(viewer=hall, now=system_clock.now())
    assert told.phrased.broken == 0
    assert Entry.objects.get(kind="contact.began").data["waited"] >= 480


def test_a_leak_told_at_the_ticket_machine_is_called_first_and_sent_with_one_key(
    hall: Any, signed_in: Any
) -> None:
    waiting()
    page = signed_in(hall)
    page.goto("/counter/tickets/new")
    assert accessibility_faults(page) == []
    page.get_by_role("button", name="漏气").click()
    page.get_by_text("马上请您到窗口").wait_for()
    at_counter(page)
    page.keyboard.press("F2")
    page.get_by_text("等客户走到窗口").wait_for()
    page.keyboard.press("F2")
    page.locator(".sw-safety").wait_for()

    page.locator("main [data-key=F9]").click()
    page.get_by_text("已提交，等").wait_for()

    assert Ticket.objects.get(state="serving").business == "leak"
    assert Case.objects.get().kind == "alarm"
    assert Handover.objects.get().to_department == people.department("emergency")
    safety = page.locator(".sw-safety").bounding_box()
    assert safety["y"] < 260  # before anything else


def test_the_machine_the_ticket_and_the_display_fit_a_small_screen(
    hall: Any, browser: Any, site: str, session_cookie: Any
) -> None:
    waiting()
    with new_page(browser, base_url=site, language="en", viewport=PHONE) as page:
        cookies = session_cookie(hall).items()
        page.context.add_cookies([{"name": n, "value": v, "url": site} for n, v in cookies])
        for path in ("/counter/", "/counter/tickets/new", "/counter/?wall"):
            page.goto(path)
            width = page.evaluate("document.documentElement.scrollWidth - innerWidth")
            assert width <= 0, path
            assert accessibility_faults(page) == []
