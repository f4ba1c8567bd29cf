"""Reading one customer, one premises, the special-care register."""

import uuid
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, Q

from shouwen.core.clause import in_force
from shouwen.core.kinds.register import RegisterRule, RegisterVersion
from shouwen.customers.models import (
    CareEntry,
    Customer,
    Merge,
    Occupancy,
    Premises,
    ServicePoint,
)
from shouwen.customers.queries.seen import seen_customers, seen_premises
from shouwen.standard.pack import Pack

# The register of the standard whose entries say why somebody needs care.
_ENTERED = "care.registered"
# When the standard sets no review, a year: nobody is forgotten.
_WITHOUT_A_RULE = 12


def whole_customer(*, customer_id: uuid.UUID) -> Customer | None:
    """A customer with homes past and present, numbers, care entries and merges. Five queries."""
    stays = Occupancy.objects.select_related("premises__estate").order_by("-since", "-pk")
    merges = Merge.objects.filter(undone_at__isnull=True).select_related("merged")
    return (
        seen_customers()
        .filter(pk=customer_id)
        .prefetch_related(
            Prefetch("occupancies", queryset=stays),
            "phones",
            Prefetch("care", queryset=CareEntry.objects.order_by("-since", "-pk")),
            Prefetch("merges", queryset=merges),
        )
        .first()
    )


def whole_premises(*, premises_id: uuid.UUID) -> Premises | None:
    """Premises with who lives and lived there, attributes, service point, meters, appliances."""
    stays = (
        Occupancy.objects.filter(customer__in=seen_customers())
        .select_related("customer")
        .order_by("-since", "-pk")
    )
    return (
        seen_premises()
        .filter(pk=premises_id)
        .select_related("estate")
        .prefetch_related(
            Prefetch("occupancies", queryset=stays),
            "attributes",
            Prefetch("points", queryset=ServicePoint.objects.order_by("-since")),
            "meters",
            "appliances",
        )
        .first()
    )


def identities(*, customer_id: uuid.UUID) -> list[uuid.UUID]:
    """The record and every record that was merged into it, directly or by way of another."""
    found = [customer_id]
    latest = found
    while latest:
        latest = list(Customer.objects.filter(merged_into__in=latest).values_list("pk", flat=True))
        found = [*found, *latest]
    return found


@dataclass(frozen=True, slots=True)
class CareAfter:
    """Where a page of the register ended."""

    review_on: date
    id: uuid.UUID


def care_due(*, after: CareAfter | None = None, limit: int) -> list[CareEntry]:
    """Entries in force by the day of their next review, from `after` on."""
    entries = CareEntry.objects.filter(until__isnull=True)
    if after:
        # One row comparison would say it; the first part is what the index can use.
        entries = entries.filter(
            Q(review_on__gt=after.review_on) | Q(review_on=after.review_on, id__gt=after.id),
            review_on__gte=after.review_on,
        )
    return list(entries.prefetch_related("customer").order_by("review_on", "id")[:limit])


def review_months(*, pack: Pack, day: date) -> int:
    """After how many months an entry is reviewed, by the standard in force on a day."""
    version = care_register(pack=pack, day=day)
    return version.review_every_months or _WITHOUT_A_RULE if version else _WITHOUT_A_RULE


def care_register(*, pack: Pack, day: date) -> RegisterVersion | None:
    """The wording of the register rule in force on a day; None when the standard has none."""
    rule = care_rule(pack=pack)
    return in_force(versions=rule.versions, day=day) if rule else None


def care_rule(*, pack: Pack) -> RegisterRule | None:
    """The rule of the standard about this register."""
    rules = (rule for rule in pack.rules.values() if isinstance(rule, RegisterRule))
    return next((rule for rule in rules if _is_about_care(rule)), None)


def _is_about_care(rule: RegisterRule) -> bool:
    return any(_ENTERED in version.entered for version in rule.versions)


def likely_same(*, customer: Customer, limit: int = 10) -> list[Customer]:
    """Other records that may be the same person: the same number, or the same name in one home."""
    numbers = [phone.number for phone in customer.phones.all()]
    homes = [stay.premises_id for stay in customer.occupancies.all()]
    by_number = Q(phones__number__in=numbers)
    by_home = Q(name=customer.name, occupancies__premises__in=homes)
    found = seen_customers().filter(by_number | by_home).exclude(pk=customer.pk)
    return list(found.distinct().order_by("name", "pk")[:limit])
