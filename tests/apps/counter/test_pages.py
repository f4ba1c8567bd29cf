"""The pages of the hall: the clerk's screen, the ticket machine at a registered computer, the display."""

import uuid

import pytest
from django.test import Client
from django.urls import reverse

from shouwen.adapters import system_clock
from shouwen.cases.models import Case
from shouwen.counter import operations
from shouwen.counter.models import Ticket
from shouwen.custody.entrance import DESK_COOKIE
from shouwen.custody.operations import register_desk
from shouwen.customers.operations import index_missing
from shouwen.journal.models import Entry
from tests import people
from tests.apps.counter.hall import came, clerk, seated

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff():
    for code in people.DEPARTMENTS:
        people.department(code)
    return clerk()


@pytest.fixture
def desk(staff):
    client = Client()
    client.force_login(staff)
    return client


@pytest.fixture
def machine():
    """The computer of the ticket machine: registered, and nobody is signed in at it."""
    admin = people.staff("admin")
    _desk, token = register_desk(
        act_id=uuid.uuid4(),
        name="取号机",
        place="大厅",
        by=admin,
        now=system_clock.now(),
        workstation="",
    )
    client = Client()
    client.cookies[DESK_COOKIE] = token
    return client


def leak(client: Client) -> Ticket:
    act = str(uuid.uuid4())
    client.post(reverse("ticket_new"), {"act_id": act, "business": "leak"})
    return Ticket.objects.get()


def press(client: Client, name: str, what: str, **told: str):
    return client.post(reverse(name, args=[what]), {"act_id": str(uuid.uuid4()), **told})


def test_a_registered_computer_gives_tickets_without_a_sign_in(machine):
    assert machine.get(reverse("ticket_new")).status_code == 200

    ticket = leak(machine)

    page = machine.get(reverse("ticket", args=[ticket.pk])).content.decode()
    assert ticket.number in page
    assert "sw-alarm__say" in page  # the safety words


def test_a_strange_computer_gives_none(client):
    client.cookies[DESK_COOKIE] = "made up"

    for path in (reverse("ticket_new"), f"{reverse('counter')}?wall", reverse("counter")):
        assert client.get(path)["Location"].startswith(reverse("sign_in"))
    client.post(reverse("ticket_new"), {"act_id": str(uuid.uuid4()), "business": "leak"})
    assert not Ticket.objects.exists()


def test_the_display_calls_numbers_and_fetches_itself_again(machine, desk, staff):
    ticket = leak(machine)
    press(desk, "counter_act", "sit", counter="1")
    press(desk, "counter_act", "next")

    answer = machine.get(f"{reverse('counter')}?wall")

    assert answer["Refresh"] == "5"
    assert ticket.number in answer.content.decode()


def test_a_registered_computer_opens_no_more_than_the_queue(machine):
    assert machine.get(reverse("counter"))["Location"].startswith(reverse("sign_in"))
    assert machine.get(reverse("counter_find"))["Location"].startswith(reverse("sign_in"))


def test_a_leak_at_the_counter_is_an_alarm_before_anything_is_typed(desk, machine):
    leak(machine)
    press(desk, "counter_act", "sit", counter="1")
    press(desk, "counter_act", "next")

    page = desk.get(reverse("counter")).content.decode()
    assert "F2" in page
    press(desk, "counter_serve", "dispatch")

    case = Case.objects.get()
    assert (case.kind, case.channel) == ("alarm", "hall")
    assert case.handovers.get().to_department == people.department("emergency")


def test_a_customer_is_looked_up_masked_and_journalled(desk, staff):
    people.home()

    index_missing()
    found = desk.get(reverse("counter_find"), {"q": "青梧里 3-1-502"}).content.decode()

    assert "阮女士" in found
    assert "14077002093" not in found
    assert Entry.objects.get(kind="data.read").actor == staff.staff_no


def test_only_a_home_of_the_customer_can_be_chosen(desk, staff):
    customer, _premises = people.home()
    _other, elsewhere = people.home(phone="14000000001", surname="王", address=("4", "1", "101"))
    now = system_clock.now()
    operations.take_ticket(act_id=uuid.uuid4(), business="leak", needs_care=False, now=now)
    came(seated(staff, at=now), at=now, after=0)

    answer = press(desk, "counter_serve", "customer", home=f"{customer.pk}:{elsewhere.pk}")

    assert answer.status_code == 404


def test_what_is_pressed_without_a_customer_says_so(desk, staff):
    answer = press(desk, "counter_serve", "note", words="记一句")

    assert answer.status_code == 409
    assert "窗口前没有客户" in answer.content.decode()


def test_the_screen_costs_the_same_however_many_wait(desk, staff, django_assert_max_num_queries):
    now = system_clock.now()
    for _ in range(30):
        operations.take_ticket(act_id=uuid.uuid4(), business="leak", needs_care=True, now=now)
    came(seated(staff, at=now), at=now, after=0)

    with django_assert_max_num_queries(30):
        assert desk.get(reverse("counter")).status_code == 200
