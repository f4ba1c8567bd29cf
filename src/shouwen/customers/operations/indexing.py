"""Keeps the search rows of customers true: written anew in the transaction of every change."""

import uuid
from collections.abc import Callable, Iterable, Iterator, Sequence

from django.db import transaction
from django.db.models import Prefetch, Q

from shouwen.core.text.search_tokens import Listed, searched_text, tokens_of
from shouwen.customers import fulltext
from shouwen.customers.models import Customer, Occupancy, Premises, SearchRow, ServicePoint

CHUNK = 200


def index_customers(*, customer_ids: Iterable[uuid.UUID]) -> None:
    """Writes the search rows of these customers anew. Six queries however many they are.

    Call it in the transaction of the change; a merged customer is left with none.
    """
    wanted = list(customer_ids)
    old = list(SearchRow.objects.filter(customer__in=wanted).values_list("pk", flat=True))
    fulltext.remove(old)
    SearchRow.objects.filter(pk__in=old).delete()
    _add([pair for customer in _customers(wanted) for pair in rows_of(customer)])


def index_missing(*, on_rows: Callable[[int], None] = lambda rows: None) -> int:
    """Indexes every customer that has no search row yet, a chunk a transaction. Returns how many."""
    done = 0
    while wanted := list(
        Customer.objects.filter(merged_into__isnull=True, search_rows__isnull=True)
        .order_by("pk")
        .values_list("pk", flat=True)[:CHUNK]
    ):
        with transaction.atomic():
            index_customers(customer_ids=wanted)
        done += len(wanted)
        on_rows(len(wanted))
    return done


def rows_of(customer: Customer) -> Iterator[tuple[SearchRow, tuple[str, ...]]]:
    """The search rows of a customer, read with `_customers`, and the words of each."""
    numbers = tuple(phone.number for phone in customer.phones.all())
    homes = [stay.premises for stay in customer.occupancies.all()]
    for premises in homes:
        accounts = tuple(point.account_no for point in premises.points.all())
        listed = Listed(
            name=customer.name,
            surname=customer.surname,
            estate_id=premises.estate_id,
            estate=premises.estate.name,
            building=premises.building,
            unit=premises.unit,
            flat=premises.flat,
            place_name=premises.place_name,
            numbers=(*numbers, *accounts),
        )
        yield _row(customer, listed, premises), tokens_of(listed)
    if not homes:
        listed = Listed(name=customer.name, surname=customer.surname, numbers=numbers)
        yield _row(customer, listed, None), tokens_of(listed)


def _row(customer: Customer, listed: Listed, premises: Premises | None) -> SearchRow:
    return SearchRow(
        customer=customer,
        premises=premises,
        estate_id=listed.estate_id or None,
        text=searched_text(listed),
        batch_id=customer.batch_id,
    )


def _add(pairs: Sequence[tuple[SearchRow, tuple[str, ...]]]) -> None:
    rows = SearchRow.objects.bulk_create(row for row, _ in pairs)
    fulltext.add((row.pk, words) for row, (_, words) in zip(rows, pairs, strict=True))


def _customers(wanted: Sequence[uuid.UUID]) -> Iterable[Customer]:
    living = Occupancy.objects.filter(until__isnull=True).select_related("premises__estate")
    points = ServicePoint.objects.filter(until__isnull=True)
    return (
        Customer.objects.filter(Q(merged_into__isnull=True), pk__in=wanted)
        .prefetch_related(
            "phones",
            Prefetch("occupancies", queryset=living.order_by("since", "id")),
            Prefetch("occupancies__premises__points", queryset=points),
        )
        .order_by("pk")
    )
