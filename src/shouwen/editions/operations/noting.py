"""What becomes of an edition goes on record under the act that did it."""

from datetime import datetime

from shouwen.editions.models import Edition
from shouwen.editions.subjects import edition_subject
from shouwen.journal.operations import record
from shouwen.people.operations import Act


def note(kind: str, row: Edition, act: Act, now: datetime, **data: str | int | None) -> None:
    """One journal entry about an edition; `now` is aware UTC, `data` facts only."""
    record(
        id=act.id,
        kind=kind,
        subject=edition_subject(row.pk),
        happened_at=now,
        now=now,
        actor=act.by,
        workstation=act.workstation,
        data=data,
        standard_version=row.digest,
    )
