"""Hazards at a customer's: what was found, what was read, what was told in writing, how far it has come."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shouwen.cases.models import Case
from shouwen.core.events import Subject
from shouwen.core.hazards import Chain
from shouwen.customers.models import Premises
from shouwen.fieldwork.models.orders import Order
from shouwen.fieldwork.models.visits import Visit
from shouwen.people.models import Department, Staff


class HazardNumber(models.Model):
    """The last number given out: of hazards on a day, of notices in a year."""

    series = models.CharField(primary_key=True, max_length=12)
    last = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.series}: {self.last}"


class HazardGrade(models.TextChoices):
    """How dangerous."""

    MAJOR = "major", _("重大")
    ORDINARY = "ordinary", _("一般")


class HazardState(models.TextChoices):
    """How far it has come, for lists; the truth are the instants."""

    FOUND = "found", _("已发现")
    TOLD = "told", _("待整改")
    RECTIFIED = "rectified", _("待复查")
    PASSED = "passed", _("复查合格")
    CLOSED = "closed", _("已闭环")


class Hazard(models.Model):
    """One hazard at one place, from finding it to closing it. Instants are UTC.

    `code`: of the catalogue; `where`: the appliance or spot in words. `stop`: how far gas was stopped, empty
    for not at all. `notified_at` is when there was proof of written notice; `until` the time it set. `owner`
    answers for its clocks.
    """

    class Stop(models.TextChoices):
        APPLIANCE = "appliance", _("停用器具")
        HOUSE = "house", _("户内停气")
        RISER = "riser", _("立管停气")

    class Side(models.TextChoices):
        USER = "USER", _("用户")
        COMPANY = "COMPANY", _("公司")
        BOTH = "BOTH", _("双方")

    id = models.UUIDField(primary_key=True, editable=False)
    number = models.CharField(max_length=16, unique=True)
    code = models.CharField(max_length=8)
    grade = models.CharField(max_length=8, choices=HazardGrade.choices)
    premises = models.ForeignKey(
        Premises, null=True, blank=True, on_delete=models.PROTECT, related_name="hazards"
    )
    place = models.CharField(max_length=120, blank=True)
    where = models.CharField(max_length=60, blank=True)
    remark = models.CharField(max_length=300, blank=True)
    contact = models.CharField(max_length=20, blank=True)
    side = models.CharField(max_length=8, choices=Side.choices)
    visit = models.ForeignKey(
        Visit, null=True, blank=True, on_delete=models.PROTECT, related_name="hazards"
    )
    order = models.ForeignKey(
        Order, null=True, blank=True, on_delete=models.PROTECT, related_name="hazards"
    )
    case = models.ForeignKey(
        Case, null=True, blank=True, on_delete=models.PROTECT, related_name="hazards"
    )
    recheck = models.ForeignKey(
        Order, null=True, blank=True, on_delete=models.PROTECT, related_name="rechecks"
    )
    owner = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="hazards")
    department = models.ForeignKey(
        Department, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    found_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    found_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    needs_notice = models.BooleanField(default=False)
    needs_photo = models.BooleanField(default=False)
    stop = models.CharField(max_length=10, choices=Stop.choices, blank=True)
    stopped_at = models.DateTimeField(null=True, blank=True)
    seal = models.CharField(max_length=30, blank=True)
    told_at = models.DateTimeField(null=True, blank=True)
    notified_at = models.DateTimeField(null=True, blank=True)
    until = models.DateTimeField(null=True, blank=True)
    rectified_at = models.DateTimeField(null=True, blank=True)
    passed_at = models.DateTimeField(null=True, blank=True)
    gas_back_at = models.DateTimeField(null=True, blank=True)
    removed_at = models.DateTimeField(null=True, blank=True)
    removal = models.CharField(max_length=120, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(
        Staff, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    state = models.CharField(max_length=10, choices=HazardState.choices, default=HazardState.FOUND)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-found_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True)
                | Q(needs_notice=False)
                | Q(notified_at__isnull=False),
                name="hazards_closed_with_written_notice",
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True)
                | Q(stopped_at__isnull=True)
                | Q(gas_back_at__isnull=False)
                | Q(removed_at__isnull=False),
                name="stops_end_before_closing",
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, closed_by__isnull=True)
                | Q(closed_at__isnull=False, closed_by__isnull=False),
                name="closed_hazards_say_by_whom",
            ),
        ]
        indexes = [
            models.Index(fields=["-found_at", "-id"], name="hazards_newest_first"),
            models.Index(
                fields=["until"], condition=Q(closed_at__isnull=True), name="hazards_open"
            ),
            models.Index(fields=["premises", "code"], name="hazards_of_premises"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def subject(self) -> Subject:
        """What the journal calls this hazard."""
        return Subject("hazard", self.pk)

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to do something about it."""
        return self.closed_at is None

    def chain(self, *, photo: bool) -> Chain:
        """How far it has come. `photo`: whether there is one."""
        return Chain(
            needs_notice=self.needs_notice, needs_photo=self.needs_photo, photo=photo,
            stopped=self.stopped_at is not None, told=self.told_at is not None,
            notified=self.notified_at is not None, rectified=self.rectified_at is not None,
            passed=self.passed_at is not None, gas_back=self.gas_back_at is not None,
            removed=self.removed_at is not None, closed=self.closed_at is not None,
        )  # fmt: skip


class HazardReading(models.Model):
    """Something read off an instrument about a hazard. `value` as it was read; `stands` by the pack of then."""

    class Moment(models.TextChoices):
        FOUND = "found", _("发现时")
        AFTER = "after", _("处置后")
        RECHECK = "recheck", _("复查时")

    id = models.UUIDField(primary_key=True, editable=False)
    hazard = models.ForeignKey(Hazard, on_delete=models.CASCADE, related_name="readings")
    reading = models.CharField(max_length=40)
    value = models.CharField(max_length=20)
    unit = models.CharField(max_length=10, blank=True)
    stands = models.CharField(max_length=8)
    instrument = models.CharField(max_length=30, blank=True)
    moment = models.CharField(max_length=8, choices=Moment.choices, default=Moment.FOUND)
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.reading} {self.value}{self.unit}"


class HazardPhoto(models.Model):
    """A photo of a hazard. `stored_name` is made here."""

    id = models.UUIDField(primary_key=True, editable=False)
    hazard = models.ForeignKey(Hazard, on_delete=models.CASCADE, related_name="photos")
    stored_name = models.CharField(max_length=48, unique=True)
    media_type = models.CharField(max_length=40)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return self.stored_name


class HazardNotice(models.Model):
    """A written notice about one or several hazards of one place, and the proof that it was given.

    `until`: by when they are to be put right. `how` is empty until there is proof: the customer signed
    (`proof`: SHA-256 of the signature), refused before a witness, or it was served in another way (`words`).
    """

    class How(models.TextChoices):
        SIGNED = "signed", _("用户签收")
        REFUSED = "refused", _("拒签，有见证人")
        SERVED = "served", _("其他方式送达")

    id = models.UUIDField(primary_key=True, editable=False)
    number = models.CharField(max_length=24, unique=True)
    hazards = models.ManyToManyField(Hazard, related_name="notices")
    until = models.DateTimeField()
    requirement = models.CharField(max_length=300, blank=True)
    instrument = models.CharField(max_length=30, blank=True)
    made_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    how = models.CharField(max_length=8, choices=How.choices, blank=True)
    signer = models.CharField(max_length=60, blank=True)
    witness = models.CharField(max_length=60, blank=True)
    words = models.CharField(max_length=200, blank=True)
    proof = models.CharField(max_length=64, blank=True)
    given_at = models.DateTimeField(null=True, blank=True)
    given_by = models.ForeignKey(
        Staff, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["-made_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(how="", given_at__isnull=True)
                | (~Q(how="") & Q(given_at__isnull=False, given_by__isnull=False)),
                name="notices_given_say_how_and_by_whom",
            ),
        ]

    def __str__(self) -> str:
        return self.number


class NoticePaper(models.Model):
    """One PDF of a notice: as it was made, then as it was given. `signature` (Ed25519, hex) seals its SHA-256."""

    id = models.UUIDField(primary_key=True, editable=False)
    notice = models.ForeignKey(HazardNotice, on_delete=models.CASCADE, related_name="papers")
    ordinal = models.PositiveSmallIntegerField()
    stored_name = models.CharField(max_length=48, unique=True)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    signature = models.CharField(max_length=128)
    key = models.CharField(max_length=16)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["ordinal"]
        constraints = [
            models.UniqueConstraint(
                fields=["notice", "ordinal"], name="papers_of_a_notice_numbered"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.notice_id}-{self.ordinal}"


class HazardTelling(models.Model):
    """Somebody was told that a clock of a hazard nears or passes its time. Nobody twice at one rung."""

    id = models.UUIDField(primary_key=True, editable=False)
    hazard = models.ForeignKey(Hazard, on_delete=models.CASCADE, related_name="tellings")
    clock_id = models.UUIDField()
    due_at = models.DateTimeField()
    rung = models.CharField(max_length=40)
    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    told_at = models.DateTimeField()

    class Meta:
        ordering = ["told_at", "id"]
        indexes = [models.Index(fields=["staff", "told_at"], name="hazard_tellings_of_staff")]

    def __str__(self) -> str:
        return f"{self.hazard_id}: {self.rung} {self.staff_id}"
