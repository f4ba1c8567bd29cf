"""Grading a network fault by how many homes it concerns, until somebody grades it on site."""

from datetime import datetime

from django.db import transaction

from shouwen.cases.models import Case, CaseKind
from shouwen.cases.operations.classifying import Classification, classification_of, reclassify
from shouwen.cases.operations.happenings import part_of
from shouwen.people.models import Staff
from shouwen.standard.forms import IncidentPlan

MAJOR = "major"


@transaction.atomic
def grade_by_homes(
    *, case: Case, plan: IncidentPlan, by: Staff, at: datetime, now: datetime
) -> Case:
    """Makes an ordinary fault major when the homes on record reach the limit of the standard.

    It never makes one smaller: that is for whoever is on site. Raises CaseClosed.
    """
    told = case.details.filter(field=plan.homes).values_list("value", flat=True).first() or ""
    is_fault = case.kind == CaseKind.NETWORK_FAULT and case.severity != MAJOR
    if not (is_fault and plan.major_from and told.isdecimal() and int(told) >= plan.major_from):
        return case
    now_is = classification_of(case)
    return reclassify(
        act_id=part_of(case.pk, f"graded:{case.version}"),
        case_id=case.pk,
        by=by,
        to=Classification(now_is.kind, now_is.leaf, now_is.side, MAJOR, now_is.department),
        at=at,
        now=now,
    )
