"""What phones reported, and what a person has to decide about it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shouwen.fieldwork.models import Order
from shouwen.people.models import Staff
from shouwen.visits.models.devices import Device


class Conflict(models.Model):
    """What a phone reported does not go with what the office decided, or with another finding.

    Both sides are kept as they were: the phone's are `reports`, the office's is `office`.
    `remark`: what the person who decided wrote.
    """

    class Reason(models.TextChoices):
        REASSIGNED = "reassigned", _("已改派别人")
        ENDED = "ended", _("单子已结束")
        CHANGED = "changed", _("时间或安排已改")
        NO_ORDER = "no_order", _("单子不在了")
        ALTERED = "altered", _("同一记录两种内容")
        NUMBER_TWICE = "number_twice", _("手机序号重复")
        WAITING = "waiting", _("前面的记录还没到")
        FINDINGS_DIFFER = "findings_differ", _("两次发现不一样")
        FAILED = "failed", _("没能记入")

    class Decision(models.TextChoices):
        SITE = "site", _("按现场")
        OFFICE = "office", _("按站里")

    id = models.UUIDField(primary_key=True, editable=False)
    reason = models.CharField(max_length=16, choices=Reason.choices)
    order = models.ForeignKey(
        Order, null=True, blank=True, on_delete=models.PROTECT, related_name="conflicts"
    )
    device = models.ForeignKey(Device, on_delete=models.PROTECT, related_name="conflicts")
    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    office = models.JSONField(default=dict)
    opened_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        Staff, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decision = models.CharField(max_length=8, choices=Decision.choices, blank=True)
    remark = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["opened_at", "id"]
        indexes = [
            models.Index(
                fields=["opened_at"], condition=Q(decided_at__isnull=True), name="conflicts_open"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.order_id}: {self.reason}"


class FieldEvent(models.Model):
    """One thing a phone wrote down. What it says never changes. Instants are UTC.

    `device_at` and `offset` (seconds) are the phone's word, `at` is what counts, `doubt` why it is
    another. `order_ref` is the order as named by the phone; `order` the one that there is.
    `version_after`: the order's version once this was taken. `state` is how far we are with it.
    """

    class State(models.TextChoices):
        HELD = "held", _("等前面的记录")
        APPLIED = "applied", _("已记入")
        KEPT = "kept", _("留着待定")

    id = models.UUIDField(primary_key=True, editable=False)
    device = models.ForeignKey(Device, on_delete=models.PROTECT, related_name="events")
    sequence = models.PositiveIntegerField()
    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=24)
    order_ref = models.UUIDField(null=True, blank=True)
    order = models.ForeignKey(
        Order, null=True, blank=True, on_delete=models.PROTECT, related_name="field_events"
    )
    visit_ref = models.UUIDField(null=True, blank=True)
    package = models.UUIDField(null=True, blank=True)
    base_version = models.PositiveIntegerField(default=0)
    edition = models.CharField(max_length=80, blank=True)
    device_at = models.DateTimeField()
    offset = models.IntegerField(default=0)
    at = models.DateTimeField()
    doubt = models.CharField(max_length=16, blank=True)
    received_at = models.DateTimeField()
    data = models.JSONField(default=dict)
    digest = models.CharField(max_length=64)
    state = models.CharField(max_length=8, choices=State.choices, default=State.HELD)
    version_after = models.PositiveIntegerField(default=0)
    conflict = models.ForeignKey(
        Conflict, null=True, blank=True, on_delete=models.PROTECT, related_name="reports"
    )

    class Meta:
        ordering = ["device", "sequence", "id"]
        indexes = [
            models.Index(fields=["device", "sequence"], name="field_events_in_turn"),
            models.Index(fields=["order_ref", "staff"], name="field_events_of_order"),
            models.Index(fields=["visit_ref"], name="field_events_of_visit"),
        ]

    def __str__(self) -> str:
        return f"{self.device_id} {self.sequence}: {self.kind}"


class SiteFinding(models.Model):
    """What counts at present of one thing in one place: the most dangerous that was reported."""

    place = models.UUIDField()
    what = models.CharField(max_length=40)
    danger = models.CharField(max_length=8)
    event = models.ForeignKey(FieldEvent, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["place", "what"], name="one_finding_counts"),
        ]

    def __str__(self) -> str:
        return f"{self.place} {self.what}: {self.danger}"


class SiteFacts(models.Model):
    """What the rules of the door ask and only somebody at the door knows, such as gas at its gap."""

    visit = models.OneToOneField(
        "fieldwork.Visit", primary_key=True, on_delete=models.PROTECT, related_name="site"
    )
    facts = models.JSONField(default=dict)

    def __str__(self) -> str:
        return f"{self.visit_id}"
