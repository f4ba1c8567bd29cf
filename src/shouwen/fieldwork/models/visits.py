"""Attempts at a door."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shouwen.core.events import Subject
from shouwen.fieldwork.models.appointments import Appointment
from shouwen.fieldwork.models.orders import Order
from shouwen.people.models import Staff


class Visit(models.Model):
    """One attempt of one person at one door. Its id is made on the phone. Instants are UTC.

    `started_at`: when the person set about it; `recorded_at`: when we heard of it. `alarm_job`,
    `announced` and `appointed` are what was known at the door; the rules ask for them.
    """

    class Outcome(models.TextChoices):
        DONE = "done", _("办好了")
        NO_ACCESS = "no_access", _("未能入户")
        REFUSED = "refused", _("客户拒绝")
        REFERRED = "referred", _("已转出")
        UNSAFE = "unsafe", _("不安全，停止作业")
        UNFINISHED = "unfinished", _("没做完")

    id = models.UUIDField(primary_key=True, editable=False)
    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="visits")
    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="visits")
    device = models.CharField(max_length=64, blank=True)
    appointment = models.ForeignKey(
        Appointment, null=True, blank=True, on_delete=models.PROTECT, related_name="visits"
    )
    started_at = models.DateTimeField()
    arrived_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=12, choices=Outcome.choices, blank=True)
    alarm_job = models.BooleanField(default=False)
    announced = models.BooleanField(default=True)
    appointed = models.BooleanField(default=False)
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["started_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_at__isnull=False) | Q(outcome=""),
                name="visits_under_way_have_no_outcome",
            ),
        ]
        indexes = [models.Index(fields=["staff", "started_at"], name="visits_of_staff")]

    def __str__(self) -> str:
        return f"{self.order_id}: {self.staff_id} {self.started_at.isoformat()}"

    @property
    def subject(self) -> Subject:
        """What the journal calls this attempt."""
        return Subject("visit", self.pk)
