"""A reviewer hears a call: two sides are drawn and measured, the sound plays, keys and clicks go through it."""

from typing import Any

import pytest

from shouwen.adapters import system_clock
from shouwen.hotline.models import Call
from shouwen.hotline.operations import replay
from shouwen.journal.models import Entry
from tests.apps.hotline.sounds import spoken
from tests.apps.review.reviewed import drawn, reviewer
from tests.browser import accessibility_faults
from tests.calls import lines, samples, take_up_posts

NEAR = 1.5


@pytest.fixture
def call(site: str, settings: Any, tmp_path_factory: pytest.TempPathFactory) -> Call:
    """A call with a recording in which voices speak where its turns are."""
    home = next(tmp_path_factory.getbasetemp().glob("server*"))
    settings.SHOUWEN_RECORDINGS_DIR = home / "recordings"
    take_up_posts()
    replay(lines=lines(samples()["S18"]), at="now", now=system_clock.now)
    found = Call.objects.select_related("staff").get()
    spoken(found, tmp_path_factory.mktemp("sounds"), now=system_clock.now())
    return found


@pytest.fixture
def page(call: Call, signed_in: Any) -> Any:
    review = drawn(reviewer(), now=system_clock.now())[0]
    page = signed_in(reviewer())
    page.goto(f"/review/{review.pk}/")
    page.locator(".sw-rv-player form button").first.wait_for()
    return page


def at(page: Any) -> float:
    return float(page.evaluate("document.querySelector('audio').currentTime"))


def is_paused(page: Any) -> bool:
    return bool(page.evaluate("document.querySelector('audio').paused"))


def until(page: Any, condition: str) -> None:
    """Waits for the player `a`; the page's own rules forbid the waiting that evaluates texts inside it."""
    asked = f"(() => {{ const a = document.querySelector('audio'); return Boolean(a && ({condition})); }})()"
    for _ in range(100):
        if page.evaluate(asked):
            return
        page.wait_for_timeout(50)
    pytest.fail(f"not within 5 s: {condition}")


def test_the_picture_shows_both_sides_and_what_was_measured(page: Any) -> None:
    assert page.locator(".sw-wave path.sw-w-a").get_attribute("d")
    assert page.locator(".sw-wave path.sw-w-c").get_attribute("d")
    assert "LUFS" in page.locator(".sw-rv-facts").inner_text()
    assert "还没有平时值" in page.locator(".sw-rv-facts").inner_text()
    assert accessibility_faults(page) == []


def test_keys_and_clicks_go_through_the_sound(page: Any, call: Call) -> None:
    page.keyboard.press("Space")  # opens it, and it plays
    until(page, "!a.paused && a.currentTime > 0.2")
    assert Entry.objects.filter(kind="call.recording_played", subject_id=call.pk).count() == 1

    page.keyboard.press("Space")
    until(page, "a.paused")
    here = at(page)
    page.keyboard.press("ArrowRight")
    until(page, f"a.currentTime > {here + 4.5}")
    page.keyboard.press("ArrowLeft")
    until(page, f"a.currentTime < {here + 1}")
    assert is_paused(page)

    page.get_by_role("button", name="2×").click()
    until(page, "a.playbackRate === 2")
    seeks_by_clicking(page)
    goes_to_a_finding(page)


def seeks_by_clicking(page: Any) -> None:
    """A press in the middle of the picture goes to the middle of the call."""
    slider = page.locator("[data-scrub]")
    box = slider.bounding_box()
    wave = page.locator("[data-wave]")
    seconds, offset = (float(wave.get_attribute(f"data-{name}")) for name in ("seconds", "offset"))
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    until(page, f"Math.abs(a.currentTime + {offset} - {seconds / 2}) < {NEAR}")

    page.keyboard.press("Space")  # the slider has the focus, and the key still plays
    until(page, "!a.paused")
    page.keyboard.press("Space")
    until(page, "a.paused")


def goes_to_a_finding(page: Any) -> None:
    flag = page.locator(".sw-w-flag").last
    flag.click()
    panel = page.locator("[data-panel-of]:not([hidden])")
    offset = float(page.locator("[data-wave]").get_attribute("data-offset"))
    moment = float(panel.get_attribute("data-at"))
    until(page, f"Math.abs(a.currentTime + {offset} - {moment}) < {NEAR}")


def test_the_speed_stays_when_only_one_side_is_heard(page: Any) -> None:
    page.get_by_role("button", name="1.5×").click()
    page.keyboard.press("Space")
    until(page, "!a.paused && a.playbackRate === 1.5")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowRight")
    until(page, "a.paused && a.currentTime > 4")
    before = at(page)

    page.get_by_role("link", name="只听坐席").click()

    until(
        page,
        f"a.src.endsWith('right.wav') && a.playbackRate === 1.5 && Math.abs(a.currentTime - {before}) < {NEAR}",
    )
