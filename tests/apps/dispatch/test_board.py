"""The dispatcher's pages: what waits and where it fits, sending, who was first, what changed."""

import re
import uuid
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from shouwen.access.roles import Role
from shouwen.adapters import system_clock
from shouwen.fieldwork import operations
from shouwen.fieldwork.models import Appointment, EstateSpot, Order, TechnicianProfile, Zone
from shouwen.people.models import Line, Shift, Staff
from tests import people
from tests.apps.fieldwork.field import technician

pytestmark = pytest.mark.django_db


def on_duty(number: str, name: str, *skills: str) -> Staff:
    """Somebody whose shift runs now."""
    person, now = technician(number, name, *skills), system_clock.now()
    line, _ = Line.objects.get_or_create(code="repair", defaults={"name_zh": "维修"})
    Shift.objects.create(
        id=uuid.uuid4(), staff=person, line=line, starts_at=now - timedelta(hours=2),
        ends_at=now + timedelta(hours=8),
    )  # fmt: skip
    return person


def waiting(kind: str = "repair", **known) -> Order:
    """An order of a case reported five minutes ago."""
    case = people.case(kind=kind, at=system_clock.now() - timedelta(minutes=5), **known)
    return Order.objects.get(case=case)


@pytest.fixture
def dispatcher() -> Client:
    client = Client()
    client.force_login(people.staff("zhou_min"))
    return client


def send(client: Client, order: Order, to: Staff, **how):
    data = {"act_id": uuid.uuid4(), "version": order.version, "to": to.staff_no}
    return client.post(reverse("dispatch_assign", args=[order.pk]), data, **how)


def test_the_board_shows_what_waits_by_urgency_and_everybody_on_duty(dispatcher):
    on_duty("3305", "李强", "cooker", "emergency")
    repair, alarm = waiting(leaf="F01"), waiting("alarm")

    page = dispatcher.get(reverse("dispatch")).content.decode()

    assert re.findall(r'data-job="([^"]+)"', page) == [str(alarm.pk), str(repair.pk)]
    assert "李强" in page
    assert "待派 2" in page


def test_the_most_urgent_is_chosen_and_somebody_proposed_with_reasons(dispatcher):
    on_duty("3305", "李强", "cooker")
    on_duty("3306", "孙立", "meter")
    waiting(leaf="F01")

    page = dispatcher.get(reverse("dispatch")).content.decode()

    assert "派给李强" in page
    assert "不会修灶" in page
    assert "不推迟任何约定" in page


def test_sending_somebody_leads_back_to_the_board(dispatcher):
    order, person = waiting(), on_duty("3305", "李强")

    answer = send(dispatcher, order, person)

    order.refresh_from_db()
    assert (answer.status_code, order.assignee, order.state) == (302, person, "offered")
    assert "travel" in order.assignments.get().reasons


def test_the_second_dispatcher_is_told_who_and_when(dispatcher):
    order, first, second = waiting(), on_duty("3305", "李强"), on_duty("3306", "孙立")
    send(dispatcher, order, first)

    told = send(dispatcher, order, second, headers={"SW-Live": "1"})
    answer = send(dispatcher, order, second)

    text = told.content.decode()
    assert (told.status_code, answer.status_code) == (200, 409)
    assert "周敏 2016" in answer.content.decode()
    assert "周敏 2016" in text
    assert "派给李强" in text
    assert re.search(r"\d\d:\d\d:\d\d", text)
    order.refresh_from_db()
    assert order.assignee == first


def test_what_changed_comes_as_the_lane_and_the_list(dispatcher):
    order, person = waiting(), on_duty("3305", "李强")
    send(dispatcher, order, person)

    part = dispatcher.get(reverse("dispatch_changed"), {"ids": str(order.pk)}).content.decode()

    assert 'id="lane-3305"' in part
    assert f'data-order="{order.pk}"' in part
    assert "待派 0" in part


def test_an_alarm_that_nobody_accepted_stays_in_the_list(dispatcher):
    order, person = waiting("alarm"), on_duty("3305", "李强", "emergency")
    send(dispatcher, order, person)
    operations.page(order_id=order.pk, step=0, now=system_clock.now())

    page = dispatcher.get(reverse("dispatch")).content.decode()

    assert "已派李强，等接单 · 催了 1 次" in page


def test_whoever_is_rung_sees_it_on_top_of_every_page_and_accepts_there(dispatcher):
    order, person = waiting("alarm"), on_duty("3305", "李强", "emergency")
    send(dispatcher, order, person)
    phone = Client()
    phone.force_login(person)
    assert "派给您了，请接单出发" in phone.get(reverse("dispatch_ringing")).content.decode()

    phone.post(reverse("dispatch_accept", args=[order.pk]), {"act_id": uuid.uuid4()})

    order.refresh_from_db()
    assert order.state == "accepted"
    assert "role" not in phone.get(reverse("dispatch_ringing")).content.decode()


def test_an_order_tells_what_happened_and_is_taken_back(dispatcher):
    order, person = waiting(), on_duty("3305", "李强")
    send(dispatcher, order, person)
    order.refresh_from_db()
    url = reverse("dispatch_order", args=[order.number])
    page = dispatcher.get(url).content.decode()
    assert "周敏 派工" in page

    data = {"act_id": uuid.uuid4(), "version": order.version}
    dispatcher.post(reverse("dispatch_act", args=[order.number, "withdraw"]), data)

    order.refresh_from_db()
    assert order.state == "waiting"


def test_an_agent_books_a_window_that_is_offered(dispatcher):
    line, _ = Line.objects.get_or_create(code="repair", defaults={"name_zh": "维修"})
    person = technician("3305", "李强")
    for n in range(3):
        begins = (system_clock.now() + timedelta(days=n)).astimezone(people.SHANGHAI)
        begins = begins.replace(hour=8, minute=0, second=0, microsecond=0)
        Shift.objects.create(
            id=uuid.uuid4(), staff=person, line=line, starts_at=begins,
            ends_at=begins + timedelta(hours=9),
        )  # fmt: skip
    order, agent = waiting(), Client()
    agent.force_login(people.staff("wang_min"))
    page = agent.get(reverse("dispatch_order", args=[order.number])).content.decode()
    window = re.findall(r'name="window" value="([^"]+)"', page)[-1]

    url = reverse("dispatch_book", args=[order.number, "book"])
    answer = agent.post(url, {"act_id": uuid.uuid4(), "window": window})

    assert answer.status_code == 302
    agreed = Appointment.objects.get(order=order)
    assert agreed.starts_at.isoformat() in window.replace("+08:00", "") or agreed.by is not None


def test_a_window_that_was_not_offered_is_refused(dispatcher):
    order = waiting()
    window = "2030-01-01T08:00:00+08:00/2030-01-01T10:00:00+08:00"

    url = reverse("dispatch_book", args=[order.number, "book"])
    answer = dispatcher.post(url, {"act_id": uuid.uuid4(), "window": window})

    assert answer.status_code == 409
    assert "刚刚被约满" in answer.content.decode()


def test_a_manager_sees_estates_and_no_homes():
    _customer, premises = people.home()
    on_duty("3305", "李强")
    waiting(premises=premises)
    manager = Client()
    manager.force_login(people.staff("chen"))

    page = manager.get(reverse("dispatch")).content.decode()

    assert "青梧里" in page
    assert "3-1-502" not in page
    assert "data-send" not in page.split("data-words")[0]


def test_the_map_shows_people_and_jobs_where_estates_are_known(dispatcher):
    _customer, premises = people.home()
    EstateSpot.objects.create(estate=premises.estate, x=10, y=10)
    zone = Zone.objects.create(name="城东")
    zone.estates.add(premises.estate)
    person = on_duty("3305", "李强")
    TechnicianProfile.objects.filter(staff=person).update(home=premises.estate)
    waiting(premises=premises)

    page = dispatcher.get(reverse("dispatch")).content.decode()

    assert "1 名人员，1 个待办，0 处险情" in page


def test_tomorrow_and_the_week_are_there(dispatcher):
    on_duty("3305", "李强", "cooker")
    tomorrow = (system_clock.now() + timedelta(days=1)).astimezone(people.SHANGHAI).date()

    assert dispatcher.get(reverse("dispatch"), {"day": tomorrow.isoformat()}).status_code == 200
    assert "李强" in dispatcher.get(reverse("dispatch_week")).content.decode()


def test_the_board_asks_the_database_as_often_for_many_as_for_few(
    dispatcher, django_assert_max_num_queries
):
    for n in range(12):
        person = on_duty(f"44{n:02d}", f"师傅{n}", "cooker")
        customer, premises = people.home(phone=f"140770021{n:02d}", address=("3", "1", str(n)))
        order = waiting(leaf="F01", premises=premises, customer=customer)
        if n % 2:
            send(dispatcher, order, person)

    with django_assert_max_num_queries(32):
        dispatcher.get(reverse("dispatch"))
    with django_assert_max_num_queries(24):
        dispatcher.get(reverse("dispatch_changed"), {"lanes": "4401,4403"})


def test_a_stranger_to_dispatch_is_refused():
    client = Client()
    client.force_login(people.staff("wang_min"))

    assert client.get(reverse("dispatch")).status_code == 403
    assert Role.AGENT in people.staff("wang_min").role_set


def test_with_very_many_people_the_page_stands_first_and_the_rest_follows(dispatcher, monkeypatch):
    monkeypatch.setattr("shouwen.dispatch.views.board.LANES_AT_ONCE", 1)
    on_duty("3305", "李强", "cooker")
    on_duty("3306", "孙立", "cooker")
    waiting(leaf="F01")

    page = dispatcher.get(reverse("dispatch")).content.decode()
    rest = dispatcher.get(reverse("dispatch_changed"), {"lanes": "3306"}).content.decode()

    assert len(re.findall(r"data-later", page)) == 1
    assert "sw-lane__bg" in rest
    assert "孙立" in rest
