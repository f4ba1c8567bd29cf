"""One day of everybody in the field, read in a fixed number of queries however many there are."""

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import F, Q, QuerySet

from shouwen.clocks.models import Clock
from shouwen.core.dispatching import Spot, Stop, forecast
from shouwen.fieldwork.models import (
    LIVE,
    OPEN_STATES,
    Appointment,
    EstateSpot,
    Order,
    OrderState,
    Page,
    TechnicianProfile,
    Zone,
)
from shouwen.fieldwork.queries import field_rules, plan
from shouwen.people.models import Shift, Staff
from shouwen.standard.dispatching import DispatchPlan
from shouwen.ui import wording

HOURS = 12
_FIRST_HOUR = 8
_LAST_FIRST_HOUR = 24 - HOURS
WAITING_SHOWN = 60
_STEP = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Day:
    """A local day and the twelve hours of it that are shown. Instants are aware."""

    day: date
    begins: datetime
    ends: datetime
    now: datetime

    @property
    def is_today(self) -> bool:
        return wording.local_day(self.now) == self.day

    @property
    def midnight(self) -> datetime:
        """When the local day begins."""
        return datetime.combine(self.day, time(), wording.ZONE)

    @property
    def plans_from(self) -> datetime:
        """From when on something can still be planned: now, or the beginning of a later day."""
        return max(self.now, self.midnight)


@dataclass(frozen=True, slots=True)
class Places:
    """Where estates lie (kilometres) and in which zones."""

    spots: Mapping[int, Spot]
    zones: Mapping[int, frozenset[str]]

    def spot(self, estate: int | None) -> Spot | None:
        return self.spots.get(estate) if estate else None


@dataclass(frozen=True, slots=True)
class Block:
    """An order in somebody's day. `begins` and `ends`: as things stand; `late`: past an agreed time."""

    id: uuid.UUID
    number: str
    kind: str
    case_kind: str
    leaf: str
    state: str
    minutes: int
    special_care: bool
    estate: str
    building: str
    unit: str
    flat: str
    place_name: str
    estate_id: int | None
    due_at: datetime | None
    version: int
    planned_from: datetime
    planned_until: datetime
    begins: datetime
    ends: datetime
    appointment: Appointment | None = None

    @property
    def is_over(self) -> bool:
        return self.state not in OPEN_STATES

    @property
    def keeps_appointment(self) -> bool:
        return self.appointment is None or self.begins <= self.appointment.ends_at


@dataclass(frozen=True, slots=True)
class Lane:
    """One person's day. `spot`: where they are, as far as their orders tell."""

    staff: Staff
    skills: tuple[str, ...]
    zones: frozenset[str]
    shifts: tuple[tuple[datetime, datetime], ...]
    blocks: tuple[Block, ...]
    estate: int | None
    max_minutes: int

    def is_on(self, at: datetime) -> bool:
        return any(begins <= at < ends for begins, ends in self.shifts)

    @property
    def current(self) -> Block | None:
        """What they are at or on the way to."""
        under_way = (OrderState.ON_SITE, OrderState.ON_WAY)
        return next((block for block in self.blocks if block.state in under_way), None)

    @property
    def stops(self) -> tuple[Block, ...]:
        """What is still ahead or under way."""
        return tuple(block for block in self.blocks if not block.is_over)


@dataclass(frozen=True, slots=True)
class Board:
    """Everything the board shows. `clocks`: open ones of cases by their id, most urgent first."""

    day: Day
    plan: DispatchPlan
    places: Places
    lanes: tuple[Lane, ...]
    waiting: tuple[Order, ...]
    waiting_count: int
    clocks: Mapping[uuid.UUID, Sequence[Clock]]
    pages: Mapping[uuid.UUID, Sequence[Page]] = field(default_factory=dict)
    appointments: Mapping[uuid.UUID, Appointment] = field(default_factory=dict)


def day_of(*, day: date, now: datetime) -> Day:
    """The twelve hours shown: from eight, or so that now is among them."""
    first = _FIRST_HOUR
    if wording.local_day(now) == day:
        hour = wording.local(now).hour
        if hour < _FIRST_HOUR:
            first = max(0, hour - 1)
        elif hour >= _FIRST_HOUR + HOURS - 2:
            first = min(_LAST_FIRST_HOUR, hour - HOURS + 4)
    begins = datetime.combine(day, time(first), wording.ZONE)
    return Day(day, begins, begins + timedelta(hours=HOURS), now)


def board(*, day: Day) -> Board:
    """The whole board of a day."""
    places = load_places()
    return _board(day=day, places=places, lanes=lanes_of(day=day, places=places))


def some_lanes(*, day: Day, staff_nos: Collection[str]) -> Board:
    """What waits, and the days of these people only: for a page that has the others."""
    places = load_places()
    lanes = lanes_of(day=day, places=places, staff_nos=staff_nos) if staff_nos else ()
    return _board(day=day, places=places, lanes=lanes)


def _board(*, day: Day, places: Places, lanes: tuple[Lane, ...]) -> Board:
    waiting = list(waiting_orders()[:WAITING_SHOWN])
    return Board(
        day=day,
        plan=plan(),
        places=places,
        lanes=lanes,
        waiting=tuple(waiting),
        waiting_count=waiting_orders().count() if len(waiting) == WAITING_SHOWN else len(waiting),
        clocks=_clocks([order.case_id for order in waiting if order.case_id]),
        pages=_pages([order.pk for order in waiting if order.urgent]),
        appointments=_appointments([order.pk for order in waiting]),
    )


def waiting_orders() -> QuerySet[Order]:
    """What is to be given to somebody, and urgent orders until somebody has accepted them."""
    unanswered = Q(state=OrderState.OFFERED, urgent=True)
    found = Order.objects.filter(
        Q(state__in=(OrderState.WAITING, OrderState.NO_ACCESS)) | unanswered
    )
    return found.select_related(
        "case__customer", "case__premises__estate", "premises__estate", "assignee"
    ).order_by(F("urgent").desc(), F("due_at").asc(nulls_last=True), "id")


def load_places() -> Places:
    """Where estates lie, and in which zones."""
    zones: dict[int, set[str]] = defaultdict(set)
    for estate, name in Zone.estates.through.objects.values_list("estate_id", "zone__name"):
        zones[estate].add(name)
    return Places(
        spots={
            estate: (x / 10, y / 10)
            for estate, x, y in EstateSpot.objects.values_list("estate_id", "x", "y")
        },
        zones={estate: frozenset(names) for estate, names in zones.items()},
    )


def lanes_of(
    *, day: Day, places: Places, staff_nos: Collection[str] | None = None
) -> tuple[Lane, ...]:
    """The day of each person in the field who works that day or has something to do, by number.

    `staff_nos`: only theirs, whether they work or not.
    """
    profiles = TechnicianProfile.objects.filter(staff__is_active=True).select_related("staff")
    if staff_nos is not None:
        profiles = profiles.filter(staff__staff_no__in=staff_nos)
    people = {each.staff_id: each for each in profiles.order_by("staff__staff_no")}
    shifts = _shifts(people, day)
    blocks = _blocks(people, day)
    zones = _zones_of(people)
    return tuple(
        _lane(
            profile,
            zones=zones.get(pk, frozenset()),
            shifts=tuple(shifts.get(pk, ())),
            blocks=blocks.get(pk, []),
            day=day,
            places=places,
        )
        for pk, profile in people.items()
        if staff_nos is not None or pk in shifts or pk in blocks
    )


def _lane(
    profile: TechnicianProfile,
    *,
    zones: frozenset[str],
    shifts: tuple[tuple[datetime, datetime], ...],
    blocks: Sequence[Block],
    day: Day,
    places: Places,
) -> Lane:
    over = [block for block in blocks if block.is_over]
    ahead = sorted((b for b in blocks if not b.is_over), key=_in_turn)
    last = max(over, key=lambda block: block.ends, default=None)
    current = next((b for b in ahead if b.state in (OrderState.ON_SITE, OrderState.ON_WAY)), None)
    here = current or last
    return Lane(
        staff=profile.staff,
        skills=tuple(profile.skills),
        zones=zones,
        shifts=shifts,
        blocks=(*over, *_as_it_stands(ahead, day, places)),
        estate=here.estate_id if here and here.estate_id else profile.home_id,
        max_minutes=60 * profile.max_hours,
    )


def _in_turn(block: Block) -> tuple[bool, datetime]:
    return (block.state != OrderState.ON_SITE, block.planned_from)


def _as_it_stands(ahead: Sequence[Block], day: Day, places: Places) -> list[Block]:
    stops = [
        Stop(
            block.planned_from,
            block.planned_until,
            spot=places.spot(block.estate_id),
            is_fixed=block.state == OrderState.ON_SITE,
        )
        for block in ahead
    ]
    times = forecast(stops=stops, now=day.plans_from, travel=plan().travel)
    return [
        replace(block, begins=begins, ends=ends)
        for block, (begins, ends) in zip(ahead, times, strict=True)
    ]


def _shifts(people: Collection[int], day: Day) -> dict[int, list[tuple[datetime, datetime]]]:
    found: dict[int, list[tuple[datetime, datetime]]] = defaultdict(list)
    rows = Shift.objects.filter(
        staff__in=people, starts_at__lt=day.midnight + timedelta(days=1), ends_at__gt=day.midnight
    )
    for staff, starts_at, ends_at in rows.order_by("starts_at").values_list(
        "staff_id", "starts_at", "ends_at"
    ):
        found[staff].append((starts_at, ends_at))
    return found


def _zones_of(people: Collection[int]) -> dict[int, frozenset[str]]:
    found: dict[int, set[str]] = defaultdict(set)
    rows = Zone.staff.through.objects.filter(staff__in=people)
    for staff, name in rows.values_list("staff_id", "zone__name"):
        found[staff].add(name)
    return {staff: frozenset(names) for staff, names in found.items()}


_COLUMNS = (
    "id", "number", "kind", "state", "minutes", "special_care", "due_at", "version", "assignee_id",
    "planned_from", "ended_at", "case__kind", "case__leaf", "premises__estate__name",
    "premises__building", "premises__unit", "premises__flat", "premises__place_name",
    "premises__estate_id",
)  # fmt: skip


def _blocks(people: Collection[int], day: Day) -> dict[int, list[Block]]:
    """What each has that day: planned for it, under way, or ended on it."""
    begins, ends = day.midnight, day.midnight + timedelta(days=1)
    on_day = Q(planned_from__gte=begins, planned_from__lt=ends)
    # What somebody is at belongs to today, whenever it was planned.
    under_way = Q(state__in=LIVE, planned_from__lt=begins) if day.is_today else Q(pk__in=())
    orders = Order.objects.filter(on_day | under_way, assignee__in=people).exclude(
        state=OrderState.CANCELLED
    )
    agreed = _appointments_of_day(begins, ends)
    found: dict[int, list[Block]] = defaultdict(list)
    for row in orders.values(*_COLUMNS):
        found[row["assignee_id"]].append(_block(row, agreed.get(row["id"])))
    return found


def _block(row: Mapping[str, Any], appointment: Appointment | None) -> Block:
    begins: datetime = row["planned_from"]
    until = begins + timedelta(minutes=max(row["minutes"], 10))
    ended: datetime | None = row["ended_at"]
    return Block(
        id=row["id"],
        number=row["number"],
        kind=row["kind"],
        case_kind=row["case__kind"] or "",
        leaf=row["case__leaf"] or "",
        state=row["state"],
        minutes=row["minutes"],
        special_care=row["special_care"],
        estate=row["premises__estate__name"] or "",
        building=row["premises__building"] or "",
        unit=row["premises__unit"] or "",
        flat=row["premises__flat"] or "",
        place_name=row["premises__place_name"] or "",
        estate_id=row["premises__estate_id"],
        due_at=row["due_at"],
        version=row["version"],
        planned_from=begins,
        planned_until=until,
        begins=begins,
        ends=max(ended, begins + _STEP) if ended else until,
        appointment=appointment,
    )


def _appointments_of_day(begins: datetime, ends: datetime) -> dict[uuid.UUID, Appointment]:
    rows = Appointment.objects.filter(
        state=Appointment.State.OPEN, starts_at__gte=begins, starts_at__lt=ends
    )
    return {row.order_id: row for row in rows}


def _appointments(orders: Collection[uuid.UUID]) -> dict[uuid.UUID, Appointment]:
    rows = Appointment.objects.filter(state=Appointment.State.OPEN, order__in=orders)
    return {row.order_id: row for row in rows}


def _pages(orders: Collection[uuid.UUID]) -> dict[uuid.UUID, list[Page]]:
    found: dict[uuid.UUID, list[Page]] = defaultdict(list)
    if orders:
        for page in Page.objects.filter(order__in=orders).select_related("staff"):
            found[page.order_id].append(page)
    return found


def _clocks(cases: Iterable[uuid.UUID]) -> dict[uuid.UUID, list[Clock]]:
    found: dict[uuid.UUID, list[Clock]] = defaultdict(list)
    rows = Clock.objects.filter(
        subject_kind="case", subject_id__in=list(cases), is_open=True, rule_id__in=field_rules()
    )
    for clock in rows.order_by("urgency_at", "id"):
        found[clock.subject_id].append(clock)
    return found
