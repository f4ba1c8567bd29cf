"""Which windows a customer can be offered: the shifts of those who can, less what is planned and the reserve."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Q

from shouwen.fieldwork.models import LIVE, OPEN_STATES, Appointment, Order, TechnicianProfile
from shouwen.fieldwork.queries.orders import plan
from shouwen.people.models import Shift
from shouwen.standard.dispatching import BookingPlan
from shouwen.ui import wording

Span = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class WindowOffer:
    """A window and how many visits of that length it still holds."""

    starts_at: datetime
    ends_at: datetime
    left: int


def windows(*, order: Order, now: datetime) -> list[WindowOffer]:
    """The windows of the days ahead, earliest first, also those that are full (`left` 0)."""
    booking = plan().booking
    spans = list(_spans(booking, now))
    if not spans:
        return []
    able = _able(order.skills)
    shifts = _shifts(able, spans)
    taken = _taken(able, order, spans)
    promised = _promised(order, spans)
    each = order.minutes + plan().travel.unknown_minutes
    return [
        WindowOffer(*span, left=_left(span, booking, shifts, taken, promised, each))
        for span in spans
    ]


def _spans(booking: BookingPlan, now: datetime) -> Iterator[Span]:
    today = wording.local_day(now)
    soonest = now + timedelta(minutes=booking.lead_minutes)
    for n in range(booking.days_ahead):
        for window in booking.window:
            day = today + timedelta(days=n)
            span = _at(day, window.begins), _at(day, window.ends)
            if span[0] >= soonest:
                yield span


def _at(day: date, clock: str) -> datetime:
    return datetime.combine(day, time.fromisoformat(clock), wording.ZONE)


def _able(skills: Collection[str]) -> list[int]:
    rows = TechnicianProfile.objects.filter(staff__is_active=True)
    return [each.staff_id for each in rows if set(skills) <= set(each.skills)]


def _shifts(people: Sequence[int], spans: Sequence[Span]) -> list[Span]:
    rows = Shift.objects.filter(
        staff__in=people, starts_at__lt=spans[-1][1], ends_at__gt=spans[0][0]
    )
    return list(rows.values_list("starts_at", "ends_at"))


def _taken(people: Sequence[int], order: Order, spans: Sequence[Span]) -> list[Span]:
    """What those people are to do in that time; an agreed time counts as agreed, not twice."""
    rows = Order.objects.filter(
        assignee__in=people,
        state__in=LIVE,
        planned_from__lt=spans[-1][1],
        planned_until__gt=spans[0][0],
    )
    agreed = Appointment.objects.filter(state=Appointment.State.OPEN).values("order")
    rows = rows.exclude(pk=order.pk).exclude(pk__in=agreed)
    return [
        (begins, begins + timedelta(minutes=minutes))
        for begins, minutes in rows.values_list("planned_from", "minutes")
        if begins
    ]


def _promised(order: Order, spans: Sequence[Span]) -> list[tuple[datetime, datetime, int]]:
    """Windows agreed with others who need the same skills, and for how long."""
    rows = Appointment.objects.filter(
        Q(order__state__in=OPEN_STATES),
        state=Appointment.State.OPEN,
        starts_at__lt=spans[-1][1],
        ends_at__gt=spans[0][0],
    ).exclude(order=order.pk)
    wanted = set(order.skills)
    return [
        (starts, ends, minutes)
        for starts, ends, minutes, skills in rows.values_list(
            "starts_at", "ends_at", "order__minutes", "order__skills"
        )
        if not wanted or not skills or wanted & set(skills)
    ]


def _left(
    span: Span,
    booking: BookingPlan,
    shifts: Sequence[Span],
    taken: Sequence[Span],
    promised: Sequence[tuple[datetime, datetime, int]],
    each: float,
) -> int:
    there = sum(_overlap(span, shift) for shift in shifts) * (1 - booking.reserve_share)
    there -= sum(_overlap(span, block) for block in taken)
    # A visit in a window that only touches this one may fall into the other: it counts by its share.
    for starts, ends, minutes in promised:
        length = (ends - starts).total_seconds() / 60
        there -= minutes * _overlap(span, (starts, ends)) / length
    return max(0, int(there // each))


def _overlap(one: Span, other: Span) -> float:
    """Minutes that both have in common."""
    common = min(one[1], other[1]) - max(one[0], other[0])
    return max(0.0, common.total_seconds() / 60)
