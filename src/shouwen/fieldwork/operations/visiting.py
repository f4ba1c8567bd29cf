"""Attempts at a door, and whether the time agreed was kept."""

import uuid
from datetime import datetime

from django.db import transaction

from shouwen.cases.operations.happenings import Act, is_done
from shouwen.fieldwork.models import Appointment, Order, OrderKind, Visit
from shouwen.fieldwork.operations.judging import judge_appointment
from shouwen.fieldwork.queries.orders import open_appointment
from shouwen.journal.operations import record
from shouwen.people.models import Staff


@transaction.atomic
def start_visit(
    *,
    visit_id: uuid.UUID,
    order_id: uuid.UUID,
    by: Staff,
    at: datetime,
    now: datetime,
    device: str = "",
    announced: bool = True,
    source: str = "app",
) -> Visit:
    """An attempt begins; `visit_id` is made on the phone. The same id again gives the one there is.

    Never refused: whoever stands at a door stands there, even if the order is somebody else's by now.
    """
    there = Visit.objects.filter(pk=visit_id).first()
    if there:
        return there
    order = Order.objects.get(pk=order_id)
    appointment = open_appointment(order_id=order.pk)
    visit = Visit.objects.create(
        id=visit_id, order=order, staff=by, device=device[:64], started_at=at, recorded_at=now,
        appointment=appointment, alarm_job=order.kind == OrderKind.ALARM, announced=announced,
        appointed=appointment is not None,
    )  # fmt: skip
    act = Act(id=visit_id, by=by.staff_no, at=at, now=now, source=source)
    _note(act, "visit.started", visit, {"order": order.number, "device": visit.device})
    return visit


def note_arrival(*, act: Act, order: Order, by: Staff, visit_id: uuid.UUID | None) -> None:
    """Whoever was sent is at the door: the attempt says so, and the time agreed is kept or not."""
    visit = _visit(order, visit_id)
    if visit and visit.arrived_at is None:
        visit.arrived_at = act.at
        visit.save(update_fields=["arrived_at"])
        _note(act.part("visit"), "visit.arrived", visit, {})
    appointment = open_appointment(order_id=order.pk)
    if appointment is None:
        return
    late = act.at > appointment.ends_at
    appointment.state = Appointment.State.LATE if late else Appointment.State.KEPT
    appointment.ended_at = act.at
    appointment.save(update_fields=["state", "ended_at"])
    judge_appointment(
        act=act.part("appointment"), kind="visit.arrived", appointment=appointment, order=order,
        answers=by,
    )  # fmt: skip


def end_visit(*, act: Act, order: Order, visit_id: uuid.UUID | None, outcome: str) -> None:
    """The attempt under way is over."""
    visit = _visit(order, visit_id)
    if visit is None or visit.ended_at is not None:
        return
    visit.ended_at, visit.outcome = act.at, outcome
    visit.save(update_fields=["ended_at", "outcome"])
    part = act.part("visit")
    if not is_done(part):
        _note(part, "visit.ended", visit, {"outcome": str(outcome)})


def _visit(order: Order, visit_id: uuid.UUID | None) -> Visit | None:
    """The attempt that is named, else the last one that is under way."""
    found = Visit.objects.filter(order=order)
    if visit_id:
        return found.filter(pk=visit_id).first()
    return found.filter(ended_at__isnull=True).last()


def _note(act: Act, kind: str, visit: Visit, data: dict[str, str]) -> None:
    record(
        id=act.id, kind=kind, subject=visit.subject, happened_at=act.at, now=act.now,
        actor=act.by, data=data, source=act.source,
    )  # fmt: skip
