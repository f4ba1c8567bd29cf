"""Kinds of matter on a call, by the keyboard: the superior asked, papers sent, three calls that are one fault."""

from typing import Any

import pytest

from shouwen.adapters import system_clock
from shouwen.cases.models import AnswerRequest, Case, Handover, Incident, Promise
from shouwen.cases.operations.incidents import TELL
from shouwen.cases.work import incident_over
from shouwen.jobs.models import Job
from shouwen.journal.models import Entry
from shouwen.messages.models import Message
from tests import people
from tests.browser import accessibility_faults, new_page
from tests.calls_played import PlayedCall, answered, seated

DEPARTMENTS = ("hotline", "repair", "quality", "emergency", "network", "connections", "hall")
KINDS = {
    "consultation": "1",
    "complaint": "2",
    "repair": "3",
    "new_connection": "5",
    "network_fault": "6",
}


@pytest.fixture
def agent(site: str) -> Any:
    """王敏 at her telephone, free, with the registers in place."""
    for code in DEPARTMENTS:
        people.department(code)
    return seated(people.staff("wang_min"))


def chosen(desk: Any, kind: str) -> None:
    """F10 and the number of the kind."""
    desk.keyboard.press("F10")
    desk.keyboard.press(KINDS[kind])
    desk.locator(f"[data-kind='{KINDS[kind]}'][aria-pressed=true]").wait_for()


def over(desk: Any, call: PlayedCall) -> None:
    """The customer hangs up and the agent is free again."""
    call.is_hung_up()
    desk.get_by_role("button", name="办完，准备接").click()
    desk.get_by_text("等待来电").wait_for()


def at_work(browser: Any, site: str, cookies: Any) -> Any:
    """Somebody else's browser on 我的工作."""
    context = new_page(browser, base_url=site)
    page = context.__enter__()
    page.context.add_cookies([{"name": n, "value": v, "url": site} for n, v in cookies.items()])
    page.goto("/")
    return context, page


def becomes_an_incident(desk: Any) -> None:
    """The matter is a fault of the network, passed on with F3, and concerns many."""
    chosen(desk, "network_fault")
    desk.fill("#ck-said", "整栋楼没气")
    desk.keyboard.press("F3")
    desk.get_by_text("已转交").wait_for()
    desk.locator("#tab-ways").click()
    desk.get_by_role("button", name="开事件").click()
    desk.get_by_text("已归入管网事件").wait_for()


def test_beyond_the_agents_authority_the_superior_decides_while_the_customer_has_a_promise(
    desk: Any, agent: Any, browser: Any, site: str, session_cookie: Any
) -> None:
    people.home()
    lead, call = people.staff("zhou_min"), PlayedCall(agent)
    context, theirs = at_work(browser, site, session_cookie(lead))
    answered(desk, call)
    chosen(desk, "consultation")

    desk.keyboard.press("D")
    desk.fill("#ck-ask-question", "能不能免上门费")
    desk.fill("#ck-ask-answer", "可以免一次")
    desk.get_by_role("button", name="约回电并请示").click()
    desk.get_by_text("已请示上级，等批").wait_for()
    theirs.get_by_text("请示：能不能免上门费").wait_for()  # live
    over(desk, call)  # the call is closed whatever the superior does
    assert Promise.objects.get().state == "open"

    theirs.get_by_role("button", name="批准…", exact=True).click()
    theirs.get_by_role("dialog").get_by_role("button", name="批准", exact=True).click()
    theirs.get_by_text("周敏 已批准").first.wait_for()
    context.__exit__(None, None, None)
    desk.goto("/")
    desk.get_by_text("周敏 已批准，可以答复：可以免一次").wait_for()

    assert AnswerRequest.objects.get().state == "approved"
    assert accessibility_faults(desk) == []


def test_the_papers_of_a_new_connection_are_ticked_and_sent_by_sms(desk: Any, agent: Any) -> None:
    people.home()
    call = PlayedCall(agent)
    answered(desk, call)
    chosen(desk, "new_connection")
    desk.select_option("#ck-f-applicant", "business")
    desk.keyboard.press("Control+Enter")
    desk.locator("#tab-ways").click()
    desk.get_by_text("商业、公福报装").wait_for()

    for paper in (
        "流程和时限",
        "用气申请表",
        "营业执照",
        "房产或租赁合同",
        "经办人身份证",
        "用气设备清单",
        "平面图",
    ):
        desk.get_by_label(paper, exact=True).check()
    desk.locator("li", has_text="解答").locator(".sw-shape--met").first.wait_for()
    desk.get_by_role("button", name="发短信").first.click()
    desk.get_by_text("已交去发送").wait_for()

    message = Message.objects.get()
    assert message.recipient == call.number
    assert "营业执照" in message.body
    steps = {e.data["step"] for e in Entry.objects.filter(kind="call.step_done")}
    assert {"papers_business", "procedure", "send_list"} <= steps
    assert accessibility_faults(desk) == []


def test_three_calls_about_one_fault_are_one_incident_and_each_has_an_answer(
    desk: Any, agent: Any
) -> None:
    numbers = ("14077002093", "14077002094", "14077002095")
    for place, number in enumerate(numbers):
        people.home(phone=number, address=("3", "1", f"50{place}"))
    first = PlayedCall(agent, number=numbers[0])
    answered(desk, first)
    becomes_an_incident(desk)
    over(desk, first)
    for number in numbers[1:]:
        call = PlayedCall(agent, number=number)
        answered(desk, call)
        desk.get_by_text("像是管网事件").wait_for()
        desk.get_by_text("正在抢修管网故障").first.wait_for()
        desk.keyboard.press("F3")
        desk.get_by_text("已归入管网事件").first.wait_for()
        over(desk, call)

    desk.goto(f"/incidents/{Incident.objects.get().lead.number}/")
    assert desk.locator("tbody tr").count() == 3
    desk.get_by_role("button", name="故障排除，结束…").click()
    desk.get_by_role("dialog").get_by_role("button", name="结束并答复").click()
    desk.get_by_text("结束", exact=False).first.wait_for()
    for job in Job.objects.filter(kind=TELL):
        incident_over(job.payload, system_clock.now())

    desk.get_by_text("已发短信答复").nth(2).wait_for()
    assert Message.objects.filter(text_id="incident-over").count() == 3
    assert Entry.objects.filter(kind="case.answered").count() == 3
    assert Case.objects.filter(gathered__incident=Incident.objects.get()).count() == 3
    assert Handover.objects.count() == 1
    assert accessibility_faults(desk) == []
