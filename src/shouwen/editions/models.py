"""Editions of the standard, from the first draft to the one in force, and what they do to running clocks."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from shouwen.access.permission import EditionStanding
from shouwen.editions.whatif_models import WhatIfFlip, WhatIfPart, WhatIfRun
from shouwen.people.models import Staff

__all__ = ["ClockMove", "Edition", "Hand", "Passing", "WhatIfFlip", "WhatIfPart", "WhatIfRun"]


class Edition(models.Model):
    """One edition: a whole pack in a folder of the data folder. Instants are UTC.

    `base` is the edition that the draft was made from; the first one has none, nor an editor: it is
    the pack that the installation began with. `revision` counts what was saved, each time in a fresh
    `folder`; whoever saves names the revision seen. `faults` says what is wrong with the files,
    `digest` (of the pack) and `seal` (of the files) are SHA-256. `effective_on` is the earliest first
    day of a version that is new in it, `clauses` what it changes. Published editions are numbered without gaps; the last one is
    in force.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("草案")
        SUBMITTED = "submitted", _("待审批")
        PUBLISHED = "published", _("已发布")
        REFUSED = "refused", _("已退回")
        DISCARDED = "discarded", _("已作废")

    OPEN: ClassVar = (State.DRAFT, State.REFUSED)

    id = models.UUIDField(primary_key=True, editable=False)
    number = models.PositiveIntegerField(null=True, blank=True, unique=True)
    name = models.CharField(max_length=60)
    base = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=12, choices=State.choices, default=State.DRAFT)
    revision = models.PositiveIntegerField(default=1)
    folder = models.CharField(max_length=80)
    digest = models.CharField(max_length=64, blank=True)
    seal = models.CharField(max_length=64, blank=True)
    faults = models.JSONField(default=list)
    effective_on = models.DateField(null=True, blank=True)
    clauses = models.JSONField(default=list)
    editor = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    started_at = models.DateTimeField()
    saved_at = models.DateTimeField()
    submitted_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    submitted_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-started_at"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="published")
                | Q(base__isnull=True, number=1)
                | (
                    Q(base__isnull=False, decided_by__isnull=False)
                    & Q(editor__isnull=False, submitted_by__isnull=False)
                    & ~Q(decided_by=F("editor"))
                    & ~Q(decided_by=F("submitted_by"))
                ),
                name="nobody_approves_an_own_edition",
            ),
            models.CheckConstraint(
                condition=Q(state="published", number__isnull=False, published_at__isnull=False)
                | (~Q(state="published") & Q(number__isnull=True, published_at__isnull=True)),
                name="published_editions_are_numbered",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["submitted", "published"]) | ~Q(seal=""),
                name="submitted_editions_are_sealed",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "-started_at", "id"], name="editions_by_state"),
        ]

    def __str__(self) -> str:
        return f"{self.number or '-'} {self.name} ({self.state})"

    @property
    def is_open(self) -> bool:
        """Whether it can still be changed."""
        return self.state in self.OPEN

    @property
    def standing(self) -> EditionStanding:
        """How it stands to people: who had a hand in it."""
        hands = self.hands.values_list("staff__staff_no", flat=True)
        return EditionStanding(editors=frozenset(hands))


class Hand(models.Model):
    """Somebody who had a hand in a draft, and so cannot approve it."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="hands")
    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "staff"], name="one_hand_of_a_person_in_an_edition"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.edition_id}: {self.staff_id}"


class Passing(models.Model):
    """One pass over the clocks that an edition may move: a preview, or the real thing.

    `folder` names the files it was made for. `to_look_at` is counted in clocks when it begins; the
    other counts grow with each subject. Moves are handed out as one job a subject: the pass has ended
    when all are handed out and all are done.
    """

    class Purpose(models.TextChoices):
        PREVIEW = "preview", _("预览")
        MOVE = "move", _("重判")

    id = models.UUIDField(primary_key=True, editable=False)
    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="passings")
    purpose = models.CharField(max_length=8, choices=Purpose.choices)
    folder = models.CharField(max_length=80)
    effective_on = models.DateField(null=True, blank=True)
    to_look_at = models.PositiveIntegerField(default=0)
    looked_at = models.PositiveIntegerField(default=0)
    moved = models.PositiveIntegerField(default=0)
    newly_overdue = models.PositiveIntegerField(default=0)
    handed_out = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    is_handed_out = models.BooleanField(default=False)
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "effective_on"],
                condition=Q(purpose="move"),
                name="clocks_are_moved_once_a_day_of_an_edition",
            ),
        ]
        indexes = [
            models.Index(fields=["edition", "purpose", "-began_at"], name="passings_of_edition")
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.looked_at}/{self.to_look_at}"


class ClockMove(models.Model):
    """One clock that an edition would move, or moved: due before and after. Instants are UTC.

    No due time: none could be given, or the rule no longer speaks about the matter.
    `is_newly_overdue`: it would be missed at once. `urgency_at` orders: the new due time, or the far future.
    """

    passing = models.ForeignKey(Passing, on_delete=models.CASCADE, related_name="moves")
    clock_id = models.UUIDField()
    subject_kind = models.CharField(max_length=20)
    subject_id = models.UUIDField()
    rule_id = models.CharField(max_length=80)
    department = models.CharField(max_length=40, blank=True)
    owner_no = models.CharField(max_length=20, blank=True)
    old_state = models.CharField(max_length=16)
    new_state = models.CharField(max_length=16)
    old_due_at = models.DateTimeField(null=True, blank=True)
    new_due_at = models.DateTimeField(null=True, blank=True)
    is_newly_overdue = models.BooleanField()
    rank = models.PositiveSmallIntegerField()
    urgency_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["passing", "clock_id"], name="a_clock_moves_once"),
        ]
        indexes = [
            models.Index(fields=["passing", "rank", "urgency_at", "id"], name="moves_in_order"),
            models.Index(
                fields=["passing", "department", "rank", "urgency_at", "id"],
                name="moves_of_department",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rule_id} {self.old_due_at} → {self.new_due_at}"
