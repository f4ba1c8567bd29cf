import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser import PHONE, new_page

AXE = Path(__file__).parents[1] / "vendor" / "axe-core" / "axe.min.js"
PAGES = ["", "pages/work/", "pages/clocks/?why=1", "pages/case/", "pages/sign-in/?failed=1"]
LOOKS = [("zh-hans", "light"), ("zh-hans", "dark"), ("en", "light")]
SIDEWAYS = "document.documentElement.scrollWidth > document.documentElement.clientWidth"

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def phone(site, browser):
    with new_page(browser, base_url=site, viewport=PHONE) as opened:
        yield opened


def show(page, address, *, language="zh-hans", theme="light"):
    page.goto("/ui/")
    page.context.add_cookies(
        [
            {"name": "django_language", "value": language, "url": page.url},
            {"name": "shouwen_theme", "value": theme, "url": page.url},
        ]
    )
    page.goto(f"/ui/{address}")


def accessibility_faults(page):
    page.evaluate(AXE.read_text("utf-8"))
    found = page.evaluate("() => axe.run(document, {resultTypes: ['violations']})")
    return [(each["id"], each["nodes"][0]["html"][:120]) for each in found["violations"]]


@pytest.mark.parametrize(("language", "theme"), LOOKS)
def test_no_page_breaks_an_accessibility_rule(page, language, theme):
    for address in PAGES:
        show(page, address, language=language, theme=theme)

        assert accessibility_faults(page) == [], address


def test_on_a_phone_nothing_scrolls_sideways_and_no_rule_is_broken(phone):
    for address in PAGES:
        for language in ("zh-hans", "en"):
            show(phone, address, language=language)

            assert not phone.evaluate(SIDEWAYS), (address, language)
            assert accessibility_faults(phone) == [], (address, language)


def test_the_drawer_opens_in_place_and_its_row_is_marked(page):
    show(page, "pages/clocks/")

    page.locator("[data-why]").nth(3).click()
    page.wait_for_selector(".sw-why-box--open")

    assert page.url.endswith("?why=1")
    assert page.locator("tr[data-row]").nth(3).get_attribute("aria-current") == "true"


def test_a_row_can_be_reached_and_explained_by_keyboard(page):
    show(page, "pages/clocks/")

    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("e")

    page.wait_for_selector(".sw-why-box--open")


def test_single_letters_can_be_switched_off(page):
    show(page, "pages/case/")
    page.keyboard.press("?")
    page.locator("[data-sw-letters]").uncheck()
    page.keyboard.press("Escape")

    page.keyboard.press("n")

    assert not page.locator("#ask-note").is_visible()


def test_a_question_opens_on_its_key_and_escape_keeps_what_was_written(page):
    show(page, "pages/case/")

    page.keyboard.press("n")
    expect(page.locator("#note-text")).to_be_focused()
    page.keyboard.insert_text("客户在家")
    page.keyboard.press("Escape")
    page.keyboard.press("n")

    assert page.locator("#note-text").input_value() == "客户在家"


def test_a_fragment_that_leads_to_the_sign_in_loads_the_whole_page_again(page):
    show(page, "pages/clocks/")
    away = {"status": 302, "headers": {"location": "/ui/pages/sign-in/"}}
    page.route("**/ui/pages/clocks/?why=1", lambda route: route.fulfill(**away))

    with page.expect_event("load"):
        page.locator("[data-why]").first.click()

    assert page.locator("input[type=password]").count() == 0


def test_further_acts_stand_behind_one_button_and_ask_like_the_others(page):
    show(page, "pages/case/")

    page.locator(".sw-more summary").click()
    page.get_by_role("button", name="另约时间…").click()

    expect(page.locator("#ask-agree")).to_be_visible()
    expect(page.locator(".sw-more[open]")).to_have_count(0)


def test_a_shown_number_hides_itself_after_half_a_minute(page):
    page.clock.install()
    show(page, "pages/case/")
    number = page.locator(".sw-case-h .sw-mask")

    number.get_by_role("button").click()
    expect(number).to_contain_text("14000422093")
    page.clock.fast_forward("00:31")

    expect(number).to_contain_text("****")


def test_a_call_timer_counts_seconds_and_reads_like_the_server(page):
    show(page, "")
    timer = page.locator(".sw-clock[data-ticking] .sw-clock__time").first

    before = timer.inner_text()
    expect(timer).not_to_have_text(before)

    assert re.fullmatch(r"剩 2:\d\d", before)
    assert re.fullmatch(r"剩 2:\d\d", timer.inner_text())
