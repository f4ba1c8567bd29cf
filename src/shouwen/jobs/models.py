"""Jobs: the outbox of work to be done after, and only after, the transaction that wants it."""

from django.db import models
from django.db.models import Q


class Job(models.Model):
    """One piece of work. Instants are UTC.

    `key` says what the work is: asking twice for the same work gives one job. A worker that takes
    a job holds a lease; when the lease runs out, another worker takes it with another token.
    A dead job waits for a person, who has it done again or drops it with a reason.
    """

    class State(models.TextChoices):
        READY = "ready", "待办"
        RUNNING = "running", "进行中"
        DONE = "done", "完成"
        DEAD = "dead", "失败"
        DROPPED = "dropped", "放弃"

    kind = models.CharField(max_length=60)
    key = models.CharField(max_length=200, unique=True)
    payload = models.JSONField(default=dict)
    queue = models.CharField(max_length=20, default="default")
    priority = models.SmallIntegerField(default=0)
    asked_at = models.DateTimeField()
    run_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.READY)
    lease_until = models.DateTimeField(null=True, blank=True)
    lease_token = models.UUIDField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.TextField(blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    dropped_by = models.CharField(max_length=16, blank=True)
    drop_reason = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state="running", lease_until__isnull=False, lease_token__isnull=False)
                | (~Q(state="running") & Q(lease_until__isnull=True, lease_token__isnull=True)),
                name="only_running_jobs_are_leased",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["done", "dropped"], done_at__isnull=False)
                | (~Q(state__in=["done", "dropped"]) & Q(done_at__isnull=True)),
                name="ended_jobs_say_when",
            ),
        ]
        indexes = [
            models.Index(
                fields=["queue", "priority", "run_at", "id"],
                condition=Q(state="ready"),
                name="jobs_ready",
            ),
            models.Index(
                fields=["queue", "lease_until"], condition=Q(state="running"), name="jobs_leased"
            ),
            models.Index(fields=["id"], condition=Q(state="dead"), name="jobs_dead"),
            models.Index(
                fields=["state", "done_at"],
                condition=Q(done_at__isnull=False),
                name="jobs_ended",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key} ({self.state})"


class Period(models.Model):
    """How far the ticker has come with one piece of periodic work: the last instant passed (UTC)."""

    name = models.CharField(max_length=60, primary_key=True)
    last_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name} {self.last_at.isoformat()}"
