"""Who works here: departments, members of staff, the roles they hold."""

from collections.abc import Set
from functools import cached_property
from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models

from shouwen.access.roles import TITLES, Role


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
        ]

    def __str__(self) -> str:
        return f"{self.staff.staff_no}: {self.role}"
