"""Where gas reaches a premises and through what: service point, meters, appliances."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from shouwen.customers.models.places import Premises


class ServicePoint(models.Model):
    """The point at which a premises is supplied; it carries the account number.

    `until` is the first day without supply contract (half-open); None while it is in force.
    """

    premises = models.ForeignKey(Premises, on_delete=models.PROTECT, related_name="points")
    account_no = models.CharField(max_length=24, unique=True)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["premises"],
                condition=models.Q(until__isnull=True),
                name="one_service_point_at_a_time",
            ),
            models.CheckConstraint(
                condition=models.Q(until__isnull=True) | models.Q(until__gt=models.F("since")),
                name="service_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return self.account_no


class MeterKind(models.TextChoices):
    """How a meter counts and is read."""

    DIAPHRAGM = "diaphragm", _("膜式表")
    PREPAID = "prepaid", _("IC 卡表")
    REMOTE = "remote", _("远传表")
    INDUSTRIAL = "industrial", _("流量计")


class Meter(models.Model):
    """A gas meter at a premises from `installed_on` until `removed_on` (half-open)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    premises = models.ForeignKey(Premises, on_delete=models.PROTECT, related_name="meters")
    serial = models.CharField(max_length=40, db_index=True)
    kind = models.CharField(max_length=12, choices=MeterKind.choices, default=MeterKind.DIAPHRAGM)
    installed_on = models.DateField()
    removed_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["-installed_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["serial"],
                condition=models.Q(removed_on__isnull=True),
                name="a_meter_is_in_one_place",
            ),
            models.CheckConstraint(
                condition=models.Q(removed_on__isnull=True)
                | models.Q(removed_on__gt=models.F("installed_on")),
                name="a_meter_is_removed_after_it_is_installed",
            ),
        ]

    def __str__(self) -> str:
        return self.serial


class ApplianceKind(models.TextChoices):
    """What burns gas, or watches over it, at a customer's."""

    COOKER = "cooker", _("灶具")
    WATER_HEATER = "water_heater", _("热水器")
    BOILER = "boiler", _("壁挂炉")
    ALARM = "alarm", _("报警器")
    HOSE = "hose", _("连接软管")
    OTHER = "other", _("其他")


class Appliance(models.Model):
    """An appliance at a premises. `made_on` is the day of manufacture, where the plate tells it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    premises = models.ForeignKey(Premises, on_delete=models.PROTECT, related_name="appliances")
    kind = models.CharField(max_length=16, choices=ApplianceKind.choices)
    make = models.CharField(max_length=60, blank=True)
    made_on = models.DateField(null=True, blank=True)
    installed_on = models.DateField()
    removed_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["-installed_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(removed_on__isnull=True)
                | models.Q(removed_on__gt=models.F("installed_on")),
                name="an_appliance_is_removed_after_it_is_installed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.make}".strip()
