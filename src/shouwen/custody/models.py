"""Desks the company registered, sign-ins and their end, counted tries."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shouwen.people.models import Staff


class Desk(models.Model):
    """A workstation of the company. Its browser carries a token of which only the hash is kept here."""

    id = models.UUIDField(primary_key=True, editable=False)
    name = models.CharField(max_length=40)
    place = models.CharField(max_length=60)
    token_hash = models.CharField(max_length=64, unique=True)
    registered_at = models.DateTimeField()
    registered_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["name"], condition=Q(revoked_at__isnull=True), name="one_desk_per_name"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.place}"


class SignIn(models.Model):
    """One sign-in of one person at one browser, until it ends. Without a row here a session opens nothing.

    `session_hash` is the hash of the session's key. `seen_at` is when the person last did
    something (to the minute); `second_factor` is how it was proved, empty for password only.
    """

    class End(models.TextChoices):
        SIGNED_OUT = "signed_out", _("本人退出")
        ELSEWHERE = "elsewhere", _("在别处登录")
        ENDED = "ended", _("本人从别处结束")
        REFUSED = "refused", _("权限或口令已变")

    id = models.UUIDField(primary_key=True, editable=False)
    staff = models.ForeignKey(Staff, on_delete=models.CASCADE, related_name="sign_ins")
    session_hash = models.CharField(max_length=64, unique=True)
    desk = models.ForeignKey(Desk, null=True, blank=True, on_delete=models.PROTECT)
    workstation = models.CharField(max_length=60, blank=True)
    second_factor = models.CharField(max_length=16, blank=True)
    started_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    locked_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    end = models.CharField(max_length=12, choices=End.choices, blank=True)

    class Meta:
        ordering = ["-started_at"]
        indexes = [models.Index(fields=["staff", "ended_at"], name="sign_ins_of_staff")]
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, end="")
                | (Q(ended_at__isnull=False) & ~Q(end="")),
                name="an_end_has_a_time_and_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.staff_id}: {self.started_at:%Y-%m-%d %H:%M}"


class Tries(models.Model):
    """How often something was tried within a window, by a key such as a staff number and an address."""

    key = models.CharField(max_length=120, primary_key=True)
    since = models.DateTimeField(db_index=True)
    count = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.key}: {self.count}"
