"""The queue: tickets, counters, calling. The same act id again changes nothing."""

import uuid
from datetime import date, datetime

from django.db import transaction

from shouwen.core.events import Scalar
from shouwen.counter.models import LastNumber, Seat, Ticket
from shouwen.counter.queries import (
    in_order,
    may_serve,
    opening,
    own_ticket,
    readable_hall,
    today,
)
from shouwen.journal.operations import record, record_once
from shouwen.journal.queries import entry_with_id
from shouwen.people.models import Staff
from shouwen.people.subjects import staff_subject

State = Ticket.State


class HallClosed(Exception):
    """The machine gives tickets in opening hours only."""


class NoCounter(Exception):
    """Whoever calls must sit at a counter of the plan."""


class CounterTaken(Exception):
    """Somebody else sits at that counter. The message is who."""


class NotWaiting(Exception):
    """Nobody waits whom this counter takes."""


class Gone(Exception):
    """The customer is not where the page says: called elsewhere, done, or not called at all."""


@transaction.atomic
def take_ticket(
    *, act_id: uuid.UUID, business: str, needs_care: bool, now: datetime, by: str = ""
) -> Ticket:
    """A ticket for a business of the plan. `by` is a staff number, "" for a machine.

    A machine gives tickets in opening hours; a person also to those who are in the hall already, and
    where gas may be escaping anybody at any hour. Raises HallClosed, LookupError for a business that
    is not in the plan.
    """
    there = Ticket.objects.filter(pk=act_id).first()
    if there:
        return there
    asked = readable_hall().business_of(business)
    if asked is None:
        raise LookupError(business)
    if not by and not asked.is_alarm and not opening(now=now).is_open:
        raise HallClosed
    day = today(now)
    ticket = Ticket.objects.create(
        id=act_id,
        day=day,
        number=_next_number(day, asked.letter),
        business=business,
        needs_care=needs_care,
        taken_at=now,
        queued_at=now,
    )
    data: dict[str, Scalar] = {
        "business": business,
        "number": ticket.number,
        "care": needs_care,
    }
    note_on(ticket, act_id, "ticket.taken", by=by, now=now, data=data)
    return ticket


def _next_number(day: date, letter: str) -> str:
    """A001: counted by letter and day; the row is held until commit."""
    LastNumber.objects.get_or_create(day=day, letter=letter)
    series = LastNumber.objects.select_for_update().get(day=day, letter=letter)
    series.last += 1
    series.save(update_fields=["last"])
    return f"{letter}{series.last:03d}"


@transaction.atomic
def open_counter(*, act_id: uuid.UUID, counter: str, by: Staff, now: datetime) -> Seat:
    """A clerk sits down at a counter. Raises CounterTaken, LookupError for one not in the plan."""
    if entry_with_id(id=act_id):
        return Seat.objects.get(staff=by)
    if readable_hall().counter_of(counter) is None:
        raise LookupError(counter)
    sitting = Seat.objects.select_related("staff").filter(counter=counter).first()
    if sitting and sitting.staff_id != by.pk:
        raise CounterTaken(sitting.staff.name)
    seat, _ = Seat.objects.update_or_create(staff=by, defaults={"counter": counter, "since": now})
    _note_seat(act_id, "counter.opened", counter, by=by, now=now)
    return seat


@transaction.atomic
def leave_counter(*, act_id: uuid.UUID, by: Staff, now: datetime) -> None:
    """A clerk gets up. Whoever is served there is finished or sent on before. Raises Gone."""
    if entry_with_id(id=act_id):
        return
    if own_ticket(by) is not None:
        raise Gone
    seat = Seat.objects.filter(staff=by).first()
    if seat:
        _note_seat(act_id, "counter.closed", seat.counter, by=by, now=now)
        seat.delete()


def _note_seat(act_id: uuid.UUID, kind: str, counter: str, *, by: Staff, now: datetime) -> None:
    record(
        id=act_id,
        kind=kind,
        subject=staff_subject(by.staff_no),
        happened_at=now,
        now=now,
        actor=by.staff_no,
        data={"counter": counter},
    )


@transaction.atomic
def call_next(*, act_id: uuid.UUID, by: Staff, now: datetime) -> Ticket:
    """Calls whoever is next for the clerk's counter. Raises NoCounter, NotWaiting, Gone.

    Two counters never call the same number. Gone: the last one is not finished yet.
    """
    known = entry_with_id(id=act_id)
    if known:
        return Ticket.objects.get(pk=known.subject_id)
    seat, hall = Seat.objects.select_for_update().filter(staff=by).first(), readable_hall()
    counter = hall.counter_of(seat.counter) if seat else None
    if counter is None:
        raise NoCounter
    if own_ticket(by) is not None:
        raise Gone
    rows = Ticket.objects.select_for_update(skip_locked=True)
    waiting = rows.filter(day=today(now), state=State.WAITING)
    fitting = [ticket for ticket in waiting if may_serve(ticket, counter, hall)]
    if not fitting:
        raise NotWaiting
    ticket = in_order(fitting, hall)[0]
    ticket.state, ticket.staff, ticket.counter = State.CALLED, by, counter.id
    ticket.calls, ticket.called_at = 1, now
    ticket.save()
    _note_call(ticket, act_id, by=by, now=now)
    return ticket


@transaction.atomic
def call_again(*, act_id: uuid.UUID, by: Staff, now: datetime) -> Ticket:
    """Calls the number once more. Raises Gone."""
    known = entry_with_id(id=act_id)
    if known:
        return Ticket.objects.get(pk=known.subject_id)
    ticket = called_by(by)
    ticket.calls += 1
    ticket.called_at = now
    ticket.save(update_fields=["calls", "called_at"])
    _note_call(ticket, act_id, by=by, now=now)
    return ticket


def _note_call(ticket: Ticket, act_id: uuid.UUID, *, by: Staff, now: datetime) -> None:
    data: dict[str, Scalar] = {
        "counter": ticket.counter,
        "times": ticket.calls,
        "waited": round((now - ticket.taken_at).total_seconds()),
    }
    note_on(ticket, act_id, "ticket.called", by=by.staff_no, now=now, data=data)


@transaction.atomic
def note_not_come(*, act_id: uuid.UUID, by: Staff, now: datetime) -> None:
    """Nobody came to the number. Raises Gone, also before it was called as often as the plan says."""
    if entry_with_id(id=act_id):
        return
    ticket = called_by(by)
    if ticket.calls < readable_hall().no_show_after:
        raise Gone
    ticket.state = State.NOT_COME
    ticket.save(update_fields=["state"])
    data: dict[str, Scalar] = {"times": ticket.calls}
    note_on(ticket, act_id, "ticket.not_come", by=by.staff_no, now=now, data=data)


@transaction.atomic
def come_back(*, act_id: uuid.UUID, ticket_id: uuid.UUID, by: Staff, now: datetime) -> None:
    """A customer who missed the call is there after all: the old turn counts. Raises Gone."""
    if entry_with_id(id=act_id):
        return
    ticket = Ticket.objects.select_for_update().filter(pk=ticket_id, state=State.NOT_COME).first()
    if ticket is None or ticket.day != today(now):
        raise Gone
    ticket.state, ticket.staff, ticket.counter, ticket.calls = State.WAITING, None, "", 0
    ticket.save(update_fields=["state", "staff", "counter", "calls"])
    note_on(ticket, act_id, "ticket.came_back", by=by.staff_no, now=now)


def called_by(by: Staff) -> Ticket:
    """The number that a clerk has called and nobody came to yet, locked. Raises Gone."""
    rows = Ticket.objects.select_for_update(of=("self",))
    ticket = rows.filter(staff=by, state=State.CALLED).first()
    if ticket is None:
        raise Gone
    return ticket


def note_on(
    ticket: Ticket,
    act_id: uuid.UUID,
    kind: str,
    *,
    by: str,
    now: datetime,
    data: dict[str, Scalar] | None = None,
) -> None:
    """Writes one event of a customer's turn, once."""
    record_once(id=act_id, kind=kind, subject=ticket.subject, now=now, actor=by, data=data)
