"""Clearing away jobs whose time is long past, a little at a time."""

from datetime import datetime, timedelta

from django.db import transaction

from shouwen.jobs.models import Job

KEPT = {Job.State.DONE: timedelta(days=30), Job.State.DROPPED: timedelta(days=400)}
BATCH = 500


def prune(*, now: datetime, batch: int = BATCH) -> int:
    """Removes at most `batch` jobs of each kind of end in one short transaction; returns how many.

    Done jobs are kept for 30 days, those a person dropped for 400. Jobs that wait, run or failed
    are never removed.
    """
    with transaction.atomic():
        return sum(_removed(state, before=now - age, batch=batch) for state, age in KEPT.items())


def _removed(state: str, *, before: datetime, batch: int) -> int:
    old = Job.objects.filter(state=state, done_at__lt=before).order_by("done_at")
    count, _ = Job.objects.filter(pk__in=list(old.values_list("pk", flat=True)[:batch])).delete()
    return count
