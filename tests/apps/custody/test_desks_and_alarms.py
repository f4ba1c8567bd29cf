"""Registered desks, and sending an alarm from one without a sign-in."""

import uuid
from datetime import timedelta

import pytest
from django.db import OperationalError, connection
from django.test import Client

from shouwen.adapters import system_clock
from shouwen.cases.models import Case, Handover
from shouwen.custody.models import Desk, SignIn
from shouwen.journal.models import Entry
from tests import people
from tests.people import PASSWORD

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def crew():
    return people.department("emergency")


@pytest.fixture
def desk_browser() -> Client:
    """The browser of a desk that an administrator registered; the administrator has left."""
    admin = Client()
    admin.force_login(people.staff("admin"))
    admin.post("/desks/register/", {"name": "热线 03 号台", "place": "客服大厅"})
    browser = Client()
    browser.cookies["shouwen_desk"] = admin.cookies["shouwen_desk"].value
    return browser


def told(**known: str) -> dict[str, str]:
    return {"act_id": str(uuid.uuid4()), "place": "", "phone": "", "what": "", **known}


@pytest.mark.parametrize(
    ("who", "status"), [("admin", 200), ("wang_min", 403), ("chen", 403), ("auditor", 403)]
)
def test_only_administrators_keep_the_register(client, who, status):
    client.force_login(people.staff(who))

    assert client.get("/desks/").status_code == status
    if status == 403:
        assert client.post("/desks/register/", {"name": "a", "place": "b"}).status_code == 403
        assert client.post(f"/desks/{uuid.uuid4()}/revoke/").status_code == 403


def test_the_token_is_out_of_reach_of_scripts_and_the_register_has_its_hash_only(desk_browser):
    desk = Desk.objects.get()
    token = desk_browser.cookies["shouwen_desk"].value

    assert token not in (desk.token_hash, str(desk.__dict__))
    admin = Client()
    admin.force_login(people.staff("admin"))
    admin.post("/desks/register/", {"name": "二号", "place": "b"})
    assert admin.cookies["shouwen_desk"]["httponly"]
    assert admin.cookies["shouwen_desk"]["samesite"] == "Lax"


def test_two_desks_in_use_do_not_share_a_name(client, desk_browser):
    client.force_login(people.staff("admin"))

    answer = client.post("/desks/register/", {"name": "热线 03 号台", "place": "b"})

    assert answer.status_code == 409


def test_a_stranger_at_an_unknown_machine_is_led_to_the_sign_in(client):
    assert client.get("/alarm/")["Location"] == "/sign-in/?next=/alarm/"
    assert client.post("/alarm/", told(what="漏气")).status_code == 302
    assert not Case.objects.exists()


def test_a_revoked_desk_is_an_unknown_machine(client, desk_browser):
    client.force_login(people.staff("admin"))
    client.post(f"/desks/{Desk.objects.get().pk}/revoke/")

    assert desk_browser.get("/alarm/").status_code == 302
    assert set(Entry.objects.filter(subject_kind="desk").values_list("kind", flat=True)) == {
        "desk.registered",
        "desk.revoked",
    }


def test_a_registered_desk_sends_an_alarm_without_a_sign_in(desk_browser):
    assert desk_browser.get("/alarm/").status_code == 200

    answer = desk_browser.post(
        "/alarm/", told(place="青梧里3号楼1单元502", phone="14077002093", what="厨房有燃气味")
    )

    case = Case.objects.get()
    assert answer.status_code == 200
    assert case.number in answer.content.decode()
    assert (case.kind, case.place, case.caller_phone) == (
        "alarm",
        "青梧里3号楼1单元502",
        "14077002093",
    )
    assert case.leaf == "A01"
    assert Handover.objects.filter(to_department__code="emergency").count() == 1
    assert not case.first_asked.is_active
    assert case.first_asked.name == "热线 03 号台"
    assert Entry.objects.get(kind="desk.alarm_sent").data == {"case": case.number}
    assert Entry.objects.get(kind="case.reported").source == "desk"
    assert [gap.code for gap in case.gaps.all()] == ["name"]


def test_an_empty_alarm_goes_out_with_its_gaps_flagged(desk_browser):
    desk_browser.post("/alarm/", told())

    case = Case.objects.get()
    assert {"name", "phone", "address", "content"} >= {gap.code for gap in case.gaps.all()}
    assert case.gaps.filter(code="address").exists()
    assert Handover.objects.count() == 1


def test_the_same_alarm_sent_twice_is_one_alarm(desk_browser):
    form = told(what="漏气")

    desk_browser.post("/alarm/", form)
    desk_browser.post("/alarm/", form)

    assert Case.objects.count() == Handover.objects.count() == 1


def test_nothing_about_anybody_is_readable_there(desk_browser):
    customer, premises = people.home()
    taken = people.case(customer=customer, premises=premises, caller_phone="14077002093")

    page = desk_browser.get("/alarm/").content.decode()
    answer = desk_browser.post("/alarm/", told(phone="14077002093")).content.decode()

    for text in (page, answer):
        assert not any(word in text for word in ("阮", "14077002093", "青梧里", taken.number))


def test_the_twenty_first_alarm_in_ten_minutes_is_told_to_telephone_and_keeps_its_words(
    desk_browser,
):
    for _ in range(20):
        assert desk_browser.post("/alarm/", told()).status_code == 200

    answer = desk_browser.post("/alarm/", told(what="报警器一直响"))

    assert answer.status_code == 429
    assert "8619612" in answer.content.decode()
    assert "报警器一直响" in answer.content.decode()
    assert Case.objects.count() == 20


@pytest.mark.parametrize("who", sorted(people.CAST))
def test_everybody_who_is_signed_in_sends_an_alarm_as_oneself(client, who):
    client.force_login(people.staff(who))

    answer = client.post("/alarm/", told(what="楼道有味"))

    assert answer.status_code == 200
    assert Case.objects.get().owner == people.staff(who)


def test_a_locked_and_a_barred_person_still_send_an_alarm_from_a_registered_desk(desk_browser):
    people.staff("wang_min", password=PASSWORD)
    for _ in range(6):
        desk_browser.post("/sign-in/", {"staff_no": "1031", "password": "wrong"})
    assert desk_browser.post("/alarm/", told(what="漏气")).status_code == 200

    desk_browser.force_login(people.staff("wang_min"))
    SignIn.objects.update(seen_at=system_clock.now() - timedelta(hours=1))
    assert desk_browser.get("/").status_code == 423
    assert desk_browser.post("/alarm/", told(what="漏气")).status_code == 200
    assert Case.objects.count() == 2


def test_a_page_that_stood_open_for_days_still_sends(desk_browser):
    strict = Client(enforce_csrf_checks=True)
    strict.cookies["shouwen_desk"] = desk_browser.cookies["shouwen_desk"].value

    assert strict.post("/alarm/", told(what="漏气")).status_code == 200


def test_a_form_of_another_site_sends_nothing(desk_browser):
    answer = desk_browser.post(
        "/alarm/", told(what="漏气"), headers={"Origin": "https://elsewhere.example"}
    )

    assert answer.status_code == 403
    assert not Case.objects.exists()


def lost(execute, sql, params, many, context):
    raise OperationalError("disk full")


def lost_for_writing(execute, sql, params, many, context):
    if sql.startswith(("INSERT", "UPDATE")):
        raise OperationalError("disk full")
    return execute(sql, params, many, context)


@pytest.mark.parametrize("database", [lost, lost_for_writing])
def test_without_a_database_the_page_says_whom_to_call_and_keeps_the_words(desk_browser, database):
    with connection.execute_wrapper(database):
        answer = desk_browser.post("/alarm/", told(place="青梧里3-1-502", what="报警器一直响"))

    text = answer.content.decode()
    assert answer.status_code == 503
    assert "没有报出去" in text
    assert "8619612" in text
    assert 'value="青梧里3-1-502"' in text
    assert "报警器一直响</textarea>" in text


def test_without_a_database_the_empty_page_opens(desk_browser):
    with connection.execute_wrapper(lost):
        assert desk_browser.get("/alarm/").status_code == 503
