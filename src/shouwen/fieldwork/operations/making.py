"""Orders come with the cases that need a visit, in the same transaction, and go with them.

Nothing here ever stops a case: what fails is logged and tried again by a job.
"""

import logging
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.db import transaction

from shouwen.cases.models import Case
from shouwen.cases.operations import part_of
from shouwen.cases.operations.happenings import Act, is_done
from shouwen.customers.models import Premises
from shouwen.fieldwork.models import LIVE, OPEN_STATES, Order, OrderNumber, OrderState
from shouwen.fieldwork.operations.acts import ended, held, noted
from shouwen.fieldwork.operations.appointing import drop_appointment
from shouwen.fieldwork.operations.paging import begin_paging
from shouwen.fieldwork.queries.orders import earliest_due, job_of, open_appointment
from shouwen.jobs.operations import enqueue
from shouwen.people.models import Staff
from shouwen.standard.dispatching import JobPlan
from shouwen.ui import wording

FOLLOW: Final = "fieldwork.follow_case"
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewOrder:
    """A visit that is to be made without a case, such as an inspection. Instants are aware UTC."""

    id: uuid.UUID
    kind: str
    premises: Premises | None = None
    place: str = ""
    skills: Sequence[str] = ()
    minutes: int = 30
    urgent: bool = False
    special_care: bool = False
    due_at: datetime | None = None


@transaction.atomic
def make_order(*, new: NewOrder, by: Staff | None, now: datetime) -> Order:
    """An order that belongs to no case. The same `new.id` again gives the order that is there."""
    there = Order.objects.filter(pk=new.id).first()
    if there:
        return there
    order = Order.objects.create(
        id=new.id, number=_next_number(wording.local_day(now)), kind=new.kind,
        premises=new.premises, place=new.place[:120], skills=list(new.skills), minutes=new.minutes,
        urgent=new.urgent, special_care=new.special_care, due_at=new.due_at, made_at=now,
        changed_at=now, changed_by=by,
    )  # fmt: skip
    _made(order, by=by.staff_no if by else "", at=now, now=now)
    return order


def follow_case(case: Case, now: datetime) -> None:
    """The order of a case as the case is now. Whatever fails is tried again by a job: never raises."""
    try:
        with transaction.atomic():
            order_for_case(case=case, now=now)
    except Exception:
        _log.exception("The order of case %s could not be made; it is tried again", case.number)
        enqueue(
            kind=FOLLOW, key=f"follow:{case.pk}:{now.isoformat()}",
            payload={"case": str(case.pk)}, run_at=now, now=now,
        )  # fmt: skip


@transaction.atomic
def order_for_case(*, case: Case, now: datetime) -> Order | None:
    """Makes the order that an open case needs, keeps it like the case, and calls it off with the case.

    Asked for again, nothing doubles. Work that somebody has begun is never called off here.
    """
    order = Order.objects.filter(case=case, state__in=OPEN_STATES).first()
    job = job_of(case) if case.is_open else None
    if order is None:
        return _make(case, job, now=now) if job else None
    if job is None:
        return _call_off(order, case, now=now)
    _copy(order, case, job, now=now)
    return order


@transaction.atomic
def cancel_order(
    *, act_id: uuid.UUID, order_id: uuid.UUID, by: Staff, reason: str, at: datetime, now: datetime
) -> Order:
    """Nobody has to come any more; `reason` is a code. An order that has ended stays as it is."""
    act = Act(id=act_id, by=by.staff_no, at=at, now=now)
    order = held(order_id)
    if is_done(act) or not order.is_open:
        return order
    _withdraw(order, act)
    _drop_appointment(order, act, reason)
    ended(order, act, OrderState.CANCELLED, by=by, reason=reason)
    noted(act, "order.cancelled", order, {"reason": reason})
    return order


def _when(case: Case, now: datetime) -> datetime:
    """When what the case now asks for happened: its last change, which may be told of late."""
    last = case.changes.order_by("version").last()
    return min(last.at if last else case.opened_at, now)


def _make(case: Case, job: JobPlan, *, now: datetime) -> Order | None:
    """The first order of a case, and a further one when a case that was over is opened again."""
    before = Order.objects.filter(case=case).count()
    if before and not _wants_another(case):
        return None
    id_, at = part_of(case.pk, f"order:{before + 1}"), _when(case, now)
    order = Order(
        id=id_, number=_next_number(wording.local_day(at)), case=case, made_at=at, changed_at=at
    )
    _fill(order, case, job)
    order.save(force_insert=True)
    _made(order, by=case.owner.staff_no, at=at, now=now)
    return order


def _wants_another(case: Case) -> bool:
    """Whether the last order was called off, or ended before the case was opened again."""
    last = Order.objects.filter(case=case).order_by("made_at", "id").last()
    if last is None or last.state == OrderState.CANCELLED:
        return last is None or last.end_reason in ("case_over", "no_visit")
    again = case.changes.filter(kind="case.reopened").order_by("at").last()
    return bool(again and last.ended_at and again.at > last.ended_at)


def _made(order: Order, *, by: str, at: datetime, now: datetime) -> None:
    case = order.case.number if order.case else ""
    act = Act(id=part_of(order.pk, "made"), by=by, at=at, now=now)
    noted(act, "order.made", order, {"kind": order.kind, "case": case, "urgent": order.urgent})
    if order.urgent:
        begin_paging(order=order, now=now)


def _fill(order: Order, case: Case, job: JobPlan) -> list[str]:
    """Copies what the board shows; the names of what is new."""
    wanted = {
        "kind": job.order,
        "premises_id": case.premises_id,
        "place": case.place[:120],
        "skills": list(job.skills),
        "minutes": job.minutes,
        "urgent": job.urgent,
        "special_care": bool(case.customer and case.customer.special_care),
        "due_at": earliest_due(case_id=case.pk),
    }
    fresh = [name for name, value in wanted.items() if getattr(order, name) != value]
    for name in fresh:
        setattr(order, name, wanted[name])
    return [name.removesuffix("_id") for name in fresh]


def _copy(order: Order, case: Case, job: JobPlan, *, now: datetime) -> None:
    """Like the case again; how long it takes stays as it is while the job is the same."""
    was_urgent, minutes = order.urgent, order.minutes
    fresh = _fill(order, case, job)
    if "minutes" in fresh and not {"kind", "skills", "urgent"} & set(fresh):
        order.minutes = minutes
        fresh.remove("minutes")
    if fresh:
        order.save(update_fields=fresh)
    if order.urgent and not was_urgent:
        begin_paging(order=order, now=now)


def _call_off(order: Order, case: Case, *, now: datetime) -> Order | None:
    """The case is over or needs no visit: so is the order, unless somebody is there already."""
    if order.state == OrderState.ON_SITE:
        return order
    reason = "no_visit" if case.is_open else "case_over"
    act = Act(id=part_of(order.pk, f"off:{case.version}"), by="", at=_when(case, now), now=now)
    _withdraw(order, act)
    _drop_appointment(order, act, reason)
    ended(order, act, OrderState.CANCELLED, by=None, reason=reason)
    noted(act, "order.cancelled", order, {"reason": reason})
    return None


def _withdraw(order: Order, act: Act) -> None:
    if order.state in LIVE:
        order.assignments.filter(state__in=("offered", "accepted")).update(
            state="withdrawn", answered_at=act.at
        )


def _drop_appointment(order: Order, act: Act, reason: str) -> None:
    appointment = open_appointment(order_id=order.pk)
    if appointment:
        drop_appointment(
            act=act.part("appointment"), order=order, appointment=appointment, reason=reason
        )


def _next_number(day: date) -> str:
    """The next number of the day, e.g. P20261009-0031; the day's row is held until commit."""
    OrderNumber.objects.get_or_create(day=day)
    counter = OrderNumber.objects.select_for_update().get(day=day)
    counter.last += 1
    counter.save(update_fields=["last"])
    return f"P{day:%Y%m%d}-{counter.last:04d}"
