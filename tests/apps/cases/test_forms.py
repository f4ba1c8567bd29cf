"""Forms on the case page: what a wrong one says, the same act twice, two people at once."""

from typing import Any

import pytest
from django.urls import reverse

from shouwen.cases.models import Handover, Promise
from tests import people
from tests.apps.cases.pages import act, kinds, page, signed_in

pytestmark = pytest.mark.django_db


# --- forms ------------------------------------------------------------------------------------------------


def whole_form(**wrong: Any) -> dict[str, Any]:
    """Everything that any of the forms asks for, but for what is wrong."""
    right = {
        "words": "一句话",
        "to": "department:repair",
        "channel": "phone",
        "what": "arrived",
        "reason": "awaiting_customer",
        "due": "2099-10-09T17:30",
        "kind": "call_back",
    }
    return act(**right) | wrong


@pytest.mark.parametrize(
    ("what", "wrong", "sentence"),
    [
        ("note", {"words": ""}, "写一句再记下"),
        ("note", {"words": "   "}, "写一句再记下"),
        ("note", {"words": "长" * 301}, "300"),
        ("note", {"words": "一\0句"}, "不允许是用空字符"),
        ("answer", {"words": ""}, "写一句再记下"),
        ("answer", {"channel": "pigeon"}, "pigeon"),
        ("offer", {"to": ""}, "选一个部门或同事"),
        ("offer", {"to": "moon"}, "有效"),
        ("offer", {"words": ""}, "写下对方要知道的事"),
        ("step", {"what": "flew"}, "flew"),
        ("promise", {"due": ""}, "写明时间"),
        ("promise", {"due": "明天"}, "时间写成"),
        ("promise", {"words": ""}, "写下对客户说的话"),
        ("agree", {"due": "2026-13-45T99:99"}, "时间写成"),
        ("pause", {"reason": ""}, "选一个原因"),
        ("pause", {"words": ""}, "写明凭据"),
        ("close", {"act_id": ""}, "必填"),
        ("resume", {"act_id": "7"}, "UUID"),
    ],
)
def test_a_wrong_form_is_answered_on_the_page_in_a_sentence(case, what, wrong, sentence):
    before = kinds(case)

    response = signed_in("wang_min").post(page(case, "act_on_case", what), whole_form(**wrong))

    html = response.content.decode()
    notice = html[html.index("sw-note--warn") :][:400]
    assert response.status_code == 400
    assert sentence in notice
    assert case.said in html
    assert kinds(case) == before


def test_a_refusal_without_a_reason_is_asked_for_one(case, offer):
    response = signed_in("sun_li").post(
        reverse("refuse_handover", args=[offer.pk]), act(reason=" ")
    )

    assert response.status_code == 400
    assert "写明不能接收的原因" in response.content.decode()
    assert Handover.objects.get().state == "offered"


@pytest.mark.parametrize("name", ["accept_handover", "refuse_handover", "withdraw_handover"])
def test_an_answer_without_an_id_is_not_taken(case, offer, name):
    who = "wang_min" if name == "withdraw_handover" else "sun_li"

    response = signed_in(who).post(reverse(name, args=[offer.pk]), {"reason": "不行"})

    assert response.status_code == 400
    assert Handover.objects.get().state == "offered"


@pytest.mark.parametrize(
    ("what", "event"),
    [
        ("note", "case.noted"),
        ("answer", "case.answered"),
        ("offer", "case.handover_offered"),
        ("step", "case.arrived"),
        ("agree", "case.agreed_time"),
        ("pause", "case.paused"),
        ("resume", "case.resumed"),
        ("close", "case.closed"),
    ],
)
def test_a_right_form_is_one_event_however_often_it_is_sent(case, what, event):
    client = signed_in("wang_min")
    form = whole_form()

    first = client.post(page(case, "act_on_case", what), form)
    again = client.post(page(case, "act_on_case", what), form)

    assert (first.status_code, again.status_code) == (302, 302)
    assert first["Location"] == page(case)
    assert kinds(case).count(event) == 1


def test_a_promise_sent_twice_is_one_promise(case):
    client = signed_in("wang_min")
    form = whole_form()

    for _ in range(2):
        client.post(page(case, "act_on_case", "promise"), form)

    assert Promise.objects.count() == 1


@pytest.mark.parametrize("to", ["staff:0000", "department:moon"])
def test_a_case_is_not_offered_to_nobody(case, to):
    response = signed_in("wang_min").post(page(case, "act_on_case", "offer"), whole_form(to=to))

    assert response.status_code == 404
    assert not Handover.objects.exists()


def test_a_case_is_not_offered_to_somebody_who_cannot_sign_in(case):
    gone = people.staff("sun_li")
    gone.is_active = False
    gone.save()

    response = signed_in("wang_min").post(
        page(case, "act_on_case", "offer"), whole_form(to="staff:3301")
    )

    assert response.status_code == 404
    assert not Handover.objects.exists()


# --- two at once ------------------------------------------------------------------------------------------


def test_accepting_what_a_colleague_accepted_names_the_colleague(case, offer):
    path = reverse("accept_handover", args=[offer.pk])
    signed_in("gao_yan").post(path, act())

    response = signed_in("sun_li").post(path, act())

    assert response.status_code == 409
    assert "高岩" in response.content.decode()
    case.refresh_from_db()
    assert case.owner == people.staff("gao_yan")


def test_accepting_twice_by_the_same_act_is_accepting_once(case, offer):
    client, form = signed_in("sun_li"), act()
    path = reverse("accept_handover", args=[offer.pk])

    answers = [client.post(path, form).status_code for _ in range(2)]

    assert answers == [302, 302]
    assert kinds(case).count("case.handover_accepted") == 1
    assert case.chain.count() == 2


def test_refusing_what_was_withdrawn_is_told(case, offer):
    signed_in("wang_min").post(reverse("withdraw_handover", args=[offer.pk]), act())

    response = signed_in("sun_li").post(
        reverse("refuse_handover", args=[offer.pk]), act(reason="在别处换表")
    )

    assert response.status_code == 409
    assert "已撤回" in response.content.decode()


def test_withdrawing_what_was_accepted_names_the_new_owner(case, offer):
    signed_in("sun_li").post(reverse("accept_handover", args=[offer.pk]), act())

    response = signed_in("wang_min").post(reverse("withdraw_handover", args=[offer.pk]), act())

    assert response.status_code == 409
    assert "孙立" in response.content.decode()


def test_an_offer_while_another_waits_is_refused_with_what_to_do(case, offer):
    response = signed_in("wang_min").post(page(case, "act_on_case", "offer"), whole_form())

    assert response.status_code == 409
    assert "先撤回" in response.content.decode()


def test_somebody_who_steers_cannot_give_away_what_another_owns(case):
    response = signed_in("zhou_min").post(page(case, "act_on_case", "offer"), whole_form())

    assert response.status_code == 409
    assert "王敏" in response.content.decode()
    assert not Handover.objects.exists()


@pytest.mark.parametrize("what", ["note", "answer", "step", "promise", "agree", "pause", "close"])
def test_nothing_is_done_to_a_case_that_was_closed_meanwhile(case, what):
    client = signed_in("wang_min")
    client.post(page(case, "act_on_case", "close"), act())
    before = kinds(case)

    response = client.post(page(case, "act_on_case", what), whole_form())

    assert response.status_code == 409
    assert "已经办结" in response.content.decode()
    assert kinds(case) == before


def test_a_promise_is_kept_once(case, promise):
    client, form = signed_in("wang_min"), act()
    path = reverse("keep_promise", args=[promise.pk])

    same_act = [client.post(path, form).status_code for _ in range(2)]
    other_act = client.post(path, act())

    assert same_act == [302, 302]
    assert other_act.status_code == 409
    assert "已经有结果" in other_act.content.decode()


def test_a_colleague_who_does_not_own_the_case_keeps_no_promise(case, promise):
    response = signed_in("sun_li").post(reverse("keep_promise", args=[promise.pk]), act())

    assert response.status_code == 403
    promise.refresh_from_db()
    assert promise.state == "open"
