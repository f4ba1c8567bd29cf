"""Reads of personal data are events too."""

import uuid
from datetime import datetime

from django.db import transaction

from shouwen.cases.models import Case
from shouwen.core.events import Subject
from shouwen.journal.operations import record
from shouwen.people.models import Staff


@transaction.atomic
def note_phone_read(
    *, act_id: uuid.UUID, case: Case, by: Staff, now: datetime, workstation: str
) -> None:
    """Journals that a person saw the phone number of a case in full."""
    record(
        id=act_id,
        kind="data.read",
        subject=Subject("case", case.pk),
        happened_at=now,
        now=now,
        actor=by.staff_no,
        data={"field": "phone"},
        workstation=workstation,
    )
