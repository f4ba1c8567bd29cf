"""Times agreed with customers: booked, moved, confirmed, called off, told when they cannot be kept."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from shouwen.cases.models import Case
from shouwen.cases.operations import agree_time, make_promise
from shouwen.cases.operations.happenings import Act, is_done
from shouwen.fieldwork.models import LIVE, Appointment, Order, OrderState
from shouwen.fieldwork.operations.acts import OrderOver, changed, held
from shouwen.fieldwork.operations.judging import judge_appointment
from shouwen.fieldwork.queries.orders import open_appointment
from shouwen.messages.models import Message
from shouwen.messages.operations import send
from shouwen.people.models import Staff
from shouwen.ui import wording

BOOKED, REMINDED, DELAYED = "visit-booked", "visit-reminded", "visit-delayed"
State = Appointment.State


class NothingAgreed(Exception):
    """No time is agreed that could be confirmed, called off or told to be late."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Booking:
    """A window for a visit. `by` is empty when the customer books; instants are aware UTC."""

    starts_at: datetime
    ends_at: datetime
    booked_by: str = Appointment.BookedBy.AGENT
    channel: str = "phone"
    by: Staff | None = None


@transaction.atomic
def book(
    *, act_id: uuid.UUID, order_id: uuid.UUID, booking: Booking, at: datetime, now: datetime
) -> Appointment:
    """Agrees a window; one that was agreed before is moved and keeps its row. Raises OrderOver.

    The case hears of the agreed time, the customer gets a message where there is a number.
    """
    order = held(order_id)
    there = Appointment.objects.filter(pk=act_id).first()
    if there:
        return there
    if not order.is_open or order.state == OrderState.ON_SITE:
        raise OrderOver(order)
    before = open_appointment(order_id=order.pk)
    if before:
        before.state, before.ended_at = State.MOVED, at
        before.save(update_fields=["state", "ended_at"])
    appointment = Appointment.objects.create(
        id=act_id, promise=before.promise if before else act_id, order=order,
        starts_at=booking.starts_at, ends_at=booking.ends_at, booked_by=booking.booked_by,
        channel=booking.channel, by=booking.by, made_at=at, moved_from=before,
    )  # fmt: skip
    act = Act(act_id, booking.by.staff_no if booking.by else "", at, now)
    _judge(act, "visit.appointed", appointment, order, {
        "at": booking.ends_at.isoformat(),
        "from": booking.starts_at.isoformat(),
        "until": booking.ends_at.isoformat(),
        "order": order.number,
        "channel": booking.channel,
    })  # fmt: skip
    _tell_case(act, order, appointment)
    _plan(order, act, appointment, by=booking.by)
    _message(order, BOOKED, appointment, now=now)
    return appointment


@transaction.atomic
def confirm(
    *, act_id: uuid.UUID, order_id: uuid.UUID, channel: str, at: datetime, now: datetime
) -> Appointment:
    """The customer says that the time suits. Raises NothingAgreed."""
    order = held(order_id)
    appointment = _agreed(order)
    act = Act(act_id, "", at, now)
    if not is_done(act) and appointment.confirmed_at is None:
        appointment.confirmed_at = at
        appointment.save(update_fields=["confirmed_at"])
        _judge(act, "visit.confirmed", appointment, order, {"channel": channel})
    return appointment


@transaction.atomic
def call_off(
    *,
    act_id: uuid.UUID,
    order_id: uuid.UUID,
    by: Staff | None,
    reason: str,
    at: datetime,
    now: datetime,
) -> Appointment:
    """The time is given up with the customer's consent; the order stays. Raises NothingAgreed."""
    order = held(order_id)
    act = Act(act_id, by.staff_no if by else "", at, now)
    if is_done(act):
        return order.appointments.latest("made_at")
    appointment = _agreed(order)
    drop_appointment(act=act, order=order, appointment=appointment, reason=reason)
    return appointment


def drop_appointment(*, act: Act, order: Order, appointment: Appointment, reason: str) -> None:
    """Nobody waits at that time any more: its clocks do not count."""
    appointment.state, appointment.ended_at = State.CANCELLED, act.at
    appointment.save(update_fields=["state", "ended_at"])
    _judge(act, "visit.called_off", appointment, order, {"reason": reason})


@transaction.atomic
def tell_delay(
    *,
    act_id: uuid.UUID,
    order_id: uuid.UUID,
    by: Staff | None,
    channel: str,
    eta: datetime,
    at: datetime,
    now: datetime,
) -> Appointment:
    """The customer has been told that it gets later. Raises NothingAgreed."""
    order = held(order_id)
    act = Act(act_id, by.staff_no if by else "", at, now)
    if is_done(act):
        return order.appointments.latest("made_at")
    appointment = _agreed(order)
    appointment.delay_told_at, appointment.eta_at = at, eta
    appointment.save(update_fields=["delay_told_at", "eta_at"])
    _judge(
        act, "visit.delay_told", appointment, order, {"channel": channel, "eta": eta.isoformat()}
    )
    return appointment


@transaction.atomic
def running_late(
    *, order_id: uuid.UUID, eta: datetime, call_words: str, now: datetime
) -> Appointment | None:
    """As things stand nobody comes in time: the customer gets a message; where none can be sent, the
    owner of the case promises to call before the agreed time. Once for each time agreed.
    """
    order = held(order_id)
    appointment = open_appointment(order_id=order.pk)
    if appointment is None or appointment.eta_at is not None or order.state == OrderState.ON_SITE:
        return None
    appointment.eta_at = eta
    appointment.save(update_fields=["eta_at"])
    act = Act(_part(appointment, "running-late"), "", now, now)
    _judge(act, "visit.running_late", appointment, order, {"eta": eta.isoformat()})
    if _message(order, DELAYED, appointment, now=now, at=eta):
        tell_delay(
            act_id=_part(appointment, "delay-told"), order_id=order.pk, by=None, channel="sms",
            eta=eta, at=now, now=now,
        )  # fmt: skip
        appointment.refresh_from_db()
    elif order.case is not None and order.case.is_open:
        due = max(now, min(appointment.ends_at, appointment.starts_at))
        make_promise(
            act_id=_part(appointment, "call-about-delay"), case_id=order.case.pk,
            by=order.case.owner, kind="call_back", words=call_words, due_at=due, at=now, now=now,
        )  # fmt: skip
    return appointment


@transaction.atomic
def remind(*, appointment_id: uuid.UUID, now: datetime) -> bool:
    """Reminds the customer once; whether a message is on its way."""
    appointment = Appointment.objects.select_for_update(of=("self",)).get(pk=appointment_id)
    if appointment.state != State.OPEN or appointment.reminded_at is not None:
        return False
    order = Order.objects.select_related("case").get(pk=appointment.order_id)
    appointment.reminded_at = now
    appointment.save(update_fields=["reminded_at"])
    if not _message(order, REMINDED, appointment, now=now):
        return False
    act = Act(_part(appointment, "reminded"), "", now, now)
    _judge(act, "visit.reminded", appointment, order, {"channel": "sms"})
    return True


def miss_appointment(*, appointment: Appointment, now: datetime) -> None:
    """The window is over and nobody came: the row says so, the clock has said so before."""
    appointment.state, appointment.ended_at = State.MISSED, now
    appointment.save(update_fields=["state", "ended_at"])


def _agreed(order: Order) -> Appointment:
    found = open_appointment(order_id=order.pk)
    if found is None:
        raise NothingAgreed(order.number)
    return found


def _part(appointment: Appointment, name: str) -> uuid.UUID:
    return uuid.uuid5(appointment.pk, name)


def _judge(
    act: Act, kind: str, appointment: Appointment, order: Order, data: dict[str, str]
) -> None:
    answers = order.assignee or (order.case.owner if order.case else None)
    judge_appointment(
        act=act, kind=kind, appointment=appointment, order=order, answers=answers, data=data
    )


def _tell_case(act: Act, order: Order, appointment: Appointment) -> None:
    """The agreed time takes the place of "at once"; both stay on record."""
    if order.case_id is None:
        return
    case = Case.objects.select_related("owner").get(pk=order.case_id)
    if case.is_open and not order.urgent:
        agree_time(
            act_id=act.part("case").id, case_id=case.pk, by=appointment.by or case.owner,
            agreed_at=appointment.starts_at, at=act.at, now=act.now,
        )  # fmt: skip


def _plan(order: Order, act: Act, appointment: Appointment, *, by: Staff | None) -> None:
    """Whoever has it comes at that time."""
    order.refresh_from_db()
    if order.state in LIVE:
        order.planned_from = appointment.starts_at
        order.planned_until = max(appointment.ends_at, appointment.starts_at)
        changed(order, act, "planned_from", "planned_until", by=by)


def _message(
    order: Order,
    text_id: str,
    appointment: Appointment,
    *,
    now: datetime,
    at: datetime | None = None,
) -> bool:
    """Whether the customer of the case can be written to; then the message is on its way."""
    number = order.case.caller_phone if order.case else ""
    if not number:
        return False
    when = wording.full_moment(at) if at else window_text(appointment)
    message = send(
        key=f"{text_id}:{appointment.pk}",
        channel="sms",
        to=number,
        text_id=text_id,
        params={"when": when},
        about=appointment.subject,
        now=now,
    )
    return message.state != Message.State.SUPPRESSED


def window_text(appointment: Appointment) -> str:
    """10月9日 14:00–16:00"""
    return (
        f"{wording.full_moment(appointment.starts_at)}–{wording.clock_text(appointment.ends_at)}"
    )
