"""Rows of sign-ins: beginning, locking and ending them. The session itself is made in `entrance`."""

import uuid
from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import transaction

from shouwen.core.events import Scalar
from shouwen.custody.factors import needs_second_factor
from shouwen.custody.models import Desk, SignIn
from shouwen.custody.policy import policy
from shouwen.journal.operations import record
from shouwen.people.models import Staff
from shouwen.people.operations import staff_subject

SEEN_EVERY = timedelta(minutes=1)


class SecondFactorMissing(Exception):
    """This person signs in with a second factor, and none was proved."""


@transaction.atomic
def sign_in(
    *,
    act_id: uuid.UUID,
    staff: Staff,
    session_hash: str,
    second_factor: str,
    desk: Desk | None,
    workstation: str,
    now: datetime,
) -> int:
    """Writes a sign-in and ends the person's others when the role sits at one desk; how many ended.

    `second_factor` is how it was proved: totp, recovery_codes, webauthn, or empty. Raises
    SecondFactorMissing.
    """
    if needs_second_factor(staff) and not second_factor:
        raise SecondFactorMissing(staff.staff_no)
    ended = 0
    if staff.role_set & policy().one_desk:
        Staff.objects.select_for_update().get(
            pk=staff.pk
        )  # two at once: one of them ends the other
        ended = _end_others(staff, keep=session_hash, end=SignIn.End.ELSEWHERE, now=now)
    SignIn.objects.create(
        id=act_id,
        staff=staff,
        session_hash=session_hash,
        desk=desk,
        workstation=workstation,
        second_factor=second_factor,
        started_at=now,
        seen_at=now,
    )
    data: dict[str, Scalar] = {
        "second_factor": second_factor,
        "ended": ended,
        "desk": desk.name if desk else "",
    }
    note_event(
        kind="staff.signed_in",
        staff_no=staff.staff_no,
        act_id=act_id,
        now=now,
        workstation=workstation,
        data={name: value for name, value in data.items() if value},
    )
    return ended


@transaction.atomic
def sign_out(*, act_id: uuid.UUID, row: SignIn | None, staff: Staff, now: datetime) -> None:
    """The person leaves."""
    if row and row.ended_at is None:
        _finish(row, SignIn.End.SIGNED_OUT, now)
    note_event(
        kind="staff.signed_out",
        staff_no=staff.staff_no,
        act_id=act_id,
        now=now,
        workstation=row.workstation if row else "",
    )


@transaction.atomic
def end_sign_in(*, act_id: uuid.UUID, row: SignIn, end: SignIn.End, now: datetime) -> None:
    """Ends one sign-in; its browser is refused with the next request."""
    if row.ended_at is not None:
        return
    _finish(row, end, now)
    note_event(
        kind="staff.sign_in_ended",
        staff_no=row.staff.staff_no,
        act_id=act_id,
        now=now,
        workstation=row.workstation,
        data={"why": end.value},
    )


@transaction.atomic
def end_all_others(
    *, act_id: uuid.UUID, staff: Staff, keep: SignIn | None, end: SignIn.End, now: datetime
) -> int:
    """Ends every sign-in of a person but `keep`; how many."""
    ended = _end_others(staff, keep=keep.session_hash if keep else "", end=end, now=now)
    if ended:
        note_event(
            kind="staff.sign_in_ended",
            staff_no=staff.staff_no,
            act_id=act_id,
            now=now,
            data={"why": end.value, "count": ended},
        )
    return ended


@transaction.atomic
def lock(*, act_id: uuid.UUID, row: SignIn, now: datetime) -> None:
    """Locks the screen: nothing opens until the password is given. A second time changes nothing."""
    if SignIn.objects.filter(pk=row.pk, locked_at__isnull=True).update(locked_at=now):
        note_event(
            kind="staff.locked",
            staff_no=row.staff.staff_no,
            act_id=act_id,
            now=now,
            workstation=row.workstation,
        )
    row.locked_at = row.locked_at or now


@transaction.atomic
def unlock(*, act_id: uuid.UUID, row: SignIn, now: datetime) -> None:
    """The password was right: work goes on."""
    SignIn.objects.filter(pk=row.pk).update(locked_at=None, seen_at=now)
    note_event(
        kind="staff.unlocked",
        staff_no=row.staff.staff_no,
        act_id=act_id,
        now=now,
        workstation=row.workstation,
    )


def seen(*, row: SignIn, now: datetime) -> None:
    """The person did something; written at most once a minute."""
    if now - row.seen_at >= SEEN_EVERY:
        SignIn.objects.filter(pk=row.pk).update(seen_at=now)


@transaction.atomic
def note_event(
    *,
    kind: str,
    staff_no: str,
    act_id: uuid.UUID,
    now: datetime,
    workstation: str = "",
    data: Mapping[str, Scalar] | None = None,
) -> None:
    """Writes something that happened to a person's sign-in, known staff number or not."""
    record(
        id=act_id,
        kind=kind,
        subject=staff_subject(staff_no[:16]),
        happened_at=now,
        now=now,
        actor=staff_no[:16],
        workstation=workstation,
        data=data or {},
    )


def _end_others(staff: Staff, *, keep: str, end: SignIn.End, now: datetime) -> int:
    others = SignIn.objects.filter(staff=staff, ended_at__isnull=True).exclude(session_hash=keep)
    return others.update(ended_at=now, end=end)


def _finish(row: SignIn, end: SignIn.End, now: datetime) -> None:
    row.ended_at, row.end = now, end
    row.save(update_fields=["ended_at", "end"])
