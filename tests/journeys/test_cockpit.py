"""A day at the hotline in the cockpit: an agent's calls from the first ring to the last word, by the keyboard."""

import sys
from typing import Any

import pytest

from shouwen.adapters import system_clock
from shouwen.cases.models import Case, Handover, Promise
from shouwen.hotline.models import AgentState, Call
from shouwen.hotline.operations import ask_for_call_back
from shouwen.journal.models import Entry
from tests import people
from tests.browser import PHONE, accessibility_faults, new_page
from tests.calls_played import PlayedCall, answered, seated


def steps_done() -> list[str]:
    done = Entry.objects.filter(kind="call.step_done").order_by("happened_at", "id")
    return [entry.data["step"] for entry in done]


def press_until(desk: Any, key: str, done: str) -> None:
    desk.keyboard.press(key)
    desk.locator(done).wait_for()


def test_a_leak_alarm_is_sent_within_a_minute_of_the_answer(desk: Any, agent: Any) -> None:
    people.home()
    answered(desk, PlayedCall(agent))
    called_at = Call.objects.get().answered_at
    assert called_at is not None

    desk.keyboard.press("F9")
    desk.get_by_role("button", name="撤回").wait_for()
    sent = Handover.objects.get()

    took = (sent.offered_at - called_at).total_seconds()
    sys.stdout.write(f"\nanswer to dispatch: {took:.2f} s of agent time\n")
    assert took <= 60
    assert sent.to_department is not None
    assert sent.to_department.code == "emergency"
    assert Call.objects.get().case == sent.case
    for sentence in range(1, 7):
        press_until(desk, "Space", f".sw-safety li.sw-said >> nth={sentence - 1}")
    safety = desk.locator(".sw-safety").bounding_box()
    assert safety["y"] + safety["height"] < 420  # nothing has pushed the words down
    assert desk.evaluate(
        """() => { const box = document.querySelector('.sw-safety').getBoundingClientRect();
        const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
        return document.querySelector('.sw-safety').contains(top); }"""
    )
    desk.locator("#tab-record").click()
    desk.fill("#ck-said", "厨房有燃气味，阀门已关")
    desk.keyboard.press("Control+Enter")
    desk.locator("li", has_text="补姓名、电话、现象").locator(".sw-shape--met").wait_for()
    case = Case.objects.get()
    assert (case.kind, case.said) == ("alarm", "厨房有燃气味，阀门已关")
    assert not case.gaps.filter(filled_at__isnull=True, code__in=["name", "address"]).exists()


def test_an_alarm_sent_by_mistake_is_taken_back(desk: Any, agent: Any) -> None:
    answered(desk, PlayedCall(agent))

    desk.keyboard.press("F9")
    desk.get_by_role("button", name="撤回").click()
    desk.get_by_role("button", name="立即派警").wait_for()

    assert Handover.objects.get().state == Handover.State.WITHDRAWN


def test_the_alarm_key_of_any_page_leads_to_the_call_that_is_spoken(desk: Any, agent: Any) -> None:
    answered(desk, PlayedCall(agent))
    desk.goto("/clocks/")

    desk.keyboard.press("F9")
    desk.locator(".sw-safety").wait_for()
    desk.keyboard.press("F9")
    desk.get_by_role("button", name="撤回").wait_for()

    assert Case.objects.get().calls.count() == 1


def test_a_question_that_must_wait_becomes_a_promise_with_one_key(desk: Any, agent: Any) -> None:
    people.home()
    call = PlayedCall(agent)
    answered(desk, call)
    for step in ("问姓氏", "核对地址", "按来意分类"):
        desk.keyboard.press("Enter")
        desk.locator("li[aria-current=step]", has_text=step).wait_for()
    desk.keyboard.press("F10")
    desk.get_by_text("选它会开始这些时钟").wait_for()
    desk.keyboard.press("1")
    desk.locator("[data-kind='1'][aria-pressed=true]").wait_for()

    desk.keyboard.press("F4")
    desk.get_by_text("核实后再联系您").wait_for()
    desk.fill("#ck-what", "加装第二台灶，要不要重新报装")
    desk.keyboard.press("F4")
    desk.locator("[data-script]").get_by_text("您还有其他问题吗？").wait_for()

    promise = Promise.objects.get()
    assert (promise.kind, promise.words) == ("call_back", "加装第二台灶，要不要重新报装")
    assert promise.due_at > system_clock.now()
    assert Entry.objects.filter(kind="case.deferred").exists()
    desk.keyboard.press("Enter")
    desk.locator("li[aria-current=step]", has_text="等客户先挂").wait_for()
    assert desk.get_by_role("button", name="挂机").count() == 0
    call.is_hung_up()
    desk.get_by_role("button", name="办完，准备接").click()
    desk.get_by_text("等待来电").wait_for()
    assert "加装第二台灶" in desk.inner_text("main")
    assert steps_done()[:3] == ["greet", "surname", "address"]
    assert AgentState.objects.get(staff=agent).status == "ready"


def test_the_draft_of_the_promise_comes_by_itself_when_the_look_up_nears_its_limit(
    desk: Any, agent: Any
) -> None:
    call = PlayedCall(agent)
    answered(desk, call)

    call.tell("held", offer=f"{call.name}:1", staff_no=agent.staff_no, ago=47)
    desk.locator(".sw-dial", has_text="保持").wait_for()

    desk.get_by_text("回电承诺（已替您拟好）").wait_for()
    assert "sw-dial--warn" in desk.locator(".sw-dial", has_text="保持").get_attribute("class")


def test_before_a_hold_the_words_and_after_it_the_apology(desk: Any, agent: Any) -> None:
    answered(desk, PlayedCall(agent))

    desk.keyboard.press("F7")
    desk.get_by_text("请您稍等").wait_for()
    assert Call.objects.get().stage == "talking"
    desk.keyboard.press("F7")
    desk.get_by_role("button", name="恢复").wait_for()
    desk.keyboard.press("F7")

    desk.get_by_text("对不起，让您久等了").wait_for()
    desk.keyboard.press("Enter")
    desk.get_by_text("对不起，让您久等了").wait_for(state="detached")
    assert {"before_hold_1", "after_wait_1"} <= set(steps_done())


def test_a_wrong_surname_is_put_right_and_an_apology_comes_first(desk: Any, agent: Any) -> None:
    people.home(surname="孙")
    answered(desk, PlayedCall(agent))
    desk.get_by_text("孙女士").first.wait_for()

    desk.fill("#ck-name", "公孙女士")
    desk.get_by_role("button", name="核过").click()
    desk.get_by_text("很抱歉").wait_for()
    desk.keyboard.press("Enter")

    desk.get_by_text("很抱歉").wait_for(state="detached")
    assert Case.objects.get().caller_name == "公孙女士"
    assert {"name_wrong", "name_sorry", "surname"} <= set(steps_done())


def test_of_several_homes_on_one_number_the_agent_says_which(desk: Any, agent: Any) -> None:
    people.home(surname="阮")
    people.home(surname="欧阳", address=("7", "2", "301"))
    answered(desk, PlayedCall(agent))
    assert desk.locator("#ck-name").input_value() == ""

    desk.locator(".sw-pop-home", has_text="7号楼2单元301").click()
    desk.locator("#ck-name[value='欧阳女士']").wait_for()
    desk.keyboard.press("F9")
    desk.get_by_role("button", name="撤回").wait_for()

    case = Case.objects.get()
    assert case.customer is not None
    assert case.premises is not None
    assert (case.customer.surname, case.premises.building) == ("欧阳", "7")


def test_a_caller_who_gave_up_is_called_back(desk: Any, agent: Any) -> None:
    call = PlayedCall(agent)
    call.rings(ago=20)
    desk.locator("[data-key=F2]").wait_for()

    over = call.is_hung_up(unanswered=True)
    ask_for_call_back(call_id=over.pk, now=system_clock.now())
    desk.get_by_text("等待来电").wait_for()

    desk.get_by_text("来电没有接上").first.wait_for()
    assert desk.get_by_role("button", name="拨号").is_visible()
    assert Promise.objects.get().owner == agent


def test_a_call_is_passed_on_only_when_the_colleague_has_accepted(
    desk: Any, agent: Any, browser: Any, site: str, session_cookie: Any
) -> None:
    other = seated(people.staff("lin_xiao"), extension="1002")
    call = PlayedCall(agent)
    answered(desk, call)
    with new_page(browser, base_url=site) as theirs:
        cookies = session_cookie(other).items()
        theirs.context.add_cookies([{"name": n, "value": v, "url": site} for n, v in cookies])
        theirs.goto("/cockpit/")
        desk.keyboard.press("F6")
        desk.select_option("#ck-to", "staff:1015")
        desk.get_by_role("button", name="请对方接").click()
        desk.get_by_text("写一句交代").wait_for()  # nobody gets a call without a word

        desk.fill("#ck-handing", "问过户资料，已核姓氏和地址")
        desk.get_by_role("button", name="请对方接").click()
        theirs.get_by_text("问过户资料，已核姓氏和地址").wait_for()
        assert desk.get_by_role("button", name="转过去").count() == 0
        theirs.get_by_role("button", name="接下").click()
        desk.get_by_role("button", name="转过去").wait_for()

        desk.keyboard.press("F6")
        theirs.locator("[data-key=F2]").wait_for()
        theirs.keyboard.press("F2")
        theirs.locator("[data-key=F7]").wait_for()
    assert Call.objects.get().staff == other
    assert Case.objects.get().owner == other


def test_a_night_shift_begins_with_the_lists_and_asks_the_supervisor_in(
    agent: Any, signed_in: Any, browser: Any, site: str, session_cookie: Any
) -> None:
    night, lead = people.staff("lin_xiao"), people.staff("zhou_min")
    desk = signed_in(night)
    desk.goto("/cockpit/")
    desk.get_by_role("button", name="空闲").click()
    desk.get_by_text("先做班前检查").wait_for()
    desk.get_by_role("link", name="看检查单").click()
    desk.get_by_label("耳麦收听、发话清楚").check()
    desk.get_by_role("button", name="都正常，上线").click()
    desk.get_by_text("样不正常").wait_for()
    desk.get_by_role("button", name="逐项看过，全部勾上").click()
    desk.get_by_role("button", name="都正常，上线").click()
    desk.get_by_text("等待来电").wait_for()

    answered(desk, PlayedCall(night))
    desk.keyboard.press("F8")
    desk.get_by_text("已请班长").wait_for()
    with new_page(browser, base_url=site) as theirs:
        cookies = session_cookie(lead).items()
        theirs.context.add_cookies([{"name": n, "value": v, "url": site} for n, v in cookies])
        theirs.goto("/cockpit/")
        theirs.get_by_text("林晓 请班长").wait_for()
        theirs.get_by_role("button", name="我来").click()
        theirs.get_by_text("林晓 请班长").wait_for(state="detached")

    kinds = set(Entry.objects.values_list("kind", flat=True))
    assert {"staff.duty_began", "checklist.done", "staff.went_ready"} <= kinds
    assert {"call.supervisor_asked", "call.supervisor_came"} <= kinds


def test_two_tabs_follow_each_other_and_do_nothing_twice(desk: Any, agent: Any) -> None:
    answered(desk, PlayedCall(agent))
    other = desk.context.new_page()
    other.goto("/cockpit/")

    desk.locator("#ck-step-greet").click()
    other.locator("li", has_text="问候").locator(".sw-shape--met").wait_for(timeout=3000)
    for tab in (desk, other):
        tab.keyboard.press("F4")
        tab.locator("[data-draft]:not([hidden])").wait_for()
    desk.keyboard.press("F4")
    other.keyboard.press("F4")
    desk.get_by_text("已承诺").wait_for()
    other.get_by_text("已承诺").wait_for()

    assert Promise.objects.count() == 1
    assert Case.objects.count() == 1


def test_a_sign_in_lost_in_mid_call_loses_no_word(
    desk: Any, agent: Any, site: str, session_cookie: Any
) -> None:
    answered(desk, PlayedCall(agent))
    desk.fill("#ck-said", "热水器打不着火")
    desk.context.clear_cookies(name=next(iter(session_cookie(agent))))

    desk.locator("#ck-save").click()
    desk.get_by_text("登录断了").wait_for()
    cookies = session_cookie(agent).items()
    desk.context.add_cookies([{"name": n, "value": v, "url": site} for n, v in cookies])
    desk.goto("/cockpit/")

    assert desk.locator("#ck-said").input_value() == "热水器打不着火"
    desk.locator("#ck-save").click()
    desk.locator("a", has_text="-0001").first.wait_for()
    assert Case.objects.get().said == "热水器打不着火"


def test_what_is_said_stands_under_the_steps(desk: Any, agent: Any) -> None:
    answered(desk, PlayedCall(agent))
    turns = [{"start": 1.0, "end": 2.0, "speaker": "customer", "text": "我家灶打不着火"}]
    Call.objects.update(turns=turns)

    desk.locator("#ck-step-greet").click()

    desk.get_by_role("log").get_by_text("我家灶打不着火").wait_for()


@pytest.mark.parametrize("language", ["zh-CN", "en"])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_state_is_accessible_and_fits_the_screen(
    agent: Any, browser: Any, site: str, session_cookie: Any, language: str, theme: str
) -> None:
    people.home(surname="欧阳")
    with new_page(browser, base_url=site, language=language) as desk:
        cookies = {**session_cookie(agent), "shouwen_theme": theme}
        desk.context.add_cookies(
            [{"name": n, "value": v, "url": site} for n, v in cookies.items()]
        )
        found = []
        for name, play in _states(desk, agent):
            play()
            desk.wait_for_timeout(300)
            found += [f"{name}: {fault}" for fault in accessibility_faults(desk)]
            assert desk.evaluate("document.documentElement.scrollWidth <= innerWidth"), name
            assert name == "check" or desk.evaluate(
                "document.documentElement.scrollHeight <= innerHeight"
            ), name
    assert found == []


def test_the_cockpit_can_be_worked_on_a_telephone(
    agent: Any, browser: Any, site: str, session_cookie: Any
) -> None:
    with new_page(browser, base_url=site, viewport=PHONE) as desk:
        desk.context.add_cookies(
            [{"name": n, "value": v, "url": site} for n, v in session_cookie(agent).items()]
        )
        for name, play in _states(desk, agent):
            play()
            assert desk.evaluate("document.documentElement.scrollWidth <= innerWidth"), name


def _states(desk: Any, agent: Any) -> Any:
    call = PlayedCall(agent)
    yield "check", lambda: desk.goto("/shift-check/")
    yield "idle", lambda: desk.goto("/cockpit/")
    yield "ringing", lambda: (call.rings(ago=6), desk.locator("[data-key=F2]").wait_for())
    yield "talking", lambda: press_until(desk, "F2", "[data-key=F7]")
    yield "draft", lambda: press_until(desk, "F4", "[data-draft]:not([hidden])")
    yield "alarm", lambda: press_until(desk, "F9", ".sw-safety")
    yield "after", lambda: (call.is_hung_up(), desk.wait_for_timeout(900))
