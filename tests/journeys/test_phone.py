"""A technician's day with the network off and on: nothing is lost, nothing doubled, conflicts shown."""

import io
import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from PIL import Image

from shouwen.clocks.models import Ruling
from shouwen.fieldwork import operations as fieldwork
from shouwen.fieldwork.models import Order, Visit
from shouwen.visits.models import Conflict, FieldEvent, GiftReport, Photo
from tests import people
from tests.apps.fieldwork.field import at, order, sent, technician
from tests.browser import PHONE, accessibility_faults, new_page

PIN = "246810"


@pytest.fixture
def orders(site: str) -> list[Order]:
    """Two repairs for 李强."""
    for code in people.DEPARTMENTS:
        people.department(code)
    homes = [
        people.home(),
        people.home(phone="14077002094", surname="阎", address=("6", "1", "204")),
    ]
    made = []
    for n, (customer, premises) in enumerate(homes):
        made.append(order(customer=customer, premises=premises, minutes=n))
        sent(made[-1], technician(), minutes=n + 3)
    return [Order.objects.get(pk=each.pk) for each in made]


@pytest.fixture
def phone(site: str, browser: Any, session_cookie: Any, orders: list[Order]) -> Iterator[Any]:
    """李强's phone with the app open and the day fetched."""
    with new_page(browser, base_url=site, viewport=PHONE) as page:
        cookies = session_cookie(technician())
        page.context.add_cookies(
            [{"name": k, "value": v, "url": site} for k, v in cookies.items()]
        )
        page.goto("/field/")
        for _ in range(2):
            page.locator("input[type=password]").fill(PIN)
            page.get_by_role("button", name="继续").click()
        page.get_by_text("今天 2 户").wait_for()
        page.evaluate("navigator.serviceWorker.ready.then(() => true)")
        page.wait_for_function("navigator.serviceWorker.controller !== null")
        yield page


def tap(page: Any, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).first.click()


def offline(page: Any) -> None:
    page.context.set_offline(True)
    page.reload()
    page.locator("input[type=password]").fill(PIN)
    tap(page, "继续")
    page.get_by_text("没网。记录存在手机里，照常做").wait_for()


def online(page: Any) -> None:
    page.context.set_offline(False)


def to_the_door(page: Any, place: str) -> None:
    page.locator("a.visit", has_text=place).click()
    page.get_by_role("button", name="都好").first.wait_for()
    for n in range(page.get_by_role("button", name="都好").count()):
        page.get_by_role("button", name="都好").nth(n).click()
    tap(page, "都备好，出发")
    tap(page, "到门口了")
    page.locator("input[type=number]").fill("0")
    tap(page, "记下")


def bell(page: Any) -> None:
    hold = page.get_by_role("button", name="按住＝按门铃")
    hold.dispatch_event("pointerdown")
    page.wait_for_timeout(700)
    hold.dispatch_event("pointerup")


def all_sent(page: Any, count: int) -> None:
    page.goto("/field/#send")
    page.get_by_text("都发到站里了").wait_for(timeout=20_000)
    assert FieldEvent.objects.count() == count


def inside(page: Any) -> None:
    """From the open door to the farewell, as the standard wants it."""
    tap(page, "开门了")
    for _ in range(3):  # no time was agreed: apology, reason, badge
        tap(page, "做了")
    page.locator("button.say").first.click()
    tap(page, "客户点头")
    tap(page, "请进，入户")
    for name in ("进门前关着的门随手关上", "按客户习惯换鞋或穿鞋套", "请客户引路，不随意走动"):
        page.get_by_role("button", name=name).click()
    tap(page, "开始作业")
    page.get_by_label("室内燃气浓度 ppm").fill("0")
    page.locator(".reading", has_text="室内燃气浓度").get_by_role("button").click()
    page.get_by_text("正常").wait_for()
    page.locator("input[type=file]").set_input_files(
        {"name": "a.png", "mimeType": "image/png", "buffer": PNG}
    )
    page.get_by_text("已拍 1 张，存在手机里").wait_for()


def leaving(page: Any) -> None:
    tap(page, "讲结果、签字")
    pad = page.locator("canvas.pad")
    pad.scroll_into_view_if_needed()
    place = pad.bounding_box()
    page.mouse.move(place["x"] + 20, place["y"] + 20)
    page.mouse.down()
    page.mouse.move(place["x"] + 120, place["y"] + 60, steps=4)
    page.mouse.up()
    tap(page, "签好了")
    page.get_by_text("已记下").wait_for()
    tap(page, "告辞")
    for name in ("问清客户没有别的需求或疑问", "收好资料、工具和废料，不遗留"):
        page.get_by_role("button", name=name).click()
    page.locator("button.say").first.click()
    tap(page, "走到门口")
    page.locator("button.say").first.click()
    tap(page, "办好了")


def nobody_in(page: Any) -> None:
    tap(page, "没人应")
    tap(page, "没人应门")
    page.get_by_text("今天 2 户").wait_for()


def test_two_visits_and_a_gift_without_a_network_are_on_the_server_once(
    phone: Any, orders: list[Order]
) -> None:
    offline(phone)
    to_the_door(phone, "3-1-502")
    bell(phone)
    phone.get_by_role("button", name="站在距门 1 米处").click()
    inside(phone)
    leaving(phone)

    to_the_door(phone, "6-1-204")
    nobody_in(phone)

    phone.goto("/field/#mine")
    tap(phone, "馈赠报告")
    phone.get_by_label("送的什么").fill("香烟一条")
    phone.get_by_label("经过").fill("修好后递过来，已婉拒")
    tap(phone, "报告给领导")
    phone.goto("/field/#send")
    phone.get_by_text("加密存放。换手机前先发完").wait_for()
    written = phone.evaluate(COUNT)
    assert FieldEvent.objects.count() == 0
    assert accessibility_faults(phone) == []

    online(phone)
    all_sent(phone, written)
    assert [order.state for order in Order.objects.order_by("number")] == ["done", "no_access"]
    assert sorted(Visit.objects.values_list("outcome", flat=True)) == ["done", "no_access"]
    assert sorted(Photo.objects.values_list("kind", flat=True)) == ["photo", "signature"]
    assert GiftReport.objects.get().what == "香烟一条"
    assert not Conflict.objects.exists()
    told = Ruling.objects.filter(
        subject_kind="visit", subject_id=Visit.objects.get(outcome="done").pk
    )
    assert list(told.filter(verdict="missed").values_list("rule_id", "failed")) == []
    assert told.filter(verdict="met").count() == 15


def test_given_to_somebody_else_meanwhile_both_sides_are_shown(
    phone: Any, orders: list[Order], signed_in: Any
) -> None:
    offline(phone)
    to_the_door(phone, "3-1-502")
    nobody_in(phone)
    first = Order.objects.get(pk=orders[0].pk)
    fieldwork.assign(
        act_id=uuid.uuid4(), order_id=first.pk, version=first.version,
        to=technician("3306", "何安"), by=people.staff("zhou_min"), at=at(60), now=at(60),
    )  # fmt: skip

    online(phone)
    phone.goto("/field/#send")
    phone.get_by_text("已改派别人。两边都留着，等站里定。").wait_for()

    page = signed_in(people.staff("zhou_min"))
    page.goto("/field/conflicts/")
    page.get_by_role("heading", name="现场报的").wait_for()
    page.get_by_text("派给 何安").wait_for()
    page.get_by_text("没能入户").wait_for()
    assert accessibility_faults(page) == []
    page.get_by_label("理由").fill("已到过门口，按一次不遇算")
    tap(page, "按现场")
    page.get_by_text("手机和站里没有不一致").wait_for()
    assert Order.objects.get(pk=first.pk).state == "no_access"


def test_gas_at_the_gap_takes_the_bell_away_and_calls_the_crew(phone: Any) -> None:
    phone.locator("a.visit", has_text="3-1-502").click()
    tap(phone, "都备好，出发")
    tap(phone, "到门口了")
    phone.locator("input[type=number]").fill("180")
    tap(phone, "记下")

    phone.get_by_text("读数危险：停止作业").wait_for()
    assert phone.get_by_role("button", name="按住＝按门铃").count() == 0
    tap(phone, "人已撤出，报警情")
    phone.locator("nav.tabs").wait_for()
    all_sent(phone, 7)
    assert Visit.objects.get().outcome == "unsafe"


def test_a_wrong_pin_five_times_throws_the_day_away_and_keeps_what_was_not_sent(
    phone: Any,
) -> None:
    phone.context.set_offline(True)
    phone.locator("a.visit", has_text="3-1-502").click()
    tap(phone, "都备好，出发")
    phone.get_by_role("button", name="到门口了").wait_for()
    phone.reload()
    for _ in range(5):
        phone.locator("input[type=password]").fill("000000")
        tap(phone, "继续")
        phone.wait_for_timeout(400)
    phone.get_by_role("heading", name="设手机密码").wait_for()
    assert phone.evaluate(COUNT) == 3
    stored = phone.evaluate(DUMP)
    assert "青梧里" not in stored
    assert "14077002093" not in stored


@pytest.mark.parametrize("name", ["today", "send", "mine"])
def test_the_screens_fit_a_phone_and_everybody(phone: Any, name: str) -> None:
    phone.goto(f"/field/#{name}")
    phone.locator("nav.tabs a[aria-current]").wait_for()

    assert accessibility_faults(phone) == []
    assert phone.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


_OPEN = """new Promise((done) => { const asked = indexedDB.open('shouwen-field'); asked.onsuccess = () => done(asked.result); })"""
COUNT = f"""async () => {{ const db = await {_OPEN}; return new Promise((done) => {{
  const asked = db.transaction('queue').objectStore('queue').count(); asked.onsuccess = () => done(asked.result); }}); }}"""
DUMP = f"""async () => {{ const db = await {_OPEN}; let all = JSON.stringify(localStorage);
  for (const store of db.objectStoreNames) {{
    const rows = await new Promise((done) => {{ const asked = db.transaction(store).objectStore(store).getAll(); asked.onsuccess = () => done(asked.result); }});
    const texts = rows.map((row) => JSON.stringify(row, (key, value) => value instanceof ArrayBuffer ? new TextDecoder().decode(value) : value));
    all += texts.join('');
  }} return all; }}"""


def _png() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (8, 8), "red").save(out, "PNG")
    return out.getvalue()


PNG = _png()


def test_usable_within_seconds_on_a_slow_phone(phone: Any) -> None:
    tools = phone.context.new_cdp_session(phone)
    tools.send("Emulation.setCPUThrottlingRate", {"rate": 6})
    phone.context.set_offline(True)

    phone.reload()
    phone.locator("input[type=password]").wait_for()
    usable = phone.evaluate("performance.now()")
    phone.locator("input[type=password]").fill(PIN)
    began = phone.evaluate("performance.now()")
    tap(phone, "继续")
    phone.get_by_text("今天 2 户").wait_for()
    opened = phone.evaluate("performance.now()") - began

    assert usable < 5_000
    assert opened < 10_000
