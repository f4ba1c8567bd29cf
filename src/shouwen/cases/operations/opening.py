"""Opening a case: never refused, whatever is missing is flagged."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import transaction

from shouwen.cases.models import Case, CaseGap, DayNumber, Ownership
from shouwen.cases.operations.happenings import Act, entered_late, happened
from shouwen.customers.models import Customer, Premises
from shouwen.people.models import Department, Staff


class NoSuchDepartment(Exception):
    """The standard names a department that the register of departments does not have."""


@dataclass(frozen=True, slots=True)
class NewCase:
    """What is known of a matter when somebody is first asked.

    Everything but `id`, `kind`, `said`, `reported_at` and `first_asked` may be missing;
    `missing` names the fields that the standard requires and nobody said, `unsettled` what else
    stayed open (who is calling, which home); each becomes a flagged gap, the first also keep
    the record from being complete.
    `reported_at` is aware UTC. `department` is a code of the pack.
    """

    id: uuid.UUID
    kind: str
    said: str
    reported_at: datetime
    first_asked: Staff
    channel: str = "phone"
    leaf: str = ""
    side: str = "none"
    severity: str = ""
    department: str = ""
    customer: Customer | None = None
    premises: Premises | None = None
    caller_name: str = ""
    caller_phone: str = ""
    place: str = ""
    missing: Sequence[str] = ()
    unsettled: Sequence[str] = ()


@transaction.atomic
def open_case(*, new: NewCase, now: datetime, zone: ZoneInfo, source: str = "app") -> Case:
    """Opens the case, makes the first-asked person its owner and starts its clocks.

    The same `new.id` again returns the case that is there. `zone` decides the day in the case
    number. An unknown department does not stop a case: it stays with the first-asked person
    and the gap is flagged.
    """
    there = Case.objects.filter(pk=new.id).first()
    if there:
        return there
    department = Department.objects.filter(code=new.department).first()
    homeless = ["department"] if new.department and not department else []
    case = _write(new=new, department=department, now=now, zone=zone)
    act = Act(id=new.id, by=new.first_asked.staff_no, at=new.reported_at, now=now, source=source)
    told = {"kind": case.kind, "side": case.side, "channel": case.channel}
    with entered_late(now=now):
        happened(act=act, kind="case.reported", case=case, data=told)
        happened(act=act.part("owner"), kind="case.owner_set", case=case, data={"owner": act.by})
        _record_fields(case=case, act=act, missing=new.missing)
        _flag(case=case, act=act, gaps=[*new.missing, *new.unsettled, *homeless])
    return case


def _write(*, new: NewCase, department: Department | None, now: datetime, zone: ZoneInfo) -> Case:
    case = Case.objects.create(
        id=new.id,
        number=_next_number(new.reported_at.astimezone(zone).date()),
        kind=new.kind,
        leaf=new.leaf,
        side=new.side,
        severity=new.severity,
        said=new.said[:200],
        channel=new.channel,
        reported_at=new.reported_at,
        opened_at=now,
        customer=new.customer,
        premises=new.premises,
        caller_name=new.caller_name,
        caller_phone=new.caller_phone,
        place=new.place,
        first_asked=new.first_asked,
        owner=new.first_asked,
        department=department,
    )
    Ownership.objects.create(case=case, staff=new.first_asked, since=new.reported_at)
    return case


def _record_fields(*, case: Case, act: Act, missing: Sequence[str]) -> None:
    happened(
        act=act.part("recorded"),
        kind="case.recorded",
        case=case,
        data={"missing": ",".join(missing)},
    )


def _flag(*, case: Case, act: Act, gaps: Sequence[str]) -> None:
    CaseGap.objects.bulk_create(
        CaseGap(case=case, code=code, flagged_at=act.now) for code in dict.fromkeys(gaps)
    )
    for code in dict.fromkeys(gaps):
        happened(
            act=act.part(f"gap:{code}"), kind="case.gap_flagged", case=case, data={"gap": code}
        )


def _next_number(day: date) -> str:
    """The next number of the day, e.g. 20261009-0031; the day's row is held until commit."""
    DayNumber.objects.get_or_create(day=day)
    counter = DayNumber.objects.select_for_update().get(day=day)
    counter.last += 1
    counter.save(update_fields=["last"])
    return f"{day:%Y%m%d}-{counter.last:04d}"
