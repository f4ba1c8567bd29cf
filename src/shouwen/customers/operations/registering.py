"""Customers come in and are put right, field by field."""

import re
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from shouwen.core.events import Scalar
from shouwen.core.text.name_sounds import leading_surname
from shouwen.customers.models import Customer, Occupancy, Phone
from shouwen.customers.operations.acts import Act, note
from shouwen.customers.operations.indexing import index_customers

CORRECTABLE = ("name", "surname", "title")
_DIGITS = re.compile(r"\D+")


class NotANumber(ValueError):
    """What was typed is no telephone number."""


class MergedAway(Exception):
    """The record was merged into another one and does not change any more."""


@dataclass(frozen=True, slots=True)
class NewCustomer:
    """A customer as first told. `surname` is found in the name when it is not given.

    With `home` the customer lives there from the start.
    """

    id: uuid.UUID
    name: str
    surname: str = ""
    title: str = ""
    phones: tuple[str, ...] = ()
    home: "NewStay | None" = None


@dataclass(frozen=True, slots=True)
class NewStay:
    """Where somebody lives, as what (owner, tenant, contact), from which day on."""

    premises_id: uuid.UUID
    relation: str
    since: date


def _moved_in(customer: Customer, home: NewStay | None) -> dict[str, Scalar]:
    if home is None:
        return {}
    Occupancy.objects.create(
        customer=customer,
        premises_id=home.premises_id,
        relation=home.relation,
        since=home.since,
    )
    return {
        "premises": str(home.premises_id),
        "relation": home.relation,
        "since": home.since.isoformat(),
    }


def as_number(text: str) -> str:
    """The digits of a telephone number in China, without country code. Raises NotANumber."""
    digits = _DIGITS.sub("", text)
    if digits.startswith("0086"):
        digits = digits[4:]
    elif digits.startswith("86") and len(digits) >= 12:
        digits = digits[2:]
    if not 7 <= len(digits) <= 12:
        raise NotANumber(text)
    return digits


@transaction.atomic
def register_customer(*, act: Act, new: NewCustomer) -> Customer:
    """Writes a new customer; the same act again returns the one that is there. Raises NotANumber."""
    there = Customer.objects.filter(pk=new.id).first()
    if there:
        return there
    customer = Customer.objects.create(
        id=new.id,
        name=new.name,
        surname=new.surname or leading_surname(new.name),
        title=new.title,
    )
    numbers = dict.fromkeys(as_number(phone) for phone in new.phones)
    Phone.objects.bulk_create(Phone(customer=customer, number=number) for number in numbers)
    note(act, "customer.registered", subject=customer, data=_moved_in(customer, new.home))
    index_customers(customer_ids=[customer.pk])
    return customer


@transaction.atomic
def correct_customer(
    *,
    act: Act,
    customer_id: uuid.UUID,
    fields: Mapping[str, str],
    phones: Sequence[str] | None = None,
) -> tuple[str, ...]:
    """Puts name, surname or title right, and the list of numbers; returns what really changed.

    The journal names the fields, not what stood in them. `phones` is the whole new list, None
    leaves it. Raises NotANumber, MergedAway.
    """
    if act.is_done:
        return ()
    customer = held(customer_id)
    told = [name for name in CORRECTABLE if name in fields]
    changed = [name for name in told if fields[name] != getattr(customer, name)]
    for name in changed:
        setattr(customer, name, fields[name])
    if changed:
        customer.save(update_fields=changed)
    if phones is not None and _set_phones(customer, phones):
        changed.append("phones")
    if changed:
        note(act, "customer.corrected", subject=customer, data={"fields": ",".join(changed)})
        index_customers(customer_ids=[customer.pk])
    return tuple(changed)


def held(customer_id: uuid.UUID) -> Customer:
    """The customer, held for the rest of the transaction. Raises MergedAway."""
    customer = Customer.objects.select_for_update().get(pk=customer_id)
    if customer.merged_into_id:
        raise MergedAway(customer.pk)
    return customer


def _set_phones(customer: Customer, phones: Sequence[str]) -> bool:
    wanted = dict.fromkeys(as_number(phone) for phone in phones if phone.strip())
    there = set(customer.phones.values_list("number", flat=True))
    if set(wanted) == there:
        return False
    customer.phones.exclude(number__in=wanted).delete()
    Phone.objects.bulk_create(
        Phone(customer=customer, number=number) for number in wanted if number not in there
    )
    return True
