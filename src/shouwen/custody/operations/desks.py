"""The register of workstations. The token is shown to one browser once; the register keeps its hash."""

import hashlib
import secrets
import uuid
from datetime import datetime

from django.db import transaction

from shouwen.core.events import Subject
from shouwen.custody.models import Desk
from shouwen.journal.operations import record
from shouwen.people.models import Staff


class NameTaken(Exception):
    """Another desk in use has this name."""


@transaction.atomic
def register_desk(
    *, act_id: uuid.UUID, name: str, place: str, by: Staff, now: datetime, workstation: str
) -> tuple[Desk, str]:
    """Registers a workstation; the second value is the token for its browser. Raises NameTaken."""
    if Desk.objects.filter(name=name, revoked_at__isnull=True).exists():
        raise NameTaken(name)
    token = secrets.token_urlsafe(32)
    desk = Desk.objects.create(
        id=act_id,
        name=name,
        place=place,
        token_hash=hashed(token),
        registered_at=now,
        registered_by=by,
    )
    _note("desk.registered", act_id, desk, by, now, workstation)
    return desk, token


@transaction.atomic
def revoke_desk(
    *, act_id: uuid.UUID, desk_id: uuid.UUID, by: Staff, now: datetime, workstation: str
) -> Desk:
    """Takes a workstation off the register; its token opens nothing from now on."""
    desk = Desk.objects.select_for_update().get(pk=desk_id)
    if desk.revoked_at is None:
        desk.revoked_at = now
        desk.save(update_fields=["revoked_at"])
        _note("desk.revoked", act_id, desk, by, now, workstation)
    return desk


def desk_of(*, token: str) -> Desk | None:
    """The registered desk that this token belongs to."""
    if not token:
        return None
    return Desk.objects.filter(token_hash=hashed(token), revoked_at__isnull=True).first()


def hashed(secret: str) -> str:
    """What is kept of a token or a session key."""
    return hashlib.sha256(secret.encode()).hexdigest()


def _note(
    kind: str, act_id: uuid.UUID, desk: Desk, by: Staff, now: datetime, workstation: str
) -> None:
    record(
        id=act_id,
        kind=kind,
        subject=Subject("desk", desk.pk),
        happened_at=now,
        now=now,
        actor=by.staff_no,
        workstation=workstation,
    )
