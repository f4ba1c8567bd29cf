"""Passes over the clocks that an edition may move: previews before it is approved, the moves afterwards.

Both go subject by subject, in the order of ids, in jobs: no transaction is long, and a worker that is
killed leaves what it finished and nothing of what it had begun.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F

from shouwen.adapters import ids
from shouwen.clocks.models import Clock
from shouwen.clocks.operations import take_over
from shouwen.clocks.queries import (
    TakenOver,
    Takeover,
    clocks_to_take_over,
    histories,
    look_again,
    subjects_to_take_over,
    taken_over,
)
from shouwen.core.events import Subject
from shouwen.editions.models import ClockMove, Edition, Passing
from shouwen.editions.queries.editions import began_at
from shouwen.editions.queries.takeovers import takeover_on, takeovers
from shouwen.editions.subjects import edition_subject
from shouwen.jobs.operations import enqueue
from shouwen.journal.operations import record

PREVIEW = "editions.preview"
SPREAD = "editions.spread"
MOVE = "editions.move"
SUBJECTS_A_JOB = 50
_EARLIER, _LATER, _OTHERWISE = 1, 2, 3


@transaction.atomic
def ask_for_preview(*, edition: Edition, now: datetime) -> list[Passing]:
    """Begins to count anew which clocks the files of an edition would move; older previews go.

    Raises PackFaults.
    """
    Passing.objects.filter(edition=edition, purpose=Passing.Purpose.PREVIEW).delete()
    found = [
        _begun(edition, takeover, Passing.Purpose.PREVIEW, now=now)
        for takeover in takeovers(edition=edition)
    ]
    for passing in found:
        _ask(PREVIEW, passing, after=None, run_at=now, now=now)
    return found


def ask_to_move(*, edition: Edition, now: datetime) -> None:
    """Asks, in the caller's transaction, that clocks move on the first day of each new version. Raises PackFaults."""
    for takeover in takeovers(edition=edition):
        passing = _begun(edition, takeover, Passing.Purpose.MOVE, now=now)
        first = began_at(takeover.day, pack=takeover.pack)
        _ask(SPREAD, passing, after=None, run_at=max(now, first), now=now)


@dataclass(frozen=True, slots=True)
class _Found:
    """What a look at some subjects gave, before anything is written."""

    subjects: Sequence[Subject]
    moves: Sequence[ClockMove]
    looked_at: int


def preview(*, passing_id: UUID, after: UUID | None, now: datetime) -> Callable[[datetime], None]:
    """Looks at the next subjects while no transaction is open; the answer writes what was found. Raises PackFaults."""
    passing = Passing.objects.select_related("edition__base").filter(pk=passing_id).first()
    if passing is None or passing.folder != passing.edition.folder or passing.effective_on is None:
        return _nothing  # the draft was saved since: another preview is under way
    takeover = takeover_on(edition=passing.edition, day=passing.effective_on)
    found = _looked(passing, takeover, after=after, now=now)
    return lambda at: _write(passing, found, at=at)


def spread(*, passing_id: UUID, after: UUID | None, now: datetime) -> None:
    """The day has come: one job for each of the next subjects and one for the rest. Raises PackFaults."""
    look_again()
    passing = Passing.objects.select_related("edition__base").get(pk=passing_id)
    takeover = _takeover_of(passing)
    subjects = subjects_to_take_over(takeover, after=after, limit=SUBJECTS_A_JOB)
    for subject in subjects:
        enqueue(
            kind=MOVE,
            key=f"edition:move:{passing.pk}:{subject.kind}:{subject.id}",
            payload={
                "passing": str(passing.pk),
                "subject_kind": subject.kind,
                "subject_id": str(subject.id),
            },
            run_at=now,
            now=now,
            priority=5,
        )
    is_last = len(subjects) < SUBJECTS_A_JOB
    counts = {"handed_out": F("handed_out") + len(subjects), "is_handed_out": is_last}
    if after is None:
        counts |= {"to_look_at": clocks_to_take_over(takeover).count(), "began_at": now}
    Passing.objects.filter(pk=passing.pk).update(**counts)
    if is_last:
        _end_if_done(passing, now=now)
    else:
        _ask(SPREAD, passing, after=subjects[-1].id, run_at=now, now=now)


def move(*, passing_id: UUID, subject: Subject, now: datetime) -> None:
    """Moves the clocks of one subject and counts them, in the transaction of the job. Raises PackFaults."""
    look_again()
    passing = Passing.objects.select_related("edition__base").get(pk=passing_id)
    takeover = _takeover_of(passing)
    found = take_over(subject=subject, takeover=takeover, edition=passing.edition_id, now=now)
    _count(passing, _of_subject(passing, subject, found), looked_at=len(found), done=1)
    _end_if_done(passing, now=now)


def _looked(passing: Passing, takeover: Takeover, *, after: UUID | None, now: datetime) -> _Found:
    subjects = subjects_to_take_over(takeover, after=after, limit=SUBJECTS_A_JOB)
    moves: list[ClockMove] = []
    looked_at = 0
    for past in histories(subjects):
        found = list(taken_over(past, takeover, now=now))
        looked_at += len(found)
        moves += _of_subject(passing, past.subject, found)
    return _Found(subjects, moves, looked_at)


def _write(passing: Passing, found: _Found, *, at: datetime) -> None:
    """Nothing when the draft was saved meanwhile and the pass is gone."""
    if not Passing.objects.select_for_update().filter(pk=passing.pk).exists():
        return
    _count(passing, found.moves, looked_at=found.looked_at, done=len(found.subjects))
    if len(found.subjects) == SUBJECTS_A_JOB:
        _ask(PREVIEW, passing, after=found.subjects[-1].id, run_at=at, now=at)
    else:
        _ended(passing, now=at)


def _count(passing: Passing, moves: Sequence[ClockMove], *, looked_at: int, done: int) -> None:
    ClockMove.objects.bulk_create(moves)
    Passing.objects.filter(pk=passing.pk).update(
        looked_at=F("looked_at") + looked_at,
        moved=F("moved") + len(moves),
        newly_overdue=F("newly_overdue") + sum(move.is_newly_overdue for move in moves),
        done=F("done") + done,
    )


def _end_if_done(passing: Passing, *, now: datetime) -> None:
    """The row is held since it was counted up: whoever comes last sees all the others."""
    row = Passing.objects.get(pk=passing.pk)
    if row.ended_at is not None or not row.is_handed_out or row.done < row.handed_out:
        return
    _ended(passing, now=now)
    record(
        id=row.pk,
        kind="pack.applied",
        subject=edition_subject(row.edition_id),
        happened_at=now,
        now=now,
        data={
            "moved": row.moved,
            "newly_overdue": row.newly_overdue,
            "effective_on": row.effective_on.isoformat() if row.effective_on else "",
        },
        standard_version=passing.edition.digest,
    )


def _ended(passing: Passing, *, now: datetime) -> None:
    # A clock that ended since it was counted is not looked at: what was looked at is all there is.
    Passing.objects.filter(pk=passing.pk).update(ended_at=now, to_look_at=F("looked_at"))


def _of_subject(passing: Passing, subject: Subject, found: Sequence[TakenOver]) -> list[ClockMove]:
    """A row for each clock whose standing somebody would see change."""
    moved = [each for each in found if each.is_moved]
    rows = Clock.objects.in_bulk([each.clock_id for each in moved])
    return [_as_move(passing, subject, each, rows.get(each.clock_id)) for each in moved]


def _as_move(
    passing: Passing, subject: Subject, found: TakenOver, clock: Clock | None
) -> ClockMove:
    return ClockMove(
        passing=passing,
        clock_id=found.clock_id,
        subject_kind=subject.kind,
        subject_id=subject.id,
        rule_id=found.rule_id,
        department=clock.department if clock else "",
        owner_no=clock.owner_no if clock else "",
        old_state=found.before.state,
        new_state=found.after.state,
        old_due_at=found.before.due_at,
        new_due_at=found.after.due_at,
        is_newly_overdue=found.is_newly_overdue,
        rank=_rank(found),
        urgency_at=found.after.urgency_at,
    )


def _rank(found: TakenOver) -> int:
    """Those newly overdue first, then those due earlier, later, and the rest."""
    old, new = found.before.due_at, found.after.due_at
    if found.is_newly_overdue:
        return 0
    if old is None or new is None:
        return _OTHERWISE
    return _EARLIER if new < old else _LATER


def _begun(edition: Edition, takeover: Takeover, purpose: str, *, now: datetime) -> Passing:
    return Passing.objects.create(
        id=ids.uuid7(now),
        edition=edition,
        purpose=purpose,
        folder=edition.folder,
        effective_on=takeover.day,
        to_look_at=clocks_to_take_over(takeover).count(),
        began_at=now,
    )


def _takeover_of(passing: Passing) -> Takeover:
    if passing.effective_on is None:
        raise ValueError(f"{passing.pk}: no day")
    return takeover_on(edition=passing.edition, day=passing.effective_on)


def _ask(
    kind: str, passing: Passing, *, after: UUID | None, run_at: datetime, now: datetime
) -> None:
    enqueue(
        kind=kind,
        key=f"{kind}:{passing.pk}:{after or 'start'}",
        payload={"passing": str(passing.pk), "after": str(after) if after else ""},
        run_at=run_at,
        now=now,
        priority=5,
    )


def _nothing(now: datetime) -> None:
    return None
