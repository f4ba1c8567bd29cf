"""Lists of reviews: those that wait, those that are done, one's own calls, appeals, draws."""

import uuid
from datetime import datetime

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from shouwen.people.models import Staff
from shouwen.review.models import Appeal, Draw, Review

PAGE = 50


def open_reviews(
    *, viewer: Staff, by_risk: bool | None = None, after: tuple[int, uuid.UUID] | None = None
) -> list[Review]:
    """What this person may judge and nobody has sent, the riskiest first; `after` continues a page.

    The same rule as `can(JUDGE_CALL)`, as a filter.
    """
    judged = Review.objects.filter(call=OuterRef("call"), reviewer=viewer).exclude(
        pk=OuterRef("pk")
    )
    heard = Appeal.objects.filter(decision__review__call=OuterRef("call"), decided_by=viewer)
    rows = (
        Review.objects.filter(sent_at__isnull=True)
        .filter(Q(reviewer__isnull=True) | Q(reviewer=viewer))
        .exclude(call__staff=viewer)
        .exclude(Exists(judged))
        .exclude(Exists(heard))
    )
    if by_risk is not None:
        rows = rows.filter(by_risk=by_risk)
    if after is not None:
        weight, last = after
        rows = rows.filter(Q(weight__lt=weight) | Q(weight=weight, pk__gt=last))
    return list(_with_people(rows).order_by("-weight", "pk")[:PAGE])


def sent_reviews(
    *, viewer: Staff, after: tuple[datetime, uuid.UUID] | None = None
) -> list[Review]:
    """Reviews that were sent and that this person may see, the latest first."""
    waits = Review.objects.filter(
        call=OuterRef("call"), round__gt=OuterRef("round"), sent_at__isnull=True
    )
    rows = (
        Review.objects.filter(sent_at__isnull=False)
        .exclude(call__staff=viewer)
        .filter(Q(reviewer=viewer) | ~Exists(waits))
    )
    return _latest(rows, after)


def own_reviews(*, agent: Staff, after: tuple[datetime, uuid.UUID] | None = None) -> list[Review]:
    """What an agent was told of the own calls, the latest first."""
    rows = Review.objects.filter(call__staff=agent, round=1, sent_at__isnull=False)
    return _latest(rows, after)


def appeals_to_decide(*, viewer: Staff) -> list[Appeal]:
    """Appeals that wait for somebody who neither took nor judged the call, the oldest first."""
    judged = Review.objects.filter(call=OuterRef("decision__review__call"), reviewer=viewer)
    rows = Appeal.objects.filter(outcome="").exclude(staff=viewer).exclude(Exists(judged))
    people = ("staff", "decision__review__call__staff")
    return list(rows.select_related(*people).order_by("made_at", "id")[:PAGE])


def draws(*, limit: int = 10) -> list[Draw]:
    """The latest draws, each with how many of its reviews were sent."""
    rows = Draw.objects.select_related("made_by").annotate(
        taken=Count("reviews", filter=Q(reviews__round=1)),
        sent=Count("reviews", filter=Q(reviews__round=1, reviews__sent_at__isnull=False)),
    )
    return list(rows.order_by("-made_at")[:limit])


def _latest(rows: QuerySet[Review], after: tuple[datetime, uuid.UUID] | None) -> list[Review]:
    if after is not None:
        moment, last = after
        rows = rows.filter(Q(sent_at__lt=moment) | Q(sent_at=moment, pk__lt=last))
    return list(_with_people(rows).order_by("-sent_at", "-pk")[:PAGE])


def _with_people(rows: QuerySet[Review]) -> QuerySet[Review]:
    """With who took the call, and how many breaches were heard and stand."""
    standing = Q(decisions__stands="broken")
    return rows.select_related("call__staff", "reviewer").annotate(
        breaches=Count("decisions", filter=standing),
        appealed=Count("decisions__appeal", filter=Q(decisions__appeal__outcome="")),
    )
