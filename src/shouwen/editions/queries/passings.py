"""Passes over the clocks: how far they are, and what they found."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q

from shouwen.editions.models import ClockMove, Edition, Passing

After = tuple[int, datetime, int]
"""`rank`, `urgency_at` and `id` of the last move of a page."""


@dataclass(frozen=True, slots=True)
class TeamCount:
    """How many clocks of a department move, and how many of them would be overdue at once."""

    department: str
    moved: int
    newly_overdue: int


def passings_of(*, edition: Edition, purpose: str) -> list[Passing]:
    """Every pass of a purpose, by the day it is for."""
    rows = Passing.objects.filter(edition=edition, purpose=purpose, folder=edition.folder)
    return list(rows.order_by("effective_on", "began_at"))


def moves_of(
    *,
    passings: Sequence[Passing],
    department: str | None = None,
    limit: int = 50,
    after: After | None = None,
) -> list[ClockMove]:
    """Clocks that move, those newly overdue first, then by their new due time. `after` continues a page."""
    rows = ClockMove.objects.filter(passing__in=passings)
    if department is not None:
        rows = rows.filter(department=department)
    if after is not None:
        rank, urgency, last = after
        rows = rows.filter(
            Q(rank__gt=rank)
            | Q(rank=rank, urgency_at__gt=urgency)
            | Q(rank=rank, urgency_at=urgency, id__gt=last)
        )
    return list(rows.order_by("rank", "urgency_at", "id")[:limit])


def teams_of(*, passings: Sequence[Passing]) -> list[TeamCount]:
    """Exact counts by department, those with most newly overdue clocks first."""
    rows = (
        ClockMove.objects.filter(passing__in=passings)
        .values_list("department")
        .annotate(moved=Count("id"), overdue=Count("id", filter=Q(is_newly_overdue=True)))
        .order_by("-overdue", "-moved", "department")
    )
    return [TeamCount(*row) for row in rows]
