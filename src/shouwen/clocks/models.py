"""Clock rows and their pauses: a cache of what judging the journal gives, kept for lists and the ticker."""

from django.db import models
from django.db.models import Q

from shouwen.core.events import Subject


class Clock(models.Model):
    """One rule of the standard running for one subject. Instants are UTC.

    Everything but owner and department is computed from journal, standard and calendar; only
    `rejudge` writes it. `rule_from` is the first day of the rule version that is applied.
    `due_at` is empty while paused, in a gap, or when an owner stands without a due time.
    `is_open`: somebody waits for something (not so when an owner stands and nothing is due).
    `urgency_at` orders the open ones: the due time, or the
    far future. `next_milestone_at` is when the ticker must look again.
    """

    class State(models.TextChoices):
        RUNNING = "running", "计时中"
        WARNED = "warned", "将到期"
        MISSED = "missed", "已超时"
        MET = "met", "已兑现"
        PAUSED = "paused", "暂停"
        GAP = "gap", "缺口"
        NO_PROMISE = "no_promise", "无法承诺"
        NOT_APPLICABLE = "not_applicable", "不适用"
        CANCELLED = "cancelled", "已取消"
        EXCEPTED = "excepted", "例外"
        NOT_PROVABLE = "not_provable", "无法证明"

    id = models.UUIDField(primary_key=True, editable=False)
    subject_kind = models.CharField(max_length=20)
    subject_id = models.UUIDField()
    rule_id = models.CharField(max_length=80)
    rule_from = models.DateField(null=True, blank=True)
    ordinal = models.PositiveSmallIntegerField(default=1)
    pack_digest = models.CharField(max_length=80)
    calendar_version = models.CharField(max_length=40, blank=True)
    facts = models.JSONField(default=dict)

    state = models.CharField(max_length=16, choices=State.choices)
    reason = models.CharField(max_length=80, blank=True)
    started_at = models.DateTimeField(null=True, blank=True)
    warn_at = models.DateTimeField(null=True, blank=True)
    due_at = models.DateTimeField(null=True, blank=True)
    stopped_at = models.DateTimeField(null=True, blank=True)
    paused_at = models.DateTimeField(null=True, blank=True)
    remaining_seconds = models.FloatField(null=True, blank=True)
    judged_at = models.DateTimeField()

    is_open = models.BooleanField()
    urgency_at = models.DateTimeField()
    next_milestone = models.CharField(max_length=8, blank=True)
    next_milestone_at = models.DateTimeField(null=True, blank=True)

    owner_no = models.CharField(max_length=20, blank=True)
    department = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["subject_kind", "subject_id", "rule_id", "ordinal"],
                name="one_clock_of_a_rule_at_a_time",
            ),
        ]
        indexes = [
            models.Index(
                fields=["urgency_at", "id"], condition=Q(is_open=True), name="open_clocks"
            ),
            models.Index(
                fields=["owner_no", "urgency_at", "id"],
                condition=Q(is_open=True),
                name="open_clocks_of_owner",
            ),
            models.Index(
                fields=["department", "urgency_at", "id"],
                condition=Q(is_open=True),
                name="open_clocks_of_dept",
            ),
            models.Index(fields=["state", "stopped_at"], name="clocks_by_end"),
            models.Index(
                fields=["next_milestone_at"],
                condition=Q(next_milestone_at__isnull=False),
                name="clocks_by_milestone",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rule_id} ({self.state})"

    @property
    def subject(self) -> Subject:
        """What the clock runs for."""
        return Subject(self.subject_kind, self.subject_id)


class Interval(models.Model):
    """One pause of a clock, half-open, `ended_at` empty while it lasts. A cache of journal entries."""

    clock = models.ForeignKey(Clock, on_delete=models.CASCADE, related_name="intervals")
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=40)
    evidence = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["started_at", "id"]

    def __str__(self) -> str:
        return f"{self.reason} {self.started_at.isoformat()}"
