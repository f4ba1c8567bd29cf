"""Writes the demo city, its people and its staff into the database; what is there stays."""

import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from itertools import islice

from django.db import transaction
from django.db.models import Model

from shouwen.customers.models import Customer, Estate, Occupancy, Phone, Premises
from shouwen.demo.plans import CityPlan, CustomerPlan, PremisesPlan
from shouwen.demo.staff import StaffPlan
from shouwen.people.models import Department, Staff, StaffRole
from shouwen.standard.pack import Pack

MOVED_IN_ON = date(2024, 1, 1)
_SPACE = uuid.UUID("3a1d8a3e-7d53-5c0b-9b55-0f7f3f6b2f11")
# Rows a transaction: another process that waits for the write lock gets it within a fraction of a second.
CHUNK = 500
Progress = Callable[[int], None]


def seed_city(*, plan: CityPlan, on_rows: Progress = lambda rows: None) -> None:
    """Writes estates, premises, customers, occupancies and phones. Run again it adds what is missing."""
    _write(Estate, (_estate(r.name, r.aliases, r.station) for r in plan.estates), on_rows)
    estates = dict(Estate.objects.values_list("name", "pk"))
    _write(Premises, (_premises(row, estates) for row in plan.premises), on_rows)
    _write(Customer, (_customer(row) for row in plan.customers), on_rows)
    lived = ((row, key) for row in plan.customers for key in row.premises)
    _write(Occupancy, (_occupancy(row, key) for row, key in lived), on_rows)
    called = ((row, number) for row in plan.customers for number in row.phones)
    _write(Phone, (_phone(row, number) for row, number in called), on_rows)


def rows_of(plan: CityPlan) -> int:
    """How many rows a city is, for a progress bar."""
    people = sum(1 + len(row.premises) + len(row.phones) for row in plan.customers)
    return len(plan.estates) + len(plan.premises) + people


@transaction.atomic
def seed_staff(*, plan: Sequence[StaffPlan], pack: Pack) -> None:
    """Writes departments and staff without passwords; people who are there stay as they are."""
    Department.objects.bulk_create(
        (
            Department(code=code, name_zh=words.zh, name_en=words.en)
            for code, words in pack.departments.items()
        ),
        ignore_conflicts=True,
    )
    departments = {row.code: row for row in Department.objects.all()}
    there = set(Staff.objects.values_list("staff_no", flat=True))
    for person in plan:
        if person.staff_no not in there:
            _hire(person, departments)


def _hire(person: StaffPlan, departments: Mapping[str, Department]) -> None:
    staff = Staff(
        staff_no=person.staff_no,
        name=person.name,
        gender=person.gender,
        department=departments.get(person.department),
        station=person.station,
    )
    staff.set_unusable_password()
    staff.save()
    StaffRole.objects.bulk_create(StaffRole(staff=staff, role=role) for role in person.roles)


def _write(model: type[Model], rows: Iterable[Model], on_rows: Progress) -> None:
    remaining = iter(rows)
    while chunk := list(islice(remaining, CHUNK)):
        model._default_manager.bulk_create(chunk, ignore_conflicts=True)
        on_rows(len(chunk))


def _id(kind: str, key: str) -> uuid.UUID:
    """The same place or person has the same id in every run."""
    return uuid.uuid5(_SPACE, f"{kind}:{key}")


def _estate(name: str, aliases: Sequence[str], station: str) -> Estate:
    return Estate(name=name, aliases=list(aliases), station=station)


def _premises(row: PremisesPlan, estates: Mapping[str, int]) -> Premises:
    return Premises(
        id=_id("premises", row.key),
        estate_id=estates[row.estate],
        building=row.building,
        unit=row.unit,
        flat=row.flat,
        place_name=row.place_name,
        customer_class=row.customer_class,
    )


def _customer(row: CustomerPlan) -> Customer:
    return Customer(
        id=_id("customer", row.key),
        name=row.name,
        surname=row.surname,
        title=row.title,
        special_care=row.special_care or "",
    )


def _occupancy(row: CustomerPlan, key: str) -> Occupancy:
    return Occupancy(
        customer_id=_id("customer", row.key),
        premises_id=_id("premises", key),
        relation=row.relation,
        since=MOVED_IN_ON,
    )


def _phone(row: CustomerPlan, number: str) -> Phone:
    return Phone(customer_id=_id("customer", row.key), number=number)
