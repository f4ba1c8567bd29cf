"""Clocks of a hazard that near or pass their time climb the ladder: nobody is told twice at one rung."""

import uuid
from datetime import datetime

from django.db import transaction

from shouwen.access.roles import Role
from shouwen.cases.operations.escalating import OWNER
from shouwen.clocks.models import Clock
from shouwen.fieldwork.models import Hazard, HazardTelling
from shouwen.journal.operations import record
from shouwen.people.models import Staff
from shouwen.people.queries import holders_of
from shouwen.standard.settings import Rung


@transaction.atomic
def climb_hazard(clock: Clock, rung: Rung, now: datetime) -> None:
    """Tells whoever the rung names about the clock of an open hazard."""
    hazard = Hazard.objects.filter(pk=clock.subject_id, closed_at__isnull=True).first()
    if hazard is None or clock.due_at is None:
        return
    told = [
        HazardTelling(
            id=uuid.uuid5(clock.pk, f"{clock.due_at.isoformat()}:{rung.id}:{person.staff_no}"),
            hazard=hazard, clock_id=clock.pk, due_at=clock.due_at, rung=rung.id, staff=person,
            told_at=now,
        )
        for person in _recipients(hazard, rung)
    ]  # fmt: skip
    if not told or HazardTelling.objects.filter(pk__in=[each.pk for each in told]).exists():
        return
    HazardTelling.objects.bulk_create(told, ignore_conflicts=True)
    record(
        id=uuid.uuid5(clock.pk, f"hazard.escalated:{clock.due_at.isoformat()}:{rung.id}"),
        kind="hazard.escalated",
        subject=hazard.subject,
        happened_at=now,
        now=now,
        data={
            "rung": rung.id,
            "rule": clock.rule_id,
            "to": ",".join(sorted(each.staff.staff_no for each in told)),
        },
    )


def _recipients(hazard: Hazard, rung: Rung) -> list[Staff]:
    """The owner, and of each role those of the hazard's department, else all."""
    found: dict[int, Staff] = {}
    for name in rung.tell:
        for person in [hazard.owner] if name == OWNER else _holders(Role(name), hazard):
            found[person.pk] = person
    return [each for each in found.values() if each.is_active]


def _holders(role: Role, hazard: Hazard) -> list[Staff]:
    everybody = list(holders_of(roles={role}))
    near = [each for each in everybody if each.department_id == hazard.department_id]
    return near if near and hazard.department_id else everybody
