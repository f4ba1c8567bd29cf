"""Sign-ins side by side: one desk for a desk role, one's own list, rights gone with the next request."""

from datetime import timedelta

import pytest
from django.test import Client

from shouwen.access.roles import Role
from shouwen.adapters import system_clock
from shouwen.config.live.stream import is_signed_in
from shouwen.custody.models import SignIn
from shouwen.journal.models import Entry
from shouwen.people.models import StaffRole
from tests import people
from tests.people import PASSWORD

pytestmark = pytest.mark.django_db
NEW = "a long sentence nobody guesses"


def come_in(staff_no: str, client: Client | None = None) -> Client:
    client = client or Client()
    client.post("/sign-in/", {"staff_no": staff_no, "password": PASSWORD})
    return client


def cookie(client: Client) -> str:
    return "; ".join(f"{name}={morsel.value}" for name, morsel in client.cookies.items())


def test_a_second_sign_in_of_an_agent_ends_the_first_and_both_are_told():
    people.staff("wang_min", password=PASSWORD)
    first = come_in("1031")
    second = come_in("1031")

    refused = first.get("/clocks/")

    assert refused["Location"] == "/sign-in/?next=%2Fclocks%2F&why=elsewhere"
    assert "另一台电脑上登录" in first.get(refused["Location"]).content.decode()
    assert "您在另一台电脑上的登录已结束" in second.get("/").content.decode()
    assert "您在另一台电脑上的登录已结束" not in second.get("/").content.decode()
    assert Entry.objects.filter(kind="staff.signed_in").latest("recorded_at").data == {"ended": 1}


def test_somebody_without_a_desk_may_be_signed_in_twice():
    people.staff("sun_li", password=PASSWORD)

    assert [come_in("3301").get("/").status_code for _ in range(2)] == [200, 200]


def test_a_person_sees_and_ends_own_sign_ins_only():
    people.staff("sun_li", password=PASSWORD)
    people.staff("gao_yan", password=PASSWORD)
    mine, forgotten, other = come_in("3301"), come_in("3301"), come_in("3302")
    theirs = SignIn.objects.get(staff__staff_no="3302")
    own = SignIn.objects.filter(staff__staff_no="3301").earliest("started_at")

    assert mine.get("/security/").content.decode().count("127.0.0.1 ") >= 0
    assert mine.post(f"/security/sign-ins/{theirs.pk}/end/").status_code == 404
    assert forgotten.post(f"/security/sign-ins/{own.pk}/end/").status_code == 302

    assert mine.get("/")["Location"].endswith("why=ended")
    assert forgotten.get("/").status_code == other.get("/").status_code == 200


def test_all_others_are_ended_at_once():
    people.staff("sun_li", password=PASSWORD)
    clients = [come_in("3301") for _ in range(3)]

    clients[0].post("/security/sign-ins/end/")

    assert [client.get("/").status_code for client in clients] == [200, 302, 302]


@pytest.mark.parametrize("path", ["/clocks/", "/clocks/rows/"])
def test_a_role_taken_away_closes_page_and_fragment_with_the_next_request(path):
    staff = people.staff("wang_min", password=PASSWORD)
    client = come_in("1031")
    assert client.get(path, headers={"HX-Request": "true"}).status_code == 200

    StaffRole.objects.filter(staff=staff).update(role=Role.TRAINER)

    assert client.get(path, headers={"HX-Request": "true"}).status_code == 403


def test_another_department_opens_and_closes_with_the_next_request():
    staff = people.staff("gao_yan", password=PASSWORD)
    case = people.case(department="repair")
    client = come_in("3302")
    assert client.get(f"/cases/{case.number}/").status_code == 200

    staff.department = people.department("quality")
    staff.save(update_fields=["department"])

    assert client.get(f"/cases/{case.number}/").status_code == 403
    assert client.get(f"/cases/{case.number}/body/").status_code == 403


@pytest.mark.django_db(transaction=True)
def test_somebody_who_left_is_a_stranger_with_the_next_request_and_on_the_stream():
    staff = people.staff("wang_min", password=PASSWORD)
    client = come_in("1031")
    assert is_signed_in(cookie(client))

    staff.is_active = False
    staff.save(update_fields=["is_active"])

    assert client.get("/")["Location"].startswith("/sign-in/")
    assert not is_signed_in(cookie(client))


@pytest.mark.django_db(transaction=True)
def test_the_stream_ends_with_the_sign_in_and_with_the_lock():
    people.staff("wang_min", password=PASSWORD)
    first = come_in("1031")
    second = come_in("1031")

    assert not is_signed_in(cookie(first))
    assert is_signed_in(cookie(second))
    second.post("/lock/")
    assert not is_signed_in(cookie(second))


def test_signing_out_ends_the_row_and_the_session():
    people.staff("wang_min", password=PASSWORD)
    client = come_in("1031")
    old = client.cookies["shouwen"].value

    client.post("/sign-out/")
    client.cookies["shouwen"] = old

    assert client.get("/")["Location"].startswith("/sign-in/")
    assert SignIn.objects.get().end == "signed_out"


def test_a_new_password_keeps_this_sign_in_and_ends_the_others():
    people.staff("sun_li", password=PASSWORD)
    here, there = come_in("3301"), come_in("3301")

    form = {"password": PASSWORD, "new": NEW, "again": NEW}
    assert here.post("/security/password/", form).status_code == 200

    assert here.get("/").status_code == 200
    assert there.get("/").status_code == 302
    assert come_in("3301").get("/").status_code == 302
    assert Entry.objects.filter(kind="staff.password_changed").count() == 1


@pytest.mark.parametrize(
    "form",
    [
        {"password": "wrong", "new": NEW, "again": NEW},
        {"password": PASSWORD, "new": "short", "again": "short"},
        {"password": PASSWORD, "new": NEW, "again": NEW + "!"},
        {"password": PASSWORD, "new": "", "again": ""},
        {"password": PASSWORD, "new": "password123456", "again": "password123456"},
    ],
)
def test_a_password_that_will_not_do_changes_nothing(form):
    staff = people.staff("sun_li", password=PASSWORD)
    client = come_in("3301")
    before = staff.password

    assert client.post("/security/password/", form).status_code == 400

    staff.refresh_from_db()
    assert staff.password == before
    assert staff.password.startswith("argon2$argon2id$")


# --- the lock ---------------------------------------------------------------------------------------


def left_alone(minutes: float, who: str = "wang_min") -> Client:
    staff = people.staff(who, password=PASSWORD)
    client = come_in(staff.staff_no)
    at = system_clock.now() - timedelta(minutes=minutes)
    SignIn.objects.update(seen_at=at)
    return client


def test_a_desk_left_alone_for_a_quarter_of_an_hour_is_locked():
    client = left_alone(15)

    answer = client.get("/clocks/")

    assert answer.status_code == 423
    assert "已锁屏" in answer.content.decode()
    assert Entry.objects.filter(kind="staff.locked").count() == 1


def test_a_desk_in_use_is_not_locked_and_a_fragment_fetched_by_itself_is_no_use():
    client = left_alone(10)
    client.get("/clocks/rows/", headers={"SW-Live": "1"})
    assert SignIn.objects.get().seen_at < system_clock.now() - timedelta(minutes=9)

    client.post("/awake/")
    assert SignIn.objects.get().seen_at > system_clock.now() - timedelta(minutes=1)


def test_a_role_without_a_desk_is_never_locked():
    assert left_alone(600, "sun_li").get("/").status_code == 200


def test_a_locked_fragment_does_not_throw_the_page_away():
    assert left_alone(15).get("/clocks/rows/", headers={"HX-Request": "true"}).status_code == 423


def test_the_password_opens_the_lock_and_a_wrong_one_does_not():
    client = left_alone(15)

    assert client.post("/lock/", {"password": "wrong", "next": "/clocks/"}).status_code == 400
    assert client.get("/").status_code == 423
    assert (
        client.post("/lock/", {"password": PASSWORD, "next": "/clocks/"})["Location"] == "/clocks/"
    )
    assert client.get("/clocks/").status_code == 200


def test_what_was_being_sent_when_the_lock_fell_is_kept_and_sent_after_the_password():
    client = left_alone(0)
    case = people.case()
    SignIn.objects.update(seen_at=system_clock.now() - timedelta(minutes=20))
    url = f"/cases/{case.number}/acts/note/"

    asked = client.post(url, {"words": "控制板型号已记下", "act_id": "x"})
    unlocked = client.post(
        "/lock/", {"password": PASSWORD, "next": url, "kept-words": "控制板型号已记下"}
    )

    assert asked.status_code == 423
    assert 'name="kept-words" value="控制板型号已记下"' in asked.content.decode()
    assert f'action="{url}"' in unlocked.content.decode()
    assert 'name="words" value="控制板型号已记下"' in unlocked.content.decode()


def test_a_locked_screen_reaches_nothing_but_its_lock_and_the_way_out():
    from django.urls import get_resolver

    from tests.test_architecture import GALLERY, PUBLIC, SIGNED, _routes

    client = left_alone(15)
    free = {*PUBLIC, *SIGNED, "lock", "sign_out", "sign_in_code", "sign_in_set_up", "alarm"}

    for route, name in _routes(get_resolver().url_patterns):
        if name not in free and not name.startswith(GALLERY):
            assert client.get(f"/{route}").status_code == 423, route
            assert client.post(f"/{route}").status_code == 423, route
