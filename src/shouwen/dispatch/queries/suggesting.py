"""What it would mean to send each person to an order."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Min

from shouwen.clocks.models import Clock
from shouwen.core.dispatching import Candidate, Need, Offer, Stop, offers
from shouwen.dispatch.queries.board import Day, Lane, Places
from shouwen.fieldwork.models import Appointment, Order, OrderState
from shouwen.fieldwork.queries import plan, rules_of_arrival


@dataclass(frozen=True, slots=True)
class Suggestion:
    """An order, until when somebody has to be there, and the offers, the best first."""

    order: Order
    due_at: datetime | None
    appointment: Appointment | None
    offers: tuple[Offer, ...]
    lanes: dict[str, Lane]


def suggestion(*, order: Order, lanes: Sequence[Lane], places: Places, day: Day) -> Suggestion:
    """The offers of these people for an order on a day."""
    appointment = Appointment.objects.filter(order=order, state=Appointment.State.OPEN).first()
    due_at = appointment.ends_at if appointment else _there_by(order)
    estate = order.premises.estate_id if order.premises else None
    need = Need(
        skills=frozenset(order.skills),
        minutes=order.minutes,
        spot=places.spot(estate),
        zones=places.zones.get(estate or 0, frozenset()),
        due_at=due_at,
        earliest=appointment.starts_at if appointment else None,
        urgent=order.urgent,
        special_care=order.special_care,
    )
    found = offers(
        need=need,
        candidates=[_candidate(lane, order, places) for lane in lanes],
        now=day.plans_from,
        travel=plan().travel,
        weights=plan().weight,
    )
    by_number = {lane.staff.staff_no: lane for lane in lanes}
    return Suggestion(order, due_at, appointment, tuple(found), by_number)


def _there_by(order: Order) -> datetime | None:
    """Until when somebody has to be there: what sending alone does not stop."""
    if order.case_id is None:
        return order.due_at
    clocks = Clock.objects.filter(
        subject_kind="case",
        subject_id=order.case_id,
        is_open=True,
        rule_id__in=rules_of_arrival(),
    )
    found: datetime | None = clocks.aggregate(due=Min("due_at"))["due"]
    return found


def _candidate(lane: Lane, order: Order, places: Places) -> Candidate:
    ahead = [block for block in lane.stops if block.id != order.pk]
    return Candidate(
        id=lane.staff.staff_no,
        skills=frozenset(lane.skills),
        zones=lane.zones,
        spot=places.spot(lane.estate),
        shifts=lane.shifts,
        stops=tuple(
            Stop(
                block.begins,
                block.ends,
                spot=places.spot(block.estate_id),
                latest=block.appointment.ends_at if block.appointment else None,
                is_fixed=block.state == OrderState.ON_SITE or block.kind == "alarm",
            )
            for block in ahead
        ),
        jobs=len(lane.blocks),
        max_minutes=lane.max_minutes,
    )
