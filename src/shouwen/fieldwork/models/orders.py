"""Orders to go somewhere, who was asked to, and who was paged for an alarm."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from shouwen.cases.models import Case
from shouwen.core.events import Subject
from shouwen.customers.models import Premises
from shouwen.people.models import Staff


class OrderKind(models.TextChoices):
    """What somebody is sent for."""

    ALARM = "alarm", _("险情")
    REPAIR = "repair", _("维修")
    HOME_SERVICE = "home_service", _("上门办理")
    INSPECTION = "inspection", _("安检")
    RECHECK = "recheck", _("隐患复查")
    IGNITION = "ignition", _("通气点火")
    OTHER = "other", _("其他上门")


class OrderState(models.TextChoices):
    """How far the work has come. Without access it waits again, for another time."""

    WAITING = "waiting", _("待派")
    OFFERED = "offered", _("待接单")
    ACCEPTED = "accepted", _("已接单")
    ON_WAY = "on_way", _("在途")
    ON_SITE = "on_site", _("在现场")
    DONE = "done", _("已完成")
    NO_ACCESS = "no_access", _("未能入户")
    REFERRED = "referred", _("已转出")
    CANCELLED = "cancelled", _("已撤销")


LIVE = (OrderState.OFFERED, OrderState.ACCEPTED, OrderState.ON_WAY, OrderState.ON_SITE)
"""Somebody has it."""
ASSIGNABLE = (
    OrderState.WAITING,
    OrderState.NO_ACCESS,
    OrderState.OFFERED,
    OrderState.ACCEPTED,
    OrderState.ON_WAY,
)
"""It may be given to somebody, or to somebody else."""
ENDED = (OrderState.DONE, OrderState.REFERRED, OrderState.CANCELLED)
OPEN_STATES = (OrderState.WAITING, OrderState.NO_ACCESS, *LIVE)
"""Somebody still waits for a visit."""


class OrderNumber(models.Model):
    """The last order number given out on a day."""

    day = models.DateField(primary_key=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.day}: {self.last}"


class Order(models.Model):
    """One visit that is to be made, until it was made. Instants are UTC.

    `due_at` caches the earliest open clock of the case. `version` counts what people decided about
    it: whoever decides on a page that showed an older one is told who was first. `special_care` and
    `place` are copies for the board. `planned_from` and `planned_until`: when it is to be done.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    number = models.CharField(max_length=16, unique=True)
    kind = models.CharField(max_length=16, choices=OrderKind.choices)
    case = models.ForeignKey(
        Case, null=True, blank=True, on_delete=models.PROTECT, related_name="orders"
    )
    premises = models.ForeignKey(
        Premises, null=True, blank=True, on_delete=models.PROTECT, related_name="orders"
    )
    place = models.CharField(max_length=120, blank=True)
    skills = models.JSONField(default=list)
    minutes = models.PositiveSmallIntegerField(default=30)
    urgent = models.BooleanField(default=False)
    special_care = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=OrderState.choices, default=OrderState.WAITING)
    assignee = models.ForeignKey(
        Staff, null=True, blank=True, on_delete=models.PROTECT, related_name="orders"
    )
    assigned_at = models.DateTimeField(null=True, blank=True)
    planned_from = models.DateTimeField(null=True, blank=True)
    planned_until = models.DateTimeField(null=True, blank=True)
    due_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(
        Staff, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    ended_at = models.DateTimeField(null=True, blank=True)
    end_reason = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(state__in=OPEN_STATES),
                name="one_open_order_of_a_case",
            ),
            models.CheckConstraint(
                condition=Q(state__in=LIVE, assignee__isnull=False)
                | ~Q(state__in=[*LIVE, OrderState.WAITING])
                | Q(state=OrderState.WAITING, assignee__isnull=True),
                name="orders_that_somebody_has_name_them",
            ),
            models.CheckConstraint(
                condition=Q(planned_from__isnull=True)
                | Q(planned_until__isnull=True)
                | Q(planned_until__gt=F("planned_from")),
                name="orders_end_after_they_begin",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "-urgent", "due_at", "id"], name="orders_by_urgency"),
            models.Index(fields=["assignee", "planned_from"], name="orders_of_staff"),
            models.Index(fields=["planned_from"], name="orders_by_plan"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def subject(self) -> Subject:
        """What the journal calls this order."""
        return Subject("order", self.pk)

    @property
    def is_open(self) -> bool:
        """True while somebody waits for the visit."""
        return self.state in OPEN_STATES

    @property
    def is_live(self) -> bool:
        """True while somebody has it."""
        return self.state in LIVE


class Assignment(models.Model):
    """Somebody was asked to go. `reasons` are the codes that spoke for them when they were asked."""

    class State(models.TextChoices):
        OFFERED = "offered", _("待接单")
        ACCEPTED = "accepted", _("已接单")
        REFUSED = "refused", _("退回")
        WITHDRAWN = "withdrawn", _("收回")
        REPLACED = "replaced", _("改派")

    id = models.UUIDField(primary_key=True, editable=False)
    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="assignments")
    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="assignments")
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.OFFERED)
    answered_at = models.DateTimeField(null=True, blank=True)
    refusal = models.CharField(max_length=120, blank=True)
    reasons = models.JSONField(default=list)

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["order"],
                condition=Q(state__in=["offered", "accepted"]),
                name="one_active_assignment_an_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.order_id}: {self.staff_id} {self.state}"


class Page(models.Model):
    """Somebody was rung for an order that nobody has accepted yet. `step`: the rung of the ladder."""

    id = models.UUIDField(primary_key=True, editable=False)
    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="pages")
    step = models.PositiveSmallIntegerField()
    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    channel = models.CharField(max_length=8)
    told_at = models.DateTimeField()

    class Meta:
        ordering = ["told_at", "step", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["order", "step", "staff", "channel"], name="one_page_of_a_step_each"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.order_id}: {self.step} {self.staff_id}"
