"""A week of the field: shifts and jobs of each person and day."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Count, Sum
from django.db.models.functions import TruncDate

from shouwen.fieldwork.models import Order, OrderState, TechnicianProfile
from shouwen.people.models import Shift, Staff
from shouwen.ui import wording

DAYS = 7


@dataclass(frozen=True, slots=True)
class DayLoad:
    """Minutes of shift, jobs and their minutes on one day; when the shift begins and ends."""

    shift: tuple[datetime, datetime] | None
    minutes: float
    jobs: int
    taken: float


@dataclass(frozen=True, slots=True)
class Week:
    """Everybody's days from today on."""

    days: tuple[date, ...]
    people: tuple[tuple[Staff, tuple[str, ...], tuple[DayLoad, ...]], ...]


def week_of(*, now: datetime) -> Week:
    """Seven days from today."""
    today = wording.local_day(now)
    days = tuple(today + timedelta(days=n) for n in range(DAYS))
    begins = datetime.combine(today, time(), wording.ZONE)
    profiles = list(
        TechnicianProfile.objects.filter(staff__is_active=True)
        .select_related("staff")
        .order_by("staff__staff_no")
    )
    ids = [profile.staff_id for profile in profiles]
    shifts = _shifts(ids, begins)
    jobs = _jobs(ids, begins)
    people = tuple(
        (
            profile.staff,
            tuple(profile.skills),
            tuple(
                _load(shifts[profile.staff_id, d], jobs.get((profile.staff_id, d))) for d in days
            ),
        )
        for profile in profiles
    )
    return Week(days, people)


def _load(shifts: list[tuple[datetime, datetime]], jobs: tuple[int, float] | None) -> DayLoad:
    minutes = sum((ends - begins).total_seconds() / 60 for begins, ends in shifts)
    count, taken = jobs or (0, 0.0)
    return DayLoad(shifts[0] if shifts else None, minutes, count, taken)


def _shifts(
    ids: list[int], begins: datetime
) -> dict[tuple[int, date], list[tuple[datetime, datetime]]]:
    found: dict[tuple[int, date], list[tuple[datetime, datetime]]] = defaultdict(list)
    rows = Shift.objects.filter(
        staff__in=ids, starts_at__gte=begins, starts_at__lt=begins + timedelta(days=DAYS)
    )
    for staff, starts_at, ends_at in rows.order_by("starts_at").values_list(
        "staff_id", "starts_at", "ends_at"
    ):
        found[staff, wording.local_day(starts_at)].append((starts_at, ends_at))
    return found


def _jobs(ids: list[int], begins: datetime) -> dict[tuple[int, date], tuple[int, float]]:
    rows = (
        Order.objects.filter(
            assignee__in=ids,
            planned_from__gte=begins,
            planned_from__lt=begins + timedelta(days=DAYS),
        )
        .exclude(state=OrderState.CANCELLED)
        .annotate(day=TruncDate("planned_from", tzinfo=wording.ZONE))
        .values_list("assignee_id", "day")
        .annotate(n=Count("id"), minutes_sum=Sum("minutes"))
        .order_by()
    )
    return {(staff, day): (n, float(minutes)) for staff, day, n, minutes in rows}
