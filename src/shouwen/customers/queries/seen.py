"""Which records anybody sees: none that was merged away, none of a file that is still coming in."""

from django.db.models import Q, QuerySet

from shouwen.customers.models import Customer, ImportBatch, Premises


def _in_sight() -> Q:
    # The files that are coming in are few: one look, not a join for each row.
    hidden = ImportBatch.objects.filter(revealed_at__isnull=True).values("pk")
    return Q(batch__isnull=True) | ~Q(batch__in=hidden)


def seen_customers() -> QuerySet[Customer]:
    """Customers as people may find them."""
    return Customer.objects.filter(_in_sight(), merged_into__isnull=True)


def seen_premises() -> QuerySet[Premises]:
    """Premises as people may find them."""
    return Premises.objects.filter(_in_sight())
