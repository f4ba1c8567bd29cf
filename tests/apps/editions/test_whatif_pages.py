"""The pages of a draft tried on the past, for whoever may see them."""

import uuid
from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from shouwen.access.roles import Role
from shouwen.adapters import system_clock
from shouwen.cases.models import Case
from shouwen.editions.models import WhatIfFlip, WhatIfRun
from shouwen.editions.operations.whatif import ask_what_if
from shouwen.jobs.registry import OUTSIDE
from shouwen.jobs.worker import work_once
from shouwen.standard.whatif import Tally
from tests.apps.clocks.happenings import ANSWERED, CONSULTATION, happens
from tests.apps.editions.drafts import FRIDAY, a_draft, a_question, changed, editor, holder

pytestmark = [
    pytest.mark.django_db(transaction=True),
]
LATER = datetime(2026, 10, 20, 1, 0, tzinfo=UTC)
DAYS = {"since": "2026-10-01", "until": "2026-10-15"}


@pytest.fixture
def draft():
    """One working day instead of two."""
    return changed(a_draft(), limit={"value": 1, "unit": "working_days"})


@pytest.fixture
def client():
    return signed_in(editor())


def signed_in(who):
    client = Client()
    client.force_login(who)
    return client


def address(name, draft, *more):
    return reverse(name, args=[draft.pk, *more])


def a_late_question():
    case = a_question()
    happens(case, "case.answered", at=datetime(2026, 10, 12, 4, tzinfo=UTC), facts=CONSULTATION)
    Case.objects.create(
        id=case.id,
        number="20261009-0001",
        kind="consultation",
        said="问气表",
        reported_at=FRIDAY,
        opened_at=FRIDAY,
        first_asked=editor(),
        owner=editor(),
    )
    return case


def tried(draft):
    """The draft tried on October, and done."""
    run = ask_what_if(
        edition=draft,
        since=date(2026, 10, 1),
        until=date(2026, 10, 15),
        by=editor(),
        run_id=uuid.uuid4(),
        now=LATER,
    )
    while work_once(clock=lambda: LATER, queue=OUTSIDE):
        pass
    return run


def ask(client, draft, **days):
    sent = {"act_id": str(uuid.uuid4()), **DAYS, **days}
    return client.post(address("whatif_ask", draft), sent)


def test_the_answer_comes_first_and_leads_to_the_case(client, draft):
    a_late_question()
    tried(draft)

    shown = client.get(address("whatif", draft)).content.decode()

    assert "“两个工作日内答复”改成 1 个工作日：会多出 1 件超时，集中在周五上午受理的。" in shown
    assert reverse("case", args=["20261009-0001"]) in shown
    assert "100.0%" in shown
    assert "0.0%" in shown


def test_asking_twice_with_one_form_asks_once(client, draft):
    act = str(uuid.uuid4())

    first = ask(client, draft, act_id=act)
    second = ask(client, draft, act_id=act)

    assert (first.status_code, second.status_code) == (302, 302)
    assert WhatIfRun.objects.count() == 1


def test_a_draft_under_way_is_not_asked_about_again(client, draft):
    ask(client, draft)

    again = ask(client, draft)

    assert again.status_code == 409
    assert "正在试算" in again.content.decode()


@pytest.mark.parametrize("days", [{"since": ""}, {"until": "2026-09-30"}, {"since": "nonsense"}])
def test_days_that_cannot_be_are_told_of(client, draft, days):
    refused = ask(client, draft, **days)

    assert refused.status_code == 400
    assert not WhatIfRun.objects.exists()


def test_a_try_under_way_shows_its_bar_and_can_be_called_off(client, draft):
    ask(client, draft)
    run = WhatIfRun.objects.get()

    bar = client.get(address("whatif_progress", draft, run.pk))
    client.post(address("whatif_cancel", draft, run.pk), {"act_id": str(uuid.uuid4())})

    assert "<progress" in bar.content.decode()
    run.refresh_from_db()
    assert run.state == WhatIfRun.State.CANCELLED
    ended = client.get(address("whatif_progress", draft, run.pk))
    assert ended.headers["HX-Refresh"] == "true"


def test_an_older_text_of_the_draft_is_named_as_such(client, draft):
    a_late_question()
    tried(draft)
    changed(draft, limit={"value": 3, "unit": "working_days"})

    assert "旧稿的结果" in client.get(address("whatif", draft)).content.decode()


def test_changes_are_paged_by_what_was_seen_last(client, draft, django_assert_max_num_queries):
    run = many_changes(draft, 120)
    seen, url = 0, address("whatif_flips", draft, run.pk)

    while url:
        with django_assert_max_num_queries(14):
            page = client.get(url).context["page"]
        seen += len(page.rows)
        url = page.more_url

    assert seen == 120


def many_changes(draft, count):
    now = system_clock.now()
    tally = Tally()
    tally.count(rule_id=ANSWERED, old="met", new="missed", times=count)
    run = WhatIfRun.objects.create(
        id=uuid.uuid4(),
        edition=draft,
        revision=draft.revision,
        since=date(2026, 1, 1),
        until=date(2026, 6, 1),
        asked_by=editor(),
        asked_at=now,
        state=WhatIfRun.State.DONE,
        outcome=tally.as_table(),
    )
    WhatIfFlip.objects.bulk_create(
        WhatIfFlip(
            run=run,
            rule_id=ANSWERED,
            subject_kind=kind,
            subject_id=uuid.uuid4(),
            ordinal=1,
            turn="added",
            old="met",
            new="missed",
            began_at=now - timedelta(days=1),
        )
        for kind in ("case", "promise", "call")
        for _ in range(count // 3)
    )
    return run


def test_an_auditor_looks_but_does_not_ask(draft):
    auditor = signed_in(holder(Role.AUDITOR, "9101"))

    assert auditor.get(address("whatif", draft)).status_code == 200
    assert ask(auditor, draft).status_code == 403


@pytest.mark.parametrize("role", [Role.AGENT, Role.TECHNICIAN, Role.SYSTEM_ADMIN])
def test_other_roles_see_nothing(draft, role):
    client = signed_in(holder(role, "1099"))

    assert client.get(address("whatif", draft)).status_code == 403


def test_a_stranger_is_asked_to_sign_in(draft):
    assert "/sign-in/" in Client().get(address("whatif", draft)).headers["Location"]
