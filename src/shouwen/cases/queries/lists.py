"""Lists of cases, of shifts handed over, and of what was escalated to somebody."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, OuterRef, Prefetch, Q

from shouwen.access.roles import (
    READS_ONLY,
    SEES_ALL_CASES,
    SEES_CASES,
    SEES_DEPARTMENT_CASES,
)
from shouwen.cases.models import Case, Escalation, Handover, ShiftHandover
from shouwen.cases.queries.matters import visible_cases
from shouwen.clocks.models import Clock
from shouwen.people.models import Staff

MOST_TOLD = 300

After = tuple[datetime, uuid.UUID]
"""`reported_at` and `id` of the last case of a page."""


@dataclass(frozen=True, slots=True)
class CaseFilter:
    """What a list of cases is narrowed to; empty strings and False mean everything."""

    state: str = ""
    kind: str = ""
    department: str = ""
    is_mine: bool = False


def case_list(
    *, actor: Staff, chosen: CaseFilter, after: After | None = None, limit: int = 50
) -> list[Case]:
    """Cases this person may see, the latest report first; `after` continues a page. One query."""
    cases = visible_cases(actor=actor)
    if chosen.state == "settled":
        cases = cases.exclude(state="open")
    elif chosen.state:
        cases = cases.filter(state=chosen.state)
    if chosen.kind:
        cases = cases.filter(kind=chosen.kind)
    if chosen.department:
        cases = cases.filter(department__code=chosen.department)
    if chosen.is_mine:
        cases = cases.filter(owner=actor)
    if after is not None:
        moment, last = after
        # The first half alone lets the index find the place; the second leaves out what was shown.
        cases = cases.filter(reported_at__lte=moment).filter(
            Q(reported_at__lt=moment) | Q(id__lt=last)
        )
    people = ("owner", "department", "customer", "premises__estate")
    return list(cases.select_related(*people).order_by("-reported_at", "-id")[:limit])


def most_urgent_clocks(*, case_ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, Clock]:
    """For each case its open clock that is due first. One query."""
    clocks = Clock.objects.filter(
        subject_kind="case", subject_id__in=case_ids, is_open=True
    ).order_by("-urgency_at", "-id")
    return {clock.subject_id: clock for clock in clocks}


def neighbours(*, case: Case, actor: Staff, limit: int = 5) -> list[Case]:
    """Other cases of the same home, customer or number that this person may see, latest first."""
    same = Q()
    if case.premises_id:
        same |= Q(premises=case.premises_id)
    if case.customer_id:
        same |= Q(customer=case.customer_id)
    if case.caller_phone:
        same |= Q(caller_phone=case.caller_phone)
    if not same:
        return []
    others = visible_cases(actor=actor).filter(same).exclude(pk=case.pk)
    return list(others.order_by("-reported_at", "-id")[:limit])


def offered_shifts(*, actor: Staff, limit: int = 5) -> list[tuple[ShiftHandover, int]]:
    """Shifts handed over to this person or department of which something waits, and how much.

    One query.
    """
    answering = actor.role_set - READS_ONLY
    if not answering & SEES_CASES:
        return []
    addressed = Q(to_staff=actor)
    if actor.department_id and answering & (SEES_ALL_CASES | SEES_DEPARTMENT_CASES):
        addressed |= Q(to_department=actor.department_id)
    waiting = Count("handovers", filter=Q(handovers__state=Handover.State.OFFERED))
    shifts = (
        ShiftHandover.objects.filter(addressed, handovers__state=Handover.State.OFFERED)
        .exclude(from_staff=actor)
        .annotate(waiting=waiting)
        .select_related("from_staff", "to_staff", "to_department")
        .order_by("offered_at", "id")[:limit]
    )
    return [(shift, shift.waiting) for shift in shifts]


def shift_cases(*, owner: Staff, limit: int) -> list[Case]:
    """The open cases of somebody whose shift ends, with the offers that wait already. Two queries."""
    people = ("customer", "premises__estate", "owner", "department")
    mine = Case.objects.filter(owner=owner, state="open").select_related(*people)
    return list(mine.prefetch_related("handovers").order_by("reported_at", "id")[:limit])


def whole_shift(*, shift_id: uuid.UUID) -> ShiftHandover | None:
    """A shift as it was handed over, with its cases and what became of each. Two queries."""
    offers = Handover.objects.select_related(
        "case__customer", "case__premises__estate", "answered_by", "to_staff", "to_department"
    )
    return (
        ShiftHandover.objects.filter(pk=shift_id)
        .select_related("from_staff", "to_staff", "to_department")
        .prefetch_related(Prefetch("handovers", queryset=offers))
        .first()
    )


@dataclass(frozen=True, slots=True)
class Told:
    """What is told of one case: the highest rung it reached, its clock, how many promises more."""

    escalation: Escalation
    clock: Clock
    others: int


def tellings(*, actor: Staff, rungs: Sequence[str], limit: int = 8) -> tuple[list[Told], int]:
    """What was escalated to this person, not seen yet and still waiting; and how many cases in all.

    `rungs` are the ladder's, lowest first. One row for a case, the most urgent first. Two queries.
    """
    waits = Clock.objects.filter(pk=OuterRef("clock_id"), is_open=True, due_at=OuterRef("due_at"))
    rows = (
        Escalation.objects.filter(staff=actor, seen_at__isnull=True)
        .filter(Exists(waits))
        .select_related("case__owner", "case__customer", "case__premises__estate")
        .order_by("-told_at", "id")[:MOST_TOLD]
    )
    by_case: dict[uuid.UUID, list[Escalation]] = {}
    for row in rows:
        by_case.setdefault(row.case_id, []).append(row)
    height = {rung: place for place, rung in enumerate(rungs)}
    highest = [
        max(told, key=lambda each: (height.get(each.rung, -1), -each.due_at.timestamp()))
        for told in by_case.values()
    ]
    highest.sort(key=lambda each: (-height.get(each.rung, -1), each.due_at, each.pk))
    clocks = Clock.objects.in_bulk([each.clock_id for each in highest[:limit]])
    found = [
        Told(each, clocks[each.clock_id], len({row.clock_id for row in by_case[each.case_id]}) - 1)
        for each in highest[:limit]
        if each.clock_id in clocks
    ]
    return found, len(highest)
