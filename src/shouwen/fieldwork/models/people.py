"""Who works outside, what they can do and where; where the estates lie on the schematic map."""

from django.db import models
from django.db.models import Q

from shouwen.customers.models import Estate
from shouwen.people.models import Staff


class TechnicianProfile(models.Model):
    """What one person in the field can be sent to. `skills` are codes of the pack (dispatch.toml).

    `home` is where the day begins; `max_hours` how long a day of work may be at most; `phone` is the
    service telephone that is rung for alarms.
    """

    staff = models.OneToOneField(
        Staff, primary_key=True, on_delete=models.PROTECT, related_name="technician"
    )
    skills = models.JSONField(default=list)
    home = models.ForeignKey(
        Estate, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    max_hours = models.PositiveSmallIntegerField(default=8)
    phone = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(max_hours__gte=1, max_hours__lte=24), name="a_day_of_work_has_hours"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.staff_id}: {', '.join(self.skills)}"


class Zone(models.Model):
    """A part of the town, and who knows their way there."""

    name = models.CharField(max_length=40, unique=True)
    estates = models.ManyToManyField(Estate, related_name="zones", blank=True)
    staff = models.ManyToManyField(Staff, related_name="zones", blank=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class EstateSpot(models.Model):
    """Where an estate lies on the schematic map, in steps of 100 m from a corner of the area."""

    estate = models.OneToOneField(
        Estate, primary_key=True, on_delete=models.CASCADE, related_name="spot"
    )
    x = models.PositiveSmallIntegerField()
    y = models.PositiveSmallIntegerField()

    def __str__(self) -> str:
        return f"{self.estate_id}: {self.x}, {self.y}"
