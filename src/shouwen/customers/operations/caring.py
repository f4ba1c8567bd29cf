"""The special-care register: entered with consent, reviewed in time, ended with a day."""

import uuid
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from shouwen.core.timing.months import months_later
from shouwen.customers.models import CareEntry, Customer
from shouwen.customers.operations.acts import Act, note
from shouwen.customers.operations.registering import held


class AlreadyRegistered(Exception):
    """The customer stands in the register for this reason."""


class EntryEnded(Exception):
    """The entry is not in force any more."""


class NoConsentYet(ValueError):
    """The consent is dated after today."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCare:
    """An entry as told. `consented_on` is the day of the consent, `how` it was given."""

    kind: str
    needs: str
    consented_on: date
    how: str
    contact: str = ""
    handles_at_home: bool = True


@transaction.atomic
def register_care(
    *, act: Act, customer_id: uuid.UUID, new: NewCare, today: date, review_months: int
) -> CareEntry | None:
    """Enters the customer from `today` on; the next review is due `review_months` later.

    `review_months` comes from the standard (`queries.review_months`). Raises AlreadyRegistered,
    NoConsentYet, MergedAway. None when the same act was done before.
    """
    if act.is_done:
        return None
    customer = held(customer_id)
    if new.consented_on > today:
        raise NoConsentYet(new.consented_on)
    if customer.care.filter(kind=new.kind, until__isnull=True).exists():
        raise AlreadyRegistered(new.kind)
    entry = CareEntry.objects.create(
        id=act.id,
        customer=customer,
        kind=new.kind,
        needs=new.needs,
        contact=new.contact,
        handles_at_home=new.handles_at_home,
        consented_on=new.consented_on,
        consent_how=new.how,
        since=today,
        reviewed_on=today,
        review_on=months_later(today, months=review_months),
    )
    said = {
        "kind": new.kind,
        "consent": new.consented_on.isoformat(),
        "review_on": entry.review_on.isoformat(),
        "missing": "" if new.needs.strip() else "needs",
    }
    note(act, "care.registered", subject=customer, data=said)
    show_care(customer)
    return entry


@transaction.atomic
def review_care(*, act: Act, entry_id: uuid.UUID, today: date, review_months: int) -> None:
    """The entry was looked at and still holds; the next review is due later. Raises EntryEnded."""
    if act.is_done:
        return
    entry = _in_force(entry_id)
    entry.reviewed_on = today
    entry.review_on = months_later(today, months=review_months)
    entry.save(update_fields=["reviewed_on", "review_on"])
    said = {"kind": entry.kind, "review_on": entry.review_on.isoformat()}
    note(act, "care.reviewed", subject=entry.customer, data=said)


@transaction.atomic
def end_care(*, act: Act, entry_id: uuid.UUID, today: date) -> None:
    """The entry holds no more: the reason is gone, or the consent was withdrawn. Raises EntryEnded."""
    if act.is_done:
        return
    entry = _in_force(entry_id)
    entry.until = today
    entry.save(update_fields=["until"])
    note(act, "care.ended", subject=entry.customer, data={"kind": entry.kind})
    show_care(entry.customer)


def show_care(*customers: Customer) -> None:
    """Sets the flag for lists to the latest entry in force."""
    entries = CareEntry.objects.filter(customer__in=customers, until__isnull=True)
    latest = dict(entries.order_by("since", "pk").values_list("customer_id", "kind"))
    for customer in customers:
        customer.special_care = latest.get(customer.pk, "")
        customer.save(update_fields=["special_care"])


def _in_force(entry_id: uuid.UUID) -> CareEntry:
    entries = CareEntry.objects.select_for_update(of=("self",)).select_related("customer")
    entry = entries.get(pk=entry_id)
    if entry.until:
        raise EntryEnded(entry.pk)
    return entry
