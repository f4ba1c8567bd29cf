"""The case page and what can be done there: who may, what a wrong form says, what happens when two are at it."""

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from shouwen.adapters import system_clock
from shouwen.cases import operations
from shouwen.cases.models import Case, Handover, Promise
from shouwen.core.events import Subject
from shouwen.journal.models import Entry
from shouwen.journal.queries import entries_of
from shouwen.people.models import Staff
from tests import calls, people

pytestmark = pytest.mark.django_db

PHONE = "14077002093"
MASKED = "140 **** 2093"


def minutes_ago(minutes: float):
    return system_clock.now() - timedelta(minutes=minutes)


@pytest.fixture
def case() -> Case:
    """A repair taken five minutes ago by 王敏 for the repair team, from a customer with a number."""
    people.department("repair")
    customer, premises = people.home(phone=PHONE)
    return people.case(at=minutes_ago(5), customer=customer, premises=premises, caller_phone=PHONE)


@pytest.fixture
def offer(case: Case) -> Handover:
    """The case offered to the repair team."""
    at = minutes_ago(4)
    return operations.offer_handover(
        act_id=uuid.uuid4(),
        case_id=case.pk,
        by=case.owner,
        to_department=people.department("repair"),
        note="控制板型号已记",
        at=at,
        now=at,
    )


@pytest.fixture
def promise(case: Case) -> Promise:
    """A call-back promised to the customer."""
    at = minutes_ago(4)
    return operations.make_promise(
        act_id=uuid.uuid4(),
        case_id=case.pk,
        by=case.owner,
        kind="call_back",
        words="下午给您回电",
        due_at=at + timedelta(hours=2),
        at=at,
        now=at,
    )


def signed_in(who: str) -> Client:
    client = Client()
    client.force_login(people.staff(who))
    return client


def page(case: Case, name: str = "case", *more: str) -> str:
    return reverse(name, args=[case.number, *more])


def act(**data: object) -> dict[str, object]:
    return {"act_id": uuid.uuid4()} | data


def kinds(case: Case) -> list[str]:
    return [entry.kind for entry in entries_of(subject=Subject("case", case.pk))]


# --- who may ----------------------------------------------------------------------------------------------


def test_a_stranger_is_sent_to_the_sign_in_and_comes_back_after_it(case, client):
    for path in (page(case), page(case, "case_body")):
        response = client.get(path)

        assert response.status_code == 302
        assert response["Location"] == f"{reverse('sign_in')}?next={path}"


def test_a_stranger_can_do_nothing(case, offer, promise, client):
    for path in (
        page(case, "reveal_phone"),
        page(case, "act_on_case", "close"),
        reverse("accept_handover", args=[offer.pk]),
        reverse("refuse_handover", args=[offer.pk]),
        reverse("withdraw_handover", args=[offer.pk]),
        reverse("keep_promise", args=[promise.pk]),
    ):
        response = client.post(path, act(reason="不行"))

        assert response.status_code == 302
        assert response["Location"].startswith(reverse("sign_in"))
    case.refresh_from_db()
    assert case.is_open


@pytest.mark.parametrize("who", ["zheng_lan", "admin", "li_qiang"])
def test_people_whom_the_case_does_not_concern_are_refused(case, who):
    client = signed_in(who)

    assert client.get(page(case)).status_code == 403
    assert client.get(page(case, "case_body")).status_code == 403
    assert client.post(page(case, "reveal_phone")).status_code == 403
    assert client.post(page(case, "act_on_case", "note"), act(words="看过")).status_code == 403
    assert "case.noted" not in kinds(case)


@pytest.mark.parametrize("who", ["wang_min", "sun_li", "zhou_min", "chen", "auditor"])
def test_people_whom_the_case_concerns_see_it(case, who):
    response = signed_in(who).get(page(case))

    assert response.status_code == 200
    assert case.said in response.content.decode()


def test_onlookers_see_no_buttons_and_owners_do(case):
    onlooker = signed_in("auditor").get(page(case)).content.decode()
    owner = signed_in("wang_min").get(page(case)).content.decode()

    assert page(case, "act_on_case", "answer") not in onlooker
    assert page(case, "act_on_case", "answer") in owner


@pytest.mark.parametrize(
    "path",
    [
        "/cases/20991231-0001/",
        "/cases/20991231-0001/body/",
        "/cases/%2e%2e/",
        "/cases/20991231-0001/phone/",
    ],
)
def test_a_case_that_is_not_there_is_not_found(db, path):
    assert signed_in("chen").get(path).status_code == 404


def test_acts_on_what_is_not_there_are_not_found(case):
    client = signed_in("wang_min")
    nothing = uuid.uuid4()

    for path in (
        "/cases/20991231-0001/acts/note/",
        page(case, "act_on_case", "delete"),
        reverse("accept_handover", args=[nothing]),
        reverse("refuse_handover", args=[nothing]),
        reverse("withdraw_handover", args=[nothing]),
        reverse("keep_promise", args=[nothing]),
    ):
        assert client.post(path, act(words="好", reason="好")).status_code == 404, path


def test_acts_are_not_done_by_looking(case, offer, promise):
    client = signed_in("wang_min")

    for path in (
        page(case, "act_on_case", "close"),
        reverse("accept_handover", args=[offer.pk]),
        reverse("refuse_handover", args=[offer.pk]),
        reverse("withdraw_handover", args=[offer.pk]),
        reverse("keep_promise", args=[promise.pk]),
    ):
        assert client.get(path).status_code == 405, path


def test_a_form_from_another_site_is_refused(case):
    client = Client(enforce_csrf_checks=True)
    client.force_login(people.staff("wang_min"))

    response = client.post(page(case, "act_on_case", "close"), act())

    assert response.status_code == 403
    case.refresh_from_db()
    assert case.is_open


# --- the page ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["wang_min", "sun_li", "chen", "auditor"])
@pytest.mark.parametrize("name", ["case", "case_body"])
def test_the_number_is_masked_and_not_in_the_page(case, who, name):
    html = signed_in(who).get(page(case, name)).content.decode()

    assert MASKED in html
    assert PHONE not in html


def test_a_number_that_was_repeated_on_the_call_is_masked_too(db):
    calls.take_up_posts()
    calls.played(calls.samples()["S08"])
    case = Case.objects.get()
    client = Client()
    client.force_login(case.owner)

    html = client.get(page(case)).content.decode()

    assert "14099300175" in case.promises.get().words
    assert "14099300175" not in html


def test_the_page_in_english_keeps_the_customers_words(case):
    html = signed_in("wang_min").get(page(case), headers={"Accept-Language": "en"}).content

    assert "Hand over" in html.decode()
    assert case.said in html.decode()


def test_the_drawer_comes_alone_to_htmx_and_open_on_the_page_otherwise(case):
    client = signed_in("wang_min")
    drawer = _a_drawer(client, case)

    alone = client.get(drawer, headers={"HX-Request": "true"}).content.decode()
    whole = client.get(drawer).content.decode()

    assert "<html" not in alone
    assert 'id="why"' in alone
    assert "<html" in whole
    assert "从记录重算，结果一致" in whole


def _a_drawer(client: Client, case: Case) -> str:
    html = client.get(page(case)).content.decode()
    start = html.index("?why=")
    return page(case) + html[start : html.index('"', start)]


@pytest.mark.parametrize("query", ["?why=nonsense", "?why=", "?show=nonsense", "?show=reads"])
def test_odd_addresses_show_the_page(case, query):
    assert signed_in("wang_min").get(page(case) + query).status_code == 200


def test_a_page_takes_as_many_queries_with_much_on_it_as_with_little(
    case, promise, django_assert_max_num_queries
):
    client = signed_in("wang_min")
    client.get(page(case))  # what is read once for a process
    at = minutes_ago(3)
    doing: dict[str, Any] = {"case_id": case.pk, "by": case.owner, "at": at, "now": at}
    for place in range(8):
        operations.note_progress(act_id=uuid.uuid4(), note=f"第 {place} 次电话", **doing)
        operations.make_promise(
            act_id=uuid.uuid4(), kind="answer", words=f"第 {place} 次答应", due_at=at, **doing
        )
        Staff.objects.create_staff(
            staff_no=f"8{place}",
            name="同事",
            password=None,
            department=people.department("repair"),
        )
    for _ in range(4):
        offer = operations.offer_handover(
            act_id=uuid.uuid4(), note="", to_staff=people.staff("sun_li"), **doing
        )
        operations.withdraw_handover(
            act_id=uuid.uuid4(), handover_id=offer.pk, by=case.owner, at=at, now=at
        )

    with django_assert_max_num_queries(24):
        client.get(page(case))


# --- the number in full -----------------------------------------------------------------------------------


def test_the_owner_sees_the_number_on_asking_and_the_read_is_journalled(case):
    response = signed_in("wang_min").post(page(case, "reveal_phone"))

    assert PHONE in response.content.decode()
    assert "no-store" in response["Cache-Control"]
    read = Entry.objects.get(kind="data.read")
    assert read.subject == Subject("case", case.pk)
    assert (read.actor, read.data, read.workstation) == ("1031", {"field": "phone"}, "127.0.0.1")


def test_every_read_is_journalled_and_shown_among_the_reads(case):
    client = signed_in("wang_min")
    client.post(page(case, "reveal_phone"))
    client.post(page(case, "reveal_phone"))

    html = client.get(f"{page(case)}?show=reads").content.decode()

    assert Entry.objects.filter(kind="data.read").count() == 2
    assert html.count("看了客户电话") == 2


def test_the_number_is_hidden_again_and_looking_at_the_mask_is_no_read(case):
    response = signed_in("wang_min").get(page(case, "reveal_phone"))

    html = response.content.decode()
    assert MASKED in html
    assert PHONE not in html
    assert "<html" not in html
    assert not Entry.objects.filter(kind="data.read").exists()


def test_those_who_only_look_do_not_see_the_number(case):
    for who in ("auditor", "chen", "sun_li"):
        response = signed_in(who).post(page(case, "reveal_phone"))

        assert response.status_code == 403, who
        assert PHONE not in response.content.decode()
    assert not Entry.objects.filter(kind="data.read").exists()


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
