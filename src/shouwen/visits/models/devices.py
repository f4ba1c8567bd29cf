"""Phones of those who work outside, and the packages they pulled."""

from django.db import models

from shouwen.people.models import Staff


class Device(models.Model):
    """One browser on one phone. Its id is made there. Instants are UTC.

    `next_sequence`: the number of the event that is awaited; `last_at`: when the last one taken
    happened. After `expires_at` without contact the phone throws its readable data away by itself;
    `wipe_asked_at`: at its next contact it is told to. `clock_off`: seconds to add to its clock.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="devices")
    label = models.CharField(max_length=60, blank=True)
    registered_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    next_sequence = models.PositiveIntegerField(default=1)
    last_at = models.DateTimeField(null=True, blank=True)
    clock_off = models.IntegerField(default=0)
    wipe_asked_at = models.DateTimeField(null=True, blank=True)
    wipe_asked_by = models.ForeignKey(
        Staff, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    wiped_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-seen_at"]

    def __str__(self) -> str:
        return f"{self.staff_id}: {self.label or self.pk}"


class Package(models.Model):
    """What a phone was given for its day, when and under which edition of the standard."""

    id = models.UUIDField(primary_key=True, editable=False)
    device = models.ForeignKey(Device, on_delete=models.CASCADE, related_name="packages")
    pulled_at = models.DateTimeField()
    edition = models.CharField(max_length=80, blank=True)
    orders = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["-pulled_at"]

    def __str__(self) -> str:
        return f"{self.device_id}: {self.pulled_at.isoformat()}"


class Pass(models.Model):
    """A code by which somebody at home learns who stands at the door, while it is valid."""

    code = models.CharField(max_length=10, primary_key=True)
    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    order = models.ForeignKey("fieldwork.Order", on_delete=models.CASCADE, related_name="passes")
    valid_from = models.DateTimeField()
    valid_until = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["staff", "order"], name="one_pass_an_order_each"),
        ]

    def __str__(self) -> str:
        return f"{self.order_id}: {self.staff_id}"
