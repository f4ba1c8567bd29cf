"""The customer's own page: a signed link shows when and who, confirms, moves; nothing of the home."""

import re
import uuid
from datetime import timedelta

import pytest
from django.test import Client

from shouwen.adapters import system_clock
from shouwen.fieldwork import operations
from shouwen.fieldwork.links import visit_url
from shouwen.fieldwork.models import Appointment, Order
from shouwen.fieldwork.operations import Booking
from shouwen.people.models import Line, Shift
from tests import people
from tests.apps.dispatch.test_board import waiting
from tests.apps.fieldwork.field import technician

pytestmark = pytest.mark.django_db


@pytest.fixture
def order() -> Order:
    """An order with a window tomorrow, and somebody on shift on the days after."""
    _customer, premises = people.home()
    found, now = waiting(premises=premises), system_clock.now()
    person = technician()
    line, _ = Line.objects.get_or_create(code="repair", defaults={"name_zh": "维修"})
    for n in range(1, 4):
        day = (now + timedelta(days=n)).astimezone(people.SHANGHAI)
        begins = day.replace(hour=8, minute=0, second=0, microsecond=0)
        Shift.objects.create(
            id=uuid.uuid4(), staff=person, line=line, starts_at=begins,
            ends_at=begins + timedelta(hours=9),
        )  # fmt: skip
    begins = (now + timedelta(days=1)).replace(minute=0, second=0, microsecond=0)
    booking = Booking(starts_at=begins, ends_at=begins + timedelta(hours=2))
    operations.book(act_id=uuid.uuid4(), order_id=found.pk, booking=booking, at=now, now=now)
    found.refresh_from_db()
    operations.assign(
        act_id=uuid.uuid4(), order_id=found.pk, version=found.version, to=person,
        by=people.staff("zhou_min"), at=now, now=now, planned_from=begins,
    )  # fmt: skip
    return found


def test_the_page_tells_when_and_who_and_nothing_of_the_home(order):
    page = Client().get(visit_url(order.pk)).content.decode()

    assert "李强，工号 3305" in page
    assert "3-1-502" not in page
    assert "青梧里" not in page


def test_the_customer_confirms(order):
    Client().post(visit_url(order.pk), {"act_id": uuid.uuid4()})

    assert Appointment.objects.get(order=order, state="open").confirmed_at is not None


def test_the_customer_moves_it_to_a_window_that_is_offered(order):
    url, client = visit_url(order.pk), Client()
    window = re.findall(r'name="window" value="([^"]+)"', client.get(url).content.decode())[-1]

    assert client.post(url, {"act_id": uuid.uuid4(), "window": window}).status_code == 302

    moved = Appointment.objects.get(order=order, state="open")
    assert (moved.booked_by, moved.channel) == ("customer", "web")
    assert moved.moved_from is not None


def test_a_window_that_was_not_offered_is_refused(order):
    window = "2030-01-01T08:00:00+08:00/2030-01-01T10:00:00+08:00"

    answer = Client().post(visit_url(order.pk), {"act_id": uuid.uuid4(), "window": window})

    assert answer.status_code == 409


def test_a_link_that_nobody_made_leads_nowhere():
    assert Client().get("/visit/made-up/").status_code == 404
