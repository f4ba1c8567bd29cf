"""Takes the screenshots of docs/screenshots from a fresh demo: `.venv/bin/python scripts/screenshots.py`.

A demo city of its own is made in a temporary folder, the calls are played in, and the pages are
photographed in Chromium: desktop 1366×768, phone 360×800, Chinese, English and dark.
"""

import contextlib
import json
import os
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests.browser import DESKTOP, PHONE, chromium, new_page  # noqa: E402 - after the path is set

PORT = 8791
BASE = f"http://127.0.0.1:{PORT}"
FOLDER = ROOT / "docs" / "screenshots"


@dataclass(frozen=True)
class Shot:
    """One picture: its name, the staff number who looks, the page, how it is looked at."""

    name: str
    who: str
    path: str
    language: str = "zh-CN"
    dark: bool = False
    phone: bool = False
    whole: bool = False
    click: str = ""


def shots(case: str) -> list[Shot]:
    """Every picture, for the case with this number."""
    pages = [
        Shot("sign-in", "", "/sign-in/"),
        Shot("my-work", "6041", "/"),
        Shot("clock-board", "3001", "/clocks/"),
        Shot("why", "3001", "/clocks/", click="tr[data-row]:has-text('{rule}') [data-why]"),
        Shot("case", "6041", f"/cases/{case}/", whole=True),
        Shot("cases", "3001", "/cases/"),
        Shot("customers", "2001", "/customers/?q=2093"),
        Shot("shifts", "3001", "/shifts/"),
        Shot("alarm", "1008", "/alarm/"),
        Shot("dispatch", "3001", "/dispatch/"),
        Shot("hazards", "8001", "/hazards/new/", whole=True),
        Shot("review", "7001", "/review/"),
        Shot("verify", "", "/verify/"),
        Shot("board", "8001", "/board/"),
        Shot("call-backs", "8001", "/callbacks/?scope=team"),
        Shot("counter", "2001", "/counter/"),
        Shot("inbox", "1008", "/inbox/"),
        Shot("contact", "", "/contact/", whole=True),
        Shot("clause", "9001", "/clauses/5.3.4/"),
        Shot("figures", "9001", "/figures/"),
        Shot("editions", "9101", "/editions/"),
        Shot("components", "3001", "/ui/", whole=True),
    ]
    both = [
        Shot(
            f"{shot.name}.{code}", shot.who, shot.path, language, whole=shot.whole,
            click=shot.click.format(rule=rule),
        )
        for shot in pages
        for code, language, rule in (("zh", "zh-CN", "两个工作日"), ("en", "en", "two working days"))
    ]  # fmt: skip
    return [
        *both,
        Shot("clock-board.dark", "3001", "/clocks/", dark=True),
        Shot("my-work.phone", "6041", "/", phone=True),
        Shot("case.phone", "6041", f"/cases/{case}/", phone=True),
    ]


def main() -> None:
    """Makes the demo, takes the pictures, ends the demo."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as home,
        running_demo(Path(home)) as passwords,
        chromium() as browser,
    ):
        with opened(browser, Shot("", "6041", "/"), passwords) as page:
            case = page.locator("a.sw-row-a").first.get_attribute("href").split("/")[-2]
        for shot in shots(case):
            with opened(browser, shot, passwords) as page:
                take(page, shot)
        with opened(browser, Shot("cockpit", "1008", "/shift-check/"), passwords) as page:
            take_a_call(page)
        with opened(browser, Shot("phone", "4001", "/field/", phone=True), passwords) as page:
            take_a_day(page)


@contextlib.contextmanager
def running_demo(home: Path) -> Iterator[dict[str, str]]:
    """The demo with its calls played in; gives the passwords of its sign-ins."""
    env = os.environ | {"SHOUWEN_HOME": str(home)}
    command = [sys.executable, "-m", "shouwen.cli", "demo", "--port", str(PORT)]
    demo = subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL)
    try:
        wait_for_site()
        time.sleep(15)  # the calls are played in beside
        yield {**json.loads((home / "demo-sign-ins.json").read_text()), **more_sign_ins(env)}
    finally:
        demo.terminate()
        demo.wait(timeout=10)


def more_sign_ins(env: dict[str, str]) -> dict[str, str]:
    """A password for a handler of the repair team, who has work on the table."""
    code = (
        "import django; django.setup()\n"
        "from shouwen.people.models import Staff\n"
        "s = Staff.objects.get(staff_no='6041'); s.set_password('screenshot'); s.save()\n"
    )
    env = env | {"DJANGO_SETTINGS_MODULE": "shouwen.config.settings"}
    subprocess.run([sys.executable, "-c", code], env=env, check=True)
    return {"6041": "screenshot"}


def wait_for_site() -> None:
    """Returns when the sign-in page answers."""
    for _ in range(120):
        with contextlib.suppress(OSError):
            urllib.request.urlopen(f"{BASE}/sign-in/", timeout=2).close()  # noqa: S310 - our own
            return
        time.sleep(0.5)
    raise SystemExit("the demo did not start")


@contextlib.contextmanager
def opened(browser: Any, shot: Shot, passwords: dict[str, str]) -> Iterator[Any]:
    """The page of a shot, signed in when it needs to be."""
    viewport = PHONE if shot.phone else DESKTOP
    with new_page(browser, base_url=BASE, language=shot.language, viewport=viewport) as page:
        if shot.dark:
            page.context.add_cookies([{"name": "shouwen_theme", "value": "dark", "url": BASE}])
        if shot.who:
            page.goto("/sign-in/")
            page.fill("[name=staff_no]", shot.who)
            page.fill("[name=password]", passwords[shot.who])
            page.click("form button.btn-primary")
            page.wait_for_load_state("load")
        page.goto(shot.path)
        yield page


def take(page: Any, shot: Shot) -> None:
    """Photographs the page as the shot wants it."""
    if shot.click:
        page.locator(shot.click).first.click()
        page.locator("#why .sw-why, #why ol").first.wait_for()
    page.wait_for_timeout(600)
    page.screenshot(path=str(FOLDER / f"{shot.name}.png"), full_page=shot.whole)


def take_a_call(page: Any) -> None:
    """As a newcomer would: the lists of the start of a shift, then the telephone rings."""
    page.get_by_role("button", name="逐项看过，全部勾上").click()
    page.get_by_role("button", name="都正常，上线").click()
    page.locator("[data-key=F2]").wait_for(timeout=120_000)
    page.screenshot(path=str(FOLDER / "cockpit-ringing.zh.png"))
    page.keyboard.press("F2")
    page.locator("[data-key=F7]").wait_for()
    page.wait_for_timeout(6_000)
    page.screenshot(path=str(FOLDER / "cockpit.zh.png"))


def take_a_day(page: Any) -> None:
    """As a technician would: a PIN for the phone, the day, the steps of the first visit."""
    for _ in range(2):
        page.locator("input[type=password]").fill("135791")
        page.get_by_role("button", name="继续").click()
    visit = page.locator("a.visit").first
    visit.wait_for()
    page.wait_for_timeout(600)
    page.screenshot(path=str(FOLDER / "phone-today.zh.png"))
    visit.click()
    page.get_by_role("button", name="都好").first.wait_for()
    page.screenshot(path=str(FOLDER / "phone-visit.zh.png"))


if __name__ == "__main__":
    main()
