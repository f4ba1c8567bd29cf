"""Asking for work, taking it, doing it: effects in this database happen exactly once.

A job is marked done in the same transaction as its effects, and only by the holder of its token.
A worker killed in the middle leaves neither; when its lease has run out another one begins anew.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from shouwen.adapters.ids import uuid7
from shouwen.jobs.models import Job
from shouwen.jobs.queries import abandoned_jobs, due_jobs
from shouwen.jobs.registry import Effects, errand_of, handler_of
from shouwen.jobs.retrying import MOST_ATTEMPTS, Again, GiveUp, after_failure


@dataclass(frozen=True, slots=True)
class Claimed:
    """A job taken by this worker: `token` proves it until `lease_until` (UTC)."""

    id: int
    kind: str
    payload: Mapping[str, Any]
    token: UUID
    attempts: int
    lease_until: datetime


@dataclass(frozen=True, slots=True)
class Done:
    """The effects and the mark are committed."""


@dataclass(frozen=True, slots=True)
class Lost:
    """Another worker has the job: nothing was done here."""


Outcome = Done | Lost | Again | GiveUp


def enqueue(
    *,
    kind: str,
    key: str,
    payload: Mapping[str, Any],
    run_at: datetime,
    now: datetime,
    queue: str = "default",
    priority: int = 0,
) -> None:
    """Asks for work in the caller's transaction: rolled back with it. The same `key` again does nothing.

    `run_at` is the earliest instant, `now` when it is asked for (UTC). Lower `priority` goes first. `payload` is JSON.
    """
    job = Job(
        kind=kind,
        key=key,
        payload=dict(payload),
        queue=queue,
        priority=priority,
        run_at=run_at,
        asked_at=now,
    )
    Job.objects.bulk_create([job], ignore_conflicts=True)


def claim(*, now: datetime, lease_seconds: int = 30, queue: str = "default") -> Claimed | None:
    """Takes the most urgent due job, or one whose worker let its lease run out; None when there is none.

    Looks before it takes the write lock, so that an idle worker never holds up an alarm.
    """
    if not (
        due_jobs(queue=queue, now=now).exists() or abandoned_jobs(queue=queue, now=now).exists()
    ):
        return None
    with transaction.atomic():
        job = _locked(queue=queue, now=now)
        if job is None or _is_worn_out(job, now=now):
            return None
        job.state = Job.State.RUNNING
        job.lease_token = uuid7(now)
        job.lease_until = now + timedelta(seconds=lease_seconds)
        job.attempts += 1
        job.save(update_fields=["state", "lease_token", "lease_until", "attempts"])
    return Claimed(job.pk, job.kind, job.payload, job.lease_token, job.attempts, job.lease_until)


def run(*, claimed: Claimed, now: datetime) -> Outcome:
    """Does a claimed job: one transaction marks it done and carries its effects.

    An errand goes outside first, while no transaction is open. A failing handler leaves no
    effects; the job comes again later or is given up.
    """
    try:
        effects = _effects(claimed, now=now)
        with transaction.atomic():
            if not _mark_done(claimed, now=now):
                return Lost()
            effects(now)
    except Exception as error:  # whatever a handler raises is put on record
        return _failed(claimed, error=error, now=now)
    return Done()


def _effects(claimed: Claimed, *, now: datetime) -> Effects:
    """What is to happen in the transaction that marks the job done. Raises NoHandler."""
    errand = errand_of(claimed.kind)
    if errand is not None:
        return errand(claimed.payload, now)
    return partial(handler_of(claimed.kind), claimed.payload)


def _locked(*, queue: str, now: datetime) -> Job | None:
    """The row to take, held. Rows that another worker holds are passed over, not waited for."""
    skip = connection.features.has_select_for_update_skip_locked
    for jobs in (due_jobs(queue=queue, now=now), abandoned_jobs(queue=queue, now=now)):
        job = jobs.select_for_update(skip_locked=skip).first()
        if job is not None:
            return job
    return None


def _is_worn_out(job: Job, *, now: datetime) -> bool:
    """A job that kills its worker each time must not be taken for ever."""
    if job.attempts < MOST_ATTEMPTS:
        return False
    error = (
        job.last_error
        or f"its workers died {job.attempts} times, the last before {now.isoformat()}"
    )
    _release(Job.State.DEAD, job_id=job.pk, token=job.lease_token, run_at=now, error=error)
    return True


def _mark_done(claimed: Claimed, *, now: datetime) -> bool:
    held = Job.objects.filter(pk=claimed.id, state=Job.State.RUNNING, lease_token=claimed.token)
    return bool(held.update(state=Job.State.DONE, done_at=now, lease_token=None, lease_until=None))


def _failed(claimed: Claimed, *, error: Exception, now: datetime) -> Outcome:
    decision = after_failure(attempts=claimed.attempts, now=now)
    state, run_at = (
        (Job.State.READY, decision.at) if isinstance(decision, Again) else (Job.State.DEAD, now)
    )
    text = f"{type(error).__name__}: {error}"[:2000]
    released = _release(state, job_id=claimed.id, token=claimed.token, run_at=run_at, error=text)
    return decision if released else Lost()


def _release(
    state: Job.State, *, job_id: int, token: UUID | None, run_at: datetime, error: str
) -> bool:
    held = Job.objects.filter(pk=job_id, lease_token=token)
    return bool(
        held.update(
            state=state, run_at=run_at, last_error=error, lease_token=None, lease_until=None
        )
    )
