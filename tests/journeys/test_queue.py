"""The queue and what was promised: a lost call is called back, a supervisor moves a call, a recording is heard."""

from pathlib import Path
from typing import Any

import pytest

from shouwen.adapters import system_clock
from shouwen.cases.models import Case, Promise
from shouwen.core.telephony import LineEvent
from shouwen.hotline.models import AgentState, Call, CallAttempt
from shouwen.hotline.operations import ask_for_call_back, hear
from shouwen.journal.models import Entry
from tests import people
from tests.apps.hotline.sounds import recorded
from tests.browser import accessibility_faults, new_page
from tests.calls_played import PlayedCall, seated


@pytest.fixture
def kept_sounds(site: str, settings: Any, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Recordings lie where the server looks for them."""
    home = next(tmp_path_factory.getbasetemp().glob("server*"))
    settings.SHOUWEN_RECORDINGS_DIR = home / "recordings"


@pytest.fixture
def lead(agent: Any, signed_in: Any) -> Any:
    """周敏, who leads the calls, at the board."""
    page = signed_in(people.staff("zhou_min"))
    page.goto("/board/")
    page.get_by_role("heading", name="在等的来电").wait_for()
    return page


def lost(agent: Any) -> Call:
    """A call that nobody took in time; the job has made a promise of it."""
    call = PlayedCall(agent)
    call.rings(ago=20)
    over = call.is_hung_up(unanswered=True)
    ask_for_call_back(call_id=over.pk, now=system_clock.now())
    return over


def customer_takes(call: Call) -> None:
    """The customer who is called takes it, as the exchange tells."""
    name = call.call_id.removeprefix("simulator:")
    now = system_clock.now()
    told = LineEvent(
        id="taken", call=name, type="answered", at=now, offer=f"{name}:1", staff_no="1031"
    )
    hear(events=[told], source="simulator", now=now)


def test_an_abandoned_call_is_called_back_with_one_key_and_the_promise_is_kept(
    agent: Any, signed_in: Any
) -> None:
    people.home(surname="阮")
    lost(agent)
    desk = signed_in(agent)
    desk.goto("/cockpit/")
    desk.get_by_text("来电没有接上").first.wait_for()

    desk.keyboard.press("F4")
    desk.get_by_role("form", name="回电结果").wait_for()
    attempt = CallAttempt.objects.get()
    assert attempt.call is not None
    assert attempt.call.case == Case.objects.get()
    customer_takes(attempt.call)
    desk.locator("[data-key=F7]").wait_for()
    desk.get_by_label("答了什么").fill("问营业时间，已告知")
    desk.keyboard.press("Tab")
    desk.get_by_role("button", name="接通了").click()
    desk.get_by_text("回电结果已记下").wait_for()

    promise = Promise.objects.get()
    attempt.refresh_from_db()
    assert (promise.state, attempt.outcome) == ("kept", "reached")
    assert attempt.call is not None
    attempt.call.refresh_from_db()
    assert promise.kept_at == attempt.call.answered_at
    assert not Case.objects.get().is_open
    desk.goto("/callbacks/")
    desk.get_by_text("没有要打的回电").wait_for()


def test_from_the_queue_a_call_is_dialled_with_the_keyboard_and_tried_again_later(
    agent: Any, signed_in: Any
) -> None:
    lost(agent)
    page = signed_in(agent)
    page.goto("/callbacks/")
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.closest('tr[data-row]') !== null")

    page.keyboard.press("F4")
    page.wait_for_url("**/cockpit/")
    page.get_by_role("button", name="没人接").click()
    page.get_by_text("回电结果已记下").wait_for()
    page.goto("/callbacks/")

    page.get_by_text("1 / 4 次 · 没人接").wait_for()
    assert Promise.objects.get().state == "open"
    assert CallAttempt.objects.get().next_at is not None


def test_a_supervisor_moves_a_waiting_call_to_an_agent_who_is_free(
    agent: Any, lead: Any, browser: Any, site: str, session_cookie: Any
) -> None:
    other = seated(people.staff("lin_xiao"), extension="1002")
    call = PlayedCall(agent)
    call.rings(ago=13)
    row = lead.locator("tr[data-row]", has_text="王敏 振铃")
    row.wait_for()
    row.get_by_text("超了").wait_for(timeout=6000)  # it turns red by itself

    with new_page(browser, base_url=site) as theirs:
        cookies = session_cookie(other).items()
        theirs.context.add_cookies([{"name": n, "value": v, "url": site} for n, v in cookies])
        theirs.goto("/cockpit/")
        row.get_by_role("button", name="改派").click()
        lead.get_by_label("改派给", exact=True).select_option("staff:1015")
        lead.get_by_role("dialog", name="把这个来电改派给谁").get_by_role(
            "button", name="改派"
        ).click()
        theirs.locator("[data-key=F2]").wait_for()
        theirs.keyboard.press("F2")
        theirs.locator("[data-key=F7]").wait_for()

    assert Call.objects.get().staff == other
    assert AgentState.objects.get(staff=agent).status == "ready"
    assert Entry.objects.get(kind="call.reassigned").actor == "2016"
    lead.get_by_text("没有人在等").wait_for()


def test_a_recording_is_played_on_one_side_and_the_playing_stands_in_the_journal(
    agent: Any, lead: Any, kept_sounds: None, tmp_path: Path
) -> None:
    played = PlayedCall(agent)
    played.rings(ago=40)
    played.is_answered(ago=34)
    call = played.is_hung_up()
    recorded(call, tmp_path, now=system_clock.now())

    lead.goto(f"/calls/{call.pk}/")
    lead.get_by_role("button", name="播放").click()
    lead.locator("audio").wait_for()
    assert lead.evaluate(
        """async () => { const sound = document.querySelector('audio'); sound.muted = true;
        await sound.play(); return sound.duration; }"""
    ) == pytest.approx(2.0)
    lead.evaluate("document.querySelector('audio').pause()")
    played.tell("held", at=call.answered_at)  # told late: the page is fetched again
    lead.get_by_text("保持").first.wait_for()
    assert lead.locator("audio").count() == 1
    lead.get_by_role("link", name="只听客户").click()
    lead.locator("audio[src$='left.wav']").wait_for()
    lead.evaluate(
        "async () => { const s = document.querySelector('audio'); s.muted = true; await s.play(); }"
    )

    entry = Entry.objects.get(kind="call.recording_played")
    assert (entry.actor, entry.subject_id) == ("2016", call.pk)
    lead.goto(f"/calls/{call.pk}/")
    lead.get_by_text("周敏 听录音").wait_for()


def test_on_the_page_of_a_case_the_recording_of_its_call_is_heard_in_place(
    agent: Any, lead: Any, kept_sounds: None, tmp_path: Path
) -> None:
    case = people.case(at=system_clock.now())
    played = PlayedCall(agent)
    played.rings(ago=40)
    played.is_answered(ago=34)
    call = played.is_hung_up()
    Call.objects.filter(pk=call.pk).update(case=case)
    recorded(call, tmp_path, now=system_clock.now())

    lead.goto(f"/cases/{case.number}/")
    lead.get_by_role("link", name="录音").click()
    lead.get_by_role("button", name="播放").click()
    lead.locator(".sw-tl audio").wait_for()

    assert lead.url.endswith(f"/cases/{case.number}/")
    assert Entry.objects.filter(kind="call.recording_played").count() == 1


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_board_queue_and_call_are_accessible_and_fit(
    agent: Any, browser: Any, site: str, session_cookie: Any, language: str, tmp_path: Path
) -> None:
    people.home(surname="欧阳")
    over = lost(agent)
    PlayedCall(agent, number="14000000099").rings(ago=20)
    recorded(over, tmp_path, now=system_clock.now())
    found = []
    with new_page(browser, base_url=site, language=language) as page:
        cookies = session_cookie(people.staff("zhou_min")).items()
        page.context.add_cookies([{"name": n, "value": v, "url": site} for n, v in cookies])
        for path in ("/board/", "/board/?wall", "/callbacks/", f"/calls/{over.pk}/"):
            page.goto(path)
            found += [f"{path}: {fault}" for fault in accessibility_faults(page)]
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
    assert found == []
