"""A repair that needs nobody: solved with the customer on the telephone, or not ours to repair."""

import uuid
from datetime import datetime

from django.db import transaction

from shouwen.cases.models import Case
from shouwen.cases.operations.happenings import (
    Act,
    entered_late,
    happened,
    is_done,
    locked_open,
    touched,
)
from shouwen.cases.operations.working import answer_customer, close_case
from shouwen.people.models import Staff


@transaction.atomic
def solve_on_phone(
    *,
    act_id: uuid.UUID,
    case_id: uuid.UUID,
    by: Staff,
    guide: str,
    words: str,
    at: datetime,
    now: datetime,
) -> Case:
    """The customer was led through a guide (its id) and says that it works: repaired, answered, closed.

    `words` are the answer on record. Raises CaseClosed, ValueError without words.
    """
    if not words.strip():
        raise ValueError("an answer needs words")
    act = Act(id=act_id, by=by.staff_no, at=at, now=now)
    if is_done(act):
        return Case.objects.get(pk=case_id)
    case = locked_open(case_id)
    with entered_late(now=now):
        happened(act=act, kind="case.solved_on_phone", case=case, data={"guide": guide})
        happened(act=act.part("handled"), kind="case.handled", case=case)
        happened(act=act.part("repaired"), kind="case.repaired", case=case)
        touched(case, act=act, kind="case.solved_on_phone")
        answer_customer(
            act_id=act.part("answered").id,
            case_id=case.pk,
            by=by,
            channel="phone",
            content=words,
            at=at,
            now=now,
        )
        return close_case(act_id=act.part("closed").id, case_id=case.pk, by=by, at=at, now=now)


@transaction.atomic
def refer_elsewhere(
    *,
    act_id: uuid.UUID,
    case_id: uuid.UUID,
    by: Staff,
    why: str,
    where: str,
    words: str,
    at: datetime,
    now: datetime,
) -> Case:
    """Not ours to repair: what was found (`why`) and where the customer is told to turn (`where`).

    Both are ids of the pack's lists. Found before, only the telling is new. Raises CaseClosed.
    """
    act = Act(id=act_id, by=by.staff_no, at=at, now=now)
    if is_done(act):
        return Case.objects.get(pk=case_id)
    case = locked_open(case_id)
    with entered_late(now=now):
        found = act.part("found")
        happened(act=found, kind="case.out_of_scope_found", case=case, data={"reason": why})
        happened(act=act, kind="case.referred", case=case, data={"to": where}, words=words)
        touched(case, act=act, kind="case.referred")
    return case
