"""What a person decides about a job that failed for good: once more, or never again."""

from datetime import datetime
from uuid import UUID, uuid5

from django.db import transaction

from shouwen.adapters.ids import uuid7
from shouwen.core.events import Subject
from shouwen.jobs.models import Job
from shouwen.jobs.registry import told_when_dropped
from shouwen.journal.operations import record

_SPACE = UUID("0d6c1a5e-93c7-5b0e-8a55-6f3a1c8e2f41")


class NotDead(LookupError):
    """The job is not among those given up."""


@transaction.atomic
def revive(*, job_id: int, now: datetime, by: str = "", workstation: str = "") -> None:
    """Gives a job that was given up a fresh start. `by` is a staff number. Raises NotDead."""
    changed = Job.objects.filter(pk=job_id, state=Job.State.DEAD).update(
        state=Job.State.READY, attempts=0, run_at=now
    )
    if not changed:
        raise NotDead(job_id)
    _note("job.revived", job_id, by=by, workstation=workstation, now=now)


@transaction.atomic
def give_up(*, job_id: int, reason: str, by: str, now: datetime, workstation: str = "") -> None:
    """Drops a dead job for good; whoever asked for it is told in the same transaction. Raises NotDead.

    `reason` stays with the job: it is a person's words and does not go into the journal.
    """
    changed = Job.objects.filter(pk=job_id, state=Job.State.DEAD).update(
        state=Job.State.DROPPED, done_at=now, dropped_by=by, drop_reason=reason
    )
    if not changed:
        raise NotDead(job_id)
    job = _note("job.given_up", job_id, by=by, workstation=workstation, now=now)
    told_when_dropped(job.kind)(job.payload, now)


def _note(kind: str, job_id: int, *, by: str, workstation: str, now: datetime) -> Job:
    job = Job.objects.get(pk=job_id)
    record(
        id=uuid7(now),
        kind=kind,
        subject=Subject("job", uuid5(_SPACE, job.key)),
        happened_at=now,
        now=now,
        actor=by,
        workstation=workstation,
        data={"job": job.pk, "kind": job.kind},
    )
    return job
