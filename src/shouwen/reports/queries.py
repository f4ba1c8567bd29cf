"""What stands behind figures: the cases of rulings, and the people who can be asked for."""

import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Q

from shouwen.access.figures import FiguresScope
from shouwen.access.roles import SEES_ALL_CASES, SEES_DEPARTMENT_CASES
from shouwen.cases.queries import Headline, headlines, visible_cases
from shouwen.clauses.queries import UNCLOCKED, cases_of
from shouwen.clocks.models import Clock, Ruling
from shouwen.people.models import Staff


@dataclass(frozen=True, slots=True)
class Behind:
    """The case behind a ruling as the viewer may see it; `may_open`: they get to its page."""

    headline: Headline
    may_open: bool


def cases_behind(*, rulings: Sequence[Ruling], viewer: Staff) -> Mapping[uuid.UUID, Behind]:
    """By id of the ruling, the case that it is about: itself, that of a promise, a call, a visit, a letter.

    The same number of queries whatever the length.
    """
    became = cases_of(rulings=rulings)
    subjects = {
        ruling.pk: ("case", became[ruling.subject_id])
        if ruling.subject_id in became
        else (ruling.subject_kind, ruling.subject_id)
        for ruling in rulings
    }
    found = headlines(subjects=list(dict.fromkeys(subjects.values())), viewer=viewer)
    wanted = {headline.case_id for headline in found.values()}
    visible = set(visible_cases(actor=viewer).filter(pk__in=wanted).values_list("pk", flat=True))
    return {
        pk: Behind(found[id_], may_open=found[id_].case_id in visible)
        for pk, (_, id_) in subjects.items()
        if id_ in found
    }


def clocks_behind(*, rulings: Sequence[Ruling], viewer: Staff) -> Mapping[uuid.UUID, Clock]:
    """By id of the ruling, the clock behind it that this person may ask why."""
    ids = [ruling.pk for ruling in rulings if ruling.subject_kind not in UNCLOCKED]
    rows = Clock.objects.filter(pk__in=ids)
    roles = viewer.role_set
    if not roles & SEES_ALL_CASES:
        theirs = Q(owner_no=viewer.staff_no)
        if roles & SEES_DEPARTMENT_CASES and viewer.department_code:
            theirs |= Q(department=viewer.department_code)
        rows = rows.filter(theirs)
    return rows.in_bulk()


def people_in(scope: FiguresScope) -> list[Staff]:
    """Who can be chosen in a filter: the people at work of a department, or of all, by number."""
    rows = Staff.objects.filter(is_active=True, department__isnull=False)
    if scope.department:
        rows = rows.filter(department__code=scope.department)
    return list(rows.select_related("department").order_by("staff_no"))


def names_of(*, staff_nos: Collection[str]) -> Mapping[str, str]:
    """The names of people by their staff number."""
    rows = Staff.objects.filter(staff_no__in=set(staff_nos))
    return dict(rows.values_list("staff_no", "name"))
