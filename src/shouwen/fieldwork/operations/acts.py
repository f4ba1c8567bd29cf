"""What every operation on an order does: hold it, write what happened, tell its case."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from shouwen.cases.models import Case
from shouwen.cases.operations import report
from shouwen.cases.operations.happenings import Act
from shouwen.core.events import Scalar
from shouwen.fieldwork.models import Order, OrderKind, OrderState
from shouwen.journal.operations import record
from shouwen.people.models import Staff


@dataclass(frozen=True, slots=True)
class LastChange:
    """Who decided something about an order before, when, and who has it now."""

    by: Staff | None
    at: datetime
    state: str
    assignee: Staff | None


class FieldRefusal(Exception):
    """An act on an order that is refused; `last` says who was first and when."""

    def __init__(self, order: Order) -> None:
        self.order = order
        self.last = LastChange(order.changed_by, order.changed_at, order.state, order.assignee)
        super().__init__(order.number)


class TakenMeanwhile(FieldRefusal):
    """Somebody else decided about the order since the page showed it."""


class NotAssignable(FieldRefusal):
    """The order has ended, or somebody is at work on it."""


class NotYours(FieldRefusal):
    """Somebody else has the order now, or nobody."""


class OrderOver(FieldRefusal):
    """The order has ended: nothing more happens to it."""


def held(order_id: uuid.UUID) -> Order:
    """The order, held for the rest of the transaction, and before it its case. Raises DoesNotExist."""
    case_id = Order.objects.values_list("case_id", flat=True).get(pk=order_id)
    if case_id is not None:
        # Whatever happens to a case holds it before its order: the same way round here.
        Case.objects.select_for_update(of=("self",)).get(pk=case_id)
    return Order.objects.select_for_update(of=("self",)).get(pk=order_id)


def noted(act: Act, kind: str, order: Order, data: Mapping[str, Scalar] | None = None) -> None:
    """Writes the event of the act about the order."""
    record(
        id=act.id,
        kind=kind,
        subject=order.subject,
        happened_at=act.at,
        now=act.now,
        actor=act.by,
        data=data,
        source=act.source,
    )


def changed(order: Order, act: Act, *fields: str, by: Staff | None) -> None:
    """Saves the fields and counts the version up, so that an older page is found out."""
    order.version += 1
    order.changed_at, order.changed_by = act.at, by
    order.save(update_fields=[*fields, "version", "changed_at", "changed_by"])


def ended(
    order: Order, act: Act, state: OrderState, *, by: Staff | None, reason: str = ""
) -> None:
    """Nobody waits for the order any more."""
    order.state, order.ended_at, order.end_reason = state, act.at, reason[:20]
    changed(order, act, "state", "ended_at", "end_reason", by=by)


def tell_case(
    act: Act, order: Order, what: str, *, by: Staff, data: Mapping[str, Scalar] | None = None
) -> None:
    """Reports a step to the case of the order, so that its clocks move. A case that is over hears nothing."""
    if order.case_id is None or not Case.objects.get(pk=order.case_id).is_open:
        return
    told = act.part(f"case:{what}")
    report(
        act_id=told.id, case_id=order.case_id, what=what, by=by, at=act.at, now=act.now, data=data,
        source=act.source,
    )  # fmt: skip


def how_it_ends(order: Order) -> str:
    """What the case is told when the work of the order is done."""
    if order.kind == OrderKind.ALARM:
        return "repaired"
    if order.kind == OrderKind.REPAIR and order.case is not None:
        return "cleared" if order.case.kind == "network_fault" else "repaired"
    return "handled"
