"""Recordings of calls: where the file lies, what it is, how long it is kept."""

from django.db import models

from shouwen.hotline.models.calls import Call


class Recording(models.Model):
    """One sound file of one call, checked when it came in.

    `path` lies under SHOUWEN_RECORDINGS_DIR. Two channels: the customer left, the agent right. The
    file goes when `kept_until` has passed; the row stays and says that there was one.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="recordings")
    path = models.CharField(max_length=80)
    channels = models.PositiveSmallIntegerField()
    seconds = models.FloatField()
    bytes = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    added_at = models.DateTimeField()
    kept_until = models.DateField()
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["call", "sha256"], name="one_row_a_recording"),
        ]
        indexes = [
            models.Index(
                fields=["kept_until"],
                condition=models.Q(removed_at=None),
                name="recordings_to_remove",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.call_id} {self.seconds:.0f} s"
