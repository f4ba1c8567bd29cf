"""What every operation on a case does: lock it, write what happened, judge its clocks anew."""

import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from shouwen.cases.models import Case, CaseNote
from shouwen.cases.queries import facts_of
from shouwen.clocks.operations import set_owner, start_clocks
from shouwen.core.events import Scalar, Subject
from shouwen.journal.operations import record
from shouwen.journal.queries import entry_with_id


class CaseClosed(Exception):
    """The case is closed or voided: nothing more can happen to it until it is reopened."""


@dataclass(frozen=True, slots=True)
class Act:
    """One thing done by one person: its id, who did it, when, and when we heard of it.

    `id` is made by whoever asks and is the idempotency key. Instants are aware UTC.
    """

    id: uuid.UUID
    by: str
    at: datetime
    now: datetime
    source: str = "app"

    def part(self, name: str) -> "Act":
        """A second event of the same act, with an id that is always the same."""
        return Act(part_of(self.id, name), self.by, self.at, self.now, self.source)


def part_of(whole: uuid.UUID, name: str) -> uuid.UUID:
    """The id of a named part of `whole`: always the same for the same pair."""
    return uuid.uuid5(whole, name)


def is_done(act: Act) -> bool:
    """True when this very act has been recorded before."""
    return entry_with_id(id=act.id) is not None


def locked(case_id: uuid.UUID) -> Case:
    """The case, held for the rest of the transaction.

    Read without its owner: PostgreSQL would leave out a joined row whose owner was changed by
    whoever held it before.
    """
    return Case.objects.select_for_update().get(pk=case_id)


def locked_open(case_id: uuid.UUID) -> Case:
    """The case, held; raises CaseClosed when the customer is not waiting any more."""
    case = locked(case_id)
    if not case.is_open:
        raise CaseClosed(case.number)
    return case


# Subjects whose clocks wait for the end of a late entry; None outside of one.
_waiting: ContextVar[dict[Subject, Case] | None] = ContextVar("waiting", default=None)


@contextmanager
def entered_late(*, now: datetime) -> Iterator[None]:
    """For several things that all happened before `now`: recorded one by one, judged once.

    Judging after each would find promises missed that the next entry tells were kept. One
    transaction; each subject is judged at its end.
    """
    waiting: dict[Subject, Case] = {}
    with transaction.atomic():
        token = _waiting.set(waiting)
        try:
            yield
        finally:
            _waiting.reset(token)
        for subject, case in waiting.items():
            judge_clocks(subject=subject, case=case, now=now)


def judge_clocks(*, subject: Subject, case: Case, now: datetime) -> None:
    """Brings the clocks of a case or of its promise up to date, now or at the end of a late entry."""
    waiting = _waiting.get()
    if waiting is not None:
        waiting[subject] = case
        return
    start_clocks(subject=subject, facts=facts_of(case), now=now)
    show_owner(subject=subject, case=case)


def happened(
    *,
    act: Act,
    kind: str,
    case: Case,
    data: Mapping[str, Scalar] | None = None,
    words: str = "",
) -> None:
    """Writes the event of `act` and brings every clock of the case up to date.

    `data` holds facts; `words` that could name a person are kept apart from the journal.
    """
    if words.strip():
        CaseNote.objects.create(id=act.id, case=case, text=words.strip()[:300])
    subject = Subject("case", case.id)
    record(
        id=act.id,
        kind=kind,
        subject=subject,
        happened_at=act.at,
        now=act.now,
        actor=act.by,
        data=data or {},
        source=act.source,
    )
    judge_clocks(subject=subject, case=case, now=act.now)


def show_owner(*, subject: Subject, case: Case) -> None:
    """Tells the clocks of a case or of its promise who answers for them now."""
    department = case.department.code if case.department else ""
    set_owner(subject=subject, owner_no=case.owner.staff_no, department=department)


def touched(case: Case, *fields: str) -> None:
    """Saves the fields and counts the version up, so that an older page is found out."""
    case.version += 1
    case.save(update_fields=[*fields, "version"])
