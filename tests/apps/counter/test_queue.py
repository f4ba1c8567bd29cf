"""The queue of the hall: numbers by business, who is next, called, not come, come back."""

import uuid
from datetime import timedelta

import pytest

from shouwen.counter import operations
from shouwen.counter.models import Seat, Ticket
from shouwen.counter.queries import ahead_of, figures, opening, waiting
from shouwen.journal.models import Entry
from tests import people
from tests.apps.counter.hall import MORNING, call, came, clerk, seated, ticket

pytestmark = pytest.mark.django_db
LATER = MORNING + timedelta(minutes=3)


def test_numbers_count_by_business_and_by_day():
    first, second, other = ticket(), ticket(), ticket("connection")
    next_week = ticket(at=MORNING + timedelta(days=7))

    assert [t.number for t in (first, second, other)] == ["A001", "A002", "C001"]
    assert next_week.number == "A001"


def test_the_same_press_gives_one_ticket():
    act = uuid.uuid4()

    for _ in range(2):
        operations.take_ticket(act_id=act, business="enquiry", needs_care=False, now=MORNING)

    assert Ticket.objects.get().pk == act
    assert Entry.objects.filter(kind="ticket.taken").count() == 1


def test_special_care_is_called_first_and_a_leak_before_everybody():
    ticket()
    care = ticket("card", care=True, at=LATER)
    leak = ticket("leak", at=LATER)

    assert [t.number for t in waiting(now=LATER)][:2] == [leak.number, care.number]
    assert (ahead_of(leak), ahead_of(care)) == (0, 1)


def test_a_counter_calls_only_what_it_takes():
    ticket()
    connection = ticket("connection", at=LATER)

    called = call(seated(clerk(), counter="3"), at=LATER)

    assert called == connection


def test_two_counters_never_call_one_number():
    ticket(), ticket()
    first, second = seated(clerk()), seated(clerk("5002", "罗欣"), counter="2")

    numbers = {call(first).number, call(second).number}

    assert numbers == {"A001", "A002"}
    with pytest.raises(operations.Gone):
        call(first)  # the one before has to be finished


def test_the_same_call_twice_calls_one_customer():
    ticket(), ticket()
    staff, act = seated(clerk()), uuid.uuid4()

    called = [operations.call_next(act_id=act, by=staff, now=LATER) for _ in range(2)]

    assert called[0] == called[1]
    assert Ticket.objects.filter(state="waiting").count() == 1


def test_nobody_is_called_without_a_counter_or_a_queue():
    with pytest.raises(operations.NoCounter):
        call(clerk())
    with pytest.raises(operations.NotWaiting):
        call(seated(clerk()))


def test_a_counter_has_one_clerk():
    seated(clerk())

    with pytest.raises(operations.CounterTaken):
        seated(clerk("5002", "罗欣"))

    assert Seat.objects.count() == 1


def test_whoever_does_not_come_after_three_calls_has_missed_the_turn_and_may_come_back():
    mine = ticket()
    staff = seated(clerk())
    call(staff)
    with pytest.raises(operations.Gone):
        operations.note_not_come(act_id=uuid.uuid4(), by=staff, now=LATER)
    for _ in range(2):
        operations.call_again(act_id=uuid.uuid4(), by=staff, now=LATER)

    operations.note_not_come(act_id=uuid.uuid4(), by=staff, now=LATER)

    mine.refresh_from_db()
    assert (mine.state, mine.calls) == ("not_come", 3)
    ticket(at=LATER)
    operations.come_back(act_id=uuid.uuid4(), ticket_id=mine.pk, by=staff, now=LATER)
    assert call(staff, at=LATER) == mine  # the old turn counts


def test_sent_on_a_customer_keeps_the_turn_and_is_called_by_that_counter_alone():
    ticket()
    first, second = seated(clerk()), seated(clerk("5002", "罗欣"), counter="2")
    operations.send_on(came(first), counter="2")
    ticket(at=LATER)

    assert call(first, at=LATER).number == "A002"
    again = call(second, at=LATER)
    assert (again.number, again.turns) == ("A001", 1)


def test_the_hall_gives_tickets_in_its_hours_and_a_leak_at_any():
    night = MORNING + timedelta(hours=12)

    assert opening(now=MORNING).is_open
    assert not opening(now=night).is_open
    with pytest.raises(operations.HallClosed):
        ticket(at=night)
    assert ticket("leak", at=night).number == "L001"


def test_somebody_of_the_hall_gives_tickets_to_those_who_are_in_it_at_closing_time():
    night = MORNING + timedelta(hours=12)

    given = operations.take_ticket(
        act_id=uuid.uuid4(),
        business="enquiry",
        needs_care=False,
        now=night,
        by=clerk().staff_no,
    )

    assert given.number == "A001"


def test_shortly_before_closing_no_more_tickets_are_given():
    before_lunch = MORNING.replace(hour=3, minute=50)  # 11:50, the hall closes at 12:00

    found = opening(now=before_lunch)

    assert not found.is_open
    assert found.opens_at is not None
    assert f"{found.opens_at.astimezone(people.SHANGHAI):%H:%M}" == "13:30"


def test_the_day_of_the_hall_in_figures():
    ticket(), ticket()
    staff = seated(clerk())
    at = came(staff, after=6)
    operations.finish(operations.At(at.ticket, staff, at.now + timedelta(minutes=4)), said=True)

    told = figures(now=LATER)

    assert (told.taken, told.served) == (2, 1)
    assert told.mean_wait == told.longest_wait == timedelta(minutes=6)
    assert told.mean_service == timedelta(minutes=4)
