"""Cases and all that hangs on them: owner chain, hand-overs, promises, gaps."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shouwen.customers.models import Customer, Premises
from shouwen.people.models import Department, Staff


class CaseKind(models.TextChoices):
    """What a customer wants of us; decides form, clocks and department."""

    CONSULTATION = "consultation", _("咨询")
    COMPLAINT = "complaint", _("投诉")
    REPAIR = "repair", _("报修")
    ALARM = "alarm", _("报警")
    NETWORK_FAULT = "network_fault", _("管网故障")
    NEW_CONNECTION = "new_connection", _("报装")
    HOME_SERVICE = "home_service", _("上门办理")
    FOLLOW_UP = "follow_up", _("回访")
    OTHER = "other", _("其他")


class Side(models.TextChoices):
    """Whose side of the delivery point a fault is on."""

    CUSTOMER = "customer", _("客户侧")
    COMPANY = "company", _("公司侧")
    NETWORK = "network", _("管网")
    UNKNOWN = "unknown", _("待定")
    NONE = "none", _("无")


class CaseState(models.TextChoices):
    """Whether the customer is still waiting for us."""

    OPEN = "open", _("办理中")
    CLOSED = "closed", _("已办结")
    VOIDED = "voided", _("已作废")
    MERGED = "merged", _("已并入")


class DayNumber(models.Model):
    """The last case number given out on a day."""

    day = models.DateField(primary_key=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.day}: {self.last}"


class Case(models.Model):
    """One matter of one customer, with an owner until the customer has an answer.

    Instants are UTC. `owner` is never empty: whoever is first asked owns the matter until
    another person has accepted it. `said` is what the customer wants, in the customer's words.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    number = models.CharField(max_length=16, unique=True)
    kind = models.CharField(max_length=16, choices=CaseKind.choices)
    leaf = models.CharField(max_length=8, blank=True)
    side = models.CharField(max_length=12, choices=Side.choices, default=Side.NONE)
    severity = models.CharField(
        max_length=12, blank=True, choices=[("ordinary", "一般"), ("major", "重大")]
    )
    said = models.CharField(max_length=200)
    channel = models.CharField(max_length=16, default="phone")
    state = models.CharField(max_length=8, choices=CaseState.choices, default=CaseState.OPEN)
    reported_at = models.DateTimeField()
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    customer = models.ForeignKey(Customer, null=True, blank=True, on_delete=models.PROTECT)
    premises = models.ForeignKey(Premises, null=True, blank=True, on_delete=models.PROTECT)
    caller_name = models.CharField(max_length=60, blank=True)
    caller_phone = models.CharField(max_length=20, blank=True)
    place = models.CharField(max_length=120, blank=True)

    # Set while the case is merged: what happens to that case happens to this one too.
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged_cases"
    )

    first_asked = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="cases_asked")
    owner = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="cases_owned")
    department = models.ForeignKey(Department, null=True, blank=True, on_delete=models.PROTECT)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state="open", closed_at__isnull=True)
                | (~Q(state="open") & Q(closed_at__isnull=False)),
                name="closed_cases_have_a_closing_time",
            ),
            models.CheckConstraint(
                condition=Q(state="merged", merged_into__isnull=False)
                | (~Q(state="merged") & Q(merged_into__isnull=True)),
                name="merged_cases_name_the_surviving_one",
            ),
        ]
        indexes = [
            models.Index(fields=["owner", "state", "reported_at"], name="cases_of_owner"),
            models.Index(fields=["department", "state", "reported_at"], name="cases_of_dept"),
            models.Index(fields=["state", "reported_at", "id"], name="cases_by_age"),
            models.Index(fields=["caller_phone"], name="cases_by_phone"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def is_open(self) -> bool:
        """True while the customer waits for us."""
        return self.state == CaseState.OPEN


class Ownership(models.Model):
    """One link of the owner chain: who owned the case from when until when (half-open)."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="chain")
    staff = models.ForeignKey(Staff, on_delete=models.PROTECT)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["since", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(until__isnull=True), name="one_owner_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.staff_id}"


class ShiftHandover(models.Model):
    """Many cases offered at once at the end of a shift, with one note. Each is a hand-over too."""

    id = models.UUIDField(primary_key=True, editable=False)
    from_staff = models.ForeignKey(
        Staff, on_delete=models.PROTECT, related_name="shifts_handed_over"
    )
    to_staff = models.ForeignKey(
        Staff, null=True, blank=True, on_delete=models.PROTECT, related_name="shifts_received"
    )
    to_department = models.ForeignKey(
        Department, null=True, blank=True, on_delete=models.PROTECT, related_name="shifts"
    )
    note = models.CharField(max_length=300)
    offered_at = models.DateTimeField()

    class Meta:
        ordering = ["offered_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(to_staff__isnull=False) ^ Q(to_department__isnull=False),
                name="a_shift_goes_to_a_person_or_a_department",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.from_staff_id}: {self.offered_at.isoformat()}"


class Handover(models.Model):
    """An offer to take over a case. Nothing changes hands until it is accepted.

    `offered_by` is a supervisor who offered it in the owner's place; empty when the owner did.
    """

    class State(models.TextChoices):
        OFFERED = "offered", _("待接收")
        ACCEPTED = "accepted", _("已接收")
        REFUSED = "refused", _("已退回")
        WITHDRAWN = "withdrawn", _("已撤回")

    id = models.UUIDField(primary_key=True, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="handovers")
    from_staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="offers_made")
    to_staff = models.ForeignKey(
        Staff, null=True, blank=True, on_delete=models.PROTECT, related_name="offers_received"
    )
    to_department = models.ForeignKey(
        Department, null=True, blank=True, on_delete=models.PROTECT, related_name="offers"
    )
    offered_by = models.ForeignKey(
        Staff, null=True, blank=True, on_delete=models.PROTECT, related_name="reassignments"
    )
    shift = models.ForeignKey(
        ShiftHandover, null=True, blank=True, on_delete=models.PROTECT, related_name="handovers"
    )
    note = models.CharField(max_length=300)
    offered_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.OFFERED)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        Staff, null=True, blank=True, on_delete=models.PROTECT, related_name="offers_answered"
    )
    refusal = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["offered_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(state="offered"), name="one_open_handover_per_case"
            ),
            models.CheckConstraint(
                condition=Q(to_staff__isnull=False) ^ Q(to_department__isnull=False),
                name="a_handover_goes_to_a_person_or_a_department",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.state}"


class Promise(models.Model):
    """What a customer was told would happen, by whom and until when. Its clock runs beside."""

    class State(models.TextChoices):
        OPEN = "open", _("在走")
        KEPT = "kept", _("已兑现")
        WITHDRAWN = "withdrawn", _("已撤回")

    id = models.UUIDField(primary_key=True, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="promises")
    kind = models.CharField(
        max_length=12, choices=[("call_back", "回电"), ("answer", "答复"), ("visit", "上门")]
    )
    words = models.CharField(max_length=200)
    owner = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="promises")
    made_at = models.DateTimeField()
    due_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    kept_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["due_at", "id"]
        indexes = [models.Index(fields=["owner", "state", "due_at"], name="promises_of_owner")]
        constraints = [
            models.CheckConstraint(
                condition=(Q(state="kept") & Q(kept_at__isnull=False))
                | (~Q(state="kept") & Q(kept_at__isnull=True)),
                name="kept_promises_have_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.words}"


class CaseNote(models.Model):
    """The words that belong to one event of a case: a note, an answer, the evidence of a pause.

    The journal holds facts only; what could name a person stands here and can be erased.
    The id is that of the journal entry.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="notes")
    text = models.CharField(max_length=300)

    def __str__(self) -> str:
        return f"{self.case_id}: {self.id}"


class CaseGap(models.Model):
    """Something the standard wants on record that was not there when the case was taken."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="gaps")
    code = models.CharField(max_length=40)
    flagged_at = models.DateTimeField()
    filled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "code"], name="one_gap_of_a_kind_per_case"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.code}"
