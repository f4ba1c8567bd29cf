"""Coming in: a stranger is led to the sign-in page, and staff find their own work behind it."""

from typing import Any

import pytest

from tests.browser import PHONE, accessibility_faults, new_page
from tests.people import PASSWORD, staff


def test_staff_sign_in_with_number_and_password(page: Any) -> None:
    staff("wang_min", password=PASSWORD)

    page.goto("/")
    page.get_by_label("工号").fill("1031")
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()

    page.wait_for_url("**/")
    assert "王敏" in page.inner_text("body")


def test_a_wrong_password_is_answered_on_the_page(page: Any) -> None:
    staff("wang_min", password=PASSWORD)

    page.goto("/sign-in/")
    page.get_by_label("工号").fill("1031")
    page.get_by_label("密码").fill("wrong")
    page.get_by_role("button", name="登录").click()

    assert page.get_by_role("alert").is_visible()


@pytest.mark.parametrize(("language", "heading"), [("zh-CN", "登录"), ("en", "Sign in")])
def test_the_sign_in_page_speaks_the_language_of_the_browser(
    site: str, browser: Any, language: str, heading: str
) -> None:
    with new_page(browser, base_url=site, language=language) as opened:
        opened.goto("/sign-in/")

        assert opened.get_by_role("button", name=heading).is_visible()


def test_the_sign_in_page_is_accessible_on_desktop_and_phone(site: str, browser: Any) -> None:
    for viewport in ({"width": 1366, "height": 768}, PHONE):
        with new_page(browser, base_url=site, viewport=viewport) as opened:
            opened.goto("/sign-in/")

            assert accessibility_faults(opened) == []
            assert opened.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
