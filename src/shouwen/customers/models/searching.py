"""One line for each customer at each home: what a search looks through and lists."""

import secrets

from django.db import models

from shouwen.customers.models.importing import ImportBatch
from shouwen.customers.models.people import Customer
from shouwen.customers.models.places import Estate, Premises


def scattered() -> int:
    """A new id that has nothing to do with the order of entry."""
    return secrets.randbits(52)


class SearchRow(models.Model):
    """A customer at a home of today, or a customer without a home (`premises` is None).

    Written by `operations.indexing` in the transaction of every change. The words of a row stand
    under its id in the full-text table `customers_search`; `text` is compared where words alone
    do not decide.

    Pages of results follow the id. It is random, so that rows of one estate, which are entered
    together, lie scattered: a database that walks along the ids until a page is full then finds
    matches as evenly as it reckons, wherever in the city they are.
    """

    id = models.BigIntegerField(primary_key=True, default=scattered, editable=False)
    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="search_rows")
    premises = models.ForeignKey(
        Premises, null=True, blank=True, on_delete=models.CASCADE, related_name="search_rows"
    )
    estate = models.ForeignKey(Estate, null=True, blank=True, on_delete=models.CASCADE)
    text = models.CharField(max_length=200)
    batch = models.ForeignKey(
        ImportBatch, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    def __str__(self) -> str:
        return f"{self.customer_id} @ {self.premises_id}"
