"""A fault that concerns many: where it is, the cases it gathers, and that each of them was told."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shouwen.cases.models.matters import Case
from shouwen.customers.models import Estate
from shouwen.people.models import Staff


class Incident(models.Model):
    """One fault of the network. It is known by the number of the case it began with (`lead`).

    `zone` is the pressure zone in free words; `estates` decide which callers it concerns. `until`:
    when supply is expected back, empty while nobody knows. Instants are UTC.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    lead = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="incident")
    place = models.CharField(max_length=120)
    zone = models.CharField(max_length=60, blank=True)
    estates = models.ManyToManyField(Estate, related_name="incidents", blank=True)
    until = models.DateTimeField(null=True, blank=True)
    opened_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    ended_by = models.ForeignKey(
        Staff, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    ended_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["-opened_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_by__isnull=False),
                name="ended_incidents_say_by_whom",
            ),
        ]
        indexes = [
            models.Index(
                fields=["opened_at"], condition=Q(ended_at__isnull=True), name="incidents_open"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.lead_id}: {self.place}"

    @property
    def is_open(self) -> bool:
        """True while the fault lasts."""
        return self.ended_at is None


class IncidentCase(models.Model):
    """A case that belongs to an incident, and how its customer got the answer in the end."""

    class Told(models.TextChoices):
        SMS = "sms", _("已发短信答复")
        CALL_BACK = "call_back", _("待回电")
        BEFORE = "before", _("先前已办结")

    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="members")
    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="gathered")
    joined_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    joined_at = models.DateTimeField()
    told = models.CharField(max_length=10, choices=Told.choices, blank=True)
    told_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["joined_at", "id"]

    def __str__(self) -> str:
        return f"{self.incident_id}: {self.case_id}"
