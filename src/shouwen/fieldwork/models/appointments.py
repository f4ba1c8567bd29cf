"""Times agreed with customers. A time that was moved keeps its row."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from shouwen.core.events import Subject
from shouwen.fieldwork.models.orders import Order
from shouwen.people.models import Staff


class Appointment(models.Model):
    """A window in which somebody comes. Instants are UTC.

    `promise` is the same for a time and those it was moved to: what the journal calls the promise
    and what its clocks run for. `eta_at`: when somebody will really come, as last told.
    """

    class State(models.TextChoices):
        OPEN = "open", _("已约")
        MOVED = "moved", _("已改约")
        KEPT = "kept", _("守时")
        LATE = "late", _("迟到")
        MISSED = "missed", _("失约")
        CANCELLED = "cancelled", _("已取消")

    class BookedBy(models.TextChoices):
        AGENT = "agent", _("坐席")
        CUSTOMER = "customer", _("客户")
        TECHNICIAN = "technician", _("师傅")

    id = models.UUIDField(primary_key=True, editable=False)
    promise = models.UUIDField()
    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="appointments")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    booked_by = models.CharField(max_length=10, choices=BookedBy.choices)
    channel = models.CharField(max_length=16, default="phone")
    by = models.ForeignKey(
        Staff, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    moved_from = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    ended_at = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    delay_told_at = models.DateTimeField(null=True, blank=True)
    eta_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["made_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["order"], condition=Q(state="open"), name="one_open_appointment_an_order"
            ),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="windows_end_after_they_begin"
            ),
        ]
        indexes = [
            models.Index(
                fields=["starts_at"], condition=Q(state="open"), name="appointments_open"
            ),
            models.Index(fields=["promise"], name="appointments_by_promise"),
        ]

    def __str__(self) -> str:
        return f"{self.order_id}: {self.starts_at.isoformat()}"

    @property
    def subject(self) -> Subject:
        """What the journal calls the promise to come at that time."""
        return Subject("appointment", self.promise)
