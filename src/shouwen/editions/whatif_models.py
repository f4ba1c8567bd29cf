"""A draft tried on the past: the run, what it came to, and the matters of which it thinks otherwise.

Nothing here is a verdict: these are answers to a question that begins with "what if".
"""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shouwen.people.models import Staff


class WhatIfRun(models.Model):
    """One try of a draft on the matters that began from `since` to `until`, both days included.

    `revision` is the draft as it was when it was asked; a copy of its files lies in the data folder
    until the run has ended. `calls_only`: calls are heard again, clocks are left alone. What was recorded after `asked_at` is not looked at. `outcome` holds the
    tally of all parts once it is done. Instants are UTC.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("等待开始")
        RUNNING = "running", _("试算中")
        DONE = "done", _("完成")
        CANCELLED = "cancelled", _("已取消")
        FAILED = "failed", _("失败")

    ACTIVE = (State.WAITING, State.RUNNING)

    id = models.UUIDField(primary_key=True, editable=False)
    edition = models.ForeignKey(
        "editions.Edition", on_delete=models.CASCADE, related_name="whatif_runs"
    )
    revision = models.PositiveIntegerField()
    since = models.DateField()
    until = models.DateField()
    calls_only = models.BooleanField(default=False)
    asked_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    parts = models.PositiveIntegerField(default=0)
    parts_done = models.PositiveIntegerField(default=0)
    judged = models.PositiveIntegerField(default=0)
    outcome = models.JSONField(default=dict)
    error = models.CharField(max_length=300, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["edition"],
                condition=Q(state__in=["waiting", "running"]),
                name="a_draft_is_tried_once_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(since__lte=models.F("until")), name="whatif_days_are_in_order"
            ),
        ]
        indexes = [models.Index(fields=["edition", "-asked_at"], name="whatif_of_edition")]

    def __str__(self) -> str:
        return f"{self.edition_id} {self.since}/{self.until} ({self.state})"

    @property
    def is_active(self) -> bool:
        """Whether it waits or runs."""
        return self.state in self.ACTIVE


class WhatIfPart(models.Model):
    """Some matters of a run (16 bytes each in `subjects`), and once judged their tally.

    Kept while the run goes on, so that a worker that is killed costs no more than a part.
    """

    run = models.ForeignKey(WhatIfRun, on_delete=models.CASCADE, related_name="pieces")
    number = models.PositiveIntegerField()
    subject_kind = models.CharField(max_length=20)
    subjects = models.BinaryField()
    is_done = models.BooleanField(default=False)
    tally = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["run", "number"], name="parts_of_a_run_are_numbered"),
        ]

    def __str__(self) -> str:
        return f"{self.run_id} {self.number}"


class WhatIfFlip(models.Model):
    """One clock, or one rule on a call, that the draft judges otherwise. Instants are UTC."""

    class Turn(models.TextChoices):
        ADDED = "added", _("多出的超时")
        SAVED = "saved", _("少掉的超时")
        OTHER = "other", _("其他变化")

    run = models.ForeignKey(WhatIfRun, on_delete=models.CASCADE, related_name="flips")
    rule_id = models.CharField(max_length=80)
    subject_kind = models.CharField(max_length=20)
    subject_id = models.UUIDField()
    ordinal = models.PositiveSmallIntegerField()
    turn = models.CharField(max_length=6, choices=Turn.choices)
    old = models.CharField(max_length=16)
    new = models.CharField(max_length=16)
    began_at = models.DateTimeField()
    old_due_at = models.DateTimeField(null=True, blank=True)
    new_due_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    department = models.CharField(max_length=40, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["run", "turn", "id"], name="whatif_flips_by_turn"),
            models.Index(fields=["run", "rule_id", "turn", "id"], name="whatif_flips_of_rule"),
        ]

    def __str__(self) -> str:
        return f"{self.rule_id} {self.old} → {self.new}"
