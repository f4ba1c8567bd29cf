"""The dispatcher sends somebody by keyboard and by mouse, two at once, and an alarm rings until accepted."""

import time
import uuid
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from shouwen.access.roles import Role
from shouwen.adapters import system_clock
from shouwen.fieldwork import operations
from shouwen.fieldwork.models import Order, TechnicianProfile
from shouwen.people.models import Line, Shift, Staff
from tests import people
from tests.browser import PHONE, accessibility_faults, new_page


@pytest.fixture
def crew(site: str) -> list[Staff]:
    """Three people on duty; the nearest by skill is 李强."""
    for code in people.DEPARTMENTS:
        people.department(code)
    return [
        on_duty("3305", "李强", "cooker", "emergency"),
        on_duty("3306", "孙立", "meter"),
        on_duty("3307", "高岩", "cooker", "piping"),
    ]


def on_duty(number: str, name: str, *skills: str) -> Staff:
    """Somebody in the field whose shift runs now."""
    now = system_clock.now()
    line, _ = Line.objects.get_or_create(code="repair", defaults={"name_zh": "维修"})
    person = Staff.objects.create_staff(
        staff_no=number, name=name, password=None, department=people.department("repair"),
        roles={Role.TECHNICIAN},
    )  # fmt: skip
    TechnicianProfile.objects.create(staff=person, skills=list(skills))
    Shift.objects.create(
        id=uuid.uuid4(), staff=person, line=line, starts_at=now - timedelta(hours=2),
        ends_at=now + timedelta(hours=8),
    )  # fmt: skip
    return person


def waiting(kind: str = "repair", **known: Any) -> Order:
    """An order of a case that was just reported."""
    case = people.case(kind=kind, at=system_clock.now() - timedelta(minutes=5), **known)
    return Order.objects.get(case=case)


@pytest.fixture
def board(crew: list[Staff], signed_in: Any) -> Any:
    """The dispatcher's page; opened by the test, when its orders are there."""
    return signed_in(people.staff("zhou_min"))


@pytest.fixture
def second(crew: list[Staff], site: str, browser: Any, session_cookie: Any) -> Iterator[Any]:
    """The page of another dispatcher."""
    other = Staff.objects.create_staff(
        staff_no="2017", name="吴昊", password=None, roles={Role.DISPATCHER}
    )
    with new_page(browser, base_url=site) as page:
        page.context.add_cookies(
            [{"name": n, "value": v, "url": site} for n, v in session_cookie(other).items()]
        )
        yield page


def settled(page: Any) -> None:
    """The live stream has begun."""
    page.wait_for_function("() => document.querySelector('[data-part]') !== null")
    page.wait_for_timeout(300)


def test_a_job_is_given_by_keyboard_alone(board: Any, crew: list[Staff]) -> None:
    first, other = waiting(leaf="F01"), waiting(leaf="F05")
    board.goto("/dispatch/")
    settled(board)
    assert accessibility_faults(board) == []

    board.keyboard.press("ArrowDown")
    board.wait_for_function(f"() => document.querySelector('[data-part=\"{other.pk}\"]')")
    board.keyboard.press("ArrowUp")
    board.wait_for_function(f"() => document.querySelector('[data-part=\"{first.pk}\"]')")
    board.keyboard.press("d")
    board.keyboard.press("ArrowDown")
    chosen = board.locator("[data-picked]").get_attribute("data-lane")
    board.keyboard.press("Enter")

    board.locator(f"[data-lane='{chosen}'] [data-order='{first.pk}']").wait_for()
    first.refresh_from_db()
    assert first.assignee is not None
    assert first.assignee.staff_no == chosen


def test_a_job_is_dragged_onto_a_day(board: Any, crew: list[Staff]) -> None:
    order = waiting(leaf="F01")
    board.goto("/dispatch/")
    settled(board)

    board.drag_and_drop(f"[data-job='{order.pk}']", "[data-lane='3307'] .sw-lane__bg")

    board.locator(f"[data-lane='3307'] [data-order='{order.pk}']").wait_for()
    order.refresh_from_db()
    assert order.assignee == crew[2]


def test_a_day_that_cannot_take_it_takes_nothing(board: Any, crew: list[Staff]) -> None:
    order = waiting(leaf="F01")
    board.goto("/dispatch/")
    settled(board)

    board.drag_and_drop(f"[data-job='{order.pk}']", "[data-lane='3306'] .sw-lane__bg")

    board.get_by_text("派不了孙立").wait_for()
    order.refresh_from_db()
    assert order.state == "waiting"


def test_of_two_dispatchers_the_second_is_told_who_and_when(
    board: Any, second: Any, crew: list[Staff]
) -> None:
    order = waiting(leaf="F01")
    board.goto("/dispatch/")
    settled(board)
    second.goto("/dispatch/")
    settled(second)
    second.evaluate(
        "() => document.addEventListener('sw:changed', (e) => e.stopImmediatePropagation(), true)"
    )

    board.get_by_role("button", name="派给李强").click()
    board.locator(f"[data-lane='3305'] [data-order='{order.pk}']").wait_for()
    second.get_by_role("button", name="派给李强").click()

    told = second.locator("#dispatch-told")
    told.get_by_text("周敏 2016").wait_for()
    assert "派给李强" in told.inner_text()
    assert order.assignments.count() == 1


def test_what_one_does_the_other_sees_at_once(board: Any, second: Any, crew: list[Staff]) -> None:
    order = waiting(leaf="F01")
    for page in (board, second):
        page.goto("/dispatch/")
        settled(page)

    board.get_by_role("button", name="派给李强").click()
    board.locator(f"[data-lane='3305'] [data-order='{order.pk}']").wait_for()
    started = time.monotonic()
    second.locator(f"[data-lane='3305'] [data-order='{order.pk}']").wait_for()

    assert time.monotonic() - started < 3
    assert second.get_by_text("没有要派的").is_visible()


def test_an_alarm_rings_until_it_is_accepted(
    board: Any, crew: list[Staff], site: str, browser: Any, session_cookie: Any
) -> None:
    order = waiting("alarm")
    operations.page(order_id=order.pk, step=0, now=system_clock.now())
    board.goto("/dispatch/")
    settled(board)
    board.get_by_text("还没派人 · 催了 1 次").wait_for()
    board.get_by_role("button", name="派给李强").click()
    board.get_by_text("已派李强，等接单").first.wait_for()

    with new_page(browser, base_url=site, viewport=PHONE) as phone:
        phone.context.add_cookies(
            [{"name": n, "value": v, "url": site} for n, v in session_cookie(crew[0]).items()]
        )
        phone.goto("/")
        phone.get_by_text("派给您了，请接单出发").wait_for()
        phone.get_by_role("button", name="接单").click()
        phone.wait_for_load_state()

    board.get_by_text("没有要派的").wait_for()
    order.refresh_from_db()
    assert order.state == "accepted"
