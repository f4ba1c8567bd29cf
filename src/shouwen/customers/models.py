"""Customers, the places where they use gas (premises), and the numbers they call from."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _


class CustomerClass(models.TextChoices):
    """What the gas is used for; decides which commitments hold."""

    RESIDENTIAL = "residential", _("居民")
    COMMERCIAL = "commercial", _("商业")
    INDUSTRIAL = "industrial", _("工业")
    HEATING = "heating", _("采暖")
    PUBLIC = "public", _("公福")


class Estate(models.Model):
    """A housing estate, village or street: the first level of an address."""

    name = models.CharField(max_length=60, unique=True)
    aliases = models.JSONField(default=list, blank=True)
    station = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Premises(models.Model):
    """One place with one gas supply: a flat, or a place of business.

    `building`, `unit` and `flat` are the figures of the address without 号楼, 单元, 室;
    a place that is no flat has a `place_name` instead.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    estate = models.ForeignKey(Estate, on_delete=models.PROTECT, related_name="premises")
    building = models.CharField(max_length=12, blank=True)
    unit = models.CharField(max_length=12, blank=True)
    flat = models.CharField(max_length=12, blank=True)
    place_name = models.CharField(max_length=60, blank=True)
    customer_class = models.CharField(
        max_length=16, choices=CustomerClass.choices, default=CustomerClass.RESIDENTIAL
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["estate", "building", "unit", "flat", "place_name"],
                name="one_premises_per_address",
            ),
        ]

    def __str__(self) -> str:
        return self.address

    @property
    def address(self) -> str:
        """The address as it is spoken: 松鹤新村 11号楼3单元201."""
        parts = [
            f"{self.building}号楼" if self.building else "",
            f"{self.unit}单元" if self.unit else "",
            self.flat,
            self.place_name,
        ]
        return f"{self.estate.name} {''.join(parts)}".strip()

    @property
    def short_address(self) -> str:
        """The address as it is written in lists: 松鹤新村 11-3-201."""
        figures = "-".join(part for part in (self.building, self.unit, self.flat) if part)
        return f"{self.estate.name} {figures or self.place_name}".strip()


class Customer(models.Model):
    """A person or firm that we serve."""

    class Title(models.TextChoices):
        MR = "先生", "先生"
        MS = "女士", "女士"
        UNKNOWN = "", "未知"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=60)
    surname = models.CharField(max_length=8, blank=True)
    title = models.CharField(max_length=8, choices=Title.choices, blank=True)
    special_care = models.CharField(
        max_length=16,
        blank=True,
        choices=[("elderly", "老"), ("frail", "弱"), ("ill", "病"), ("disabled", "残")],
    )

    def __str__(self) -> str:
        return self.name

    @property
    def called(self) -> str:
        """How we address the customer: surname and title, else the whole name."""
        return f"{self.surname}{self.title}" if self.surname and self.title else self.name


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
        constraints = [
            models.UniqueConstraint(fields=["customer", "number"], name="one_row_per_number"),
        ]

    def __str__(self) -> str:
        return self.number[-4:]
