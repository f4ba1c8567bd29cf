"""Lists and counts of clocks, read from the cached rows."""

from collections.abc import Collection, Mapping
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Count, Q, QuerySet

from shouwen.clocks.models import Clock
from shouwen.core.events import Subject

After = tuple[datetime, UUID]
"""`urgency_at` and `id` of the last clock of a page."""


def clocks_of(*, subject: Subject) -> list[Clock]:
    """All clocks of a subject: those still open first, the most urgent first."""
    return list(
        Clock.objects.filter(subject_kind=subject.kind, subject_id=subject.id)
        .prefetch_related("intervals")
        .order_by("-is_open", "urgency_at", "id")
    )


def open_clocks(
    *,
    owner: str | None = None,
    department: str | None = None,
    states: Collection[str] = (),
    limit: int = 50,
    after: After | None = None,
) -> list[Clock]:
    """Clocks on which somebody waits, the most urgent first; paused ones and gaps come last.

    `owner` is a staff number, `department` its code; None means all. `states` narrows to some
    states, empty means all. `after` continues a page.
    """
    rows = _open(owner=owner, department=department)
    if states:
        rows = rows.filter(state__in=states)
    if after is not None:
        moment, last = after
        # The first half alone lets the index find the place; the second leaves out what was shown.
        rows = rows.filter(urgency_at__gte=moment).filter(
            Q(urgency_at__gt=moment) | Q(id__gt=last)
        )
    return list(rows.order_by("urgency_at", "id")[:limit])


def counts_by_state(
    *, now: datetime, owner: str | None = None, department: str | None = None
) -> Mapping[str, int]:
    """How many open clocks are in each state, and under "met" how many were kept today.

    States without a clock are there with 0. The day is the installation's local day.
    """
    counts = dict.fromkeys(Clock.State.values, 0)
    rows = _open(owner=owner, department=department)
    counts.update(rows.order_by().values_list("state").annotate(count=Count("id")))
    kept = Clock.objects.filter(state=Clock.State.MET, stopped_at__gte=_midnight(now))
    counts["met"] = _of(kept, owner=owner, department=department).count()
    return counts


def kept_today(
    *, now: datetime, owner: str | None = None, department: str | None = None, limit: int = 50
) -> list[Clock]:
    """Clocks that were kept on the installation's local day of `now`, the latest first."""
    kept = Clock.objects.filter(state=Clock.State.MET, stopped_at__gte=_midnight(now))
    return list(_of(kept, owner=owner, department=department).order_by("-stopped_at")[:limit])


def _midnight(now: datetime) -> datetime:
    local = now.astimezone(ZoneInfo(settings.TIME_ZONE))
    return local.replace(hour=0, minute=0, second=0, microsecond=0)


def missed_count(*, owner_no: str | None = None) -> int:
    """How many promises are overdue and still open: of one owner, or of all."""
    return _open(owner=owner_no, department=None).filter(state=Clock.State.MISSED).count()


def due_clocks(*, now: datetime) -> QuerySet[Clock]:
    """Clocks with a milestone behind them that no job has been made for, the oldest first."""
    return Clock.objects.filter(next_milestone_at__lt=now).order_by("next_milestone_at")


def _open(*, owner: str | None, department: str | None) -> QuerySet[Clock]:
    return _of(Clock.objects.filter(is_open=True), owner=owner, department=department)


def _of(rows: QuerySet[Clock], *, owner: str | None, department: str | None) -> QuerySet[Clock]:
    if owner is not None:
        rows = rows.filter(owner_no=owner)
    if department is not None:
        rows = rows.filter(department=department)
    return rows
