"""What every operation on a case does: lock it, write what happened, judge its clocks anew."""

import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from shouwen.cases.models import Case, CaseChange, CaseNote
from shouwen.cases.queries import facts_of
from shouwen.clocks.operations import Answering, set_owner, start_clocks
from shouwen.core.events import Scalar, Subject
from shouwen.journal.operations import record
from shouwen.journal.queries import entry_with_id


class CaseClosed(Exception):
    """The case is closed or voided: nothing more can happen to it until it is reopened."""


class ChangedMeanwhile(Exception):
    """The case is not as the page showed it. `changes` tells what others did since, oldest first."""

    def __init__(self, changes: tuple[CaseChange, ...]) -> None:
        self.changes = changes
        super().__init__(", ".join(str(change) for change in changes))


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


# What others may do to a case without getting in the way of an act that was decided before.
HARMLESS = frozenset(
    {"case.noted", "case.attached", "case.linked", "case.unlinked", "case.printed"}
)
# What happens to the surviving case happens to the cases merged into it.
SHARED = frozenset(
    {
        "case.investigation_started",
        "case.deferred",
        "case.answered",
        "case.agreed_time",
        "case.dispatched",
        "case.accepted",
        "case.departed",
        "case.arrived",
        "case.handled",
        "case.repaired",
        "case.cleared",
        "case.referred",
        "case.out_of_scope_found",
        "case.paused",
        "case.resumed",
        "case.closed",
    }
)


@dataclass(frozen=True, slots=True)
class Shown:
    """The version of a case that a page showed to a person (staff number)."""

    case_id: uuid.UUID
    version: int
    by: str


_shown: ContextVar[Shown | None] = ContextVar("shown", default=None)


@contextmanager
def as_shown(*, case_id: uuid.UUID, version: int, by: str) -> Iterator[None]:
    """For an act decided on a page that showed `version`: it is refused when the case is another.

    Any operation inside raises ChangedMeanwhile when others changed the case since, unless all
    they did was harmless.
    """
    token = _shown.set(Shown(case_id, version, by))
    try:
        yield
    finally:
        _shown.reset(token)


def locked(case_id: uuid.UUID) -> Case:
    """The case, held for the rest of the transaction. Raises ChangedMeanwhile within as_shown.

    Read without its owner: PostgreSQL would leave out a joined row whose owner was changed by
    whoever held it before.
    """
    case = Case.objects.select_for_update().get(pk=case_id)
    shown = _shown.get()
    if shown is not None and shown.case_id == case.pk and shown.version < case.version:
        _refuse_if_changed(case, shown)
    return case


def _refuse_if_changed(case: Case, shown: Shown) -> None:
    since = case.changes.filter(version__gt=shown.version)
    changes = tuple(since.exclude(kind__in=HARMLESS).exclude(by=shown.by))
    if changes:
        raise ChangedMeanwhile(changes)


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

    Judging after each would find promises missed that the next entry tells were kept, and would
    judge an act of several events as often. One transaction; each subject is judged at its end,
    inside another late entry at the end of that one.
    """
    if _waiting.get() is not None:
        yield
        return
    waiting: dict[Subject, Case] = {}
    with transaction.atomic():
        token = _waiting.set(waiting)
        try:
            yield
        finally:
            _waiting.reset(token)
        for subject, case in waiting.items():
            judge_clocks(subject=subject, case=case, now=now)


Follower = Callable[[Case, datetime], None]
"""Takes a case whose clocks were just judged and `now`. It must never raise: a case is never refused."""

_followers: list[Follower] = []


def also_follow(function: Follower) -> Follower:
    """Registers what follows a case in the transaction of each of its events."""
    if function not in _followers:
        _followers.append(function)
    return function


def judge_clocks(*, subject: Subject, case: Case, now: datetime) -> None:
    """Brings the clocks of a case or of its promise up to date, now or at the end of a late entry."""
    waiting = _waiting.get()
    if waiting is not None:
        waiting[subject] = case
        return
    answering = _answering(case)
    start_clocks(subject=subject, facts=facts_of(case), now=now, answering=answering)
    show_owner(subject=subject, case=case)
    if subject.kind == "case":
        for follow in _followers:
            follow(case, now)


def happened(
    *,
    act: Act,
    kind: str,
    case: Case,
    data: Mapping[str, Scalar] | None = None,
    words: str = "",
) -> None:
    """Writes the event of `act` and brings every clock of the case up to date.

    `data` holds facts; `words` that could name a person are kept apart from the journal. What the
    customer gets holds for the cases merged into this one as well.
    """
    if words.strip():
        CaseNote.objects.create(id=act.id, case=case, text=words.strip()[:300])
    _write(act=act, kind=kind, case=case, data=data or {})
    if kind in SHARED:
        for other in merged_into(case):
            shared = {**(data or {}), "through": case.number}
            _write(act=act.part(f"merged:{other.pk}"), kind=kind, case=other, data=shared)


def _write(*, act: Act, kind: str, case: Case, data: Mapping[str, Scalar]) -> None:
    subject = Subject("case", case.id)
    record(
        id=act.id,
        kind=kind,
        subject=subject,
        happened_at=act.at,
        now=act.now,
        actor=act.by,
        data=data,
        source=act.source,
    )
    judge_clocks(subject=subject, case=case, now=act.now)


def merged_into(case: Case) -> list[Case]:
    """The cases that go with this one, also those merged into them before."""
    found: list[Case] = []
    wave = [case]
    while wave:
        wave = list(
            Case.objects.filter(merged_into__in=wave).select_related(
                "owner", "department", "merged_into__owner", "merged_into__department"
            )
        )
        found += wave
    return found


def show_owner(*, subject: Subject, case: Case) -> None:
    """Tells the clocks of a case or of its promise who answers for them now."""
    who = _answering(case)
    set_owner(subject=subject, owner_no=who.owner_no, department=who.department)


def _answering(case: Case) -> Answering:
    """The owner and the department of a case, or of the one it was merged into."""
    while case.merged_into is not None:
        case = case.merged_into
    return Answering(case.owner.staff_no, case.department.code if case.department else "")


def touched(case: Case, *fields: str, act: Act, kind: str) -> None:
    """Saves the fields and counts the version up, so that an older page is found out."""
    case.version += 1
    case.save(update_fields=[*fields, "version"])
    CaseChange.objects.create(case=case, version=case.version, kind=kind, by=act.by, at=act.at)
