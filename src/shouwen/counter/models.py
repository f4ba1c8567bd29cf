"""Tickets of the hall's queue, and who sits at which counter."""

from datetime import timedelta

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shouwen.cases.models import Case
from shouwen.core.events import Subject
from shouwen.customers.models import Customer, Premises
from shouwen.people.models import Staff


class Ticket(models.Model):
    """One customer in the queue of a day. Instants are UTC.

    `queued_at` decides the turn and stays when somebody is sent on; `only_at` is the counter they
    were sent to. `calls` counts how often the number was called in this turn. `kind` is what the
    clerk found the matter to be, `case` what it became.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("等候")
        CALLED = "called", _("已叫号")
        SERVING = "serving", _("办理中")
        DONE = "done", _("办完")
        NOT_COME = "not_come", _("过号")

    id = models.UUIDField(primary_key=True, editable=False)
    day = models.DateField()
    number = models.CharField(max_length=8)
    business = models.CharField(max_length=20)
    needs_care = models.BooleanField(default=False)
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    taken_at = models.DateTimeField()
    queued_at = models.DateTimeField()
    turns = models.PositiveSmallIntegerField(default=0)
    only_at = models.CharField(max_length=8, blank=True)
    counter = models.CharField(max_length=8, blank=True)
    staff = models.ForeignKey(
        Staff, null=True, blank=True, on_delete=models.PROTECT, related_name="tickets"
    )
    calls = models.PositiveSmallIntegerField(default=0)
    called_at = models.DateTimeField(null=True, blank=True)
    began_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    kind = models.CharField(max_length=20, blank=True)
    case = models.ForeignKey(
        Case, null=True, blank=True, on_delete=models.PROTECT, related_name="tickets"
    )
    customer = models.ForeignKey(Customer, null=True, blank=True, on_delete=models.PROTECT)
    premises = models.ForeignKey(Premises, null=True, blank=True, on_delete=models.PROTECT)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["day", "number"], name="one_ticket_of_a_number_a_day"),
            models.UniqueConstraint(
                fields=["staff"],
                condition=Q(state__in=["called", "serving"]),
                name="one_customer_at_a_time",
            ),
        ]
        indexes = [
            models.Index(fields=["day", "state", "queued_at"], name="tickets_of_day"),
            models.Index(fields=["staff", "day"], name="tickets_of_staff"),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.number}"

    @property
    def subject(self) -> Subject:
        """What the journal calls this customer's turn."""
        return Subject("contact", self.pk)

    @property
    def waited(self) -> timedelta:
        """From the ticket to the counter, or so far to the call."""
        until = self.began_at or self.called_at or self.taken_at
        return until - self.taken_at


class LastNumber(models.Model):
    """The last number of a letter on a day."""

    day = models.DateField()
    letter = models.CharField(max_length=1)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["day", "letter"], name="one_series_of_a_letter_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.letter}{self.last:03d}"


class Seat(models.Model):
    """Who sits at which counter, since when (UTC)."""

    staff = models.OneToOneField(
        Staff, primary_key=True, on_delete=models.PROTECT, related_name="seat"
    )
    counter = models.CharField(max_length=8, unique=True)
    since = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.counter}: {self.staff_id}"
