"""Writes the demo city, its people and its staff into the database; what is there stays."""

import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from itertools import islice

from django.db import transaction
from django.db.models import Model

from shouwen.customers.models import (
    Appliance,
    CareEntry,
    Customer,
    Estate,
    Meter,
    Occupancy,
    Phone,
    Premises,
    ServicePoint,
)
from shouwen.customers.operations import index_missing
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
    """Writes estates, premises, customers and all about them. Run again it adds what is missing."""
    _write(Estate, (_estate(r.name, r.aliases, r.station) for r in plan.estates), on_rows)
    estates = dict(Estate.objects.values_list("name", "pk"))
    _write(Premises, (_premises(row, estates) for row in plan.premises), on_rows)
    _write(Customer, (_customer(row) for row in plan.customers), on_rows)
    lived = ((row, key) for row in plan.customers for key in row.premises)
    _write(Occupancy, (_occupancy(row, key) for row, key in lived), on_rows)
    called = ((row, number) for row in plan.customers for number in row.phones)
    _write(Phone, (_phone(row, number) for row, number in called), on_rows)
    cared = (row for row in plan.customers if row.special_care)
    _write(CareEntry, (_care(row) for row in cared), on_rows)
    numbered = enumerate(plan.premises, start=1)
    _write(ServicePoint, (_point(row, number) for number, row in numbered), on_rows)
    _write(Meter, (_meter(row) for row in plan.premises), on_rows)
    _write(Appliance, (thing for row in plan.premises for thing in _appliances(row)), on_rows)
    index_missing(on_rows=on_rows)


def rows_of(plan: CityPlan) -> int:
    """How many rows a city is, for a progress bar."""
    # Each customer is written and then indexed; each home has an account and a meter.
    people = sum(
        2 + len(row.premises) + len(row.phones) + bool(row.special_care) for row in plan.customers
    )
    things = sum(len(_appliances(row)) for row in plan.premises)
    return len(plan.estates) + 3 * len(plan.premises) + people + things


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
    new = {person.staff_no: person for person in plan if person.staff_no not in there}
    hired = Staff.objects.bulk_create(_hired(person, departments) for person in new.values())
    StaffRole.objects.bulk_create(
        StaffRole(staff=staff, role=role) for staff in hired for role in new[staff.staff_no].roles
    )


def _hired(person: StaffPlan, departments: Mapping[str, Department]) -> Staff:
    staff = Staff(
        staff_no=person.staff_no,
        name=person.name,
        gender=person.gender,
        department=departments.get(person.department),
        station=person.station,
    )
    staff.set_unusable_password()
    return staff


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


_NEEDS = {
    "elderly": "年纪大，听力不好，说话慢一点",
    "frail": "身体弱，敲门后多等一会儿",
    "ill": "卧床，由家人开门",
    "disabled": "坐轮椅，手续请上门办",
}


def _care(row: CustomerPlan) -> CareEntry:
    # Reviews fall due all over the year, some before today.
    reviewed_on = MOVED_IN_ON + timedelta(days=610 + _number("review", row.key) % 420)
    return CareEntry(
        id=_id("care", row.key),
        customer_id=_id("customer", row.key),
        kind=row.special_care or "elderly",
        needs=_NEEDS[row.special_care or "elderly"],
        handles_at_home=row.special_care != "frail",
        consented_on=MOVED_IN_ON,
        consent_how=("signed", "hall", "phone", "visit")[_number("consent", row.key) % 4],
        since=MOVED_IN_ON,
        reviewed_on=reviewed_on,
        review_on=reviewed_on + timedelta(days=365),
    )


def _point(row: PremisesPlan, number: int) -> ServicePoint:
    return ServicePoint(
        premises_id=_id("premises", row.key), account_no=f"AT{number:07d}", since=MOVED_IN_ON
    )


def _meter(row: PremisesPlan) -> Meter:
    is_home = row.customer_class == "residential"
    return Meter(
        id=_id("meter", row.key),
        premises_id=_id("premises", row.key),
        serial=f"M{_number('meter', row.key) % 10**10:010d}",
        kind=("diaphragm", "prepaid", "remote")[_number("kind", row.key) % 3]
        if is_home
        else "industrial",
        installed_on=MOVED_IN_ON,
    )


def _appliances(row: PremisesPlan) -> list[Appliance]:
    """A home cooks with gas, two of three heat their water with it."""
    if row.customer_class != "residential":
        return []
    kinds = ["cooker"] + (["water_heater"] if _number("heater", row.key) % 3 else [])
    return [
        Appliance(
            id=_id(kind, row.key),
            premises_id=_id("premises", row.key),
            kind=kind,
            installed_on=MOVED_IN_ON,
            made_on=MOVED_IN_ON - timedelta(days=30 + _number(kind, row.key) % 2500),
        )
        for kind in kinds
    ]


def _number(kind: str, key: str) -> int:
    """A number that is the same for the same thing in every run."""
    return _id(f"number:{kind}", key).int
