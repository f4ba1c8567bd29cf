"""Trying a draft on the past as a job: asked for, done piece by piece, called off, kept with the draft.

A job works for a few seconds and asks for the next: each piece is kept as soon as it is judged, so
that a worker that is killed costs no more than the pieces under way, and clocks are not held up.
"""

import shutil
import time
from collections.abc import Callable
from datetime import date, datetime, timedelta
from datetime import time as time_of_day
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F, QuerySet

from shouwen.adapters import ids
from shouwen.clocks.queries import active_calendar, editions_folder
from shouwen.editions.models import Edition, WhatIfFlip, WhatIfPart, WhatIfRun
from shouwen.editions.queries.editions import edition_path
from shouwen.editions.whatif_processes import PROCESSES, PartFailed, answers
from shouwen.jobs.operations import enqueue
from shouwen.jobs.registry import OUTSIDE, Effects
from shouwen.people.models import Staff
from shouwen.standard.edition_files import PACK, copy_pack
from shouwen.standard.faults import PackFaults
from shouwen.standard.whatif import Answer, Part, Question, Tally

WHATIF, CLEAR = "editions.whatif", "editions.whatif_clear"
SLICE_SECONDS = 12.0
"""How long one job works: well within its lease, so that nobody else begins the same."""
_AT_ONCE, _PIECES_AT_ONCE = 1_000, 200
State = WhatIfRun.State


class AlreadyTrying(ValueError):
    """The draft is being tried: that has to end, or be called off, first."""


class DaysOutOfOrder(ValueError):
    """The last day lies before the first, or nothing of the time asked about is past."""


def ask_what_if(
    *,
    edition: Edition,
    since: date,
    until: date,
    by: Staff,
    run_id: UUID,
    now: datetime,
    calls_only: bool = False,
) -> WhatIfRun:
    """Asks what a draft would have made of the matters that began from `since` to `until`, local days.

    The files of the draft are copied: saving it meanwhile changes nothing. The same `run_id` again
    returns the same run. Raises AlreadyTrying, DaysOutOfOrder, OSError.
    """
    there = WhatIfRun.objects.filter(pk=run_id).first()
    if there is not None:
        return there
    if since > until or _begins(since) > now:
        raise DaysOutOfOrder(since, until)
    copy_pack(pack=edition_path(edition) / PACK, into=_folder(run_id))
    try:
        with transaction.atomic():
            run = WhatIfRun.objects.create(
                id=run_id,
                edition=edition,
                revision=edition.revision,
                since=since,
                until=until,
                calls_only=calls_only,
                asked_by=by,
                asked_at=now,
            )
            _ask(run, now=now)
    except IntegrityError:
        shutil.rmtree(_folder(run_id), ignore_errors=True)
        raise AlreadyTrying(edition.pk) from None
    return run


def call_off(*, run_id: UUID, now: datetime) -> None:
    """Ends a run that has not ended. What is under way is not kept, what was found goes."""
    with transaction.atomic():
        _end(run_id, State.CANCELLED, now=now)


def go_on(*, run_id: UUID, now: datetime, seconds: float = SLICE_SECONDS) -> Effects:
    """Works on a run for so many seconds while no transaction is open; the answer asks for the rest.

    Pieces are kept one by one. A draft that cannot be read, or a piece that cannot be judged, ends
    the run with its reason.
    """
    run = WhatIfRun.objects.filter(pk=run_id, state__in=WhatIfRun.ACTIVE).first()
    if run is None:
        return _nothing
    try:
        if run.state == State.WAITING:
            _take_apart(run)
        else:
            _work(run, until=time.monotonic() + seconds)
    except (PackFaults, PartFailed) as error:
        return _failing(run_id, str(error))
    run.refresh_from_db()
    if run.state == State.RUNNING and run.parts_done == run.parts:
        found = _added_up(run).as_table()
        return lambda at: _end(run_id, State.DONE, now=at, outcome=found)
    return lambda at: _continue(run_id, now=at)


def give_up_trying(*, run_id: UUID, now: datetime) -> None:
    """A person dropped the job of a run: it has failed."""
    _end(run_id, State.FAILED, now=now, error="dropped")


def question_of(run: WhatIfRun) -> Question:
    """What a run asks. Raises PackFaults."""
    return Question(
        draft=str(_folder(run.pk) / PACK),
        since=_begins(run.since),
        until=_begins(run.until + timedelta(days=1)),
        known_at=run.asked_at,
        calls_only=run.calls_only,
    )


def _begins(day: date) -> datetime:
    return datetime.combine(day, time_of_day(), active_calendar().zone)


def _folder(run_id: UUID) -> Path:
    return editions_folder() / "whatif" / str(run_id)


def _ask(run: WhatIfRun, *, now: datetime) -> None:
    enqueue(
        kind=WHATIF,
        key=f"whatif:{run.pk}:{ids.uuid7(now)}",
        payload={"run": str(run.pk)},
        run_at=now,
        now=now,
        queue=OUTSIDE,
        priority=9,
    )


# --- working ----------------------------------------------------------------------------------------


def _take_apart(run: WhatIfRun) -> None:
    """Notes which matters there are; what a killed worker left of that is thrown away."""
    from shouwen.editions.queries.whatif_parts import parts_of  # with numpy: not at every start

    parts = parts_of(question_of(run))
    WhatIfPart.objects.filter(run=run).delete()
    rows = [
        WhatIfPart(run=run, number=number, subject_kind=part.subject_kind, subjects=part.ids)
        for number, part in enumerate(parts, start=1)
    ]
    for first in range(0, len(rows), _AT_ONCE):
        WhatIfPart.objects.bulk_create(rows[first : first + _AT_ONCE])
    WhatIfRun.objects.filter(pk=run.pk, state=State.WAITING).update(
        state=State.RUNNING, parts=len(parts)
    )


def _work(run: WhatIfRun, *, until: float) -> None:
    rows = WhatIfPart.objects.filter(run=run, is_done=False).order_by("number")
    parts = [
        (number, Part(kind, bytes(subjects)))
        for number, kind, subjects in rows.values_list("number", "subject_kind", "subjects")
    ]
    for number, answer in answers(parts, question_of(run), go_on=_until(run, until)):
        _keep(run, number, answer)


def _until(run: WhatIfRun, until: float) -> Callable[[], bool]:
    """Whether there is time left and nobody called the run off; a piece for each process always goes."""
    running = WhatIfRun.objects.filter(pk=run.pk, state=State.RUNNING)
    first = iter(range(PROCESSES))
    return lambda: (next(first, None) is not None or time.monotonic() < until) and running.exists()


@transaction.atomic
def _keep(run: WhatIfRun, number: int, answer: Answer) -> None:
    """Keeps what a piece came to, unless another worker did so before, or the run has ended."""
    mine = WhatIfPart.objects.filter(
        run=run, run__state=State.RUNNING, number=number, is_done=False
    )
    if not mine.update(is_done=True, tally=answer.tally.as_table()):
        return
    rows = [
        WhatIfFlip(
            run=run,
            rule_id=flip.rule_id,
            subject_kind=flip.subject_kind,
            subject_id=flip.subject_id,
            ordinal=flip.ordinal,
            turn=flip.turn,
            old=flip.old,
            new=flip.new,
            began_at=flip.began_at,
            old_due_at=flip.old_due_at,
            new_due_at=flip.new_due_at,
            ended_at=flip.ended_at,
            department=flip.department,
        )
        for flip in answer.flips
    ]
    WhatIfFlip.objects.bulk_create(rows, batch_size=_AT_ONCE)
    WhatIfRun.objects.filter(pk=run.pk).update(
        parts_done=F("parts_done") + 1, judged=F("judged") + answer.tally.judged
    )


def _added_up(run: WhatIfRun) -> Tally:
    tally = Tally()
    tables = WhatIfPart.objects.filter(run=run).values_list("tally", flat=True)
    for table in tables.iterator(chunk_size=100):
        tally.add(Tally.from_table(table))
    return tally


def _continue(run_id: UUID, *, now: datetime) -> None:
    run = WhatIfRun.objects.filter(pk=run_id, state=State.RUNNING).first()
    if run is not None:
        _ask(run, now=now)


def _failing(run_id: UUID, why: str) -> Effects:
    return lambda now: _end(run_id, State.FAILED, now=now, error=why)


def _end(
    run_id: UUID,
    state: str,
    *,
    now: datetime,
    error: str = "",
    outcome: dict[str, Any] | None = None,
) -> None:
    active = WhatIfRun.objects.filter(pk=run_id, state__in=WhatIfRun.ACTIVE)
    if active.update(state=state, ended_at=now, error=error[:300], outcome=outcome or {}):
        _ask_to_clear(run_id, now=now)


# --- clearing away ----------------------------------------------------------------------------------


def clear(*, run_id: UUID, now: datetime) -> None:
    """Takes away, some at a time, what a run that has ended needs no more: its pieces and its copy
    of the draft, and the changes of verdict that were found if it did not come to its end.
    """
    run = WhatIfRun.objects.filter(pk=run_id).exclude(state__in=WhatIfRun.ACTIVE).first()
    if run is None:
        return
    shutil.rmtree(_folder(run_id), ignore_errors=True)
    left = _cleared(WhatIfPart.objects.filter(run=run), _PIECES_AT_ONCE)
    if run.state != State.DONE:
        left += _cleared(WhatIfFlip.objects.filter(run=run), _AT_ONCE)
    if left:
        _ask_to_clear(run_id, now=now)


def _cleared(rows: QuerySet[Any], most: int) -> int:
    """How many were taken away."""
    some = list(rows.order_by("pk").values_list("pk", flat=True)[:most])
    count, _ = rows.filter(pk__in=some).delete()
    return count


def _ask_to_clear(run_id: UUID, *, now: datetime) -> None:
    enqueue(
        kind=CLEAR,
        key=f"whatif-clear:{run_id}:{ids.uuid7(now)}",
        payload={"run": str(run_id)},
        run_at=now,
        now=now,
        priority=9,
    )


def _nothing(now: datetime) -> None:
    """The run has ended meanwhile."""
