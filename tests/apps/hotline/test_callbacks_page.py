"""The queue of promised calls: what stands on it, who may call, who may ask others to."""

import uuid
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from shouwen.adapters import system_clock
from shouwen.cases.models import Handover, Promise
from shouwen.cases.operations import make_promise
from shouwen.hotline.models import Call, CallAttempt, CallBack
from shouwen.people.models import Staff
from tests import people
from tests.calls_played import seated

pytestmark = pytest.mark.django_db


@pytest.fixture
def promise(settings) -> Promise:
    settings.SHOUWEN_TELEPHONY = "simulator"
    return promised()


def promised(*, by: str = "wang_min", hours: float = 3, words: str = "回电说明过户") -> Promise:
    now = system_clock.now()
    matter = people.case(
        kind="consultation", by=people.staff(by), at=now, caller_phone="14000571192"
    )
    return make_promise(
        act_id=uuid.uuid4(), case_id=matter.pk, by=matter.owner, kind="call_back", words=words,
        due_at=now + timedelta(hours=hours), at=now, now=now,
    )  # fmt: skip


def as_(who: str) -> Client:
    client = Client()
    client.force_login(people.staff(who))
    return client


def post(who: str, name: str, promise: Promise, **data: str):
    return as_(who).post(reverse(name, args=[promise.pk]), {"act_id": str(uuid.uuid4()), **data})


def shown(who: str, query: str = "") -> str:
    return as_(who).get(f"{reverse('callbacks')}{query}").content.decode()


def test_the_own_calls_come_by_due_time_with_clock_reason_and_masked_number(promise):
    promised(hours=1, words="回电说明停气")

    page = shown("wang_min")

    assert page.index("回电说明停气") < page.index("回电说明过户")
    assert "140 **** 1192" in page
    assert "14000571192" not in page
    assert "/why/" in page
    assert "最多拨 4 次" in page


def test_a_supervisor_sees_everybodys_and_an_agent_the_own_team(promise):
    assert "回电说明过户" in shown("zhou_min")
    assert "回电说明过户" not in shown("lin_xiao")
    assert "回电说明过户" in shown("lin_xiao", "?scope=team")
    assert "回电说明过户" not in shown("zheng_lan", "?scope=team")


def test_dialling_leads_to_the_cockpit_and_the_call_to_the_case(promise):
    seated(people.staff("wang_min"))

    answer = post("wang_min", "callback_dial", promise)

    assert answer["Location"] == reverse("cockpit")
    assert Call.objects.get().case == promise.case


def test_a_colleague_who_is_ready_makes_the_call_and_the_promise_stays(promise):
    seated(people.staff("lin_xiao"))

    assert post("lin_xiao", "callback_dial", promise).status_code == 302
    attempt = CallAttempt.objects.get()
    post("lin_xiao", "callback_outcome", promise, outcome="reached", attempt=str(attempt.pk))

    promise.refresh_from_db()
    assert (promise.state, promise.owner) == ("kept", people.staff("wang_min"))


def test_who_has_nothing_to_do_with_it_does_not_call(promise):
    assert post("zheng_lan", "callback_dial", promise).status_code == 403
    assert post("auditor", "callback_dial", promise).status_code == 403


def test_without_an_exchange_the_page_says_so(promise, settings):
    settings.SHOUWEN_TELEPHONY = "none"

    answer = post("wang_min", "callback_dial", promise)

    assert answer.status_code == 409
    assert "没有接交换机" in answer.content.decode()


def test_no_answer_says_when_it_is_tried_again(promise):
    post("wang_min", "callback_outcome", promise, outcome="no_answer")

    assert CallBack.objects.get().next_at is not None
    page = shown("wang_min")
    assert "1 / 4 次 · 没人接" in page
    assert "再打" in page


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ({"outcome": "asked_later", "asked_for": "2020-01-01T10:00"}, "约的时间要在现在以后"),
        ({"outcome": "asked_later", "asked_for": "soon"}, "时间写成"),
        ({"outcome": "unheard_of"}, ""),
    ],
)
def test_an_outcome_that_cannot_be_is_refused_with_a_sentence(promise, data, told):
    answer = post("wang_min", "callback_outcome", promise, **data)

    assert answer.status_code in (400, 409)
    assert told in answer.content.decode()
    assert not CallBack.objects.exists()


def test_a_supervisor_gives_the_call_to_somebody_in_whose_queue_it_then_stands(promise):
    people.staff("sun_li")
    answer = post("zhou_min", "callback_give", promise, to="3301")

    assert answer.status_code == 302
    assert "请 孙立 打" in shown("zhou_min")
    assert "回电说明过户" in shown("sun_li")


def test_only_those_who_lead_give_calls_and_change_owners(promise):
    for name in ("callback_give", "callback_reassign"):
        assert post("lin_xiao", name, promise, to="1015").status_code == 403


def test_another_owner_is_offered_and_nothing_changes_hands_until_it_is_accepted(promise):
    data = {"to": "1015", "reason": "off_shift", "words": "夜班没人，请接这个回电"}
    people.staff("lin_xiao")

    assert post("zhou_min", "callback_reassign", promise, **data).status_code == 302

    assert Handover.objects.get().to_staff == people.staff("lin_xiao")
    promise.refresh_from_db()
    assert promise.owner == people.staff("wang_min")


def test_one_key_dials_whoever_is_due_first(promise):
    first = promised(hours=1)
    agent: Staff = seated(people.staff("wang_min"))
    client, act = as_("wang_min"), {"act_id": str(uuid.uuid4())}
    assert 'data-key="F4"' in client.get(reverse("cockpit")).content.decode()

    for _ in range(2):
        client.post(reverse("cockpit_next"), act, headers={"SW-Cockpit": "1"})

    attempt = CallAttempt.objects.get()
    assert (attempt.promise, attempt.staff) == (first, agent)


def test_the_cockpit_asks_what_became_of_the_call(promise):
    seated(people.staff("wang_min"))
    post("wang_min", "callback_dial", promise)

    page = as_("wang_min").get(reverse("cockpit")).content.decode()

    assert "回电结果" in page
    assert reverse("cockpit_outcome", args=[promise.pk]) in page


def test_a_long_queue_is_paged_and_takes_the_queries_of_a_short_one(
    promise, django_assert_max_num_queries
):
    for n in range(45):
        promised(hours=4 + n, words=f"第 {n:02d} 个")
    client = as_("wang_min")
    client.get(reverse("callbacks"))

    with django_assert_max_num_queries(22):
        page = client.get(reverse("callbacks")).content.decode()

    assert "第 38 个" in page
    assert "第 39 个" not in page
    more = page.partition('<div class="sw-box__foot"><a class="btn sw-btn-s" href="')[2].partition(
        '"'
    )[0]
    assert "第 39 个" in client.get(more.replace("&amp;", "&")).content.decode()
