"""Asking to void a case whose promises are broken or still run."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from shouwen.cases.models.matters import Case
from shouwen.people.models import Staff


class VoidRequest(models.Model):
    """A case that somebody wants void. Another person than the asker decides."""

    class State(models.TextChoices):
        ASKED = "asked", _("待批")
        APPROVED = "approved", _("已批准")
        REFUSED = "refused", _("未批准")

    id = models.UUIDField(primary_key=True, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="void_requests")
    reason = models.CharField(max_length=24)
    words = models.CharField(max_length=300, blank=True)
    asked_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="voids_asked")
    asked_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.ASKED)
    answered_by = models.ForeignKey(
        Staff, null=True, blank=True, on_delete=models.PROTECT, related_name="voids_answered"
    )
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["asked_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(state="asked"), name="one_open_void_request_per_case"
            ),
            models.CheckConstraint(
                condition=Q(answered_by__isnull=True) | ~Q(answered_by=F("asked_by")),
                name="nobody_approves_what_they_asked_for",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.reason} ({self.state})"
