"""Written matters: a form from the web and a mail, each until its writer has an answer."""

from typing import Any

import pytest

from shouwen.adapters import system_clock
from shouwen.adapters.delivery import Outgoing
from shouwen.adapters.doubles.mail_server import MailServerDouble, running_mail_server
from shouwen.adapters.doubles.mailbox import MailboxDouble, running_mailbox
from shouwen.adapters.imap import mailbox
from shouwen.adapters.smtp import mail_server
from shouwen.cases.models import Case
from shouwen.clocks.models import Clock, Ruling
from shouwen.inbox.models import Letter
from shouwen.inbox.work import poll
from shouwen.messages.models import Message
from tests import people
from tests.apps.inbox.post import OURS, mailed, written
from tests.browser import DESKTOP, PHONE, accessibility_faults, new_page


@pytest.fixture
def agent(site: str) -> Any:
    for code in people.DEPARTMENTS:
        people.department(code)
    people.home()
    return people.staff("wang_min")


def sent_through(server: MailServerDouble, message: Message) -> Any:
    """The mail as the mail server got it."""
    way = mail_server(url=f"smtp://127.0.0.1:{server.port}", sender=OURS)
    outgoing = Outgoing(
        key=message.outside_key,
        channel="mail",
        to=message.recipient,
        title=message.title,
        body=message.body,
        language="zh",
        asked_at=message.asked_at,
        answers=message.answers,
        is_written=message.is_written,
    )
    accepted = way.deliver(outgoing, now=system_clock.now())
    Message.objects.filter(pk=message.pk).update(provider_id=accepted.provider_id, state="sent")
    return server.mails[-1].content


def write_form(stranger: Any, words: str, mail: str = "") -> str:
    stranger.goto("/contact/")
    stranger.get_by_role("textbox", name="姓名").fill("阮文秀")
    stranger.get_by_role("textbox", name="电话").fill("14077002093")
    stranger.get_by_role("textbox", name="邮箱").fill(mail)
    stranger.get_by_role("textbox", name="什么事").fill(words)
    stranger.get_by_label("我同意").check()
    stranger.get_by_role("button", name="提交").click()
    stranger.locator(".sw-web__receipt").wait_for()
    return str(stranger.locator(".sw-web__receipt").inner_text())


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "telephone"])
def test_what_a_stranger_sees_can_be_read_by_everybody(
    browser: Any, site: str, size: dict[str, int], theme: str
) -> None:
    with new_page(browser, base_url=site, viewport=size) as stranger:
        stranger.context.add_cookies([{"name": "shouwen_theme", "value": theme, "url": site}])
        for page in ("/contact/", "/contact/status/"):
            stranger.goto(page)
            assert accessibility_faults(stranger) == []
        write_form(stranger, "楼道里有燃气味")
        assert accessibility_faults(stranger) == []


def test_what_an_answer_would_break_is_shown_before_it_goes(agent: Any, signed_in: Any) -> None:
    letter = mailed(written("为什么要交押金？", subject="押金"))

    page = signed_in(agent)
    page.goto(f"/inbox/{letter.receipt}/")
    draft = page.get_by_label("答复", exact=True)
    clean = draft.input_value()
    draft.fill(f"{clean}\n规定就是规定。")
    page.get_by_role("button", name="发出答复").click()
    page.get_by_role("alert").get_by_text("规定就是规定").wait_for()
    page.get_by_role("alert").get_by_text("我能做到的是先帮您登记").wait_for()
    assert accessibility_faults(page) == []
    assert not Message.objects.filter(text_id="letter-answered").exists()

    page.get_by_role("button", name="照这样发").click()
    page.wait_for_load_state()

    assert Message.objects.filter(text_id="letter-answered").count() == 1
    assert Ruling.objects.get(subject_kind="letter", verdict="missed").staff_no == agent.staff_no


def test_a_form_from_the_web_becomes_a_case_that_is_answered(
    agent: Any, signed_in: Any, browser: Any, site: str
) -> None:
    with new_page(browser, base_url=site, viewport=PHONE) as stranger:
        stranger.goto("/contact/")
        assert accessibility_faults(stranger) == []
        call = stranger.locator("a[href^='tel:']").first.bounding_box()
        assert call is not None
        assert call["y"] < 400
        receipt = write_form(stranger, "灶打不着火，换过电池也不行", mail="ruan@example.com")

        page = signed_in(agent)
        page.goto("/inbox/")
        assert accessibility_faults(page) == []
        page.get_by_role("link", name="灶打不着火").click()
        assert accessibility_faults(page) == []
        page.get_by_label("来意").select_option("repair")
        page.get_by_role("button", name="立工单").click()
        page.wait_for_url("**/cases/**")
        page.goto(f"/inbox/{receipt}/")
        draft = page.get_by_label("答复", exact=True)
        assert draft.input_value().startswith("阮女士：")
        draft.fill(f"{draft.input_value()}\n维修师傅今天下午上门。")
        page.get_by_role("button", name="发出答复").click()
        page.wait_for_load_state()

        case = Case.objects.get()
        assert (case.channel, case.first_asked) == ("web", agent)
        assert case.customer is not None
        assert Clock.objects.filter(subject_id=case.pk, started_at=case.reported_at).exists()
        assert Message.objects.get(text_id="letter-answered").recipient == "ruan@example.com"
        stranger.goto(f"/contact/status/?receipt={receipt}")
        stranger.get_by_label("电话后四位").fill("2093")
        stranger.get_by_role("button", name="查进度").click()
        stranger.get_by_text("已答复").wait_for()


def test_a_mail_is_answered_and_the_reply_finds_its_case(agent: Any, signed_in: Any) -> None:
    now = system_clock.now()
    with running_mailbox(MailboxDouble()) as box, running_mail_server(MailServerDouble()) as out:
        ours = mailbox(url=f"imap://service:secret@127.0.0.1:{box.port}/INBOX")
        box.deliver(written("商业用户加装灶具要办什么手续？", subject="加装灶具"), at=now)
        poll(ours, now=now)

        page = signed_in(agent)
        page.goto("/inbox/")
        page.get_by_role("link", name="加装灶具").click()
        page.get_by_label("来意").select_option("consultation")
        page.get_by_role("button", name="立工单").click()
        page.wait_for_url("**/cases/**")
        case = Case.objects.get()
        page.goto(f"/inbox/{Letter.objects.get().receipt}/")
        draft = page.get_by_label("答复", exact=True)
        draft.fill(f"{draft.input_value()}\n请带营业执照到营业厅，三个工作日内勘查。")
        page.get_by_role("button", name="发出答复").click()
        page.wait_for_load_state()

        answer = sent_through(out, Message.objects.get(text_id="letter-answered"))
        assert (answer["In-Reply-To"], answer["Auto-Submitted"]) == ("<m1@example.com>", None)
        assert "请带营业执照" in answer.get_content()
        assert case.number in answer["Subject"]
        box.deliver(
            written(
                "明白了，谢谢",
                subject="Re: 加装灶具",
                message_id="<m2@example.com>",
                In_Reply_To=answer["Message-ID"],
            ),
            at=now,
        )
        poll(ours, now=now)
        reply = Letter.objects.get(message_id="<m2@example.com>")
        assert reply.thread == case
        page.goto(f"/inbox/{reply.receipt}/")
        assert page.get_by_label("工单号").input_value() == case.number
        page.get_by_role("button", name="归入").click()
        page.wait_for_url(f"**/cases/{case.number}/")
        assert "明白了，谢谢" in page.inner_text("main")


def test_a_letter_that_smells_of_gas_rings_on_an_open_screen_and_is_sent_on(
    agent: Any, signed_in: Any, browser: Any, site: str
) -> None:
    page = signed_in(agent)
    page.goto("/clocks/")
    page.locator("#sw-alarms").wait_for(state="attached")
    with new_page(browser, base_url=site) as stranger:
        write_form(stranger, "厨房里有燃气味，很浓")
        assert "离开房间" in stranger.inner_text("main")

    page.locator(".sw-alarms__line").click()  # it came by itself
    page.get_by_role("button", name="马上派抢修").click()
    page.wait_for_url("**/cases/**")

    case = Case.objects.get()
    assert case.kind == "alarm"
    assert case.handovers.get().to_department == people.department("emergency")
    page.goto("/clocks/")
    page.locator("#sw-alarms").wait_for(state="attached")
    assert page.locator(".sw-alarms__line").count() == 0
