"""What does not go together is kept with both sides until a person decides; never the last one wins."""

import uuid
from datetime import datetime

from shouwen.adapters import ids
from shouwen.core.events import Subject
from shouwen.core.syncing import Trouble
from shouwen.fieldwork.models import Order
from shouwen.journal.operations import record
from shouwen.visits.models import Conflict, FieldEvent

CONFLICT = "conflict"


def open_conflict(*, event: FieldEvent, reason: Trouble, now: datetime) -> Conflict:
    """Flags an event; reports of one person about one order for one reason are one conflict."""
    order = event.order
    same = Conflict.objects.filter(
        reason=reason, order=order, staff=event.staff, device=event.device, decided_at=None
    )
    conflict = same.first() or Conflict.objects.create(
        id=ids.uuid7(now), reason=reason, order=order, device=event.device, staff=event.staff,
        office=office_side(order), opened_at=now,
    )  # fmt: skip
    record(
        id=uuid.uuid5(event.pk, f"conflict:{reason}"), kind="visit.conflict_found",
        subject=Subject(CONFLICT, conflict.pk), happened_at=now, now=now, actor=event.staff.staff_no,
        data={
            "reason": str(reason), "event": str(event.pk), "order": order.number if order else "",
        },
    )  # fmt: skip
    event.conflict = conflict
    return conflict


def office_side(order: Order | None) -> dict[str, str | int]:
    """The order as the office has it at this moment, in plain values."""
    if order is None:
        return {}
    order = Order.objects.select_related("assignee", "changed_by").get(pk=order.pk)
    return {
        "version": order.version,
        "state": order.state,
        "assignee": order.assignee.name if order.assignee else "",
        "planned_from": order.planned_from.isoformat() if order.planned_from else "",
        "by": order.changed_by.name if order.changed_by else "",
        "at": order.changed_at.isoformat(),
    }
