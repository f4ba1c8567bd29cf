"""Reading the outbox."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Min, Q, QuerySet

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


def newest_dead_jobs(*, limit: int, before: int | None = None) -> list[Job]:
    """Jobs given up, newest first; `before` is the id of the last one seen."""
    dead = Job.objects.filter(state="dead").order_by("-id")
    return list((dead if before is None else dead.filter(pk__lt=before))[:limit])


@dataclass(frozen=True, slots=True)
class Load:
    """How the outbox stands: due jobs, those under way, those given up, how long the oldest waits."""

    due: int
    running: int
    dead: int
    oldest_due_at: datetime | None
    lag: timedelta


def load(*, now: datetime, queue: str | None = None) -> Load:
    """The load of one queue, or of all, at `now` (UTC). The lag is zero when nothing is due."""
    jobs = Job.objects.filter(state__in=["ready", "running", "dead"])
    due = Q(state="ready", run_at__lte=now)
    found = (jobs if queue is None else jobs.filter(queue=queue)).aggregate(
        due=Count("pk", filter=due),
        running=Count("pk", filter=Q(state="running")),
        dead=Count("pk", filter=Q(state="dead")),
        oldest=Min("run_at", filter=due),
    )
    oldest = found["oldest"]
    lag = now - oldest if oldest else timedelta()
    return Load(found["due"], found["running"], found["dead"], oldest, lag)
