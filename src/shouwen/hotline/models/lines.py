"""What an exchange tells of a call, whose telephone rang, and what every agent is doing."""

from django.db import models

from shouwen.core import telephony
from shouwen.hotline.models.calls import Call
from shouwen.people.models import Staff


class LineEvent(models.Model):
    """One thing an exchange told of a call, as it was told. Written once, never changed.

    The id is computed from the source and its own name of the event: told again, it is the same
    row. `at` is when it happened, `heard_at` when we heard of it; both UTC.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="line_events")
    name = models.CharField(max_length=160)
    type = models.CharField(
        max_length=16, choices=[(name, name) for name in telephony.EVENT_TYPES]
    )
    at = models.DateTimeField()
    heard_at = models.DateTimeField()
    offer = models.CharField(max_length=96, blank=True)
    staff_no = models.CharField(max_length=16, blank=True)
    extension = models.CharField(max_length=20, blank=True)
    number = models.CharField(max_length=20, blank=True)
    by = models.CharField(max_length=10, blank=True)
    unanswered = models.BooleanField(default=False)
    queue = models.CharField(max_length=40, blank=True)
    cause = models.CharField(max_length=40, blank=True)
    direction = models.CharField(max_length=10, blank=True)
    media = models.CharField(max_length=200, blank=True)
    number_in_call = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.call_id} {self.type}"


class Offer(models.Model):
    """One ringing of one agent's telephone; a cache of the call's line events.

    The agent clock runs from `offered_at` to `answered_at`; a moment that is not known is empty.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="offers")
    staff = models.ForeignKey(Staff, null=True, blank=True, on_delete=models.PROTECT)
    offered_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(
        max_length=10,
        choices=[
            ("ringing", "振铃中"),
            ("answered", "已接"),
            ("unanswered", "没接"),
            ("unknown", "说不清"),
        ],
    )

    class Meta:
        ordering = ["offered_at", "id"]
        indexes = [models.Index(fields=["staff", "-offered_at"], name="offers_of_staff")]

    def __str__(self) -> str:
        return f"{self.call_id} → {self.staff_id} ({self.outcome})"


class AgentState(models.Model):
    """What one agent is doing at the telephone, since when, at which extension.

    `call` is the call that rings or is spoken; it stays through the work after the call.
    """

    class Status(models.TextChoices):
        OFF = "off", "离线"
        NOT_READY = "not_ready", "示忙"
        READY = "ready", "空闲"
        RINGING = "ringing", "振铃"
        TALKING = "talking", "通话中"
        AFTER_CALL = "after_call", "话后整理"

    staff = models.OneToOneField(Staff, primary_key=True, on_delete=models.PROTECT)
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.OFF)
    reason = models.CharField(max_length=40, blank=True)
    extension = models.CharField(max_length=20, blank=True)
    since = models.DateTimeField()
    call = models.ForeignKey(Call, null=True, blank=True, on_delete=models.SET_NULL)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["extension"],
                condition=~models.Q(extension="") & ~models.Q(status="off"),
                name="one_agent_at_an_extension",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.staff_id} {self.status}"


class LineRequest(models.Model):
    """Something an agent asked of the exchange at the screen, until the exchange has answered.

    `id` is the act's own: asked twice, it is done once. `told`: why the exchange does not do it.
    """

    class What(models.TextChoices):
        ANSWER = "answer", "接听"
        HOLD = "hold", "保持"
        RESUME = "resume", "恢复"
        TRANSFER = "transfer", "转接"
        HANG_UP = "hang_up", "挂机"
        DIAL = "dial", "拨号"
        REDIRECT = "redirect", "改派"

    class State(models.TextChoices):
        ASKED = "asked", "已请求"
        DONE = "done", "已完成"
        REFUSED = "refused", "未能执行"

    id = models.UUIDField(primary_key=True, editable=False)
    what = models.CharField(max_length=10, choices=What.choices)
    state = models.CharField(max_length=8, choices=State.choices, default=State.ASKED)
    call = models.ForeignKey(Call, null=True, blank=True, on_delete=models.CASCADE)
    staff = models.ForeignKey(Staff, on_delete=models.PROTECT)
    extension = models.CharField(max_length=20, blank=True)
    to = models.CharField(max_length=20, blank=True)
    queue = models.CharField(max_length=40, blank=True)
    told = models.CharField(max_length=200, blank=True)
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["asked_at"], condition=models.Q(state="asked"), name="requests_to_exchange"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.what} {self.state}"
