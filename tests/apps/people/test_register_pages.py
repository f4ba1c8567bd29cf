import uuid

import pytest
from django.test import Client
from django.urls import reverse
from zeal import zeal_ignore

from shouwen.access.roles import Role
from shouwen.adapters import system_clock
from shouwen.people import operations
from shouwen.people.models import Staff
from tests import people
from tests.apps.people.register import NOW, act, who

pytestmark = pytest.mark.django_db
GOOD = "paper lantern over water"


def signed_in(who_="admin"):
    client = Client()
    client.force_login(people.staff(who_))
    return client


def sent(**fields):
    return {"act_id": str(uuid.uuid4()), "gender": "", "department": "", "station": "", **fields}


@pytest.mark.parametrize("name", ["people", "person_new"])
def test_only_the_system_administrator_sees_the_register(name):
    assert signed_in("chen").get(reverse(name)).status_code == 403
    assert signed_in("admin").get(reverse(name)).status_code == 200


@pytest.mark.parametrize(
    "name", ["person_change", "person_deactivate", "person_reactivate", "person_link"]
)
def test_nobody_else_changes_a_person(name):
    people.staff("wang_min")

    answer = signed_in("chen").post(reverse(name, args=["1031"]), sent(name="x"))

    assert answer.status_code == 403


def test_the_list_is_cut_into_pages_by_number_and_costs_the_same_for_any_page(
    django_assert_max_num_queries,
):
    client = signed_in()
    for number in range(120):
        operations.hire(staff_no=f"5{number:03}", who=who(f"人{number}"), act=act(), now=NOW)

    with django_assert_max_num_queries(12):
        first = client.get(reverse("people"))
    rest = client.get(first.context["page"].more_url)

    listed = [row.staff_no for row in first.context["page"].rows]
    following = [row.staff_no for row in rest.context["page"].rows]
    assert (len(listed), listed[-1] < following[0]) == (50, True)


@pytest.mark.parametrize("text", ["王", "103", "1031"])
def test_somebody_is_found_by_part_of_the_name_and_start_of_the_number(text):
    client = signed_in()
    people.staff("wang_min")
    people.staff("lin_xiao")

    page = client.get(reverse("people"), {"q": text}).context["page"]

    assert [row.name for row in page.rows] == ["王敏"]


def test_roles_without_anybody_are_named_on_the_list():
    notes = signed_in().get(reverse("people")).context["page"].missing

    assert "标准审批" in notes[0].text


def test_a_new_person_is_registered_from_the_form():
    client = signed_in()

    answer = client.post(
        reverse("person_new"), sent(staff_no="1200", name="江海", roles=["agent", "trainer"])
    )

    assert answer["Location"] == reverse("person", args=["1200"])
    assert Staff.objects.get(staff_no="1200").role_set == {Role.AGENT, Role.TRAINER}


def test_every_fault_of_the_form_is_named_at_once_and_what_was_typed_stays():
    answer = signed_in().post(
        reverse("person_new"), sent(staff_no="工号", name="", roles=["auditor", "security"])
    )

    text = answer.content.decode()
    assert answer.status_code == 400
    assert all(word in text for word in ("工号最多 16 位", "写上姓名", "不能是同一人"))


def test_a_taken_number_is_said_beside_the_field():
    client = signed_in()
    people.staff("wang_min")

    answer = client.post(reverse("person_new"), sent(staff_no="1031", name="江海"))

    assert (answer.status_code, "这个工号已经有人" in answer.content.decode()) == (400, True)


def test_the_own_roles_are_refused_with_a_sentence():
    answer = signed_in().post(
        reverse("person_change", args=["9201"]),
        sent(name="管理", roles=["system_admin", "dispatcher"]),
    )

    assert (answer.status_code, "另一位系统管理员" in answer.content.decode()) == (409, True)


def test_a_link_is_shown_once_and_leads_to_a_password():
    client, stranger = signed_in(), Client()
    people.staff("wang_min")

    shown = client.post(reverse("person_link", args=["1031"]), sent())
    address = shown.context["page"].link.url.removeprefix("http://testserver")
    chosen = stranger.post(address, {"password": GOOD, "again": GOOD})

    assert (stranger.get(address).status_code, chosen["Location"]) == (410, reverse("sign_in"))
    assert stranger.login(username="1031", password=GOOD)


def test_a_short_or_mistyped_password_is_refused_with_the_reason():
    people.staff("wang_min")
    token = operations.issue_link(staff_no="1031", act=act(), now=system_clock.now()).token
    address = reverse("set_password", args=[token])

    short = Client().post(address, {"password": "short", "again": "short"})
    different = Client().post(address, {"password": GOOD, "again": "other words here"})

    assert (short.status_code, "12" in short.content.decode()) == (400, True)
    assert (different.status_code, "两遍写得不一样" in different.content.decode()) == (400, True)


def test_somebody_put_out_of_use_is_outside_on_the_next_request():
    agent = signed_in("wang_min")
    assert agent.get(reverse("my_work")).status_code == 200

    signed_in().post(reverse("person_deactivate", args=["1031"]), sent())

    assert agent.get(reverse("my_work")).status_code == 302


def test_a_role_taken_away_is_gone_on_the_next_request():
    approver = Client()
    operations.hire(staff_no="9111", who=who(roles={Role.APPROVER}), act=act(), now=NOW)
    approver.force_login(Staff.objects.get(staff_no="9111"))
    assert approver.get(reverse("calendar")).status_code == 200

    signed_in().post(reverse("person_change", args=["9111"]), sent(name="江海", roles=["trainer"]))

    assert approver.get(reverse("calendar")).status_code == 403


def test_a_new_password_ends_the_sessions_that_were_open():
    agent = signed_in("wang_min")
    token = operations.issue_link(staff_no="1031", act=act(), now=system_clock.now()).token

    Client().post(reverse("set_password", args=[token]), {"password": GOOD, "again": GOOD})

    with zeal_ignore():  # Django looks for the session once to read and once to remove it
        assert agent.get(reverse("my_work")).status_code == 302
