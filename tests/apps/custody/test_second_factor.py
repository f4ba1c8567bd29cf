"""Signing in with a second factor: set up first, asked for then, and half-way in is a stranger everywhere."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import get_resolver, reverse

from shouwen.access.roles import Role
from shouwen.adapters import system_clock
from shouwen.custody import factors
from shouwen.custody.models import SignIn
from shouwen.journal.models import Entry
from shouwen.people.models import StaffRole
from tests import people
from tests.people import PASSWORD
from tests.test_architecture import GALLERY, PUBLIC, SIGNED, _routes

pytestmark = pytest.mark.django_db
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def password(client: Client, staff_no: str, secret: str = PASSWORD):
    return client.post("/sign-in/", {"staff_no": staff_no, "password": secret, "next": "/clocks/"})


def enrolled(who: str = "chen"):
    staff = people.staff(who, password=PASSWORD)
    at = system_clock.now() - timedelta(minutes=5)
    assert factors.activate_totp(staff, SECRET, factors.totp_code(SECRET, now=at), now=at)
    return staff


def code(minutes: float = 0) -> str:
    return factors.totp_code(SECRET, now=system_clock.now() + timedelta(minutes=minutes))


def is_in(client: Client) -> bool:
    return client.get("/").status_code == 200


def test_a_role_without_duty_comes_in_by_password(client):
    people.staff("wang_min", password=PASSWORD)

    answer = password(client, "1031")

    assert answer["Location"] == "/clocks/"
    assert is_in(client)
    assert Entry.objects.get(kind="staff.signed_in").data == {}


@pytest.mark.parametrize("who", ["chen", "auditor", "admin"])
def test_a_role_with_the_duty_sets_a_second_factor_up_before_anything_else(client, who):
    staff = people.staff(who, password=PASSWORD)

    answer = password(client, staff.staff_no)
    assert answer["Location"].startswith("/sign-in/set-up/")
    page = client.get(answer["Location"]).content.decode()
    (secret,) = re.findall(r"sw-door__secret\">([A-Z2-7 ]+)<", page)
    secret = secret.replace(" ", "")
    done = client.post(
        "/sign-in/set-up/", {"code": factors.totp_code(secret, now=system_clock.now())}
    )

    assert len(re.findall(r"<li>\d{8}</li>", done.content.decode())) == 10
    assert is_in(client)
    assert secret not in str(factors.factors_of(staff)[0].data)


def test_the_code_of_now_opens_and_only_once(client):
    staff = enrolled()
    now = code()

    password(client, staff.staff_no)
    assert client.post("/sign-in/code/", {"code": now}).status_code == 302
    assert is_in(client)
    assert SignIn.objects.get().second_factor == "totp"

    other = Client()
    password(other, staff.staff_no)
    assert other.post("/sign-in/code/", {"code": now}).status_code == 400
    assert not is_in(other)


@pytest.mark.parametrize("minutes", [-2, 2])
def test_a_code_of_another_minute_opens_nothing(client, minutes):
    staff = enrolled()
    password(client, staff.staff_no)

    assert client.post("/sign-in/code/", {"code": code(minutes)}).status_code == 400
    assert not is_in(client)


def test_a_recovery_code_opens_once(client):
    staff = enrolled()
    first = factors.new_recovery_codes(staff)[0]

    password(client, staff.staff_no)
    assert client.post("/sign-in/code/", {"code": first}).status_code == 302
    assert factors.recovery_codes_left(staff) == 9

    other = Client()
    password(other, staff.staff_no)
    assert other.post("/sign-in/code/", {"code": first}).status_code == 400


def test_five_wrong_codes_shut_the_door_for_the_right_one(client):
    staff = enrolled()
    password(client, staff.staff_no)
    for _ in range(5):
        client.post("/sign-in/code/", {"code": "000000"})

    assert client.post("/sign-in/code/", {"code": code()}).status_code == 400


def test_a_password_given_long_ago_has_to_be_given_again(client):
    staff = enrolled()
    password(client, staff.staff_no)
    session = client.session
    kept = session["half_way"]
    kept["at"] = (system_clock.now() - timedelta(minutes=6)).isoformat()
    session["half_way"] = kept
    session.save()

    assert client.get("/sign-in/code/")["Location"].endswith("why=late")


def test_nobody_steps_from_half_way_into_setting_up_another_factor(client):
    staff = enrolled()
    password(client, staff.staff_no)

    assert client.get("/sign-in/set-up/")["Location"].endswith("why=late")


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("who", ["chen", "auditor"])
def test_half_way_in_reaches_no_route(who, method):
    staff = enrolled(who)
    steps = {*PUBLIC, *SIGNED, "sign_in_code"}

    for route, name in _routes(get_resolver().url_patterns):
        client = Client()
        password(client, staff.staff_no)
        if name in steps or name.startswith(GALLERY):
            continue
        answer = getattr(client, method)(f"/{route}")
        assert answer.status_code == 302, (route, answer.status_code)
        assert answer["Location"].startswith(reverse("sign_in")), route


def test_the_session_gets_a_new_key_at_each_step(client):
    staff = enrolled()
    client.get("/sign-in/")
    password(client, staff.staff_no)
    half = client.session.session_key
    client.post("/sign-in/code/", {"code": code()})

    assert client.session.session_key != half
    assert not SignIn.objects.filter(session_hash=half).exists()


def test_a_role_with_the_duty_gained_meanwhile_ends_a_sign_in_by_password(client):
    staff = people.staff("wang_min", password=PASSWORD)
    password(client, "1031")
    assert is_in(client)
    StaffRole.objects.create(staff=staff, role=Role.APPROVER)

    answer = client.get("/")

    assert answer["Location"] == "/sign-in/?next=%2F&why=refused"
    assert password(client, "1031")["Location"].startswith("/sign-in/set-up/")


def test_a_session_made_past_the_door_opens_nothing(client):
    client.force_login(people.staff("wang_min"))
    SignIn.objects.all().delete()

    assert client.get("/")["Location"].startswith("/sign-in/")


def test_only_the_door_makes_sessions():
    from tests.test_architecture import SOURCES, _name, _text

    makes = re.compile(r"from django\.contrib\.auth import .*\blogin\b|auth\.login\(")

    assert [_name(path) for path in SOURCES if makes.search(_text(path))] == [
        "src/shouwen/custody/entrance.py"
    ]
