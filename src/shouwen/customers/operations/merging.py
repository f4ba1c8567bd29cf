"""Two records of one customer become one, and can become two again."""

import uuid

from django.db import transaction

from shouwen.customers.models import CareEntry, Customer, Merge, Occupancy, Phone
from shouwen.customers.operations.acts import Act, note
from shouwen.customers.operations.caring import show_care
from shouwen.customers.operations.indexing import index_customers
from shouwen.customers.operations.registering import MergedAway


class SameRecord(ValueError):
    """A record cannot be merged into itself."""


class AlreadyUndone(Exception):
    """The merge has been undone before."""


class MergedFurther(Exception):
    """The record that took the other in was itself merged since: that merge goes first."""


@transaction.atomic
def merge(*, act: Act, kept_id: uuid.UUID, merged_id: uuid.UUID) -> Merge | None:
    """Homes, numbers and care entries of `merged` go over to `kept`.

    What `kept` has already stays where it is, hidden with its record. Cases keep the record they
    were opened with and are listed with `kept`. Raises SameRecord, MergedAway. None when the
    same act was done before.
    """
    if act.is_done:
        return None
    if kept_id == merged_id:
        raise SameRecord(kept_id)
    kept, merged = _held_both(kept_id, merged_id)
    done = Merge.objects.create(
        id=act.id,
        kept=kept,
        merged=merged,
        moved=_moved(kept=kept, merged=merged),
        merged_at=act.now,
        merged_by=act.by,
    )
    merged.merged_into = kept
    merged.save(update_fields=["merged_into"])
    note(act, "customer.merged", subject=kept, data={"from": str(merged.pk)})
    _show(kept, merged)
    return done


@transaction.atomic
def unmerge(*, act: Act, merge_id: uuid.UUID) -> None:
    """Gives the merged record back what it brought. Raises AlreadyUndone, MergedFurther."""
    if act.is_done:
        return
    done = (
        Merge.objects.select_for_update(of=("self",))
        .select_related("kept", "merged")
        .get(pk=merge_id)
    )
    if done.undone_at:
        raise AlreadyUndone(done.pk)
    if done.kept.merged_into_id:
        raise MergedFurther(done.kept.pk)
    for name, model in _MOVABLE.items():
        rows = model.objects.filter(pk__in=done.moved.get(name, []), customer=done.kept)
        rows.update(customer=done.merged)
    done.merged.merged_into = None
    done.merged.save(update_fields=["merged_into"])
    done.undone_at = act.now
    done.save(update_fields=["undone_at"])
    note(act, "customer.unmerged", subject=done.kept, data={"from": str(done.merged.pk)})
    _show(done.kept, done.merged)


_MOVABLE: dict[str, type[Occupancy] | type[Phone] | type[CareEntry]] = {
    "occupancies": Occupancy,
    "phones": Phone,
    "care": CareEntry,
}


def _held_both(kept_id: uuid.UUID, merged_id: uuid.UUID) -> tuple[Customer, Customer]:
    """Both records, held in one order: two merges at once do not wait for each other."""
    rows = Customer.objects.select_for_update().filter(pk__in=(kept_id, merged_id)).order_by("pk")
    both = {row.pk: row for row in rows}
    gone = [row.pk for row in both.values() if row.merged_into_id]
    if gone:
        raise MergedAway(gone[0])
    return both[kept_id], both[merged_id]


def _moved(*, kept: Customer, merged: Customer) -> dict[str, list[str]]:
    """Moves what `kept` does not have yet; returns the ids by kind."""
    stays = set(kept.occupancies.values_list("premises_id", "since"))
    living = set(kept.occupancies.filter(until=None).values_list("premises_id", flat=True))
    numbers = set(kept.phones.values_list("number", flat=True))
    kinds = set(kept.care.filter(until=None).values_list("kind", flat=True))
    moving: dict[str, list[Occupancy] | list[Phone] | list[CareEntry]] = {
        "occupancies": [
            stay
            for stay in merged.occupancies.all()
            if (stay.premises_id, stay.since) not in stays
            and (stay.until or stay.premises_id not in living)
        ],
        "phones": [phone for phone in merged.phones.all() if phone.number not in numbers],
        "care": [entry for entry in merged.care.all() if entry.until or entry.kind not in kinds],
    }
    for name, rows in moving.items():
        _MOVABLE[name].objects.filter(pk__in=[row.pk for row in rows]).update(customer=kept)
    return {name: [str(row.pk) for row in rows] for name, rows in moving.items()}


def _show(kept: Customer, merged: Customer) -> None:
    show_care(kept, merged)
    index_customers(customer_ids=[kept.pk, merged.pk])
