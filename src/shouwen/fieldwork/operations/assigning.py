"""Sending somebody: of two who decide at once exactly one wins, and the other is told who and when."""

import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction

from shouwen.cases.operations.happenings import Act, is_done
from shouwen.fieldwork.models import ASSIGNABLE, Assignment, Order, OrderState
from shouwen.fieldwork.operations.acts import (
    NotAssignable,
    NotYours,
    TakenMeanwhile,
    changed,
    held,
    noted,
    tell_case,
)
from shouwen.fieldwork.operations.paging import page_assigned
from shouwen.people.models import Staff

_ACTIVE = (Assignment.State.OFFERED, Assignment.State.ACCEPTED)


@transaction.atomic
def assign(  # noqa: PLR0913 - whom, by which page, for when, why
    *,
    act_id: uuid.UUID,
    order_id: uuid.UUID,
    version: int,
    to: Staff,
    by: Staff,
    at: datetime,
    now: datetime,
    planned_from: datetime | None = None,
    reasons: Sequence[str] = (),
    source: str = "app",
) -> Order:
    """Asks `to` to go; whoever was asked before is not any more. `version`: the one the page showed.

    Raises TakenMeanwhile with who decided first and when, NotAssignable once somebody is at work on
    it or it has ended.
    """
    act = Act(id=act_id, by=by.staff_no, at=at, now=now, source=source)
    order = held(order_id)
    if is_done(act):
        return order
    if order.version != version:
        raise TakenMeanwhile(order)
    if order.state not in ASSIGNABLE:
        raise NotAssignable(order)
    replaced = _release(order, act, Assignment.State.REPLACED)
    Assignment.objects.create(
        id=act.id, order=order, staff=to, by=by, at=at, reasons=list(reasons)
    )
    order.state, order.assignee, order.assigned_at = OrderState.OFFERED, to, at
    order.planned_from = planned_from or at
    order.planned_until = order.planned_from + timedelta(minutes=order.minutes)
    fields = ("state", "assignee", "assigned_at", "planned_from", "planned_until")
    changed(order, act, *fields, by=by)
    noted(act, "order.assigned", order, {"to": to.staff_no, "replaced": bool(replaced)})
    tell_case(act, order, "dispatched", by=by, data={"to": to.staff_no})
    if order.urgent:
        page_assigned(order=order, act_id=act.id, now=now)
    return order


@transaction.atomic
def plan_anew(
    *,
    act_id: uuid.UUID,
    order_id: uuid.UUID,
    version: int,
    by: Staff,
    planned_from: datetime,
    at: datetime,
    now: datetime,
) -> Order:
    """Another time of the same person's day. Raises as `assign`."""
    act = Act(id=act_id, by=by.staff_no, at=at, now=now)
    order = held(order_id)
    if is_done(act):
        return order
    if order.version != version:
        raise TakenMeanwhile(order)
    if order.state not in ASSIGNABLE:
        raise NotAssignable(order)
    order.planned_from = planned_from
    order.planned_until = planned_from + timedelta(minutes=order.minutes)
    changed(order, act, "planned_from", "planned_until", by=by)
    until = order.planned_until.isoformat()
    noted(act, "order.planned", order, {"from": planned_from.isoformat(), "until": until})
    return order


@transaction.atomic
def withdraw(
    *,
    act_id: uuid.UUID,
    order_id: uuid.UUID,
    version: int,
    by: Staff,
    at: datetime,
    now: datetime,
) -> Order:
    """Takes the order back from whoever has it; it waits again. Raises as `assign`."""
    act = Act(id=act_id, by=by.staff_no, at=at, now=now)
    order = held(order_id)
    if is_done(act):
        return order
    if order.version != version:
        raise TakenMeanwhile(order)
    if order.state not in ASSIGNABLE or order.assignee is None:
        raise NotAssignable(order)
    held_by = order.assignee.staff_no
    _release(order, act, Assignment.State.WITHDRAWN)
    _waits_again(order, act, by=by)
    noted(act, "order.withdrawn", order, {"from": held_by})
    return order


@transaction.atomic
def refuse(
    *,
    act_id: uuid.UUID,
    order_id: uuid.UUID,
    by: Staff,
    reason: str,
    words: str = "",
    at: datetime,
    now: datetime,
    source: str = "app",
) -> Order:
    """Whoever was asked cannot go; the order waits again. `reason` is a code, `words` explain it.

    Raises NotYours.
    """
    act = Act(id=act_id, by=by.staff_no, at=at, now=now, source=source)
    order = held(order_id)
    if is_done(act):
        return order
    if order.assignee_id != by.pk or order.state not in (OrderState.OFFERED, OrderState.ACCEPTED):
        raise NotYours(order)
    _release(order, act, Assignment.State.REFUSED, refusal=(words or reason)[:120])
    _waits_again(order, act, by=by)
    noted(act, "order.refused", order, {"reason": reason})
    return order


def _release(order: Order, act: Act, state: str, *, refusal: str = "") -> int:
    """Ends the assignment that holds; how many there were."""
    active = order.assignments.filter(state__in=_ACTIVE)
    return active.update(state=state, answered_at=act.at, refusal=refusal)


def _waits_again(order: Order, act: Act, *, by: Staff) -> None:
    order.state, order.assignee, order.assigned_at = OrderState.WAITING, None, None
    order.planned_from = order.planned_until = None
    fields = ("state", "assignee", "assigned_at", "planned_from", "planned_until")
    changed(order, act, *fields, by=by)
