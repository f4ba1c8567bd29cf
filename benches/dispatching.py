"""The dispatcher's board with many technicians and orders: the whole page, what changed, what it would mean.

Run by `python -m benches`; prints one line of JSON for each page.
"""

import json
import random
import sys
import uuid
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import django

django.setup()

import pytest  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.urls import reverse  # noqa: E402

from benches.measure import side_by_side  # noqa: E402
from shouwen.access.roles import Role  # noqa: E402
from shouwen.adapters import system_clock  # noqa: E402
from shouwen.customers.models import Estate, Premises  # noqa: E402
from shouwen.fieldwork.models import (  # noqa: E402
    EstateSpot,
    Order,
    OrderState,
    TechnicianProfile,
    Zone,
)
from shouwen.people.models import Line, Shift, Staff  # noqa: E402
from tests import people  # noqa: E402
from tests.sign_ins import patch_test_client  # noqa: E402

ESTATES, ZONES = 48, 6
WAITING = 60  # cases with an order that nobody has
OPENED = 15  # times each page is opened
SKILLS = ("emergency", "network", "cooker", "heater", "piping", "meter", "detector")


def main(staff: int, orders: int) -> None:
    """Fills an empty database with a day of so many people and orders and opens the board."""
    call_command("migrate", verbosity=0)
    now = system_clock.now()
    fill(staff, orders, now=now)
    client, chosen = _client(), Order.objects.filter(state=OrderState.WAITING).first()
    touched = Order.objects.filter(assignee__isnull=False).first()
    assert chosen  # noqa: S101
    assert touched  # noqa: S101
    pages = {
        "board": reverse("dispatch"),
        "board: an order changed": reverse("dispatch_changed") + f"?ids={touched.pk}",
        "board: whom to send": reverse("dispatch_suggest", args=[chosen.pk]),
        "board: map and sums": reverse("dispatch_aside"),
    }
    for name, url in pages.items():
        asked: list[str] = []
        with connection.execute_wrapper(_noting(asked)):
            size = len(client.get(url).content)
        found = side_by_side({"ours": [_opened(client, url)] * OPENED})["ours"]
        line = {
            "name": name,
            "ours": [found.median, found.p95],
            "queries": len(asked),
            "bytes": size,
        }
        sys.stdout.write(json.dumps(line) + "\n")
        sys.stdout.flush()


def _noting(asked: list[str]) -> Callable[..., Any]:
    def note(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        asked.append(sql)
        return execute(sql, *rest)

    return note


def _opened(client: Client, url: str) -> Callable[[], None]:
    def open_page() -> None:
        page = client.get(url)
        assert page.status_code == 200, url  # noqa: S101

    return open_page


def _client() -> Client:
    dispatcher = Staff.objects.create_staff(
        staff_no="3001", name="周敏", password=None, roles={Role.DISPATCHER}
    )
    with pytest.MonkeyPatch.context() as patch:
        patch_test_client(patch)
        client = Client()
        client.force_login(dispatcher)
    return client


def fill(staff: int, orders: int, *, now: datetime) -> None:
    """People on duty, a day of orders between them, some that wait."""
    chance = random.Random(7)  # noqa: S311 - made-up data
    homes = _town(chance)
    crew = _crew(staff, now=now, chance=chance)
    for n in range(WAITING):
        people.case(
            at=now - timedelta(minutes=n), leaf=("F01", "F05", "F10")[n % 3],
            premises=homes[n % len(homes)],
        )  # fmt: skip
    each = max(1, (orders - WAITING) // len(crew))
    Order.objects.bulk_create(
        _order(person, n, homes[chance.randrange(len(homes))], number, each, now=now)
        for number, (person, n) in enumerate((p, n) for p in crew for n in range(each))
    )


def _order(
    person: Staff, n: int, home: Premises, number: int, each: int, *, now: datetime
) -> Order:
    """Those of one person follow one another; the first half is done, one is under way."""
    at = now + timedelta(minutes=55 * (n - each // 2))
    state = OrderState.ACCEPTED
    if n < each // 2:
        state = OrderState.DONE
    elif n == each // 2:
        state = OrderState.ON_SITE
    return Order(
        id=uuid.UUID(int=(7 << 96) + number),
        number=f"B{number:08d}",
        kind=("repair", "inspection", "home_service")[number % 3],
        premises=home,
        minutes=40,
        state=state,
        assignee=person,
        assigned_at=now,
        planned_from=at,
        planned_until=at + timedelta(minutes=40),
        due_at=at + timedelta(hours=3),
        ended_at=at + timedelta(minutes=40) if state == OrderState.DONE else None,
        made_at=now,
        changed_at=now,
    )


def _town(chance: random.Random) -> list[Premises]:
    zones = [Zone.objects.create(name=f"片区 {n + 1}") for n in range(ZONES)]
    homes = []
    for n in range(ESTATES):
        estate = Estate.objects.create(name=f"小区 {n + 1}")
        EstateSpot.objects.create(
            estate=estate, x=15 * (n % 8) + chance.randrange(9), y=16 * (n // 8)
        )
        zones[n % ZONES].estates.add(estate)
        homes += [
            Premises(estate=estate, building=str(m), unit="1", flat="101") for m in range(1, 6)
        ]
    return Premises.objects.bulk_create(homes)


def _crew(count: int, *, now: datetime, chance: random.Random) -> list[Staff]:
    crew = [Staff(staff_no=f"T{n:04d}", name=f"师傅{n}") for n in range(count)]
    for person in crew:
        person.set_unusable_password()
    crew = Staff.objects.bulk_create(crew)
    TechnicianProfile.objects.bulk_create(
        TechnicianProfile(staff=person, skills=chance.sample(SKILLS, 4)) for person in crew
    )
    zones = list(Zone.objects.all())
    Zone.staff.through.objects.bulk_create(
        Zone.staff.through(zone=zones[n % len(zones)], staff=person)
        for n, person in enumerate(crew)
    )
    line = Line.objects.create(code="repair", name_zh="维修", name_en="Repair")
    Shift.objects.bulk_create(
        Shift(
            id=uuid.UUID(int=(8 << 96) + n),
            staff=person,
            line=line,
            starts_at=now - timedelta(hours=6),
            ends_at=now + timedelta(hours=6),
        )
        for n, person in enumerate(crew)
    )
    return crew


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
