"""The escalation ladder: who is told when a promise nears or passes its due time. Nobody twice."""

import uuid
from collections.abc import Callable, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from shouwen.access.permission import sees_case
from shouwen.access.roles import Role
from shouwen.cases.models import Case, Escalation
from shouwen.cases.queries import standing
from shouwen.clocks.models import Clock
from shouwen.clocks.queries import escalation_ladder
from shouwen.core.events import Subject
from shouwen.jobs.operations import enqueue
from shouwen.journal.operations import record
from shouwen.people.models import Staff
from shouwen.people.queries import holders_of, off_at
from shouwen.standard.settings import Rung

ESCALATE = "cases.escalate"
OWNER = "owner"


@transaction.atomic
def climb(*, clock_id: uuid.UUID, due_at: datetime, now: datetime) -> None:
    """Asks for a job at every rung that a promise due at `due_at` can reach. Raises PackFaults.

    The key names clock, due time and rung: however often it is asked for, each is one job.
    """
    for rung in escalation_ladder().rung:
        enqueue(
            kind=ESCALATE,
            key=f"escalate:{clock_id}:{due_at.isoformat()}:{rung.id}",
            payload={"clock": str(clock_id), "due_at": due_at.isoformat(), "rung": rung.id},
            run_at=max(now, rung.at(due_at)),
            now=now,
        )


@transaction.atomic
def escalate(
    *, clock_id: uuid.UUID, due_at: datetime, rung: str, now: datetime
) -> tuple[Escalation, ...]:
    """Tells whoever the rung names, if somebody still waits for that promise by that time.

    A promise that was kept, paused or moved meanwhile tells nobody. Raises PackFaults.
    """
    step = next((each for each in escalation_ladder().rung if each.id == rung), None)
    clock = Clock.objects.filter(pk=clock_id, is_open=True, due_at=due_at).first()
    if clock is not None and step is not None and _told_elsewhere(clock, step, now):
        return ()
    case = _case_of(clock) if clock else None
    if step is None or clock is None or case is None or _is_overtaken(step, due_at, now):
        return ()
    if not step.speaks_of(facts=clock.facts, department=clock.department):
        return ()
    told = [
        Escalation(
            id=uuid.uuid5(clock_id, f"{due_at.isoformat()}:{rung}:{person.staff_no}"),
            case=case,
            clock_id=clock_id,
            due_at=due_at,
            rung=rung,
            staff=person,
            told_at=now,
        )
        for person in recipients(case=case, tell=step.tell, now=now)
    ]
    if told:
        Escalation.objects.bulk_create(told, ignore_conflicts=True)
        _record(clock, case, told, due_at=due_at, rung=rung, now=now)
    return tuple(told)


Climber = Callable[[Clock, Rung, datetime], None]
"""Tells whoever a rung names about a clock of another kind of subject."""

_climbers: dict[str, Climber] = {}


def also_escalate(subject_kind: str, function: Climber) -> None:
    """Registers who tells of the clocks of a kind of subject that is neither a case nor a promise."""
    _climbers[subject_kind] = function


def _told_elsewhere(clock: Clock, step: Rung, now: datetime) -> bool:
    """Whether the clock belongs to something that is told of by whoever registered for it."""
    if clock.subject_kind not in _climbers or clock.due_at is None:
        return False
    is_over = _is_overtaken(step, clock.due_at, now)
    if not is_over and step.speaks_of(facts=clock.facts, department=clock.department):
        _climbers[clock.subject_kind](clock, step, now)
    return True


@transaction.atomic
def tell_at_once(
    *, clock_id: uuid.UUID, rung: str, tell: Sequence[str], now: datetime
) -> tuple[Escalation, ...]:
    """Tells these roles, or "owner", of a promise without waiting for a rung of the ladder; nobody twice.

    `rung` names the reason. Roles that nobody knows are passed over. Clocks without a due time tell nobody.
    """
    clock = Clock.objects.filter(pk=clock_id).first()
    case = _case_of(clock) if clock else None
    if clock is None or clock.due_at is None or case is None:
        return ()
    known = [name for name in tell if name == OWNER or name in set(Role)]
    told = [
        Escalation(
            id=uuid.uuid5(clock_id, f"{clock.due_at.isoformat()}:{rung}:{person.staff_no}"),
            case=case,
            clock_id=clock_id,
            due_at=clock.due_at,
            rung=rung,
            staff=person,
            told_at=now,
        )
        for person in recipients(case=case, tell=known, now=now)
    ]
    there = Escalation.objects.filter(pk__in=[each.pk for each in told]).exists()
    if told and not there:
        Escalation.objects.bulk_create(told, ignore_conflicts=True)
        _record(clock, case, told, due_at=clock.due_at, rung=rung, now=now)
    return tuple(told)


@transaction.atomic
def note_seen(*, act_id: uuid.UUID, escalation_id: uuid.UUID, by: Staff, now: datetime) -> None:
    """The person who was told has seen it: what they were told of that case leaves their page.

    Raises Escalation.DoesNotExist.
    """
    told = Escalation.objects.select_for_update(of=("self",)).get(pk=escalation_id, staff=by)
    unseen = Escalation.objects.filter(case=told.case_id, staff=by, seen_at__isnull=True)
    if not unseen.update(seen_at=now):
        return
    record(
        id=act_id,
        kind="case.escalation_seen",
        subject=Subject("case", told.case_id),
        happened_at=now,
        now=now,
        actor=by.staff_no,
        data={"rung": told.rung},
    )


def recipients(*, case: Case, tell: Sequence[str], now: datetime) -> list[Staff]:
    """Who is told of a case: its owner, and of each role those of its department, else all. Whoever is
    on a shift at `now` goes before those who are not: nobody is woken while a colleague is there.

    Whoever may not see the case is not told of it. Raises ValueError for an unknown role.
    """
    found: dict[int, Staff] = {}
    for name in tell:
        for person in [_answering(case)] if name == OWNER else _holders(Role(name), case, now):
            found[person.pk] = person
    how = standing(case)
    about = set(case.details.filter(bars=True).values_list("value", flat=True))
    told = (each for each in found.values() if each.staff_no not in about)
    return [person for person in told if person.is_active and sees_case(person, how)]


def _answering(case: Case) -> Staff:
    """The owner; of a merged case, the owner of the one that goes on for it."""
    while case.merged_into is not None:
        case = case.merged_into
    return case.owner


def _holders(role: Role, case: Case, now: datetime) -> list[Staff]:
    everybody = list(
        holders_of(roles={role}).select_related("department").prefetch_related("roles")
    )
    on_shift = off_at(staff=everybody, now=now)
    there = [each for each in everybody if each.pk in on_shift]
    return _near(there, case) or _near(everybody, case)


def _near(people: list[Staff], case: Case) -> list[Staff]:
    near = [
        each for each in people if case.department_id and each.department_id == case.department_id
    ]
    return near or people


def _is_overtaken(step: Rung, due_at: datetime, now: datetime) -> bool:
    """A reminder before the due time says nothing any more when it has passed."""
    return step.left is not None and now > due_at


def _case_of(clock: Clock) -> Case | None:
    if clock.subject_kind not in ("case", "promise"):
        return None
    about = Q(pk=clock.subject_id)
    if clock.subject_kind == "promise":
        about = Q(promises=clock.subject_id)
    found = Case.objects.filter(about)
    with_people = found.select_related("first_asked", "department", "owner__department")
    return with_people.prefetch_related("handovers").first()


def _record(
    clock: Clock,
    case: Case,
    told: Sequence[Escalation],
    *,
    due_at: datetime,
    rung: str,
    now: datetime,
) -> None:
    record(
        id=uuid.uuid5(clock.pk, f"case.escalated:{due_at.isoformat()}:{rung}"),
        kind="case.escalated",
        subject=Subject("case", case.pk),
        happened_at=now,
        now=now,
        data={
            "rung": rung,
            "rule": clock.rule_id,
            "to": ",".join(sorted(each.staff.staff_no for each in told)),
        },
    )
