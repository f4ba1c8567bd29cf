"""Messages to people and who does not want any."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shouwen.core.events import Subject

CHANNELS = [("sms", "短信"), ("mail", "邮件"), ("file", "文件")]


class Message(models.Model):
    """One message to one recipient. Instants are UTC.

    `key` says what the message is: asking twice for the same message gives one. Recipient,
    parameters, title and body are personal; they are emptied when the message is erased, the row
    stays. `state` only moves forward, until a person has a failed message sent again: that is the
    next `round`, which the gateway knows by another name. `due_at` is when it is to be sent next.
    `answers` is the Message-ID of the mail that it answers; `is_written`: a person wrote it.
    """

    class State(models.TextChoices):
        QUEUED = "queued", _("待发")
        SENDING = "sending", _("发送中")
        SENT = "sent", _("已发出")
        DELIVERED = "delivered", _("已送达")
        FAILED = "failed", _("失败")
        SUPPRESSED = "suppressed", _("不发")

    id = models.UUIDField(primary_key=True, editable=False)
    key = models.CharField(max_length=160, unique=True)
    channel = models.CharField(max_length=4, choices=CHANNELS)
    recipient = models.CharField(max_length=254, blank=True)
    text_id = models.CharField(max_length=60)
    params = models.JSONField(default=dict)
    language = models.CharField(max_length=2, choices=[("zh", "中文"), ("en", "English")])
    title = models.CharField(max_length=200, blank=True)
    body = models.TextField(blank=True)
    is_urgent = models.BooleanField(default=False)
    is_written = models.BooleanField(default=False)
    answers = models.CharField(max_length=255, blank=True)

    state = models.CharField(max_length=10, choices=State.choices)
    reason = models.CharField(max_length=20, blank=True)
    detail = models.CharField(max_length=120, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    round = models.PositiveSmallIntegerField(default=1)
    provider_id = models.CharField(max_length=100, blank=True)

    asked_at = models.DateTimeField()
    due_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    delivered_at = models.DateTimeField(null=True, blank=True)
    erased_at = models.DateTimeField(null=True, blank=True)

    about_kind = models.CharField(max_length=20)
    about_id = models.UUIDField()
    asked_by = models.CharField(max_length=16, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(erased_at__isnull=True) | Q(recipient="", title="", body=""),
                name="erased_messages_name_nobody",
            ),
            models.CheckConstraint(
                condition=~Q(state="delivered") | Q(delivered_at__isnull=False),
                name="delivered_messages_say_when",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "id"], name="messages_by_state"),
            models.Index(
                fields=["channel", "recipient", "due_at"],
                condition=~Q(recipient=""),
                name="messages_of_recipient",
            ),
            models.Index(fields=["about_kind", "about_id"], name="messages_about"),
            models.Index(
                fields=["provider_id"], condition=~Q(provider_id=""), name="messages_by_provider"
            ),
            models.Index(
                fields=["asked_at"], condition=Q(erased_at__isnull=True), name="messages_by_age"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.text_id} ({self.state})"

    @property
    def about(self) -> Subject:
        """What the message is about."""
        return Subject(self.about_kind, self.about_id)

    @property
    def outside_key(self) -> str:
        """What the other side knows this message by; the same for every attempt of a round."""
        return f"{self.pk}-{self.round}"


class OptOut(models.Model):
    """An address that wants no messages on a channel, from `since` until `ended_at` (UTC)."""

    channel = models.CharField(max_length=4, choices=CHANNELS)
    address = models.CharField(max_length=254)
    since = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    noted_by = models.CharField(max_length=16, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["channel", "address"],
                condition=Q(ended_at__isnull=True),
                name="one_open_opt_out_per_address",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.since.isoformat()}"
