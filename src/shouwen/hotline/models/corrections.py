"""What people decided of the verdicts on a call, where it is not what was heard."""

from django.db import models

from shouwen.hotline.models.calls import Call
from shouwen.people.models import Staff


class Correction(models.Model):
    """What stands of one rule on one call, as a person decided: it takes the place of the verdict with
    that number among those of its rule, or stands alone where nothing was heard.

    It stays when the call is judged anew.
    """

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="corrections")
    rule_id = models.CharField(max_length=80)
    number = models.PositiveSmallIntegerField()
    clause = models.CharField(max_length=24)
    verdict = models.CharField(
        max_length=16,
        choices=[(name, name) for name in ("kept", "broken", "not_applicable")],
    )
    failed = models.JSONField(default=list)
    staff = models.ForeignKey(Staff, on_delete=models.PROTECT)
    corrected_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["call", "rule_id", "number"], name="one_correction_of_a_verdict"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.call_id} {self.rule_id}: {self.verdict}"
