"""The office finds a major hazard: gas stopped, told in writing, put right, re-checked, gas back, closed."""

import os
from pathlib import Path
from typing import Any

import pytest

from shouwen.fieldwork.models import Hazard, NoticePaper, Order
from tests import people
from tests.apps.fieldwork.hazardous import OLD_HOSE, PICTURE
from tests.browser import PHONE, accessibility_faults, new_page


@pytest.fixture
def office(site: str, settings: Any, tmp_path: Path) -> Any:
    """周敏 at the desk of the dispatcher."""
    settings.SHOUWEN_ATTACHMENTS_DIR = tmp_path / "files"
    settings.SHOUWEN_HOME = str(tmp_path)
    for code in people.DEPARTMENTS:
        people.department(code)
    return people.staff("zhou_min")


def opened(page: Any, name: str) -> Any:
    """The dialog of an act."""
    button = page.get_by_role("button", name=name).first
    if not button.is_visible():
        page.locator(".sw-more summary").first.click()
    button.click()
    return page.locator(".sw-ask:popover-open")


def press(page: Any, name: str, **filled: str) -> None:
    """An act by its button and dialog."""
    dialog = opened(page, name)
    for field, value in filled.items():
        place = dialog.locator(f"[name={field}]")
        (place.select_option if field in ("stop", "how", "passed", "reading") else place.fill)(
            value
        )
    dialog.locator("button.btn-primary").click()
    page.wait_for_load_state()


def shot(page: Any, name: str) -> None:
    """A picture for whoever looks at the pages, where a folder for them is named."""
    folder = os.environ.get("SHOUWEN_SHOTS")
    if folder:
        page.screenshot(path=f"{folder}/{name}.png", full_page=True)


def find(page: Any, code: str = "HZ-D01") -> Hazard:
    page.goto("/hazards/new/")
    page.locator("[name=code]").select_option(code)
    page.locator("[name=place]").fill("青梧里 3-1-502")
    page.locator("[name=where]").fill("厨房热水器")
    page.locator("[name=contact]").fill("14077002093")
    page.get_by_role("button", name="登记", exact=True).click()
    page.wait_for_url("**/hazards/Y*/")
    return Hazard.objects.order_by("-number")[0]


def test_a_major_hazard_from_finding_to_closing(office: Any, signed_in: Any) -> None:  # noqa: PLR0915 - one story
    page = signed_in(office)
    hazard = find(page)
    url = page.url
    assert accessibility_faults(page) == []

    press(page, "停用停气", stop="appliance", seal="F-0231")
    page.get_by_text("封签 F-0231").wait_for()
    press(page, "开通知单", until="2030-01-01")
    page.get_by_text("还没送达").first.wait_for()
    shot(page, "hazard")
    press(page, "闭环")
    page.get_by_text("书面告知的送达凭证").first.wait_for()

    page.goto(url)
    press(page, "记送达", how="signed", signer="阮女士")
    page.get_by_text("用户签收").first.wait_for()
    press(page, "报称改好")
    press(page, "复查结果", passed="yes", reading="co_ppm_room", value="3", instrument="CO-07")
    press(page, "恢复用气")
    page.get_by_text("闭环还差").first.wait_for()  # the photo alone
    file = {"name": "x.jpg", "mimeType": "image/jpeg", "buffer": PICTURE}
    dialog = opened(page, "加照片")
    dialog.locator("input[type=file]").set_input_files(file)
    dialog.locator("button.btn-primary").click()
    page.wait_for_load_state()
    press(page, "闭环")
    page.get_by_text("已闭环").first.wait_for()
    shot(page, "closed")

    hazard.refresh_from_db()
    assert hazard.closed_by == office
    assert NoticePaper.objects.count() == 2
    assert Order.objects.filter(kind="recheck").count() == 1
    assert accessibility_faults(page) == []


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_the_list_can_be_read_on_a_desk_and_on_a_telephone(
    office: Any, signed_in: Any, browser: Any, site: str, language: str
) -> None:
    page = signed_in(office)
    hazard = find(page)
    find(page, OLD_HOSE)
    cookies = page.context.cookies()

    for viewport, name in (({"width": 1366, "height": 768}, "desk"), (PHONE, "phone")):
        with new_page(browser, base_url=site, language=language, viewport=viewport) as seen:
            seen.context.add_cookies(cookies)
            for path, what in (("/hazards/", "list"), (f"/hazards/{hazard.number}/", "one")):
                seen.goto(path)
                assert accessibility_faults(seen) == []
                width = (
                    "document.documentElement.scrollWidth - document.documentElement.clientWidth"
                )
                assert seen.evaluate(width) <= 0
                shot(seen, f"{what}-{name}-{language}")
