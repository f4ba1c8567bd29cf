"""Letters: what people wrote to us, their files, how far a mailbox was read."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shouwen.cases.models import Case
from shouwen.core.events import Subject
from shouwen.people.models import Staff


class Letter(models.Model):
    """A mail or a form from the web. Instants are UTC.

    `key` is the same for the same letter however often it comes. `arrived_at` is when it came in,
    from where its clocks run; `recorded_at` when we heard of it. `thread` is the case that it seems to
    belong to. When its time is over, words and files are erased (`erased_at`); the row stays.
    `danger` are the words of a leak or another danger in it; somebody must have seen them.
    """

    class Channel(models.TextChoices):
        MAIL = "mail", _("邮件")
        WEB = "web", _("网页")

    class State(models.TextChoices):
        NEW = "new", _("待领取")
        TAKEN = "taken", _("已领取")
        IN_CASE = "in_case", _("已立工单")
        ANSWERED = "answered", _("已答复")
        SET_ASIDE = "set_aside", _("垃圾信")
        AUTOMATIC = "automatic", _("自动回信")

    id = models.UUIDField(primary_key=True, editable=False)
    key = models.CharField(max_length=64, unique=True)
    receipt = models.CharField(max_length=16, unique=True)
    channel = models.CharField(max_length=4, choices=Channel.choices)
    state = models.CharField(max_length=10, choices=State.choices, default=State.NEW)
    arrived_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    sender_name = models.CharField(max_length=60, blank=True)
    sender = models.CharField(max_length=254, blank=True)
    phone = models.CharField(max_length=20, blank=True)
    place = models.CharField(max_length=120, blank=True)
    subject = models.CharField(max_length=200, blank=True)
    words = models.TextField(blank=True)
    message_id = models.CharField(max_length=255, blank=True)
    automatic = models.CharField(max_length=16, blank=True)
    is_broken = models.BooleanField(default=False)
    consented_at = models.DateTimeField(null=True, blank=True)
    danger = models.JSONField(default=list)
    danger_seen_at = models.DateTimeField(null=True, blank=True)
    danger_seen_by = models.ForeignKey(
        Staff, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    owner = models.ForeignKey(
        Staff, null=True, blank=True, on_delete=models.PROTECT, related_name="letters"
    )
    taken_at = models.DateTimeField(null=True, blank=True)
    case = models.ForeignKey(
        Case, null=True, blank=True, on_delete=models.PROTECT, related_name="letters"
    )
    thread = models.ForeignKey(
        Case, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)
    spam_reason = models.CharField(max_length=20, blank=True)
    erased_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="taken") | Q(owner__isnull=False),
                name="a_taken_letter_has_an_owner",
            ),
            models.CheckConstraint(
                condition=~Q(state="in_case") | Q(case__isnull=False),
                name="a_letter_in_a_case_names_it",
            ),
            models.CheckConstraint(
                condition=Q(erased_at__isnull=True)
                | Q(sender_name="", sender="", phone="", place="", subject="", words=""),
                name="erased_letters_name_nobody",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "recorded_at", "id"], name="letters_by_state"),
            models.Index(fields=["recorded_at", "id"], name="letters_by_age"),
            models.Index(
                fields=["recorded_at"],
                condition=Q(erased_at__isnull=True),
                name="letters_not_erased",
            ),
            models.Index(
                fields=["message_id"], condition=~Q(message_id=""), name="letters_by_message_id"
            ),
            models.Index(
                fields=["recorded_at"],
                condition=Q(danger_seen_at__isnull=True) & ~Q(danger=[]),
                name="letters_in_danger",
            ),
        ]

    def __str__(self) -> str:
        return self.receipt

    @property
    def about(self) -> Subject:
        """What the journal calls this letter."""
        return Subject("letter", self.pk)

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to deal with it."""
        return self.state in (self.State.NEW, self.State.TAKEN)


class LetterFile(models.Model):
    """A file of a letter. `refused` says why there is none: kind, size, many, or its time was over (erased)."""

    letter = models.ForeignKey(Letter, on_delete=models.CASCADE, related_name="files")
    ordinal = models.PositiveSmallIntegerField()
    stored_name = models.CharField(max_length=40, blank=True)
    original_name = models.CharField(max_length=200, blank=True)
    media_type = models.CharField(max_length=40, blank=True)
    size = models.PositiveIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    refused = models.CharField(max_length=8, blank=True)

    class Meta:
        ordering = ["ordinal"]
        constraints = [
            models.UniqueConstraint(
                fields=["letter", "ordinal"], name="files_of_a_letter_in_order"
            ),
            models.CheckConstraint(
                condition=Q(stored_name="") ^ Q(refused=""), name="a_file_is_kept_or_refused"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.letter_id} {self.ordinal}"


class MailboxMark(models.Model):
    """How far a mailbox has been read, and since when it cannot be (UTC)."""

    name = models.CharField(max_length=120, primary_key=True)
    validity = models.BigIntegerField(default=0)
    last_uid = models.BigIntegerField(default=0)
    read_at = models.DateTimeField(null=True, blank=True)
    away_since = models.DateTimeField(null=True, blank=True)
    away_why = models.CharField(max_length=120, blank=True)

    def __str__(self) -> str:
        return f"{self.name}: {self.last_uid}"
