"""Estates and premises, and what was true of a premises from which day on."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from shouwen.customers.models.importing import ImportBatch


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
    a place that is no flat has a `place_name` instead. `customer_class` is the class of today;
    what held on another day is in `attributes` (`queries.class_on`).
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
    batch = models.ForeignKey(
        ImportBatch, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
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


class AttributeName(models.TextChoices):
    """What changes about a premises and decides something from its day on."""

    CUSTOMER_CLASS = "customer_class", _("用气类别")
    ZONE = "zone", _("区域")
    SUPPLY = "supply", _("供气状态")
    METER_PLACE = "meter_place", _("表的位置")


class Attribute(models.Model):
    """One attribute of a premises has this value from `since` on, until the next row of its name.

    `since` is a day of the organisation's time zone; it may lie ahead.
    """

    premises = models.ForeignKey(Premises, on_delete=models.CASCADE, related_name="attributes")
    name = models.CharField(max_length=20, choices=AttributeName.choices)
    value = models.CharField(max_length=20)
    since = models.DateField()

    class Meta:
        ordering = ["name", "-since"]
        constraints = [
            models.UniqueConstraint(
                fields=["premises", "name", "since"], name="one_value_of_an_attribute_per_day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.premises_id}: {self.name}={self.value}"
