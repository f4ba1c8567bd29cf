"""Saying anew what a case is: its clocks follow, from the original report."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from shouwen.cases.models import Case
from shouwen.cases.operations.filling import settle_form_gaps
from shouwen.cases.operations.happenings import (
    Act,
    happened,
    is_done,
    locked_open,
    show_owner,
    touched,
)
from shouwen.cases.operations.opening import NoSuchDepartment
from shouwen.cases.queries import readable_forms
from shouwen.core.events import Scalar, Subject
from shouwen.people.models import Department, Staff


class NothingChanged(Exception):
    """The case is classified like that already."""


@dataclass(frozen=True, slots=True)
class Classification:
    """What a case is: kind, leaf of the taxonomy, side, severity, department (a code; "" none)."""

    kind: str
    leaf: str = ""
    side: str = "none"
    severity: str = ""
    department: str = ""


def classification_of(case: Case) -> Classification:
    """How a case is classified now."""
    return Classification(
        kind=case.kind,
        leaf=case.leaf,
        side=case.side,
        severity=case.severity,
        department=case.department.code if case.department else "",
    )


@transaction.atomic
def reclassify(
    *,
    act_id: uuid.UUID,
    case_id: uuid.UUID,
    by: Staff,
    to: Classification,
    at: datetime,
    now: datetime,
) -> Case:
    """Classifies the case anew and lets its clocks follow.

    Rules that speak no longer become not applicable; new ones start from the original report.
    The owner stays. Raises CaseClosed, NothingChanged, NoSuchDepartment.
    """
    act = Act(id=act_id, by=by.staff_no, at=at, now=now)
    if is_done(act):
        return Case.objects.get(pk=case_id)
    case = locked_open(case_id)
    if classification_of(case) == to:
        raise NothingChanged(case.number)
    case.department = _department(to.department)
    case.kind, case.leaf, case.side, case.severity = to.kind, to.leaf, to.side, to.severity
    changed = ("kind", "leaf", "side", "severity", "department")
    touched(case, *changed, act=act, kind="case.classified")
    data: dict[str, Scalar] = {
        "kind": to.kind,
        "leaf": to.leaf,
        "side": to.side,
        "severity": to.severity,
        "department": to.department,
    }
    happened(act=act, kind="case.classified", case=case, data=data)
    settle_form_gaps(act=act, case=case, form=readable_forms().of(to.kind))
    for promise in case.promises.filter(state="open"):
        show_owner(subject=Subject("promise", promise.pk), case=case)
    return case


def _department(code: str) -> Department | None:
    if not code:
        return None
    found = Department.objects.filter(code=code).first()
    if found is None:
        raise NoSuchDepartment(code)
    return found
