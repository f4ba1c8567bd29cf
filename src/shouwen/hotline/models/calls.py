"""Calls as they were recorded, and the verdicts of the standard on them."""

from django.db import models

from shouwen.cases.models import Case
from shouwen.people.models import Staff


class Replay(models.Model):
    """One file of recorded calls that is, or was, played in.

    `shifts` keeps for each call by how many seconds it was moved, so that a run that was cut
    short and started again moves every call to the same instant as before.
    """

    digest = models.CharField(max_length=64)
    at = models.CharField(max_length=10, choices=[("recorded", "recorded"), ("now", "now")])
    started_at = models.DateTimeField()
    shifts = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["digest", "at"], name="one_replay_per_file_and_time"),
        ]

    def __str__(self) -> str:
        return self.digest[:12]


class Call(models.Model):
    """One telephone call: times, the person who took it, what was said, the case it became.

    Recorded calls come whole from a file. Calls of an exchange are told event by event: then
    everything but `kind`, `turns` and `case` is computed from the line events, and only
    `operations.hear` writes it. Instants are UTC; `rang_at` is the first moment known. Clocks are
    seconds to the answer, the agent's from the first ring at the own telephone, the customer's from
    the arrival; empty when not provable. `turns`: start and end are seconds from `rang_at`; `spoken` counts
    what was said as it was told while the call was under way, and wakes the screen.
    """

    class Stage(models.TextChoices):
        WAITING = "waiting", "排队中"
        RINGING = "ringing", "振铃中"
        TALKING = "talking", "通话中"
        HELD = "held", "保持中"
        OVER = "over", "已结束"

    class Outcome(models.TextChoices):
        ANSWERED = "answered", "已接"
        MISSED = "missed", "未接"
        ABANDONED = "abandoned", "客户放弃"
        UNKNOWN = "unknown", "说不清"

    id = models.UUIDField(primary_key=True, editable=False)
    call_id = models.CharField(max_length=96, unique=True)
    source = models.CharField(max_length=16, default="replay")
    digest = models.CharField(max_length=64, blank=True)
    direction = models.CharField(
        max_length=10, choices=[("inbound", "呼入"), ("outbound", "呼出")]
    )
    kind = models.CharField(max_length=16, blank=True)
    staff = models.ForeignKey(Staff, null=True, blank=True, on_delete=models.PROTECT)
    number = models.CharField(max_length=20, blank=True)
    queue = models.CharField(max_length=40, blank=True)
    stage = models.CharField(max_length=8, choices=Stage.choices, default=Stage.OVER)
    outcome = models.CharField(max_length=10, choices=Outcome.choices, blank=True)
    arrived_at = models.DateTimeField(null=True, blank=True)
    rang_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.CharField(max_length=10, blank=True)
    cause = models.CharField(max_length=40, blank=True)
    rings = models.PositiveSmallIntegerField(default=0)
    agent_clock = models.FloatField(null=True, blank=True)
    customer_clock = models.FloatField(null=True, blank=True)
    transfers = models.PositiveSmallIntegerField(default=0)
    holds = models.JSONField(default=list)
    unheard = models.JSONField(default=list)
    last_heard_at = models.DateTimeField(null=True, blank=True)
    turns = models.JSONField(default=list)
    spoken = models.PositiveSmallIntegerField(default=0)
    case = models.ForeignKey(
        Case, null=True, blank=True, on_delete=models.PROTECT, related_name="calls"
    )

    class Meta:
        indexes = [
            models.Index(fields=["staff", "rang_at"], name="calls_of_staff"),
            models.Index(fields=["number", "-rang_at"], name="calls_of_number"),
            models.Index(
                fields=["rang_at", "id"], condition=~models.Q(stage="over"), name="calls_under_way"
            ),
            models.Index(fields=["-rang_at", "-id"], name="calls_by_time"),
        ]

    def __str__(self) -> str:
        return self.call_id


class CallVerdict(models.Model):
    """What one rule of the standard says of one call: kept or broken, where and why."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="verdicts")
    rule_id = models.CharField(max_length=80)
    ordinal = models.PositiveSmallIntegerField()
    clause = models.CharField(max_length=24)
    verdict = models.CharField(max_length=16)
    turn = models.PositiveSmallIntegerField(null=True, blank=True)
    why_zh = models.CharField(max_length=300, blank=True)
    why_en = models.CharField(max_length=300, blank=True)
    parts = models.JSONField(default=list)
    measured = models.FloatField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["call", "ordinal"], name="verdicts_of_a_call_are_numbered"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.call_id} {self.clause}: {self.verdict}"
