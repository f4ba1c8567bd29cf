"""Journal entries and their seals. Rows of Entry, Seal and SealedHead are never changed or removed."""

from django.db import models
from django.db.models import Q

from shouwen.core.events import Subject


class Entry(models.Model):
    """One thing that happened. Instants are UTC.

    `id` is made by whoever causes the entry and is its idempotency key for ever. `happened_at` is
    when it happened, `recorded_at` when the program was told. `data` holds facts, no personal text.
    `standard_version` is the digest of the standard in force, empty where no standard was asked.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    happened_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    source = models.CharField(max_length=20)
    kind = models.CharField(max_length=40)
    subject_kind = models.CharField(max_length=20)
    subject_id = models.UUIDField()
    actor = models.CharField(max_length=20, blank=True)
    on_behalf_of = models.CharField(max_length=20, blank=True)
    workstation = models.CharField(max_length=64, blank=True)
    data = models.JSONField(default=dict)
    standard_version = models.CharField(max_length=80, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["subject_kind", "subject_id", "happened_at"], name="entry_of_subject"
            ),
            models.Index(fields=["kind", "happened_at"], name="entry_by_kind"),
            models.Index(fields=["recorded_at"], name="entry_by_recording"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.happened_at.isoformat()}"

    @property
    def subject(self) -> Subject:
        """What the entry is about."""
        return Subject(self.subject_kind, self.subject_id)


class Unsealed(models.Model):
    """An entry that waits for its seal: written with the entry, removed with the seal.

    A row put into the journal behind the program's back is not announced here, stays unsealed and
    is found by `verify`.
    """

    entry = models.OneToOneField(
        Entry, primary_key=True, on_delete=models.PROTECT, related_name="+"
    )

    def __str__(self) -> str:
        return str(self.pk)


class Seal(models.Model):
    """One link of the chain: `hash` covers `prev`, `position` and every column of the entry (hex)."""

    position = models.BigIntegerField(primary_key=True)
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="seal")
    prev = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)
    sealed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(position__gte=1), name="seals_count_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.position}: {self.hash[:12]}"


class SealedHead(models.Model):
    """The chain up to `position`, signed (Ed25519, hex). Copies leave the database at once."""

    position = models.BigIntegerField(primary_key=True)
    hash = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    key = models.CharField(max_length=16)
    signature = models.CharField(max_length=128)

    def __str__(self) -> str:
        return f"{self.position}: {self.hash[:12]}"


class SealingTurn(models.Model):
    """One row that a sealer holds while it seals, so that two never extend the chain at once."""

    id = models.PositiveSmallIntegerField(primary_key=True)

    def __str__(self) -> str:
        return str(self.pk)
