"""After the calendar changed: every open clock that depends on it is judged anew, through jobs."""

from datetime import datetime
from uuid import UUID

from shouwen.clocks.queries import clocks_to_rejudge
from shouwen.jobs.operations import enqueue

REJUDGE_OPEN = "clocks.rejudge_open"
REJUDGE_ONE = "clocks.rejudge_one"
SUBJECTS_A_JOB = 50


def ask_to_rejudge(*, version: str, now: datetime, after: UUID | None = None) -> None:
    """Asks, in the caller's transaction, that the clocks behind the subject `after` be judged anew.

    `version` names the calendar: asked twice for the same one, it is done once.
    """
    enqueue(
        kind=REJUDGE_OPEN,
        key=f"calendar:{version}:{after or 'start'}",
        payload={"version": version, "after": str(after) if after else ""},
        run_at=now,
        now=now,
        priority=5,
    )


def spread(*, version: str, now: datetime, after: UUID | None) -> None:
    """One job for each of the next subjects and one for the rest: no transaction is long."""
    rows = clocks_to_rejudge().order_by("subject_id")
    if after is not None:
        rows = rows.filter(subject_id__gt=after)
    subjects = list(rows.values_list("subject_id", "subject_kind").distinct()[:SUBJECTS_A_JOB])
    for id_, kind in subjects:
        enqueue(
            kind=REJUDGE_ONE,
            key=f"calendar:{version}:{kind}:{id_}",
            payload={"subject_kind": kind, "subject_id": str(id_)},
            run_at=now,
            now=now,
            priority=5,
        )
    if len(subjects) == SUBJECTS_A_JOB:
        ask_to_rejudge(version=version, now=now, after=subjects[-1][0])
