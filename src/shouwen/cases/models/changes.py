"""What changed in a case, version by version, and who was told of a promise in danger."""

from django.db import models

from shouwen.cases.models.matters import Case
from shouwen.people.models import Staff


class CaseChange(models.Model):
    """What one version of a case changed: the kind of event, by whom (staff number), when.

    A page shows a version; what came after it is told to whoever acts on the older page.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="changes")
    version = models.PositiveIntegerField()
    kind = models.CharField(max_length=40)
    by = models.CharField(max_length=16)
    at = models.DateTimeField()

    class Meta:
        ordering = ["version"]
        constraints = [
            models.UniqueConstraint(fields=["case", "version"], name="one_change_per_version"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} v{self.version}: {self.kind}"


class Escalation(models.Model):
    """One person told that a promise nears or passed its due time, at one rung of the ladder."""

    id = models.UUIDField(primary_key=True, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="escalations")
    clock_id = models.UUIDField()
    due_at = models.DateTimeField()
    rung = models.CharField(max_length=40)
    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="escalations")
    told_at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["told_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["clock_id", "due_at", "rung", "staff"], name="nobody_is_told_twice"
            ),
        ]
        indexes = [
            models.Index(
                fields=["staff", "told_at"],
                condition=models.Q(seen_at__isnull=True),
                name="escalations_unseen",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.rung}"
