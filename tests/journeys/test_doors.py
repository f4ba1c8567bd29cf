"""At the doors: a second factor, a passkey, the lock that keeps what was typed, an alarm from a desk."""

import re
import time
from datetime import timedelta
from typing import Any

import pytest

from shouwen.adapters import system_clock
from shouwen.cases.models import Case, Handover
from shouwen.custody import factors
from shouwen.custody.models import SignIn
from tests import people
from tests.browser import DESKTOP, PHONE, accessibility_faults, new_page
from tests.people import PASSWORD, staff


def sign_in(page: Any, number: str) -> None:
    page.goto("/sign-in/")
    page.get_by_label("工号").fill(number)
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()


def test_a_manager_sets_an_authenticator_app_up_and_signs_in_with_its_code(
    page: Any, browser: Any, site: str
) -> None:
    manager = staff("chen", password=PASSWORD)

    sign_in(page, manager.staff_no)
    page.wait_for_url("**/sign-in/set-up/**")
    assert accessibility_faults(page) == []
    secret = page.locator(".sw-door__secret").inner_text().replace(" ", "")
    first = factors.totp_code(secret, now=system_clock.now() - timedelta(seconds=factors.STEP))
    page.get_by_label("验证码").fill(first)
    page.get_by_role("button", name="设好了").click()
    page.locator(".sw-door__codes li").nth(9).wait_for()
    assert accessibility_faults(page) == []
    page.get_by_role("link", name="已经记好，继续").click()
    page.wait_for_url(f"{site}/")

    with new_page(browser, base_url=site) as again:
        sign_in(again, manager.staff_no)
        again.wait_for_url("**/sign-in/code/**")
        assert accessibility_faults(again) == []
        again.get_by_label("验证码").fill(factors.totp_code(secret, now=system_clock.now()))
        again.get_by_role("button", name="验证").click()
        again.wait_for_url(f"{site}/")


def test_a_passkey_is_made_and_stands_for_the_code(browser: Any, site: str) -> None:
    staff("sun_li", password=PASSWORD)
    local = site.replace("127.0.0.1", "localhost")  # passkeys belong to names, not to addresses

    with new_page(browser, base_url=local) as opened:
        wire = opened.context.new_cdp_session(opened)
        wire.send("WebAuthn.enable")
        wire.send(
            "WebAuthn.addVirtualAuthenticator",
            {
                "options": {
                    "protocol": "ctap2",
                    "transport": "internal",
                    "hasUserVerification": True,
                    "isUserVerified": True,
                    "automaticPresenceSimulation": True,
                }
            },
        )
        sign_in(opened, "3301")
        opened.goto("/security/passkey/")
        opened.get_by_label("名称").fill("值班室安全钥匙")
        opened.get_by_role("button", name="创建").click()
        opened.locator(".sw-door__codes").wait_for()
        opened.goto("/security/")
        assert "值班室安全钥匙" in opened.inner_text("main")
        opened.context.clear_cookies()

        sign_in(opened, "3301")
        opened.wait_for_url("**/sign-in/code/**")
        opened.get_by_role("button", name="用通行密钥").click()
        opened.wait_for_url(f"{local}/")

    assert SignIn.objects.latest("started_at").second_factor == "webauthn"


@pytest.fixture
def repair(site: str) -> Case:
    for code in people.DEPARTMENTS:
        people.department(code)
    staff("sun_li")
    return people.case(at=(system_clock.now() - timedelta(minutes=10)).replace(microsecond=0))


def test_the_lock_keeps_what_was_being_typed(page: Any, repair: Case) -> None:
    agent = staff("wang_min")
    agent.set_password(PASSWORD)
    agent.save()
    sign_in(page, agent.staff_no)
    page.wait_for_url("**/")
    page.goto(f"/cases/{repair.number}/")
    page.locator("details.sw-more summary").first.click()
    page.get_by_role("button", name="移交").first.click()
    page.get_by_label("交代").fill("控制板型号已记，老人卧床请轻声")

    page.evaluate("localStorage.setItem('sw-seen', Date.now() - 16 * 60000)")
    lock = page.locator("#sw-lock")
    lock.wait_for(state="visible")
    assert accessibility_faults(page) == []
    page.keyboard.press("Escape")
    lock.get_by_label("密码").fill("wrong")
    lock.get_by_role("button", name="解锁").click()
    lock.get_by_text("密码不对").wait_for()
    assert SignIn.objects.filter(locked_at__isnull=False).exists()
    lock.get_by_label("密码").fill(PASSWORD)
    lock.get_by_role("button", name="解锁").click()
    lock.wait_for(state="hidden")

    assert page.get_by_label("交代").input_value() == "控制板型号已记，老人卧床请轻声"
    assert not SignIn.objects.filter(locked_at__isnull=False).exists()
    page.goto("/clocks/")
    assert page.locator(".sw-rail").is_visible()


def test_an_alarm_leaves_a_registered_desk_within_a_minute_and_without_a_sign_in(
    page: Any, browser: Any, site: str, signed_in: Any
) -> None:
    people.department("emergency")
    signed_in(staff("admin"))
    page.goto("/desks/")
    page.get_by_role("button", name="登记这台电脑").click()
    page.get_by_label("名称").fill("热线 03 号台")
    page.get_by_label("位置").fill("客服大厅")
    page.get_by_role("button", name="登记", exact=True).click()
    page.get_by_text("热线 03 号台 已登记").wait_for()
    assert accessibility_faults(page) == []
    page.context.clear_cookies(name="shouwen")

    began = time.monotonic()
    page.goto("/")
    page.get_by_role("link", name="报警，不用登录").click()
    assert accessibility_faults(page) == []
    page.get_by_label("在哪里").press_sequentially("青梧里3号楼1单元502", delay=80)
    page.get_by_label("回拨电话").press_sequentially("14077002093", delay=80)
    page.get_by_label("什么情况").press_sequentially("厨房有燃气味，阀门关不上", delay=80)
    page.get_by_role("button", name="马上报警派人").click()
    page.get_by_text("已报出").wait_for()
    took = time.monotonic() - began

    assert took <= 60
    assert Handover.objects.filter(to_department__code="emergency").count() == 1
    assert Case.objects.get().first_asked.name == "热线 03 号台"


def test_one_key_leads_from_any_page_to_the_alarm(page: Any, signed_in: Any) -> None:
    signed_in(staff("wang_min")).goto("/clocks/")

    page.keyboard.press("F9")

    page.wait_for_url(re.compile("/alarm/$"))


@pytest.mark.parametrize("path", ["/security/", "/alarm/"])
def test_the_pages_fit_a_phone(browser: Any, site: str, session_cookie: Any, path: str) -> None:
    with new_page(browser, base_url=site, viewport=PHONE) as opened:
        cookies = session_cookie(staff("wang_min")).items()
        opened.context.add_cookies([{"name": n, "value": v, "url": site} for n, v in cookies])
        opened.goto(path)

        assert accessibility_faults(opened) == []
        assert opened.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desk", "telephone"])
def test_the_alarm_key_is_in_sight_beside_the_longest_rail(
    browser: Any, site: str, session_cookie: Any, viewport: dict[str, int]
) -> None:
    lead = staff("zhou_min")
    with new_page(browser, base_url=site, viewport=viewport) as page:
        cookies = session_cookie(lead).items()
        page.context.add_cookies([{"name": n, "value": v, "url": site} for n, v in cookies])
        for path in ("/", "/shifts/"):
            page.goto(path)

            box = page.locator(".sw-rail__alarm").bounding_box()
            current = page.locator(".sw-rail [aria-current]").bounding_box()
            assert page.locator(".sw-rail > a").count() >= 14
            for each in (box, current):
                assert each
                assert each["x"] >= 0
                assert each["x"] + each["width"] <= viewport["width"]
                assert each["y"] + each["height"] <= viewport["height"]
            assert not page.evaluate(
                "() => [...document.querySelectorAll('.sw-rail > a span')].some("
                "each => each.getBoundingClientRect().width > each.parentElement.clientWidth + 1)"
            )
