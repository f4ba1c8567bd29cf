"""How cases belong together: links between two, and merging one into another."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from shouwen.cases.models.matters import Case
from shouwen.people.models import Staff


class CaseLink(models.Model):
    """Two cases that have to do with each other. A duplicate names the one that stays as `other`.

    The other kinds have no direction: `case` is the one with the smaller number.
    """

    class Kind(models.TextChoices):
        RELATED = "related", _("相关")
        DUPLICATE = "duplicate", _("重复")
        SAME_CAUSE = "same_cause", _("同一原因")

    id = models.UUIDField(primary_key=True, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="links_out")
    other = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="links_in")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    made_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="links_made")
    made_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["made_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "other", "kind"],
                condition=Q(removed_at__isnull=True),
                name="two_cases_are_linked_once",
            ),
            models.CheckConstraint(condition=~Q(case=F("other")), name="no_link_to_itself"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.kind} {self.other_id}"


class Merge(models.Model):
    """One case merged into another, and perhaps taken apart again."""

    id = models.UUIDField(primary_key=True, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="merges")
    into = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="absorptions")
    made_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="merges_made")
    made_at = models.DateTimeField()
    undone_by = models.ForeignKey(
        Staff, null=True, blank=True, on_delete=models.PROTECT, related_name="merges_undone"
    )
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["made_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(undone_at__isnull=True),
                name="a_case_is_merged_into_one",
            ),
            models.CheckConstraint(condition=~Q(case=F("into")), name="no_merge_into_itself"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} → {self.into_id}"
