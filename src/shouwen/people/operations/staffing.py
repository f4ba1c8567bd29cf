"""The register of staff: hiring, changing, deactivating. Rights follow on the next request."""

import uuid
from collections.abc import Iterable, Set
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from shouwen.access.roles import SEPARATED, Role
from shouwen.journal.operations import record
from shouwen.journal.queries import entry_with_id
from shouwen.people.models import Department, Staff, StaffRole
from shouwen.people.subjects import staff_subject


class NumberTaken(ValueError):
    """Another person has the staff number."""


class RolesNotSeparated(ValueError):
    """Two of system administrator, security officer and auditor in one person."""


class OwnRoles(PermissionError):
    """Nobody changes the own roles or puts the own account out of use."""


class LastAdministrator(ValueError):
    """Without this person nobody at work could administer the installation."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Particulars:
    """What the register says about a person. `department` is a row or None, `gender` f, m or empty."""

    name: str
    department: Department | None = None
    roles: Set[Role] = frozenset()
    gender: str = ""
    station: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """Who does something, under which idempotency key, from where. An empty `by` is the program itself."""

    id: uuid.UUID
    by: str = ""
    workstation: str = ""


@transaction.atomic
def hire(*, staff_no: str, who: Particulars, act: Act, now: datetime) -> Staff:
    """A new member of staff without a password; the same act again returns the same person.

    Raises NumberTaken, RolesNotSeparated. `now` is aware UTC.
    """
    _refuse_joined(who.roles)
    there = Staff.objects.filter(staff_no=staff_no).first()
    if there is not None:
        if entry_with_id(id=act.id):
            return there
        raise NumberTaken(staff_no)
    staff = Staff(
        staff_no=staff_no,
        name=who.name,
        gender=who.gender,
        department=who.department,
        station=who.station,
    )
    staff.set_unusable_password()
    staff.save()
    _set_roles(staff, who.roles)
    _record("staff.created", staff, act, now, roles=_listed(who.roles))
    return staff


@transaction.atomic
def change_staff(*, staff_no: str, who: Particulars, act: Act, now: datetime) -> tuple[str, ...]:
    """Makes the register say `who` of a person; returns the names of the fields that changed.

    Raises RolesNotSeparated, OwnRoles, LastAdministrator, Staff.DoesNotExist.
    """
    _refuse_joined(who.roles)
    staff = _held(staff_no)
    if entry_with_id(id=act.id):
        return ()
    changed = tuple(_differences(staff, who))
    if "roles" in changed:
        _refuse_own(staff, act)
        if Role.SYSTEM_ADMIN in staff.role_set - who.roles:
            _refuse_last(staff)
        _set_roles(staff, who.roles)
    if not changed:
        return ()
    staff.name, staff.gender, staff.station = who.name, who.gender, who.station
    staff.department = who.department
    staff.save(update_fields=["name", "gender", "station", "department"])
    _record("staff.changed", staff, act, now, fields=",".join(changed), roles=_listed(who.roles))
    return changed


@transaction.atomic
def deactivate(*, staff_no: str, act: Act, now: datetime) -> None:
    """Takes every right from a person: refused on the next request. What was done stays in the name.

    Raises OwnRoles, LastAdministrator, Staff.DoesNotExist.
    """
    staff = _held(staff_no)
    if not staff.is_active:
        return
    _refuse_own(staff, act)
    if Role.SYSTEM_ADMIN in staff.role_set:
        _refuse_last(staff)
    staff.is_active = False
    # Whoever comes back starts with a new link; no old password or link works again.
    staff.set_unusable_password()
    staff.link_number += 1
    staff.save(update_fields=["is_active", "password", "link_number"])
    _record("staff.deactivated", staff, act, now)


@transaction.atomic
def reactivate(*, staff_no: str, act: Act, now: datetime) -> None:
    """Lets a person work again, with the roles still held, once a new password is set.

    Raises OwnRoles, Staff.DoesNotExist.
    """
    staff = _held(staff_no)
    if staff.is_active:
        return
    _refuse_own(staff, act)
    staff.is_active = True
    staff.save(update_fields=["is_active"])
    _record("staff.reactivated", staff, act, now)


def _held(staff_no: str) -> Staff:
    """The person's row, locked until the end of the transaction."""
    return Staff.objects.select_for_update(of=("self",)).get(staff_no=staff_no)


def _differences(staff: Staff, who: Particulars) -> Iterable[str]:
    department = who.department.pk if who.department else None
    told = {
        "name": (staff.name, who.name),
        "gender": (staff.gender, who.gender),
        "department": (staff.department_id, department),
        "station": (staff.station, who.station),
        "roles": (staff.role_set, frozenset(who.roles)),
    }
    return (field for field, (old, new) in told.items() if old != new)


def _set_roles(staff: Staff, roles: Set[Role]) -> None:
    staff.roles.all().delete()
    StaffRole.objects.bulk_create(
        StaffRole(staff=staff, role=role.value) for role in sorted(roles)
    )


def _refuse_joined(roles: Set[Role]) -> None:
    if len(roles & SEPARATED) > 1:
        raise RolesNotSeparated(_listed(roles & SEPARATED))


def _refuse_own(staff: Staff, act: Act) -> None:
    if act.by == staff.staff_no:
        raise OwnRoles(staff.staff_no)


def _refuse_last(staff: Staff) -> None:
    """Locks the others, so that two administrators cannot remove each other at once."""
    others = Staff.objects.filter(is_active=True, roles__role=Role.SYSTEM_ADMIN)
    numbers = others.exclude(pk=staff.pk).order_by("pk").values_list("pk", flat=True)
    if not list(Staff.objects.select_for_update().filter(pk__in=list(numbers))):
        raise LastAdministrator(staff.staff_no)


def _listed(roles: Set[Role]) -> str:
    return ",".join(sorted(role.value for role in roles))


def _record(kind: str, staff: Staff, act: Act, now: datetime, **data: str) -> None:
    if kind in ("staff.created", "staff.changed"):
        data["department"] = staff.department_code
    record(
        id=act.id,
        kind=kind,
        subject=staff_subject(staff.staff_no),
        happened_at=now,
        now=now,
        actor=act.by,
        workstation=act.workstation,
        data=data,
    )
