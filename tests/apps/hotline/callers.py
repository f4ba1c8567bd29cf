"""Calls that ring or are spoken now, put before the tests of what the screen shows for them."""

import uuid
from datetime import datetime, timedelta
from typing import Any

from django.test import Client
from django.urls import reverse

from shouwen.customers.models import Customer, Occupancy, Phone, Premises
from shouwen.hotline.models import Call
from shouwen.hotline.queries import Popped, called_by, pop
from shouwen.people.models import Staff
from tests import people
from tests.people import MORNING

NUMBER = "14077002093"
JUST_NOW = MORNING + timedelta(seconds=20)
"""Some seconds after the call came in."""


def ringing(
    *, number: str = NUMBER, by: Staff | None = None, at: datetime = MORNING, **known: Any
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


def second_home(
    customer: Customer, *, address: tuple[str, str, str] = ("9", "2", "301")
) -> Premises:
    """Another home of the customer, in the same estate."""
    estate = customer.occupancies.all()[0].premises.estate
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


def popped(call: Call, *, who: str = "wang_min") -> Popped:
    """What the screen of this person shows for the call."""
    found = called_by(call_id=call.pk, viewer=people.staff(who), now=JUST_NOW)
    assert found is not None
    return pop(call=found, now=JUST_NOW)


def meant(found: Popped) -> tuple[Customer, Premises]:
    """Who is calling, at the one home that is meant."""
    assert found.home is not None
    assert found.home.premises is not None
    return found.home.customer, found.home.premises


def opened(client: Client, call: Call) -> Any:
    """The answer to the cockpit asking for the pop-up of the call."""
    return client.get(reverse("call_pop", args=[call.pk]), headers={"HX-Request": "true"})


def choose(
    client: Client, call: Call, home: str, *, version: int = 0, act: uuid.UUID | None = None
) -> Any:
    """The answer to choosing this home for the call, on a list of this version."""
    return client.post(
        reverse("call_choose_home", args=[call.pk]),
        {"act_id": str(act or uuid.uuid4()), "version": version, "home": home},
        headers={"HX-Request": "true"},
    )
