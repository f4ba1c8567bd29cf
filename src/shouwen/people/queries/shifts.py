"""Reading the plan of shifts. Instants are aware UTC, spans half-open."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from shouwen.people.models import Line, Shift, Staff

_LONGEST = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class WeekRow:
    """One person and the shifts that touch the week, in order."""

    staff: Staff
    shifts: tuple[Shift, ...]


def on_duty(*, now: datetime, line: str) -> QuerySet[Staff]:
    """Who is on the line (its code) at `now`, by staff number; people out of use are left out."""
    return (
        Staff.objects.filter(is_active=True)
        .filter(shifts__in=_running(now).filter(line__code=line))
        .order_by("staff_no")
    )


def off_at(*, staff: Collection[Staff], now: datetime) -> Mapping[int, datetime]:
    """When the running shift ends of those who are on one now, by id of the person."""
    running = _running(now).filter(staff__in=[person.pk for person in staff])
    return dict(running.values_list("staff_id", "ends_at"))


def overlapping(*, staff: Staff, starts_at: datetime, ends_at: datetime) -> QuerySet[Shift]:
    """Shifts of a person that share an instant with the span."""
    return Shift.objects.filter(
        staff=staff, starts_at__lt=ends_at, ends_at__gt=starts_at
    ).select_related("line")


def shifts_between(*, starts_at: datetime, ends_at: datetime) -> list[Shift]:
    """Shifts that begin in the span, in order."""
    rows = Shift.objects.filter(starts_at__gte=starts_at, starts_at__lt=ends_at)
    return list(rows.select_related("staff", "line").order_by("starts_at", "id"))


def week_of(
    *, monday: datetime, limit: int, after: str = "", line: str = "", department: str = ""
) -> list[WeekRow]:
    """The week from `monday` (local midnight, as UTC) by person, from the staff number `after` on.

    `line` keeps those with a shift on it; `department` those who belong to it.
    """
    shifts = Shift.objects.filter(
        starts_at__gt=monday - _LONGEST, starts_at__lt=monday + timedelta(days=7)
    ).filter(ends_at__gt=monday)
    people = Staff.objects.filter(staff_no__gt=after)
    if line:
        shifts = shifts.filter(line__code=line)
    if department:
        people = people.filter(department__code=department)
    people = people.filter(Q(pk__in=shifts.values("staff_id")) | _plannable(line))
    page = list(people.select_related("department").order_by("staff_no")[:limit])
    rows = shifts.filter(staff__in=page).select_related("line").order_by("starts_at")
    return _by_person(page, rows)


def lines() -> QuerySet[Line]:
    """Everything people can be on, lines before rounds."""
    return Line.objects.order_by("kind", "code")


def _plannable(line: str) -> Q:
    """Without a line chosen, everybody of a department can be planned, whether or not planned yet."""
    if line:
        return Q(pk__in=[])
    return Q(is_active=True, department__isnull=False)


def _by_person(people: Sequence[Staff], shifts: QuerySet[Shift]) -> list[WeekRow]:
    found: dict[int, list[Shift]] = {}
    for shift in shifts:
        found.setdefault(shift.staff_id, []).append(shift)
    return [WeekRow(person, tuple(found.get(person.pk, ()))) for person in people]


def _running(now: datetime) -> QuerySet[Shift]:
    # No shift is longer than a day: the lower bound lets the index find them.
    return Shift.objects.filter(
        starts_at__lte=now, starts_at__gt=now - _LONGEST - timedelta(minutes=1), ends_at__gt=now
    )
