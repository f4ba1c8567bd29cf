"""Photos and signatures of visits; reports about gifts and attempts to buy a result."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from shouwen.core.events import Subject
from shouwen.fieldwork.models import Order
from shouwen.people.models import Staff


class Photo(models.Model):
    """A picture of a visit, made anew from what was sent: nothing hidden in the file survives.

    `gps` is where it was taken, kept apart from the picture; `taken_at` as the phone says.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    kind = models.CharField(max_length=12, default="photo")
    order = models.ForeignKey(
        Order, null=True, blank=True, on_delete=models.PROTECT, related_name="photos"
    )
    visit_ref = models.UUIDField(null=True, blank=True)
    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    stored_name = models.CharField(max_length=48, unique=True)
    sent_sha256 = models.CharField(max_length=64)
    sha256 = models.CharField(max_length=64)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    size = models.PositiveIntegerField()
    gps = models.CharField(max_length=40, blank=True)
    taken_at = models.DateTimeField(null=True, blank=True)
    received_at = models.DateTimeField()

    class Meta:
        ordering = ["received_at", "id"]
        indexes = [models.Index(fields=["visit_ref"], name="photos_of_visit")]

    def __str__(self) -> str:
        return self.stored_name


class GiftReport(models.Model):
    """Something was offered to somebody at work, and what the superior decided about it."""

    class Kind(models.TextChoices):
        GIFT = "gift", _("馈赠或招待")
        INTEGRITY = "integrity", _("以好处求通融")

    class Decision(models.TextChoices):
        FINE = "fine", _("处理得当")
        RETURN = "return", _("退还客户")
        HAND_IN = "hand_in", _("上交公司")
        LOOK_INTO = "look_into", _("进一步核查")

    id = models.UUIDField(primary_key=True, editable=False)
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.GIFT)
    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="gift_reports")
    order = models.ForeignKey(
        Order, null=True, blank=True, on_delete=models.PROTECT, related_name="gift_reports"
    )
    offered_at = models.DateTimeField()
    reported_at = models.DateTimeField()
    what = models.CharField(max_length=120, blank=True)
    circumstances = models.CharField(max_length=300, blank=True)
    refused = models.BooleanField(default=True)
    decision = models.CharField(max_length=10, choices=Decision.choices, blank=True)
    remark = models.CharField(max_length=200, blank=True)
    decided_by = models.ForeignKey(
        Staff, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-reported_at", "id"]

    def __str__(self) -> str:
        return f"{self.staff_id}: {self.kind}"

    @property
    def subject(self) -> Subject:
        """What the journal calls this report."""
        return Subject("gift", self.pk)
