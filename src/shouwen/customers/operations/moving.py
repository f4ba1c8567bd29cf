"""Who lives where: moving in and out, with every stay kept."""

import uuid
from datetime import date

from django.db import transaction

from shouwen.customers.models import Occupancy, Premises
from shouwen.customers.operations.acts import Act, note
from shouwen.customers.operations.indexing import index_customers
from shouwen.customers.operations.registering import held


class AlreadyThere(Exception):
    """The customer already uses gas at these premises."""


class AlreadyLeft(Exception):
    """The stay has ended before."""


class LeftBeforeCame(ValueError):
    """The day of moving out is not after the day of moving in."""


@transaction.atomic
def move_in(
    *, act: Act, customer_id: uuid.UUID, premises_id: uuid.UUID, relation: str, since: date
) -> Occupancy | None:
    """The customer uses gas there from `since` on. Raises AlreadyThere, MergedAway.

    None when the same act was done before.
    """
    if act.is_done:
        return None
    customer = held(customer_id)
    premises = Premises.objects.get(pk=premises_id)
    stays = Occupancy.objects.filter(customer=customer, premises=premises)
    if stays.filter(until__isnull=True).exists() or stays.filter(since=since).exists():
        raise AlreadyThere(premises.pk)
    stay = Occupancy.objects.create(
        customer=customer, premises=premises, relation=relation, since=since
    )
    data = {"premises": str(premises.pk), "relation": relation, "since": since.isoformat()}
    note(act, "customer.moved_in", subject=customer, data=data)
    index_customers(customer_ids=[customer.pk])
    return stay


@transaction.atomic
def move_out(*, act: Act, occupancy_id: int, until: date) -> None:
    """The customer has left; `until` is the first day that is not theirs any more.

    Raises AlreadyLeft, LeftBeforeCame.
    """
    if act.is_done:
        return
    stay = (
        Occupancy.objects.select_for_update(of=("self",))
        .select_related("customer")
        .get(pk=occupancy_id)
    )
    if stay.until:
        raise AlreadyLeft(stay.pk)
    if until <= stay.since:
        raise LeftBeforeCame(stay.since)
    stay.until = until
    stay.save(update_fields=["until"])
    data = {"premises": str(stay.premises_id), "until": until.isoformat()}
    note(act, "customer.moved_out", subject=stay.customer, data=data)
    index_customers(customer_ids=[stay.customer_id])
