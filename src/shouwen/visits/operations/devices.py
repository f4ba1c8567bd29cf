"""Phones: known, seen, given a package, told to throw their data away."""

import hashlib
import hmac
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from shouwen.adapters import ids
from shouwen.core.events import Subject
from shouwen.fieldwork.models import Order
from shouwen.journal.operations import record_once
from shouwen.people.models import Staff
from shouwen.visits.models import Device, Package, Pass

DEVICE = "device"


class NotYourDevice(Exception):
    """The phone is registered to somebody else."""


@dataclass(frozen=True, slots=True)
class Lives:
    """How long what is on a phone may be read without contact."""

    hours: int = 72


@transaction.atomic
def register_device(
    *, device_id: uuid.UUID, label: str, by: Staff, lives: Lives, now: datetime
) -> Device:
    """Makes a phone known; the same again is the same phone. Raises NotYourDevice."""
    there = Device.objects.select_for_update().filter(pk=device_id).first()
    if there is not None:
        if there.staff_id != by.pk:
            raise NotYourDevice
        return there
    device = Device.objects.create(
        id=device_id, staff=by, label=label[:60], registered_at=now, seen_at=now,
        expires_at=now + timedelta(hours=lives.hours),
    )  # fmt: skip
    record_once(
        id=device_id, kind="device.registered", subject=Subject(DEVICE, device_id), now=now,
        actor=by.staff_no,
    )  # fmt: skip
    return device


@transaction.atomic
def contact(
    *, device_id: uuid.UUID, by: Staff, clock_off: int, lives: Lives, now: datetime
) -> Device:
    """A phone was heard of: it may read on. Raises Device.DoesNotExist, NotYourDevice."""
    device = Device.objects.select_for_update().get(pk=device_id)
    if device.staff_id != by.pk:
        raise NotYourDevice
    device.seen_at, device.expires_at = now, now + timedelta(hours=lives.hours)
    device.clock_off = max(-(2**31), min(2**31 - 1, clock_off))
    device.save(update_fields=["seen_at", "expires_at", "clock_off"])
    return device


@transaction.atomic
def ask_wipe(*, act_id: uuid.UUID, device_id: uuid.UUID, by: Staff, now: datetime) -> Device:
    """At its next contact the phone throws everything away that is not waiting to be sent."""
    device = Device.objects.select_for_update().get(pk=device_id)
    if device.wipe_asked_at is None:
        device.wipe_asked_at, device.wipe_asked_by = now, by
        device.save(update_fields=["wipe_asked_at", "wipe_asked_by"])
        record_once(
            id=act_id, kind="device.wipe_asked", subject=Subject(DEVICE, device_id), now=now,
            actor=by.staff_no,
        )  # fmt: skip
    return device


@transaction.atomic
def note_wiped(*, device_id: uuid.UUID, by: Staff, now: datetime) -> None:
    """The phone says that it has thrown its data away."""
    device = Device.objects.select_for_update().get(pk=device_id)
    if device.staff_id == by.pk and device.wiped_at is None:
        device.wiped_at = now
        device.save(update_fields=["wiped_at"])
        record_once(
            id=uuid.uuid5(device_id, "wiped"), kind="device.wiped",
            subject=Subject(DEVICE, device_id), now=now, actor=by.staff_no,
        )  # fmt: skip


@transaction.atomic
def note_package(
    *, device: Device, edition: str, orders: Iterable[Order], now: datetime
) -> Package:
    """A phone takes a day with it."""
    orders = list(orders)
    package = Package.objects.create(
        id=ids.uuid7(now), device=device, pulled_at=now, edition=edition[:80], orders=len(orders)
    )
    for order in orders:
        _give_pass(order, device.staff, now=now)
    return package


def _give_pass(order: Order, staff: Staff, *, now: datetime) -> None:
    begins = order.planned_from or now
    ends = order.planned_until or begins
    valid = {
        "valid_from": min(now, begins) - timedelta(hours=1),
        "valid_until": max(now, ends) + timedelta(hours=12),
    }
    Pass.objects.update_or_create(
        staff=staff, order=order, defaults=valid,
        create_defaults={**valid, "code": _code(order, staff)},
    )  # fmt: skip


def _code(order: Order, staff: Staff) -> str:
    """Eight digits that nobody can guess and that stay the same for this person and order."""
    key = settings.SECRET_KEY.encode()
    for attempt in range(100):
        said = f"pass:{order.pk}:{staff.pk}:{attempt}".encode()
        number = int.from_bytes(hmac.new(key, said, hashlib.sha256).digest()[:8]) % 10**8
        code = f"{number:08d}"
        if not Pass.objects.filter(code=code).exists():
            return code
    raise RuntimeError("no free code")
