"""Plans the demo company's shifts: three watches for those who must always be there, office hours for the rest."""

import uuid
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from itertools import count
from zoneinfo import ZoneInfo

from shouwen.people.models import Department, Line, Shift, Staff
from shouwen.people.operations import ensure_lines

_SPACE = uuid.UUID("3a1d8a3e-7d53-5c0b-9b55-0f7f3f6b2f13")
# Start and length in hours; a person moves on to the next watch each week.
_WATCHES = ((8, 8), (16, 8), (0, 8))
_DAY = (8, 9)
_ALWAYS_THERE = ("hotline", "emergency")
_WEEKS = 2


def seed_shifts(*, now: datetime, zone: ZoneInfo) -> None:
    """Plans this week and the next for everybody in a department; what is planned stays."""
    ensure_lines(departments=Department.objects.all())
    lines = {line.code: line for line in Line.objects.all()}
    today = now.astimezone(zone).date()
    monday = today - timedelta(days=today.weekday())
    people = Staff.objects.filter(is_active=True, department__isnull=False)
    planned = set(
        Shift.objects.filter(starts_at__gte=datetime.combine(monday, time(), zone)).values_list(
            "staff_id", flat=True
        )
    )
    places: dict[str, count[int]] = {}
    shifts: list[Shift] = []
    for person in people.select_related("department").order_by("staff_no"):
        code = person.department_code
        place = next(places.setdefault(code, count()))
        if person.pk not in planned and code in lines:
            shifts += _shifts(person, lines[code], place, monday=monday, zone=zone)
    Shift.objects.bulk_create(shifts, ignore_conflicts=True)


def _shifts(
    person: Staff, line: Line, place: int, *, monday: date, zone: ZoneInfo
) -> Sequence[Shift]:
    found = []
    for n in range(7 * _WEEKS):
        day = monday + timedelta(days=n)
        always = line.code in _ALWAYS_THERE
        # Everybody rests two days: office people at the weekend, the others in turn.
        if (n + 2 * place) % 7 < 2 if always else day.weekday() >= 5:
            continue
        hour, hours = _WATCHES[(place + n // 7) % 3] if always else _DAY
        starts_at = datetime.combine(day, time(hour), zone)
        found.append(
            Shift(
                id=uuid.uuid5(_SPACE, f"{person.staff_no}:{day}"),
                staff=person,
                line=line,
                starts_at=starts_at,
                ends_at=starts_at + timedelta(hours=hours),
            )
        )
    return found
