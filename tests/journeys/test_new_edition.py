"""A limit is changed: the editor sees what it would do, another person publishes, old promises stand."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Browser, Page

from shouwen.adapters import system_clock
from shouwen.clocks.queries import look_again
from shouwen.core.events import Subject
from shouwen.jobs.worker import work_once
from shouwen.people.models import Staff
from tests.apps.clocks.happenings import ANSWERED, clock
from tests.apps.editions.drafts import a_question, approver, editor
from tests.browser import PHONE, accessibility_faults, new_page
from tests.servers import running_server

SessionCookie = Callable[[Staff], dict[str, str]]


@pytest.fixture
def shared_site(transactional_db: None) -> Iterator[str]:
    """A server that works in the data folder of this process: drafts and editions are files there."""
    with running_server(Path(settings.SHOUWEN_HOME)) as (_, port):
        yield f"http://127.0.0.1:{port}"


def opened(
    browser: Browser, site: str, session_cookie: SessionCookie, staff: Staff, **more: Any
) -> tuple[AbstractContextManager[Page], Page]:
    """A page of somebody who is signed in."""
    context = new_page(browser, base_url=site, **more)
    page = context.__enter__()
    cookies = session_cookie(staff).items()
    page.context.add_cookies([{"name": n, "value": v, "url": site} for n, v in cookies])
    return context, page


def due(case: Subject) -> datetime:
    """When the question has to be answered."""
    found = clock(case, ANSWERED).due_at
    assert found is not None
    return found


def work() -> None:
    while work_once(clock=system_clock.now):
        pass


def test_a_changed_limit_is_previewed_approved_and_holds_for_new_cases_only(
    shared_site: str, browser: Browser, session_cookie: SessionCookie
) -> None:
    old = a_question(system_clock.now() - timedelta(minutes=10))
    promised = due(old)
    editing, page = opened(browser, shared_site, session_cookie, editor())
    deciding, other = opened(browser, shared_site, session_cookie, approver())

    page.goto("/clauses/5.3.4/draft/")
    page.get_by_role("button", name="起一份草案").click()
    page.get_by_label("叫什么").fill("一天答复")
    page.get_by_role("dialog").get_by_role("button", name="起草").click()
    page.get_by_label("期限", exact=True).fill("1")
    page.get_by_role("button", name="存下并检查").click()
    page.get_by_text("期限：2 个工作日 → 1 个工作日").wait_for()
    draft = page.url
    assert "在走的时钟一个也不改" in page.inner_text("main")
    page.get_by_role("button", name="送审").first.click()
    page.get_by_role("dialog").get_by_role("button", name="送审").click()
    page.get_by_text("待审批").wait_for()
    assert page.get_by_role("button", name="批准并发布").count() == 0

    other.goto(draft)
    other.get_by_role("button", name="批准并发布").click()
    other.get_by_role("dialog").get_by_role("button", name="发布").click()
    other.get_by_text("现行").wait_for()
    work()
    look_again()
    new = a_question(system_clock.now())

    assert due(old) == promised
    assert due(new) < promised
    editing.__exit__(None, None, None)
    deciding.__exit__(None, None, None)


def test_the_preview_shows_who_is_newly_overdue_and_every_page_fits_a_phone(
    shared_site: str, browser: Browser, session_cookie: SessionCookie
) -> None:
    for _ in range(2):
        a_question(system_clock.now() - timedelta(minutes=10))
    editing, page = opened(browser, shared_site, session_cookie, editor())
    page.goto("/clauses/5.3.4/draft/")
    page.get_by_role("button", name="起一份草案").click()
    page.get_by_label("叫什么").fill("立刻答复")
    page.get_by_role("dialog").get_by_role("button", name="起草").click()
    page.get_by_label("期限", exact=True).fill("1")
    page.get_by_label("已开始的时钟").select_option("rejudge_open")
    page.get_by_role("button", name="存下并检查").click()
    page.get_by_text("期限：2 个工作日 → 1 个工作日").wait_for()
    draft = page.url

    page.get_by_role("button", name="数一遍").click()
    work()
    # The box comes again by itself when the count is complete.
    page.get_by_text("2 个时钟换了期限或结果").wait_for()

    for viewport in ({"width": 1366, "height": 768}, PHONE):
        for language in ("zh-CN", "en"):
            seeing, view = opened(
                browser,
                shared_site,
                session_cookie,
                editor(),
                viewport=viewport,
                language=language,
            )
            for path in (
                "/editions/",
                draft,
                f"{draft}moves/",
                f"{draft}diff/",
                f"{draft}rules/{ANSWERED}/",
            ):
                view.goto(path)
                assert accessibility_faults(view) == [], path
                fits = "document.documentElement.scrollWidth <= window.innerWidth"
                assert view.evaluate(fits), (path, viewport, language)
            seeing.__exit__(None, None, None)
    editing.__exit__(None, None, None)
