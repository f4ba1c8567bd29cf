"""Times agreed: offered from what is free, booked, moved, reminded, late told before, kept or not."""

import uuid
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from shouwen.cases import operations as cases
from shouwen.cases.models import Promise
from shouwen.clocks.models import Clock, Ruling
from shouwen.dispatch.work import watch_times
from shouwen.fieldwork import operations
from shouwen.fieldwork.models import Appointment, Order
from shouwen.fieldwork.operations import Booking
from shouwen.fieldwork.queries import windows
from shouwen.fieldwork.work import remind_customers
from shouwen.journal.models import Entry
from shouwen.messages.models import Message
from shouwen.people.models import Line, Shift, Staff
from tests import people
from tests.apps.fieldwork.field import MORNING, at, by, case_of, order, sent, technician, when

pytestmark = pytest.mark.django_db
PHONE = "14077002093"


def booked(given: Order, *, minutes: float = 3, begins: float = 240, **how) -> Appointment:
    """A window of two hours that begins so many minutes after the morning."""
    booking = Booking(
        starts_at=at(begins), ends_at=at(begins + 120), by=people.staff("wang_min"), **how
    )
    return operations.book(
        act_id=uuid.uuid4(), order_id=given.pk, booking=booking, **when(minutes)
    )


def on_shift(person: Staff, *, day: int = 0, hours: int = 9) -> Shift:
    """From eight in the morning."""
    line, _ = Line.objects.get_or_create(code="repair", defaults={"name_zh": "维修"})
    begins = datetime(2026, 10, 9 + day, 8, tzinfo=ZoneInfo("Asia/Shanghai"))
    return Shift.objects.create(
        id=uuid.uuid4(),
        staff=person,
        line=line,
        starts_at=begins,
        ends_at=begins + timedelta(hours=hours),
    )


def clock(appointment: Appointment, rule: str) -> Clock:
    return Clock.objects.get(
        subject_kind="appointment", subject_id=appointment.promise, rule_id=rule
    )


def test_an_agreed_window_moves_the_clocks_of_the_case_and_begins_its_own():
    given = order(caller_phone=PHONE)

    agreed = booked(given)

    given.refresh_from_db()
    assert given.due_at == agreed.starts_at + timedelta(minutes=15)
    assert clock(agreed, "appointment-kept").due_at == agreed.ends_at
    assert Message.objects.get(text_id="visit-booked").recipient == PHONE


def test_coming_within_the_window_keeps_it():
    given = order()
    agreed = booked(given)
    given.refresh_from_db()
    given = sent(given, minutes=200)

    operations.arrive(**by(given, minutes=300))

    agreed.refresh_from_db()
    assert agreed.state == "kept"
    ruled = Ruling.objects.get(rule_id="appointment-kept")
    assert (ruled.verdict, ruled.staff_no) == ("met", "3305")


def test_coming_after_it_is_late():
    given = order()
    agreed = booked(given)
    given.refresh_from_db()
    given = sent(given, minutes=200)

    operations.arrive(**by(given, minutes=361))

    agreed.refresh_from_db()
    assert agreed.state == "late"
    assert Ruling.objects.get(rule_id="appointment-kept").verdict == "missed"


def test_a_time_that_is_moved_keeps_its_row_and_its_promise():
    given = order()
    first = booked(given)

    second = booked(given, minutes=5, begins=1440)

    first.refresh_from_db()
    assert (first.state, second.moved_from, second.promise) == ("moved", first, first.promise)
    assert clock(second, "appointment-kept").due_at == second.ends_at


def test_a_time_that_is_called_off_does_not_count():
    given = order()
    agreed = booked(given)

    operations.call_off(
        act_id=uuid.uuid4(), order_id=given.pk, by=None, reason="customer", **when(9)
    )

    agreed.refresh_from_db()
    assert agreed.state == "cancelled"
    assert clock(agreed, "appointment-kept").state == "cancelled"


def test_a_case_that_is_closed_calls_the_time_off():
    given = order()
    agreed = booked(given)

    cases.close_case(
        act_id=uuid.uuid4(), case_id=case_of(given).pk, by=case_of(given).owner, **when(9)
    )

    agreed.refresh_from_db()
    assert agreed.state == "cancelled"


def test_the_customer_confirms_once():
    given = order()
    agreed, act = booked(given), uuid.uuid4()

    for _ in range(2):
        operations.confirm(act_id=act, order_id=given.pk, channel="web", **when(30))

    agreed.refresh_from_db()
    assert agreed.confirmed_at == at(30)
    assert Entry.objects.filter(kind="visit.confirmed").count() == 1


def test_without_an_agreed_time_there_is_nothing_to_confirm():
    with pytest.raises(operations.NothingAgreed):
        operations.confirm(act_id=uuid.uuid4(), order_id=order().pk, channel="web", **when(1))


def test_customers_are_reminded_once():
    agreed = booked(order(caller_phone=PHONE))

    for _ in range(2):
        remind_customers({}, at(10))

    agreed.refresh_from_db()
    assert agreed.reminded_at == at(10)
    assert Message.objects.filter(text_id="visit-reminded").count() == 1


def late(given: Order, *, now: float = 200) -> Appointment:
    """The technician is at another home for longer than the window lasts."""
    person = technician()
    on_shift(person)
    agreed = booked(given, begins=180)
    elsewhere = order(minutes=1)
    Order.objects.filter(pk=elsewhere.pk).update(minutes=200)
    elsewhere.refresh_from_db()
    operations.arrive(**by(sent(elsewhere, person, minutes=120), person, minutes=150))
    given.refresh_from_db()
    sent(given, person, minutes=130, planned_from=at(180))
    watch_times({}, at(now))
    agreed.refresh_from_db()
    return agreed


def test_who_waits_at_home_is_told_before_the_time():
    agreed = late(order(caller_phone=PHONE))

    assert agreed.eta_at is not None
    assert agreed.eta_at > agreed.ends_at
    assert agreed.delay_told_at == at(200)
    assert Message.objects.filter(text_id="visit-delayed").count() == 1
    assert clock(agreed, "delay-told-in-time").state == "met"


def test_who_cannot_be_written_to_is_called_by_the_owner():
    given = order()

    agreed = late(given)

    assert agreed.delay_told_at is None
    promise = Promise.objects.get(case=given.case_id, kind="call_back")
    assert promise.due_at <= agreed.ends_at
    assert promise.owner == case_of(given).owner


def test_being_late_is_told_once():
    agreed = late(order(caller_phone=PHONE))

    watch_times({}, at(205))

    assert Entry.objects.filter(kind="visit.running_late").count() == 1
    assert agreed.state == "open"


def test_windows_are_those_that_the_shifts_hold():
    on_shift(technician("3305", "李强", "cooker"))
    given = order(leaf="F01")

    found = {
        each.starts_at.astimezone(people.SHANGHAI): each.left
        for each in windows(order=given, now=MORNING)
    }

    today = {moment.hour: left for moment, left in found.items() if moment.day == 9}
    assert today == {13: 1, 15: 1, 18: 0}


def test_a_window_that_is_promised_away_is_full():
    on_shift(technician("3305", "李强", "cooker"))
    other, given = order(leaf="F01"), order(leaf="F02", minutes=1)
    booked(other, begins=258)

    first = windows(order=given, now=MORNING)[0]

    assert (first.starts_at, first.left) == (at(258), 0)


def test_nobody_who_can_means_no_window():
    on_shift(technician("3305", "李强", "meter"))

    assert {each.left for each in windows(order=order(leaf="F01"), now=MORNING)} == {0}
