"""What belongs to the kind of a case: its form, and a superior asked about what is outside authority."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from shouwen.cases.models.matters import Case
from shouwen.people.models import Staff


class CaseDetail(models.Model):
    """One field of the form of a case, by its id in the standard pack. An empty one has no row.

    `mask` is what kind of personal thing the pack says it is, "" for what names nobody. `bars`: the
    value is a staff number, and the case never goes to that person.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="details")
    field = models.SlugField(max_length=40)
    value = models.CharField(max_length=200)
    mask = models.CharField(max_length=8, blank=True)
    bars = models.BooleanField(default=False)
    set_at = models.DateTimeField()
    set_by = models.CharField(max_length=16)

    class Meta:
        ordering = ["case", "id"]
        constraints = [
            models.UniqueConstraint(fields=["case", "field"], name="one_value_of_a_field"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.field}"


class AnswerRequest(models.Model):
    """A question outside an agent's authority, put to a superior. Another person than the asker decides.

    `answer` is what the agent would say, or what the superior says instead; `due_at` until when the
    customer is to have it.
    """

    class State(models.TextChoices):
        ASKED = "asked", _("待批")
        APPROVED = "approved", _("已批准")
        REFUSED = "refused", _("未批准")

    id = models.UUIDField(primary_key=True, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="answer_requests")
    question = models.CharField(max_length=300)
    answer = models.CharField(max_length=300, blank=True)
    due_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.ASKED)
    asked_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="answers_asked")
    asked_at = models.DateTimeField()
    answered_by = models.ForeignKey(
        Staff, null=True, blank=True, on_delete=models.PROTECT, related_name="answers_decided"
    )
    answered_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["asked_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(state="asked"),
                name="one_open_answer_request_per_case",
            ),
            models.CheckConstraint(
                condition=Q(answered_by__isnull=True) | ~Q(answered_by=F("asked_by")),
                name="nobody_approves_an_own_answer",
            ),
        ]
        indexes = [
            models.Index(
                fields=["asked_at"], condition=Q(state="asked"), name="answers_asked_for"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.state}"
