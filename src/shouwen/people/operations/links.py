"""Set-password links: signed, good for a day, for one use, and only the latest one given out."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.utils.crypto import constant_time_compare, salted_hmac

from shouwen.journal.operations import record
from shouwen.people.models import Staff
from shouwen.people.operations.staffing import Act
from shouwen.people.subjects import staff_subject

GOOD_FOR = timedelta(hours=24)
_SALT = "shouwen.people.set_password"


class LinkDead(ValueError):
    """The link was used, is too old, was replaced by a newer one, or was never ours."""


class NotAtWork(ValueError):
    """The person is out of use and gets no link."""


@dataclass(frozen=True, slots=True)
class Link:
    """The secret part of the address, and until when it works (UTC)."""

    token: str
    good_until: datetime


@transaction.atomic
def issue_link(*, staff_no: str, act: Act, now: datetime) -> Link:
    """A new link for a person; links given out before stop working. The journal keeps that, not the link.

    Raises NotAtWork, Staff.DoesNotExist.
    """
    staff = Staff.objects.select_for_update(of=("self",)).get(staff_no=staff_no)
    if not staff.is_active:
        raise NotAtWork(staff_no)
    staff.link_number += 1
    staff.save(update_fields=["link_number"])
    record(
        id=act.id,
        kind="staff.link_issued",
        subject=staff_subject(staff_no),
        happened_at=now,
        now=now,
        actor=act.by,
        workstation=act.workstation,
    )
    good_until = now + GOOD_FOR
    told = {"n": staff_no, "t": int(good_until.timestamp()), "f": _fingerprint(staff)}
    return Link(Signer(salt=_SALT).sign_object(told), good_until)


def owner_of(*, token: str, now: datetime) -> Staff:
    """Whose password the link may set. Raises LinkDead."""
    return _owner(token, now=now, lock=False)


@transaction.atomic
def set_password(*, token: str, password: str, act: Act, now: datetime) -> Staff:
    """Sets the password that the link was given for; the link and all open sessions end with it.

    The password has been validated. Raises LinkDead.
    """
    staff = _owner(token, now=now, lock=True)
    staff.set_password(password)
    staff.link_number += 1
    staff.save(update_fields=["password", "link_number"])
    record(
        id=act.id,
        kind="staff.password_set",
        subject=staff_subject(staff.staff_no),
        happened_at=now,
        now=now,
        actor=staff.staff_no,
        workstation=act.workstation,
    )
    return staff


def _owner(token: str, *, now: datetime, lock: bool) -> Staff:
    try:
        told = Signer(salt=_SALT).unsign_object(token)
        number, until = str(told["n"]), datetime.fromtimestamp(told["t"], UTC)
    except (BadSignature, ValueError, KeyError, TypeError) as error:
        raise LinkDead from error
    rows = Staff.objects.select_for_update(of=("self",)) if lock else Staff.objects.all()
    staff = rows.filter(staff_no=number, is_active=True).first()
    if staff is None or now >= until:
        raise LinkDead
    if not constant_time_compare(told["f"], _fingerprint(staff)):
        raise LinkDead
    return staff


def _fingerprint(staff: Staff) -> str:
    """Changes with the password and with every new link."""
    value = f"{staff.staff_no}:{staff.link_number}:{staff.password}"
    return salted_hmac(_SALT, value, algorithm="sha256").hexdigest()[:32]
