"""Receives what a phone sends: kept first, then taken in the order of its numbers, each once."""

import hashlib
import json
import logging
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Max

from shouwen.core.clause import Scalar
from shouwen.core.syncing import Judged, OrderNow, Trouble, bounded, in_turn, judged
from shouwen.fieldwork.models import Order
from shouwen.fieldwork.operations import FieldRefusal, OrderOver
from shouwen.people.models import Staff
from shouwen.visits.models import Conflict, Device, FieldEvent, Package
from shouwen.visits.operations.applying import KINDS, apply_event, let_stand
from shouwen.visits.operations.conflicts import open_conflict

_log = logging.getLogger(__name__)
State = FieldEvent.State


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """One event as a phone sends it; `offset` in seconds."""

    id: uuid.UUID
    sequence: int
    kind: str
    device_at: datetime
    offset: int = 0
    order: uuid.UUID | None = None
    visit: uuid.UUID | None = None
    package: uuid.UUID | None = None
    base_version: int = 0
    edition: str = ""
    data: Mapping[str, Scalar] = field(default_factory=dict)

    @property
    def digest(self) -> str:
        """The same for the same content."""
        parts = [
            self.kind, self.sequence, self.device_at.isoformat(), str(self.order), str(self.visit),
            dict(self.data),
        ]  # fmt: skip
        text = json.dumps(parts, sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of an event. That there is one means: kept here for good."""

    id: uuid.UUID
    state: str
    reason: str = ""


def receive(
    *, device_id: uuid.UUID, by: Staff, sent: Sequence[Sent], now: datetime
) -> list[Receipt]:
    """Keeps each event and takes those whose turn it is. The same again changes nothing.

    Each event is a transaction of its own: one that cannot be taken holds up nobody.
    """
    for each in sent:
        _keep(device_id, by, each, now=now)
    while _take_next(device_id, now=now):
        pass
    _flag_waiting(device_id, now=now)
    rows = FieldEvent.objects.filter(pk__in=[each.id for each in sent]).select_related("conflict")
    return [
        Receipt(row.pk, row.state, row.conflict.reason if row.conflict else "") for row in rows
    ]


@transaction.atomic
def release(*, device_id: uuid.UUID, now: datetime) -> None:
    """A person no longer waits for what a phone lost: what came after the gap is taken."""
    device = Device.objects.select_for_update().get(pk=device_id)
    first = FieldEvent.objects.filter(device=device, state=State.HELD).order_by("sequence").first()
    if first is not None and first.sequence > device.next_sequence:
        device.next_sequence = first.sequence
        device.save(update_fields=["next_sequence"])


@transaction.atomic
def _keep(device_id: uuid.UUID, by: Staff, sent: Sent, *, now: datetime) -> None:
    device = Device.objects.select_for_update().get(pk=device_id)
    there = FieldEvent.objects.filter(pk=sent.id).first()
    if there is not None:
        if there.digest != sent.digest:
            _flag_altered(there, now=now)
        return
    at = bounded(
        device_at=sent.device_at, offset=timedelta(seconds=sent.offset),
        not_before=_not_before(device, sent), received_at=now,
    )  # fmt: skip
    order = Order.objects.filter(pk=sent.order).first() if sent.order else None
    FieldEvent.objects.create(
        id=sent.id, device=device, sequence=sent.sequence, staff=by, kind=sent.kind,
        order_ref=sent.order, order=order, visit_ref=sent.visit, package=sent.package,
        base_version=sent.base_version, edition=sent.edition[:80], device_at=sent.device_at,
        offset=sent.offset, at=at.at, doubt=at.doubt, received_at=now, data=dict(sent.data),
        digest=sent.digest,
    )  # fmt: skip


def _not_before(device: Device, sent: Sent) -> datetime:
    found = Package.objects.filter(device=device)
    pulled = found.filter(pk=sent.package).first() if sent.package else None
    return pulled.pulled_at if pulled else device.registered_at


def _flag_altered(there: FieldEvent, *, now: datetime) -> None:
    """The first content stands; that another one came is shown."""
    known = there.conflict
    if known is None or known.reason != Trouble.ALTERED:
        open_conflict(event=there, reason=Trouble.ALTERED, now=now)
        there.save(update_fields=["conflict"])


@transaction.atomic
def _take_next(device_id: uuid.UUID, *, now: datetime) -> bool:
    """Takes the event whose turn it is; False when there is none."""
    device = Device.objects.select_for_update().get(pk=device_id)
    held = FieldEvent.objects.filter(device=device, state=State.HELD).order_by("sequence", "id")
    numbers = set(held.values_list("sequence", flat=True))
    late = {number for number in numbers if number < device.next_sequence}
    number = min(late, default=next(in_turn(next_=device.next_sequence, waiting=numbers), None))
    if number is None:
        return False
    event = held.filter(sequence=number).select_related("staff__department", "order__case")[0]
    if event.sequence < device.next_sequence:
        open_conflict(event=event, reason=Trouble.NUMBER_TWICE, now=now)
    if device.last_at and event.at < device.last_at:
        event.at = min(device.last_at, now)  # a clock put back meanwhile turns no order round
    _consider(event, now=now)
    device.next_sequence = max(device.next_sequence, event.sequence + 1)
    device.last_at = event.at
    device.save(update_fields=["next_sequence", "last_at"])
    return True


def _consider(event: FieldEvent, *, now: datetime) -> None:
    kind = KINDS[event.kind]
    found = judged(
        stand=kind.stand, by=event.staff.staff_no, known_version=_known_version(event),
        order=_order_now(event), needs_order=kind.needs_order,
    )  # fmt: skip
    if found.trouble is not None:
        open_conflict(event=event, reason=found.trouble, now=now)
    event.state = State.APPLIED if _takes_effect(event, found, now=now) else State.KEPT
    if event.order_id:
        event.version_after = Order.objects.values_list("version", flat=True).get(
            pk=event.order_id
        )
    event.save(update_fields=["state", "at", "version_after", "conflict"])


def _takes_effect(event: FieldEvent, found: Judged, *, now: datetime) -> bool:
    if not found.applies:
        _stand(event, now=now)
        return False
    try:
        with transaction.atomic():
            apply_event(event, now=now)
    except FieldRefusal as refusal:
        ended = isinstance(refusal, OrderOver)
        open_conflict(event=event, reason=Trouble.ENDED if ended else Trouble.REASSIGNED, now=now)
        _stand(event, now=now)
        return False
    except Exception:
        _log.exception(
            "Event %s (%s) of a phone could not be taken; it is kept", event.pk, event.kind
        )
        open_conflict(event=event, reason=Trouble.FAILED, now=now)
        return False
    return True


def _stand(event: FieldEvent, *, now: datetime) -> None:
    try:
        with transaction.atomic():
            let_stand(event, now=now)
    except Exception:
        _log.exception("What event %s says of its visit could not be noted", event.pk)


def _known_version(event: FieldEvent) -> int:
    """The last version of the order that this person had seen or made."""
    own = FieldEvent.objects.filter(order=event.order_id, staff=event.staff_id)
    taken = own.exclude(state=State.HELD).aggregate(last=Max("version_after"))["last"]
    return max(event.base_version, taken or 0)


def _order_now(event: FieldEvent) -> OrderNow | None:
    if event.order_id is None:
        return None
    order = Order.objects.select_related("assignee").get(pk=event.order_id)
    return OrderNow(
        version=order.version,
        assignee=order.assignee.staff_no if order.assignee else "",
        is_open=order.is_open,
    )


@transaction.atomic
def _flag_waiting(device_id: uuid.UUID, *, now: datetime) -> None:
    """Events that wait for one before them are shown; once it came the flag closes by itself."""
    device = Device.objects.select_for_update().get(pk=device_id)
    open_flags = Conflict.objects.filter(
        device=device, reason=Trouble.WAITING, decided_at__isnull=True
    )
    held = FieldEvent.objects.filter(device=device, state=State.HELD).select_related("staff")
    first = held.order_by("sequence").first()
    if first is None:
        open_flags.update(decided_at=now, decision=Conflict.Decision.SITE)
    elif not open_flags.exists():
        open_conflict(event=first, reason=Trouble.WAITING, now=now)
