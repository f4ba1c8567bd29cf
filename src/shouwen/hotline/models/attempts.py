"""Calling back what was promised: each attempt, and how a promise stands with its attempts."""

from django.db import models

from shouwen.cases.models import Promise
from shouwen.core.retrying import OUTCOMES
from shouwen.hotline.models.calls import Call
from shouwen.people.models import Staff

NOT_MADE = "not_made"
"""The exchange did not dial: it counts as no attempt."""
OUTCOME_CHOICES = [(name, name) for name in (*OUTCOMES, NOT_MADE)]


class CallBack(models.Model):
    """How a promised call stands: attempts so far, from when on it is tried again, who was asked to.

    `next_at` empty: at once. `over_at`: no further attempt is planned; the promise still stands.
    """

    promise = models.OneToOneField(
        Promise, primary_key=True, on_delete=models.CASCADE, related_name="call_back"
    )
    tries = models.PositiveSmallIntegerField(default=0)
    last_outcome = models.CharField(max_length=14, choices=OUTCOME_CHOICES, blank=True)
    next_at = models.DateTimeField(null=True, blank=True)
    caller = models.ForeignKey(
        Staff, null=True, blank=True, on_delete=models.PROTECT, related_name="call_backs_given"
    )
    over_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["caller"],
                condition=models.Q(caller__isnull=False),
                name="call_backs_given_to",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.promise_id}: {self.tries}"


class CallAttempt(models.Model):
    """One attempt to call back: by whom, when, on which call, and what became of it.

    The id is that of the act. Without an outcome it is under way, or nobody has said yet.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    promise = models.ForeignKey(Promise, on_delete=models.CASCADE, related_name="attempts")
    staff = models.ForeignKey(Staff, on_delete=models.PROTECT)
    call = models.ForeignKey(
        Call, null=True, blank=True, on_delete=models.SET_NULL, related_name="attempts"
    )
    number = models.CharField(max_length=20, blank=True)
    began_at = models.DateTimeField()
    outcome = models.CharField(max_length=14, choices=OUTCOME_CHOICES, blank=True)
    told_at = models.DateTimeField(null=True, blank=True)
    next_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["began_at", "id"]
        indexes = [
            models.Index(fields=["promise", "began_at"], name="attempts_of_promise"),
            models.Index(
                fields=["staff", "began_at"],
                condition=models.Q(outcome=""),
                name="attempts_under_way",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.promise_id}: {self.outcome or '…'}"
