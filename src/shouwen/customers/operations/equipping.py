"""Premises, their attributes from a day on, and what gas goes through there."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.db import transaction

from shouwen.core.events import Subject
from shouwen.customers.models import (
    Appliance,
    Attribute,
    AttributeName,
    Estate,
    Meter,
    Premises,
    ServicePoint,
)
from shouwen.customers.operations.acts import Act, note
from shouwen.customers.operations.indexing import index_customers
from shouwen.customers.queries.attributes import class_on
from shouwen.jobs.operations import enqueue

CLASS_JOB = "customers.class_of_today"
# Estates have numbers; the journal wants an id.
_ESTATES = uuid.UUID("6a2e2c3c-1d0e-5f0c-9d0b-3b0f5f2a9e11")


class AddressTaken(Exception):
    """There is a premises at this address."""


class AccountTaken(Exception):
    """The account number belongs to other premises, or the premises have one."""


class MeterElsewhere(Exception):
    """The meter is installed somewhere else."""


class NotInPlace(Exception):
    """What is to be removed was removed before, or is not older than that day."""


class AliasTaken(Exception):
    """Another estate goes by this name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPremises:
    """An address as told; a new estate is made when the name is not known."""

    estate: str
    building: str = ""
    unit: str = ""
    flat: str = ""
    place_name: str = ""
    customer_class: str = "residential"


@transaction.atomic
def register_premises(*, act: Act, new: NewPremises, today: date) -> Premises:
    """Writes new premises whose class holds from `today` on. Raises AddressTaken."""
    estate, _ = Estate.objects.get_or_create(name=new.estate)
    address = {
        "estate": estate,
        "building": new.building,
        "unit": new.unit,
        "flat": new.flat,
        "place_name": new.place_name,
    }
    there = Premises.objects.filter(**address).first()
    if there and act.is_done:
        return there
    if there:
        raise AddressTaken(there.pk)
    premises = Premises.objects.create(customer_class=new.customer_class, **address)
    Attribute.objects.create(
        premises=premises,
        name=AttributeName.CUSTOMER_CLASS,
        value=new.customer_class,
        since=today,
    )
    note(act, "premises.registered", subject=premises)
    return premises


@transaction.atomic
def set_attribute(
    *, act: Act, premises_id: uuid.UUID, name: str, value: str, since: date, zone: ZoneInfo
) -> None:
    """The attribute has this value from the start of `since` (a day in `zone`) on.

    A day in the past corrects the history, a day ahead takes effect by itself when it comes.
    """
    if act.is_done:
        return
    premises = Premises.objects.select_for_update(of=("self",)).get(pk=premises_id)
    Attribute.objects.update_or_create(
        premises=premises, name=name, since=since, defaults={"value": value}
    )
    data = {"name": name, "value": value, "since": since.isoformat()}
    note(act, "premises.attribute_set", subject=premises, data=data)
    if name == AttributeName.CUSTOMER_CLASS:
        begins = datetime.combine(since, time.min, zone)
        show_class(premises, today=act.now.astimezone(zone).date())
        enqueue(
            kind=CLASS_JOB,
            key=f"{CLASS_JOB}:{act.id}",
            payload={"premises": str(premises.pk), "zone": zone.key},
            run_at=max(begins, act.now),
            now=act.now,
        )


def show_class(premises: Premises, *, today: date) -> None:
    """Sets the class shown in lists and asked by rules to that of `today`."""
    premises.customer_class = class_on(premises=premises, day=today)
    premises.save(update_fields=["customer_class"])


@transaction.atomic
def open_point(*, act: Act, premises_id: uuid.UUID, account_no: str, since: date) -> None:
    """The premises are supplied under this account number from `since` on. Raises AccountTaken."""
    if act.is_done:
        return
    premises = Premises.objects.select_for_update(of=("self",)).get(pk=premises_id)
    number = account_no.strip().upper()
    taken = ServicePoint.objects.filter(account_no=number).exists()
    if taken or premises.points.filter(until__isnull=True).exists():
        raise AccountTaken(premises.pk)
    ServicePoint.objects.create(premises=premises, account_no=number, since=since)
    note(act, "premises.point_opened", subject=premises, data={"since": since.isoformat()})
    living = premises.occupancies.filter(until__isnull=True)
    index_customers(customer_ids=living.values_list("customer_id", flat=True))


@transaction.atomic
def install_meter(*, act: Act, premises_id: uuid.UUID, serial: str, kind: str, on: date) -> None:
    """A meter counts here from `on`. Raises MeterElsewhere."""
    if act.is_done:
        return
    premises = Premises.objects.get(pk=premises_id)
    if Meter.objects.filter(serial=serial, removed_on__isnull=True).exists():
        raise MeterElsewhere(serial)
    Meter.objects.create(id=act.id, premises=premises, serial=serial, kind=kind, installed_on=on)
    data = {"kind": kind, "on": on.isoformat()}
    note(act, "premises.meter_installed", subject=premises, data=data)


@transaction.atomic
def install_appliance(
    *,
    act: Act,
    premises_id: uuid.UUID,
    kind: str,
    make: str,
    on: date,
    made_on: date | None = None,
) -> None:
    """An appliance is there from `on`; `made_on` is the day on its plate."""
    if act.is_done:
        return
    premises = Premises.objects.get(pk=premises_id)
    Appliance.objects.create(
        id=act.id, premises=premises, kind=kind, make=make, made_on=made_on, installed_on=on
    )
    data = {"kind": kind, "on": on.isoformat()}
    note(act, "premises.appliance_installed", subject=premises, data=data)


@transaction.atomic
def remove_meter(*, act: Act, meter_id: uuid.UUID, on: date) -> None:
    """The meter is gone from `on` on. Raises NotInPlace."""
    if act.is_done:
        return
    meter = Meter.objects.select_for_update(of=("self",)).get(pk=meter_id)
    _take_away(meter, on=on)
    note(act, "premises.meter_removed", subject=meter.premises, data={"on": on.isoformat()})


@transaction.atomic
def remove_appliance(*, act: Act, appliance_id: uuid.UUID, on: date) -> None:
    """The appliance is gone from `on` on. Raises NotInPlace."""
    if act.is_done:
        return
    appliance = Appliance.objects.select_for_update(of=("self",)).get(pk=appliance_id)
    _take_away(appliance, on=on)
    data = {"kind": appliance.kind, "on": on.isoformat()}
    note(act, "premises.appliance_removed", subject=appliance.premises, data=data)


@transaction.atomic
def set_aliases(*, act: Act, estate_id: int, aliases: list[str]) -> None:
    """The names an estate also goes by, the whole list. Raises AliasTaken."""
    if act.is_done:
        return
    estate = Estate.objects.select_for_update().get(pk=estate_id)
    wanted = [alias for alias in dict.fromkeys(aliases) if alias and alias != estate.name]
    others = Estate.objects.exclude(pk=estate.pk).values_list("name", "aliases")
    taken = {spelling for name, more in others for spelling in (name, *more)}
    clash = [alias for alias in wanted if alias in taken]
    if clash:
        raise AliasTaken(clash[0])
    estate.aliases = wanted
    estate.save(update_fields=["aliases"])
    note(
        act, "estate.aliases_set", subject=Subject("system", uuid.uuid5(_ESTATES, str(estate.pk)))
    )


def _take_away(thing: Meter | Appliance, *, on: date) -> None:
    if thing.removed_on or on <= thing.installed_on:
        raise NotInPlace(thing.pk)
    thing.removed_on = on
    thing.save(update_fields=["removed_on"])
