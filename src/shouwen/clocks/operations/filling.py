"""Rulings of matters that were judged before rulings were kept, a few subjects at a time."""

from datetime import datetime
from uuid import UUID

from shouwen.clocks.models import Clock
from shouwen.clocks.operations.rejudging import bring_up_to_date
from shouwen.core.events import Subject
from shouwen.jobs.operations import enqueue

FILL_RULINGS = "clocks.fill_rulings"
SUBJECTS_A_JOB = 10


def fill(*, now: datetime, after: UUID | None) -> None:
    """Judges the next subjects anew, in the order of their ids, and asks for the rest.

    Raises PackFaults.
    """
    rows = Clock.objects.order_by("subject_id")
    if after is not None:
        rows = rows.filter(subject_id__gt=after)
    subjects = list(rows.values_list("subject_kind", "subject_id").distinct()[:SUBJECTS_A_JOB])
    for kind, id_ in subjects:
        bring_up_to_date(subject=Subject(kind, id_), now=now)
    if len(subjects) == SUBJECTS_A_JOB:
        last = str(subjects[-1][1])
        enqueue(
            kind=FILL_RULINGS,
            key=f"{FILL_RULINGS}:{last}",
            payload={"after": last},
            run_at=now,
            now=now,
            priority=5,
        )
