"""What a case has on paper and in files: attachments, printed work orders, late entries."""

from django.db import models

from shouwen.cases.models.matters import Case
from shouwen.people.models import Staff


class Attachment(models.Model):
    """A file that belongs to a case.

    `stored_name` is made here and names the file on disk; `original_name` is only data.
    `media_type` is what the content turned out to be, `size` is in bytes.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="attachments")
    stored_name = models.CharField(max_length=48, unique=True)
    original_name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=40)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    added_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="attachments")
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["added_at", "id"]

    def __str__(self) -> str:
        return self.stored_name


class Printout(models.Model):
    """One printed work order: who keeps it, what for, until when."""

    id = models.UUIDField(primary_key=True, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="printouts")
    ordinal = models.PositiveSmallIntegerField()
    purpose = models.CharField(max_length=24)
    keeper = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="printouts_kept")
    destroy_on = models.DateField()
    printed_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="printouts")
    printed_at = models.DateTimeField()
    workstation = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ["case", "ordinal"]
        constraints = [
            models.UniqueConstraint(fields=["case", "ordinal"], name="prints_of_a_case_numbered"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}-P{self.ordinal}"


class PaperEntry(models.Model):
    """That a case was entered from paper after the fact: from which paper, by whom, why late."""

    case = models.OneToOneField(Case, on_delete=models.CASCADE, related_name="paper_entry")
    paper = models.CharField(max_length=60)
    reason = models.CharField(max_length=24)
    words = models.CharField(max_length=200, blank=True)
    entered_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="paper_entries")
    entered_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.case_id}: {self.paper}"
