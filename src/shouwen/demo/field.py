"""The demo's field: who can do what and where, when they work, and a day of orders half done."""

import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from itertools import cycle, islice
from random import Random
from zoneinfo import ZoneInfo

from shouwen.access.roles import Role
from shouwen.cases.operations import part_of
from shouwen.customers.models import Estate, Premises
from shouwen.fieldwork import operations
from shouwen.fieldwork.models import (
    EstateSpot,
    Order,
    TechnicianProfile,
    Zone,
)
from shouwen.fieldwork.operations import NewOrder
from shouwen.people.models import Department, Line, Shift, Staff
from shouwen.people.operations import ensure_lines

_SPACE = uuid.UUID("3a1d8a3e-7d53-5c0b-9b55-0f7f3f6b2f15")
_SKILLS = (
    ("emergency", "network", "piping"),
    ("cooker", "heater", "detector"),
    ("meter", "ignition"),
    ("emergency", "piping", "cooker"),
    ("cooker", "piping", "heater"),
    ("meter", "cooker", "detector"),
)
# First hour and length; one of three nights and evenings, so that somebody is always there.
_WATCHES = ((8, 9), (8, 9), (14, 8), (8, 9), (22, 10), (8, 9))
_WEEKS = 2
_JOBS = (("inspection", 40), ("ignition", 40), ("inspection", 60), ("recheck", 30))
_GAP = timedelta(minutes=25)
_ACROSS = 12


def seed_field(*, now: datetime, zone: ZoneInfo) -> None:
    """Profiles, zones, the places of estates, shifts round the clock. What is there stays."""
    people = list(_people())
    inspectors = list(_holders(Role.INSPECTOR))
    for place, staff in enumerate(people):
        _profile(staff, _SKILLS[place % len(_SKILLS)])
    for staff in inspectors:
        _profile(staff, ("inspection", "detector"))
    _shifts(people, now=now, zone=zone)


def seed_places() -> None:
    """Where the estates of the city lie, and four zones with those who know them."""
    estates = list(Estate.objects.order_by("station", "name"))
    if not estates or EstateSpot.objects.exists():
        return
    chance = Random(612)  # noqa: S311 - a made-up town needs repeatable chance, not secrecy
    stations = sorted({estate.station for estate in estates})
    counts = dict.fromkeys(stations, 0)
    zones = {
        name: Zone.objects.get_or_create(name=name.removesuffix("站") or "市区")[0]
        for name in stations
    }
    for estate in estates:
        n = counts[estate.station]
        counts[estate.station] += 1
        quarter = stations.index(estate.station)
        EstateSpot.objects.create(estate=estate, **_spot(quarter, n, chance))
        zones[estate.station].estates.add(estate)
    for profile in TechnicianProfile.objects.select_related("staff"):
        home = next((e for e in estates if e.station == profile.staff.station), estates[0])
        TechnicianProfile.objects.filter(pk=profile.pk).update(home=home)
        zones.get(profile.staff.station, next(iter(zones.values()))).staff.add(profile.staff)


def _spot(quarter: int, n: int, chance: Random) -> dict[str, int]:
    """A place in its quarter of the town, in steps of 100 m; those of one quarter lie apart."""
    left, top = 60 * (quarter % 2), 50 * (quarter // 2 % 2)
    column, row = n % 4, n // 4 % 4
    return {
        "x": left + 15 * column + chance.randrange(_ACROSS),
        "y": top + 12 * row + chance.randrange(_ACROSS - 2),
    }


def _people() -> Iterator[Staff]:
    yield from _holders(Role.TECHNICIAN)


def _holders(role: Role) -> Sequence[Staff]:
    found = Staff.objects.filter(roles__role=role, is_active=True)
    return list(found.order_by("staff_no"))


def _profile(staff: Staff, skills: Sequence[str]) -> None:
    TechnicianProfile.objects.get_or_create(
        staff=staff,
        defaults={"skills": list(skills), "max_hours": 9, "phone": f"1700000{staff.staff_no}"},
    )


def _shifts(people: Sequence[Staff], *, now: datetime, zone: ZoneInfo) -> None:
    ensure_lines(departments=Department.objects.all())
    line = Line.objects.filter(code="repair").first() or Line.objects.first()
    today = now.astimezone(zone).date()
    first = today - timedelta(days=today.weekday())
    if line is None or Shift.objects.filter(staff__in=people, starts_at__gte=now).exists():
        return
    Shift.objects.bulk_create(
        (
            Shift(
                id=uuid.uuid5(_SPACE, f"{staff.staff_no}:{first + timedelta(days=n)}"),
                staff=staff,
                line=line,
                starts_at=begins,
                ends_at=begins + timedelta(hours=hours),
            )
            for place, staff in enumerate(people)
            for n in range(7 * _WEEKS)
            for begins, hours in _watch(place, first + timedelta(days=n), zone)
        ),
        ignore_conflicts=True,
    )


def _watch(place: int, day: date, zone: ZoneInfo) -> Iterator[tuple[datetime, int]]:
    # Everybody rests one day of the week, each another one.
    if (day.toordinal() + place) % 7:
        hour, hours = _WATCHES[place % len(_WATCHES)]
        yield datetime.combine(day, time(hour), zone), hours


# --- a day of orders


def play_field(*, now: datetime) -> int:
    """Fills the shifts of today: done before now, under way, still ahead. Done once; how many orders."""
    dispatcher = Staff.objects.filter(roles__role=Role.DISPATCHER).order_by("staff_no").first()
    if dispatcher is None or Order.objects.filter(case__isnull=True).exists():
        return 0
    homes = cycle(Premises.objects.order_by("id")[:200])
    made = 0
    running = Shift.objects.filter(
        staff__technician__isnull=False,
        starts_at__lt=now + timedelta(hours=10),
        ends_at__gt=now - timedelta(hours=4),
    )
    for place, shift in enumerate(running.select_related("staff").order_by("starts_at", "id")):
        # Some have room for what comes today.
        most = 6 if place % 3 else 3
        for n, at in enumerate(islice(_starts(shift), most)):
            _play_one(shift.staff, dispatcher, next(homes), at=at, place=place + n, now=now)
            made += 1
    return made


def _starts(shift: Shift) -> Iterator[datetime]:
    at = shift.starts_at + timedelta(minutes=15)
    while at + timedelta(hours=1) < shift.ends_at:
        yield at
        at += timedelta(hours=1) + _GAP


def _play_one(
    staff: Staff, dispatcher: Staff, home: Premises, *, at: datetime, place: int, now: datetime
) -> None:
    kind, minutes = _JOBS[place % len(_JOBS)]
    id_ = uuid.uuid5(_SPACE, f"order:{staff.staff_no}:{at.isoformat()}")
    told = min(now, at - timedelta(hours=1))
    order = operations.make_order(
        new=NewOrder(id=id_, kind=kind, premises=home, minutes=minutes), by=dispatcher, now=told
    )
    operations.assign(
        act_id=part_of(id_, "assigned"), order_id=id_, version=order.version, to=staff,
        by=dispatcher, at=told, now=told, planned_from=at,
    )  # fmt: skip
    ends = at + timedelta(minutes=minutes)
    steps = [
        (told + timedelta(minutes=3), "accept"),
        (at - timedelta(minutes=12), "depart"),
        (at, "arrive"),
        (ends, "finish"),
    ]
    for moment, step in steps:
        if moment <= now:
            _report(step, id_, staff, at=moment)


_STEPS: Mapping[str, Callable[..., Order]] = {
    "accept": operations.accept,
    "depart": operations.depart,
    "arrive": operations.arrive,
    "finish": operations.finish,
}


def _report(step: str, order_id: uuid.UUID, staff: Staff, *, at: datetime) -> None:
    _STEPS[step](act_id=part_of(order_id, step), order_id=order_id, by=staff, at=at, now=at)


def someone_for(order: Order, *, place: int) -> Staff | None:
    """A technician who can do it, in turn."""
    people = [
        profile.staff
        for profile in TechnicianProfile.objects.select_related("staff").order_by(
            "staff__staff_no"
        )
        if set(order.skills) <= set(profile.skills) and "inspection" not in profile.skills
    ]
    return people[place % len(people)] if people else None
