"""What whoever was sent reports: accepted, on the way, there, first action, done, nobody in, referred.

Steps may be missing: a phone without a network tells them late or not at all. The case hears
each as `cases.operations.report`, so that its clocks move.
"""

import uuid
from datetime import datetime

from django.db import transaction

from shouwen.cases.operations.happenings import Act, is_done
from shouwen.fieldwork.models import LIVE, Assignment, Order, OrderState, Visit
from shouwen.fieldwork.operations.acts import (
    NotYours,
    OrderOver,
    changed,
    ended,
    held,
    how_it_ends,
    noted,
    tell_case,
)
from shouwen.fieldwork.operations.visiting import end_visit, note_arrival
from shouwen.people.models import Staff

_RANK = {state: place for place, state in enumerate(LIVE)}


@transaction.atomic
def accept(
    *,
    act_id: uuid.UUID,
    order_id: uuid.UUID,
    by: Staff,
    at: datetime,
    now: datetime,
    source: str = "app",
) -> Order:
    """Whoever was asked will go. Raises NotYours, OrderOver."""
    act = Act(id=act_id, by=by.staff_no, at=at, now=now, source=source)
    order = _own(order_id, by, act)
    if not is_done(act) and order.state == OrderState.OFFERED:
        _accept(order, act, by=by)
    return order


@transaction.atomic
def depart(
    *,
    act_id: uuid.UUID,
    order_id: uuid.UUID,
    by: Staff,
    at: datetime,
    now: datetime,
    source: str = "app",
) -> Order:
    """On the way; that accepts too. Raises NotYours, OrderOver."""
    act = Act(id=act_id, by=by.staff_no, at=at, now=now, source=source)
    order = _own(order_id, by, act)
    if not is_done(act) and _moves(order, act, OrderState.ON_WAY, by=by):
        noted(act, "order.departed", order)
        tell_case(act, order, "departed", by=by)
    return order


@transaction.atomic
def arrive(
    *,
    act_id: uuid.UUID,
    order_id: uuid.UUID,
    by: Staff,
    at: datetime,
    now: datetime,
    visit_id: uuid.UUID | None = None,
    source: str = "app",
) -> Order:
    """There: an appointment is kept or not by this. `visit_id`: the attempt that begins with it.

    Raises NotYours, OrderOver.
    """
    act = Act(id=act_id, by=by.staff_no, at=at, now=now, source=source)
    order = _own(order_id, by, act)
    if is_done(act):
        return order
    if _moves(order, act, OrderState.ON_SITE, by=by):
        noted(act, "order.arrived", order)
        tell_case(act, order, "arrived", by=by)
    note_arrival(act=act, order=order, by=by, visit_id=visit_id)
    return order


@transaction.atomic
def first_action(
    *,
    act_id: uuid.UUID,
    order_id: uuid.UUID,
    by: Staff,
    at: datetime,
    now: datetime,
    source: str = "app",
) -> Order:
    """The first thing done about the fault. Raises NotYours, OrderOver."""
    act = Act(id=act_id, by=by.staff_no, at=at, now=now, source=source)
    order = _own(order_id, by, act)
    if is_done(act):
        return order
    _moves(order, act, OrderState.ON_SITE, by=by)
    noted(act, "order.work_begun", order)
    tell_case(act, order, "handled", by=by)
    return order


@transaction.atomic
def finish(
    *,
    act_id: uuid.UUID,
    order_id: uuid.UUID,
    by: Staff,
    at: datetime,
    now: datetime,
    visit_id: uuid.UUID | None = None,
    solved: bool = True,
    source: str = "app",
) -> Order:
    """The work is over: done, or, unless `solved`, to be gone on with: then the order waits again.

    Raises NotYours, OrderOver.
    """
    act = Act(id=act_id, by=by.staff_no, at=at, now=now, source=source)
    order = _own(order_id, by, act)
    if is_done(act):
        return order
    outcome = Visit.Outcome.DONE if solved else Visit.Outcome.UNFINISHED
    end_visit(act=act, order=order, visit_id=visit_id, outcome=outcome)
    noted(act, "order.finished", order, {"outcome": str(outcome)})
    if solved:
        tell_case(act, order, how_it_ends(order), by=by)
        order.refresh_from_db()
        ended(order, act, OrderState.DONE, by=by)
    else:
        _waits(order, act, OrderState.WAITING, by=by)
    return order


@transaction.atomic
def no_access(
    *,
    act_id: uuid.UUID,
    order_id: uuid.UUID,
    by: Staff,
    at: datetime,
    now: datetime,
    reason: str = "nobody_in",
    visit_id: uuid.UUID | None = None,
    source: str = "app",
) -> Order:
    """Nobody opened, or the customer refused (`reason` "refused"): another time has to be found.

    Raises NotYours, OrderOver.
    """
    act = Act(id=act_id, by=by.staff_no, at=at, now=now, source=source)
    order = _own(order_id, by, act)
    if is_done(act):
        return order
    refused = reason == "refused"
    outcome = Visit.Outcome.REFUSED if refused else Visit.Outcome.NO_ACCESS
    end_visit(act=act, order=order, visit_id=visit_id, outcome=outcome)
    noted(act, "order.no_access", order, {"reason": reason})
    _waits(order, act, OrderState.NO_ACCESS, by=by)
    return order


@transaction.atomic
def refer(  # noqa: PLR0913 - which order, why, where to, found when
    *,
    act_id: uuid.UUID,
    order_id: uuid.UUID,
    by: Staff,
    reason: str,
    to: str,
    at: datetime,
    now: datetime,
    found_at: datetime | None = None,
    visit_id: uuid.UUID | None = None,
    source: str = "app",
) -> Order:
    """Out of our scope or without parts: the customer was told or sent elsewhere. Codes, no names.

    `found_at`: when that was found, if before. Raises NotYours, OrderOver.
    """
    act = Act(id=act_id, by=by.staff_no, at=at, now=now, source=source)
    order = _own(order_id, by, act)
    if is_done(act):
        return order
    found = Act(act.part("found").id, act.by, found_at or at, now, source)
    end_visit(act=act, order=order, visit_id=visit_id, outcome=Visit.Outcome.REFERRED)
    noted(act, "order.referred", order, {"reason": reason, "to": to})
    tell_case(found, order, "out_of_scope", by=by, data={"reason": reason})
    tell_case(act, order, "referred", by=by, data={"to": to})
    order.refresh_from_db()
    ended(order, act, OrderState.REFERRED, by=by, reason=reason)
    return order


def _own(order_id: uuid.UUID, by: Staff, act: Act) -> Order:
    """The order, held; refused to whoever does not have it, unless this very act was done before."""
    order = held(order_id)
    if is_done(act):
        return order
    if not order.is_open:
        raise OrderOver(order)
    if order.assignee_id != by.pk or order.state not in LIVE:
        raise NotYours(order)
    return order


def _accept(order: Order, act: Act, *, by: Staff) -> None:
    order.assignments.filter(state=Assignment.State.OFFERED).update(
        state=Assignment.State.ACCEPTED, answered_at=act.at
    )
    order.state = OrderState.ACCEPTED
    changed(order, act, "state", by=by)
    noted(act, "order.accepted", order)
    tell_case(act, order, "accepted", by=by)


def _moves(order: Order, act: Act, to: OrderState, *, by: Staff) -> bool:
    """Brings the order to a state; False when it was there or further."""
    if order.state == OrderState.OFFERED:
        _accept(order, act.part("accepted"), by=by)
    if _RANK[OrderState(order.state)] >= _RANK[to]:
        return False
    order.state = to
    changed(order, act, "state", by=by)
    return True


def _waits(order: Order, act: Act, state: OrderState, *, by: Staff) -> None:
    """Somebody has to come again: nobody has it until then."""
    order.assignments.filter(state__in=("offered", "accepted")).update(
        state=Assignment.State.REPLACED, answered_at=act.at
    )
    order.state, order.assignee, order.assigned_at = state, None, None
    order.planned_from = order.planned_until = None
    fields = ("state", "assignee", "assigned_at", "planned_from", "planned_until")
    changed(order, act, *fields, by=by)
