"""Reading the outbox."""

from datetime import datetime

from django.db.models import Q, QuerySet

from shouwen.jobs.models import Job


def due_jobs(*, queue: str, now: datetime) -> QuerySet[Job]:
    """Jobs whose time has come, the most urgent first: lowest priority number, then oldest."""
    return Job.objects.filter(state="ready", queue=queue, run_at__lte=now).order_by(
        "priority", "run_at", "id"
    )


def abandoned_jobs(*, queue: str, now: datetime) -> QuerySet[Job]:
    """Jobs whose worker let the lease run out: it died or hangs."""
    return Job.objects.filter(state="running", queue=queue, lease_until__lte=now).order_by(
        "lease_until"
    )


def dead_jobs(*, limit: int = 100, after: int = 0) -> list[Job]:
    """Jobs given up, oldest first; `after` is the id of the last one seen."""
    return list(Job.objects.filter(state="dead", pk__gt=after).order_by("id")[:limit])


def waits(*, now: datetime) -> bool:
    """Whether any job is due or under way at `now`."""
    return Job.objects.filter(Q(state="ready", run_at__lte=now) | Q(state="running")).exists()
