"""The ticker's turn: milestones of clocks that are behind us become jobs."""

from datetime import datetime

from django.db import connection, transaction

from shouwen.clocks.models import Clock
from shouwen.clocks.queries import due_clocks
from shouwen.jobs.operations import enqueue

MILESTONE = "clocks.milestone"


def tick(*, now: datetime, limit: int = 500) -> int:
    """Makes a job of each milestone before `now` (UTC), at most `limit`; returns how many.

    The key of the job names clock, milestone and instant: a second ticker or a restart makes no
    second job. Looks before it takes the write lock.
    """
    if not due_clocks(now=now).exists():
        return 0
    with transaction.atomic():
        skip = connection.features.has_select_for_update_skip_locked
        clocks = list(due_clocks(now=now).select_for_update(skip_locked=skip)[:limit])
        for clock in clocks:
            _enqueue(clock, now=now)
        # Handed over: judging the clock anew, which the job does, sets the next one.
        Clock.objects.filter(pk__in=[clock.pk for clock in clocks]).update(next_milestone_at=None)
    return len(clocks)


def _enqueue(clock: Clock, *, now: datetime) -> None:
    at = clock.next_milestone_at
    if at is None:
        return
    enqueue(
        kind=MILESTONE,
        key=f"clock:{clock.pk}:{clock.next_milestone}:{at.isoformat()}",
        payload={
            "subject_kind": clock.subject_kind,
            "subject_id": str(clock.subject_id),
            "at": at.isoformat(),
        },
        run_at=at,
        now=now,
    )
