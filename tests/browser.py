"""What journeys in a browser need besides the pages: the browser itself and the accessibility rules."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright

CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-quic",
    "--no-first-run",
    "--disable-component-update",
    "--disable-sync",
]
DESKTOP = {"width": 1366, "height": 768}
PHONE = {"width": 360, "height": 800}
_AXE = Path(__file__).parent / "vendor" / "axe-core" / "axe.min.js"
_GRAVE = ("serious", "critical")


@contextmanager
def chromium() -> Iterator[Browser]:
    """Debian's Chromium without a window; playwright's own browsers are not used."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@contextmanager
def new_page(
    browser: Browser, *, base_url: str, language: str = "zh-CN", viewport: dict[str, int] = DESKTOP
) -> Iterator[Page]:
    """A page of a fresh profile. Any script error or refused resource fails the test at its end."""
    context = browser.new_context(
        base_url=base_url,
        locale=language,
        timezone_id="Asia/Shanghai",
        viewport=viewport,  # type: ignore[arg-type]  # a TypedDict of the same two keys
    )
    page = context.new_page()
    page.set_default_timeout(10_000)
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(f"{page.url}: {error}"))
    page.on("console", lambda message: _note(complaints, message, page))
    yield page
    context.close()
    if complaints:
        raise AssertionError("\n".join(complaints))


def _note(complaints: list[str], message: ConsoleMessage, page: Page) -> None:
    # A page that answers a refused form is a fault to the console, not to people.
    is_page_itself = message.location.get("url") == page.url and "status of 4" in message.text
    # A test that switches the network off knows that nothing can be loaded.
    is_off = "ERR_INTERNET_DISCONNECTED" in message.text
    if message.type == "error" and not is_page_itself and not is_off:
        complaints.append(f"{message.location.get('url')}: {message.text}")


def accessibility_faults(page: Page) -> list[str]:
    """The serious and critical faults that axe-core finds on the page as it stands."""
    page.evaluate(_AXE.read_text(encoding="utf-8"))
    found: dict[str, Any] = page.evaluate("() => axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{fault['id']} ({fault['impact']}): {node['target']} {node['html'][:160]}"
        for fault in found["violations"]
        if fault["impact"] in _GRAVE
        for node in fault["nodes"]
    ]
