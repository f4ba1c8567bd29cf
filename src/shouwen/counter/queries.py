"""Reading the hall: who waits, who is next, who is served where, the figures of the day."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Avg, Count, ExpressionWrapper, F, Max, Q
from django.db.models.fields import DurationField

from shouwen.clocks.queries import hall_plan, readable_standard
from shouwen.core.events import Event
from shouwen.core.timing.calendar import YearNotPublished
from shouwen.counter.models import Seat, Ticket
from shouwen.guiding.reading import zone_in_force
from shouwen.journal.models import Entry
from shouwen.journal.queries import as_event
from shouwen.people.models import Staff
from shouwen.standard.faults import PackFaults
from shouwen.standard.hall import CounterPlan, Hall

State = Ticket.State


def readable_hall() -> Hall:
    """How the hall is arranged; one without counters when it cannot be read."""
    try:
        return hall_plan()
    except PackFaults:
        return Hall()


def today(now: datetime) -> date:
    """The day of the hall."""
    return now.astimezone(zone_in_force()).date()


@dataclass(frozen=True, slots=True)
class Opening:
    """Whether tickets are given, until when, or from when again (aware UTC; None: not known)."""

    is_open: bool
    until: datetime | None = None
    opens_at: datetime | None = None


def opening(*, now: datetime) -> Opening:
    """By the working calendar; a year without one closes nobody's door."""
    pack, hall = readable_standard(), readable_hall()
    if pack is None:
        return Opening(is_open=True)
    calendar = pack.calendars.get(hall.calendar, pack.calendar)
    earlier = timedelta(minutes=hall.last_ticket_minutes)
    try:
        stretches = calendar.openings(calendar.day_of(now))
        later = [opens for opens, _ in stretches if opens > now]
        for opens, closes in stretches:
            if opens <= now < closes - earlier:
                return Opening(is_open=True, until=closes)
        if later:
            return Opening(is_open=False, opens_at=later[0])
        day = calendar.next_working_day(calendar.day_of(now))
        return Opening(is_open=False, opens_at=calendar.openings(day)[0][0])
    except YearNotPublished:
        return Opening(is_open=True)


def in_order(tickets: Sequence[Ticket], hall: Hall) -> list[Ticket]:
    """Those who wait, in the order in which the company calls them."""
    return sorted(tickets, key=lambda ticket: _turn(ticket, hall))


def _turn(ticket: Ticket, hall: Hall) -> tuple[object, ...]:
    business = hall.business_of(ticket.business)
    first = {
        "alarm": not (business and business.is_alarm),
        "care": not ticket.needs_care,
        "passed_on": not ticket.turns,
        "time": ticket.queued_at,
    }
    # What the file leaves out decides last, so that the order is always the same.
    return (*(first[name] for name in hall.order), ticket.queued_at, ticket.number)


def may_serve(ticket: Ticket, counter: CounterPlan, hall: Hall) -> bool:
    """Whether a counter takes this customer: a leak goes to any."""
    business = hall.business_of(ticket.business)
    if business and business.is_alarm:
        return True
    if ticket.only_at:
        return ticket.only_at == counter.id
    return not counter.serves or ticket.business in counter.serves


def waiting(*, now: datetime) -> list[Ticket]:
    """Everybody who waits today, in order."""
    rows = Ticket.objects.filter(day=today(now), state=State.WAITING)
    return in_order(list(rows), readable_hall())


def ahead_of(ticket: Ticket) -> int:
    """How many are called before this one, as far as one can say now."""
    rows = Ticket.objects.filter(day=ticket.day, state=State.WAITING)
    order = [row.pk for row in in_order(list(rows), readable_hall())]
    return order.index(ticket.pk) if ticket.pk in order else 0


def at_counters(*, now: datetime) -> list[Ticket]:
    """Who is called or served now, the last call first."""
    rows = Ticket.objects.filter(day=today(now), state__in=[State.CALLED, State.SERVING])
    return list(rows.select_related("staff").order_by("-called_at", "number"))


def not_come(*, now: datetime) -> list[Ticket]:
    """Who was called and did not come today, the last first."""
    rows = Ticket.objects.filter(day=today(now), state=State.NOT_COME)
    return list(rows.order_by("-called_at")[:8])


def own_ticket(staff: Staff) -> Ticket | None:
    """Whom a clerk has called or serves."""
    rows = Ticket.objects.filter(staff=staff, state__in=[State.CALLED, State.SERVING])
    people = ("case__owner", "case__department", "case__customer", "case__premises__estate")
    return rows.select_related("customer", "premises__estate", "staff", *people).first()


def events_of_tickets(tickets: Sequence[Ticket]) -> Mapping[UUID, list[Event]]:
    """What happened in the turns of these customers, in order. One query."""
    told = Entry.objects.filter(subject_kind="contact", subject_id__in=[t.pk for t in tickets])
    events: dict[UUID, list[Event]] = {}
    for entry in told.order_by("happened_at", "recorded_at", "id"):
        events.setdefault(entry.subject_id, []).append(as_event(entry))
    return events


def visit_of(*, ticket_id: UUID) -> Ticket | None:
    """The visit of a customer with whoever served and the case it became."""
    people = ("staff", "case__first_asked", "case__owner", "case__department")
    return Ticket.objects.select_related(*people).filter(pk=ticket_id).first()


def seat_of(staff: Staff) -> Seat | None:
    """Where a clerk sits."""
    return Seat.objects.filter(staff=staff).first()


def seats() -> list[Seat]:
    """Every counter that is open."""
    return list(Seat.objects.select_related("staff").order_by("counter"))


@dataclass(frozen=True, slots=True)
class Figures:
    """The day of the hall: tickets, served, not come, waits and services (None while there are none)."""

    taken: int
    served: int
    not_come: int
    mean_wait: timedelta | None
    longest_wait: timedelta | None
    mean_service: timedelta | None


def figures(*, now: datetime) -> Figures:
    """The figures of today, counted by the database."""
    wait = ExpressionWrapper(F("began_at") - F("taken_at"), output_field=DurationField())
    service = ExpressionWrapper(F("ended_at") - F("began_at"), output_field=DurationField())
    told = Ticket.objects.filter(day=today(now)).aggregate(
        taken=Count("pk"),
        served=Count("pk", filter=Q(state=State.DONE)),
        not_come=Count("pk", filter=Q(state=State.NOT_COME)),
        mean_wait=Avg(wait, filter=Q(began_at__isnull=False)),
        longest_wait=Max(wait, filter=Q(began_at__isnull=False)),
        mean_service=Avg(service, filter=Q(state=State.DONE)),
    )
    return Figures(**told)
