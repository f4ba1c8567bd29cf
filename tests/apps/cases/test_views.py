"""The case page and what can be done there: who may, what a wrong form says, what happens when two are at it."""

import uuid
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from shouwen.cases import operations
from shouwen.cases.models import Case
from shouwen.core.events import Subject
from shouwen.journal.models import Entry
from shouwen.people.models import Staff
from tests import calls, people
from tests.apps.cases.pages import MASKED, PHONE, act, kinds, minutes_ago, page, signed_in

pytestmark = pytest.mark.django_db


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

    assert ("**** 2093" if who == "auditor" else MASKED) in html
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

    with django_assert_max_num_queries(32):  # one of them for the letters that the rail counts
        client.get(page(case))


# --- the number in full -----------------------------------------------------------------------------------


def test_the_owner_sees_the_number_on_asking_and_the_read_is_journalled(case):
    response = signed_in("wang_min").post(page(case, "reveal_phone"))

    assert PHONE in response.content.decode()
    assert "no-store" in response["Cache-Control"]
    read = Entry.objects.get(kind="data.read")
    assert read.subject == Subject("case", case.pk)
    assert (read.actor, read.workstation) == ("1031", "127.0.0.1")
    assert read.data == {"field": "phone", "purpose": "own_case"}


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
