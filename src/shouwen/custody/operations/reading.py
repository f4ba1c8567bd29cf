"""Reads of personal data are events too."""

import uuid
from datetime import datetime

from django.db import transaction

from shouwen.access.masks import Purpose
from shouwen.core.events import Subject
from shouwen.journal.operations import record
from shouwen.people.models import Staff


@transaction.atomic
def note_read(
    *,
    act_id: uuid.UUID,
    subject: Subject,
    field: str,
    purpose: Purpose,
    by: Staff,
    now: datetime,
    workstation: str,
) -> None:
    """Journals that a person saw a masked field in full: which one, of what, and for what purpose."""
    record(
        id=act_id,
        kind="data.read",
        subject=subject,
        happened_at=now,
        now=now,
        actor=by.staff_no,
        data={"field": field, "purpose": purpose.value},
        workstation=workstation,
    )
