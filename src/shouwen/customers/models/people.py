"""Customers, their homes and their numbers, and which records were found to be one person."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from shouwen.customers.models.importing import ImportBatch
from shouwen.customers.models.places import Premises


class Customer(models.Model):
    """A person or firm that we serve.

    `special_care` is the kind of the latest open entry of the special-care register, kept here
    for lists. `merged_into` points to the record that took this one in; such a record is shown
    no more.
    """

    class Title(models.TextChoices):
        MR = "先生", _("先生")
        MS = "女士", _("女士")
        UNKNOWN = "", _("未知")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=60)
    surname = models.CharField(max_length=8, blank=True)
    title = models.CharField(max_length=8, choices=Title.choices, blank=True)
    special_care = models.CharField(
        max_length=16,
        blank=True,
        choices=[("elderly", "老"), ("frail", "弱"), ("ill", "病"), ("disabled", "残")],
    )
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged_from"
    )
    batch = models.ForeignKey(
        ImportBatch, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(merged_into__isnull=True)
                | ~models.Q(merged_into=models.F("id")),
                name="nobody_is_merged_into_themselves",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def called(self) -> str:
        """How we address the customer: surname and title, else the whole name."""
        return f"{self.surname}{self.title}" if self.surname and self.title else self.name


class Relation(models.TextChoices):
    """What a customer is to a premises."""

    OWNER = "owner", _("户主")
    TENANT = "tenant", _("租户")
    CONTACT = "contact", _("联系人")


class Occupancy(models.Model):
    """Who uses gas at which premises, from when until when (half-open, open end allowed)."""

    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="occupancies")
    premises = models.ForeignKey(Premises, on_delete=models.PROTECT, related_name="occupancies")
    relation = models.CharField(
        max_length=12, choices=[("owner", "户主"), ("tenant", "租户"), ("contact", "联系人")]
    )
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["customer", "premises", "since"], name="one_occupancy_per_start"
            ),
            models.UniqueConstraint(
                fields=["customer", "premises"],
                condition=models.Q(until__isnull=True),
                name="nobody_lives_twice_in_one_home",
            ),
            models.CheckConstraint(
                condition=models.Q(until__isnull=True) | models.Q(until__gt=models.F("since")),
                name="occupancy_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.customer_id} @ {self.premises_id}"


class Phone(models.Model):
    """A number a customer calls from. One number may belong to several customers and homes."""

    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="phones")
    number = models.CharField(max_length=20, db_index=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["customer", "number"], name="one_row_per_number"),
        ]

    def __str__(self) -> str:
        return self.number[-4:]


class Merge(models.Model):
    """Two records found to be one customer: what moved, so that it can be moved back.

    `moved` holds the ids of the rows that changed hands, by kind: occupancies, phones, care.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    kept = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="merges")
    merged = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="+")
    moved = models.JSONField(default=dict)
    merged_at = models.DateTimeField()
    merged_by = models.CharField(max_length=20)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-merged_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["merged"],
                condition=models.Q(undone_at__isnull=True),
                name="merged_once_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.merged_id} → {self.kept_id}"
