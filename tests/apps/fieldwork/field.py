"""People in the field and orders for them, for tests."""

import uuid
from datetime import datetime, timedelta
from typing import Any

from shouwen.access.roles import Role
from shouwen.cases.models import Case
from shouwen.fieldwork import operations
from shouwen.fieldwork.models import Order, TechnicianProfile
from shouwen.people.models import Staff
from tests import people

MORNING = people.MORNING  # a Friday, 09:12 in Shanghai


def at(minutes: float) -> datetime:
    """So many minutes after the morning began."""
    return MORNING + timedelta(minutes=minutes)


def technician(number: str = "3305", name: str = "李强", *skills: str) -> Staff:
    """Somebody who is sent out."""
    there = Staff.objects.filter(staff_no=number).first()
    person = there or Staff.objects.create_staff(
        staff_no=number,
        name=name,
        password=None,
        department=people.department("repair"),
        roles={Role.TECHNICIAN},
    )
    TechnicianProfile.objects.get_or_create(staff=person, defaults={"skills": list(skills)})
    return person


def order(kind: str = "repair", *, minutes: float = 0, **known) -> Order:
    """The order that came with a new case."""
    return order_of(people.case(kind=kind, at=at(minutes), **known))


def order_of(case: Case) -> Order:
    """The order of a case."""
    return Order.objects.get(case=case)


def case_of(given: Order) -> Case:
    """The case that the order belongs to."""
    assert given.case is not None
    return given.case


def sent(
    given: Order, to: Staff | None = None, *, minutes: float = 2, version: int | None = None, **how
) -> Order:
    """The dispatcher sends somebody."""
    return operations.assign(
        act_id=how.pop("act_id", None) or uuid.uuid4(),
        order_id=given.pk,
        version=given.version if version is None else version,
        to=to or technician(),
        by=how.pop("by", None) or people.staff("zhou_min"),
        **when(minutes),
        **how,
    )


def by(given: Order, person: Staff | None = None, *, minutes: float) -> dict[str, Any]:
    """What every report of a technician names."""
    return {
        "act_id": uuid.uuid4(),
        "order_id": given.pk,
        "by": person or technician(),
        **when(minutes),
    }


def when(minutes: float) -> dict[str, Any]:
    """It happened at that minute and was told at once."""
    return {"at": at(minutes), "now": at(minutes)}
