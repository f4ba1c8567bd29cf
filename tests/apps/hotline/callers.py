"""Calls that ring or are spoken now, put before the tests of what the screen shows for them."""

import uuid
from datetime import datetime, timedelta

from shouwen.customers.models import Customer, Occupancy, Phone, Premises
from shouwen.hotline.models import Call
from shouwen.people.models import Staff
from tests import people
from tests.people import MORNING

NUMBER = "14077002093"


def ringing(
    *, number: str = NUMBER, by: Staff | None = None, at: datetime = MORNING, **known
) -> Call:
    """A call that came in at `at`; taken by nobody unless somebody is named."""
    pk = uuid.uuid4()
    said = {"stage": "talking" if by else "ringing", "direction": "inbound"} | known
    return Call.objects.create(
        id=pk,
        call_id=str(pk),
        number=number,
        staff=by,
        rang_at=at,
        answered_at=at + timedelta(seconds=5) if by else None,
        **said,
    )


def second_home(customer: Customer, *, address: tuple[str, str, str] = ("9", "2", "301")):
    """Another home of the customer, in the same estate."""
    estate = customer.occupancies.first().premises.estate
    building, unit, flat = address
    premises = Premises.objects.create(estate=estate, building=building, unit=unit, flat=flat)
    Occupancy.objects.create(
        customer=customer, premises=premises, relation="tenant", since=MORNING.date()
    )
    return premises


def neighbour(*, number: str = "14077003333", flat: str = "102") -> tuple[Customer, Premises]:
    """Somebody in the building of `people.home`."""
    return people.home(phone=number, surname="褚", address=("3", "2", flat))


def owner_of(number: str) -> Customer:
    """The customer with this number."""
    return Phone.objects.get(number=number).customer
