"""A hall with its people: a morning in opening hours, tickets, clerks at their counters."""

import uuid
from datetime import datetime, timedelta

from shouwen.access.roles import Role
from shouwen.counter import operations
from shouwen.counter.models import Ticket
from shouwen.counter.operations import At
from shouwen.people.models import Staff
from tests import people

MORNING = people.MORNING  # a Friday, 09:12 in Shanghai


def clerk(number: str = "5001", name: str = "何静") -> Staff:
    """A clerk of the hall."""
    there = Staff.objects.filter(staff_no=number).first()
    return there or Staff.objects.create_staff(
        staff_no=number,
        name=name,
        password=None,
        department=people.department("hall"),
        roles={Role.CLERK},
    )


def ticket(business: str = "enquiry", *, at: datetime = MORNING, care: bool = False) -> Ticket:
    """Somebody takes a number."""
    return operations.take_ticket(act_id=uuid.uuid4(), business=business, needs_care=care, now=at)


def seated(staff: Staff, *, at: datetime = MORNING, counter: str = "1") -> Staff:
    """A clerk at a counter."""
    operations.open_counter(act_id=uuid.uuid4(), counter=counter, by=staff, now=at)
    return staff


def call(staff: Staff, *, at: datetime = MORNING) -> Ticket:
    """The clerk calls whoever is next."""
    return operations.call_next(act_id=uuid.uuid4(), by=staff, now=at)


def came(staff: Staff, *, at: datetime = MORNING, after: float = 1) -> At:
    """The next customer is called and comes to the counter."""
    called = call(staff, at=at)
    now = at + timedelta(minutes=after)
    operations.begin(At(called, staff, now))
    return At(called, staff, now)
