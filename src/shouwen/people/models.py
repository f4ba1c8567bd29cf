"""Who works here: departments, members of staff, the roles they hold, their shifts; the calendar's drafts."""

from collections.abc import Set
from functools import cached_property
from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from shouwen.access.roles import SEPARATED, TITLES, Role


class Department(models.Model):
    """A department that cases are handed to. `code` comes from the standard pack."""

    code = models.SlugField(max_length=40, unique=True)
    name_zh = models.CharField(max_length=40)
    name_en = models.CharField(max_length=80)

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name_zh


class StaffManager(BaseUserManager["Staff"]):
    """Creates staff; Django's sign-in asks it for a person by staff number."""

    def create_staff(
        self,
        *,
        staff_no: str,
        name: str,
        password: str | None,
        department: Department | None = None,
        roles: Set[Role] = frozenset(),
    ) -> "Staff":
        """A new member of staff with the roles given. Without a password nobody can sign in."""
        staff = self.model(staff_no=staff_no, name=name, department=department)
        staff.set_password(password)
        staff.save(using=self._db)
        StaffRole.objects.using(self._db).bulk_create(
            StaffRole(staff=staff, role=role.value) for role in sorted(roles)
        )
        return staff


class Staff(AbstractBaseUser):
    """One person with one staff number, which nobody else uses."""

    staff_no = models.CharField(max_length=16, unique=True)
    name = models.CharField(max_length=40)
    gender = models.CharField(max_length=1, choices=[("f", "女"), ("m", "男")], blank=True)
    department = models.ForeignKey(Department, null=True, blank=True, on_delete=models.PROTECT)
    station = models.CharField(max_length=40, blank=True)
    is_active = models.BooleanField(default=True)
    # Counts the set-password links given out: only the latest one works.
    link_number = models.PositiveIntegerField(default=0)

    objects: ClassVar[StaffManager] = StaffManager()

    USERNAME_FIELD = "staff_no"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        ordering = ["staff_no"]

    def __str__(self) -> str:
        return f"{self.name} {self.staff_no}"

    @cached_property
    def role_set(self) -> Set[Role]:
        """The roles held, read once for each loaded person."""
        return frozenset(Role(held.role) for held in self.roles.all())

    @property
    def department_code(self) -> str:
        """Code of the department, or an empty string."""
        return self.department.code if self.department else ""


class StaffRole(models.Model):
    """One role held by one person."""

    staff = models.ForeignKey(Staff, on_delete=models.CASCADE, related_name="roles")
    role = models.CharField(
        max_length=24, choices=[(role.value, words.zh) for role, words in TITLES.items()]
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["staff", "role"], name="one_row_per_role_held"),
            # Whoever grants rights, whoever watches over safety and whoever audits both are
            # different people: at most one of these rows for each person, kept by the database.
            models.UniqueConstraint(
                fields=["staff"],
                condition=Q(role__in=[role.value for role in sorted(SEPARATED)]),
                name="separated_administrators",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.staff.staff_no}: {self.role}"


class Line(models.Model):
    """What people are on duty for: a line (hotline, repair) or a round of inspections."""

    class Kind(models.TextChoices):
        LINE = "line", _("班线")
        ROUND = "round", _("安检批次")

    code = models.SlugField(max_length=40, unique=True)
    name_zh = models.CharField(max_length=40)
    name_en = models.CharField(max_length=80)
    kind = models.CharField(max_length=8, choices=Kind.choices, default=Kind.LINE)

    class Meta:
        ordering = ["kind", "code"]

    def __str__(self) -> str:
        return self.name_zh


class Shift(models.Model):
    """One person on one line from `starts_at` up to but not including `ends_at`. Instants are UTC.

    A night shift simply ends on the next day. No two shifts of one person overlap: the operations
    see to it while they hold the person's row.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="shifts")
    line = models.ForeignKey(Line, on_delete=models.PROTECT, related_name="shifts")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="shifts_end_after_they_start"
            ),
            models.UniqueConstraint(
                fields=["staff", "starts_at"], name="one_shift_of_a_person_at_a_time"
            ),
        ]
        indexes = [
            models.Index(fields=["line", "starts_at", "ends_at"], name="shifts_of_line"),
            models.Index(fields=["starts_at"], name="shifts_by_start"),
        ]

    def __str__(self) -> str:
        return f"{self.staff_id} {self.starts_at.isoformat()}"


class CalendarDraft(models.Model):
    """Calendar years that an editor uploaded; another person, the approver, puts them in force.

    `text` holds the years as they will be kept, `digest` is its SHA-256 (hex), `years` the numbers.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("待审批")
        PUBLISHED = "published", _("已发布")
        REFUSED = "refused", _("已退回")

    id = models.UUIDField(primary_key=True, editable=False)
    years = models.JSONField()
    text = models.TextField()
    digest = models.CharField(max_length=64)
    state = models.CharField(max_length=12, choices=State.choices, default=State.WAITING)
    uploaded_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()
    decided_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    version = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="published") | ~Q(decided_by=F("uploaded_by")),
                name="nobody_approves_an_own_calendar",
            ),
            models.CheckConstraint(
                condition=Q(state="waiting", decided_at__isnull=True)
                | (~Q(state="waiting") & Q(decided_at__isnull=False, decided_by__isnull=False)),
                name="decided_calendars_say_by_whom",
            ),
        ]
        indexes = [models.Index(fields=["-uploaded_at", "id"], name="calendar_drafts")]

    def __str__(self) -> str:
        return f"{self.years} ({self.state})"
