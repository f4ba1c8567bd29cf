"""What happens to people's sign-ins, written to the journal."""

import uuid
from datetime import datetime

from django.contrib.auth.hashers import make_password
from django.db import transaction

from shouwen.journal.operations import record
from shouwen.people.models import Staff
from shouwen.people.subjects import staff_subject


@transaction.atomic
def note_signed_in(*, staff: Staff, act_id: uuid.UUID, now: datetime, workstation: str) -> None:
    """Writes that a person signed in."""
    _note("staff.signed_in", staff.staff_no, act_id, now, workstation)


@transaction.atomic
def note_signed_out(*, staff: Staff, act_id: uuid.UUID, now: datetime, workstation: str) -> None:
    """Writes that a person signed out."""
    _note("staff.signed_out", staff.staff_no, act_id, now, workstation)


@transaction.atomic
def note_refused(*, staff_no: str, act_id: uuid.UUID, now: datetime, workstation: str) -> None:
    """Writes that a sign-in with this staff number was refused, whether or not it exists."""
    _note("staff.sign_in_refused", staff_no[:16], act_id, now, workstation)


@transaction.atomic
def unknown_staff(*, staff_no: str) -> Staff:
    """The row of a staff number that a record names and the register does not know.

    It cannot sign in. What was done under the number stays with it until somebody corrects it.
    """
    closed = {
        "name": f"工号 {staff_no}",
        "is_active": False,
        "password": make_password(None),
    }
    staff, _ = Staff.objects.get_or_create(staff_no=staff_no, defaults=closed)
    return staff


def _note(kind: str, staff_no: str, act_id: uuid.UUID, now: datetime, workstation: str) -> None:
    record(
        id=act_id,
        kind=kind,
        subject=staff_subject(staff_no),
        happened_at=now,
        now=now,
        actor=staff_no,
        workstation=workstation,
    )
