"""Coaching that is agreed on: for an agent, and for whoever leads it."""

import uuid
from collections.abc import Mapping, Sequence

from django.db.models import Q

from shouwen.people.models import Staff
from shouwen.review.models import Coaching, Review

MOST = 50


def open_coaching(*, staff: Staff) -> list[Coaching]:
    """What this person is to learn or to teach and is not done, the earliest due first."""
    rows = Coaching.objects.filter(done_at__isnull=True).filter(Q(staff=staff) | Q(lead=staff))
    return list(rows.select_related("staff", "lead").order_by("due_on", "id")[:MOST])


def coaching_of(*, agent: Staff) -> list[Coaching]:
    """Everything an agent was coached in, the latest first."""
    rows = Coaching.objects.filter(staff=agent).select_related("staff", "lead")
    return list(rows.order_by("-due_on", "-id")[:MOST])


def calls_behind(rows: Sequence[Coaching]) -> Mapping[uuid.UUID, Review]:
    """The reviews that coaching was agreed on from, with their calls."""
    ids = {uuid.UUID(pk) for row in rows for pk in row.reviews}
    found = Review.objects.filter(pk__in=ids).select_related("call")
    return {each.pk: each for each in found}
