"""Which of several homes a call is about, as its agent said."""

from django.db import models
from django.db.models import Q

from shouwen.customers.models import Customer, Premises
from shouwen.hotline.models.calls import Call
from shouwen.people.models import Staff


class CallerChoice(models.Model):
    """The home that somebody chose for a call. The highest `version` of a call holds.

    Rows are only added. Without customer and premises: none of the homes on record is meant.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="choices")
    version = models.PositiveSmallIntegerField()
    customer = models.ForeignKey(Customer, null=True, blank=True, on_delete=models.PROTECT)
    premises = models.ForeignKey(Premises, null=True, blank=True, on_delete=models.PROTECT)
    staff = models.ForeignKey(Staff, on_delete=models.PROTECT)
    chosen_at = models.DateTimeField()

    class Meta:
        ordering = ["call", "version"]
        constraints = [
            models.UniqueConstraint(
                fields=["call", "version"], name="one_choice_of_a_version_per_call"
            ),
            models.CheckConstraint(
                condition=Q(premises__isnull=True) | Q(customer__isnull=False),
                name="a_chosen_home_has_a_customer",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.call_id} v{self.version}"
