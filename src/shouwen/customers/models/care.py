"""The register of customers who need special care: with their consent, reviewed by a day."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shouwen.customers.models.people import Customer


class CareKind(models.TextChoices):
    """Why somebody needs special care."""

    ELDERLY = "elderly", _("老")
    FRAIL = "frail", _("弱")
    ILL = "ill", _("病")
    DISABLED = "disabled", _("残")


class ConsentHow(models.TextChoices):
    """How a customer agreed to be registered."""

    SIGNED = "signed", _("书面签字")
    HALL = "hall", _("营业厅当面")
    PHONE = "phone", _("电话（有录音）")
    VISIT = "visit", _("上门当面")


class CareEntry(models.Model):
    """One entry: whom, why, with which consent, what is needed, by when it is reviewed.

    The entry holds from `since` until `until` (half-open); None while it is in force.
    `review_on` is the last day for the next review, `reviewed_on` when it was last looked at.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="care")
    kind = models.CharField(max_length=12, choices=CareKind.choices)
    needs = models.CharField(max_length=200)
    contact = models.CharField(max_length=80, blank=True)
    handles_at_home = models.BooleanField(default=True)
    consented_on = models.DateField()
    consent_how = models.CharField(max_length=12, choices=ConsentHow.choices)
    since = models.DateField()
    reviewed_on = models.DateField()
    review_on = models.DateField()
    until = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["review_on", "id"]
        indexes = [
            models.Index(
                fields=["review_on", "id"], condition=Q(until__isnull=True), name="care_by_review"
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["customer", "kind"],
                condition=Q(until__isnull=True),
                name="one_open_care_entry_of_a_kind",
            ),
            models.CheckConstraint(
                condition=Q(consented_on__lte=models.F("since")),
                name="nobody_is_registered_before_consent",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.customer_id}: {self.kind}"
