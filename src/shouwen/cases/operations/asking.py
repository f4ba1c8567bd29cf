"""Asking a superior about what is outside an agent's authority. The customer has a promise meanwhile."""

import uuid
from datetime import datetime

from django.db import transaction

from shouwen.access.permission import Action, can
from shouwen.cases.models import AnswerRequest, Case
from shouwen.cases.operations.happenings import (
    Act,
    happened,
    is_done,
    locked,
    locked_open,
    touched,
)
from shouwen.cases.operations.promising import make_promise
from shouwen.cases.queries import standing
from shouwen.people.models import Staff

State = AnswerRequest.State


class AlreadyAskedFor(Exception):
    """A superior has been asked about this case; that has to be decided first."""


class AnswerGone(Exception):
    """What was asked for has been decided meanwhile. The message says how and by whom."""


class OwnAnswer(Exception):
    """Nobody approves what they have asked for themselves."""


@transaction.atomic
def ask_superior(
    *,
    act_id: uuid.UUID,
    case_id: uuid.UUID,
    by: Staff,
    question: str,
    answer: str,
    due_at: datetime,
    at: datetime,
    now: datetime,
) -> AnswerRequest:
    """Puts a question to the superiors, with the answer that the agent would give and until when.

    Raises CaseClosed, AlreadyAskedFor, ValueError without a question.
    """
    if not question.strip():
        raise ValueError("a question needs words")
    there = AnswerRequest.objects.filter(pk=act_id).first()
    if there:
        return there
    case = locked_open(case_id)
    if case.answer_requests.filter(state=State.ASKED).exists():
        raise AlreadyAskedFor(case.number)
    request = AnswerRequest.objects.create(
        id=act_id,
        case=case,
        question=question.strip()[:300],
        answer=answer.strip()[:300],
        due_at=due_at,
        asked_by=by,
        asked_at=at,
    )
    act = Act(id=act_id, by=by.staff_no, at=at, now=now)
    data = {"at": due_at.isoformat()}
    happened(act=act, kind="case.approval_asked", case=case, data=data, words=question)
    touched(case, act=act, kind="case.approval_asked")
    return request


@transaction.atomic
def approve_answer(
    *,
    act_id: uuid.UUID,
    request_id: uuid.UUID,
    by: Staff,
    answer: str,
    due_at: datetime | None,
    at: datetime,
    now: datetime,
) -> AnswerRequest:
    """Approves the answer, perhaps in other words; another time is a promise of its own to the customer.

    What the customer was told before stands until it is kept. Raises AnswerGone, OwnAnswer.
    """
    act = Act(id=act_id, by=by.staff_no, at=at, now=now)
    if is_done(act):
        return AnswerRequest.objects.get(pk=request_id)
    case, request = _held(request_id, by)
    moved = due_at is not None and due_at != request.due_at
    request.answer = answer.strip()[:300] or request.answer
    request.due_at = due_at or request.due_at
    _decide(request, State.APPROVED, by=by, at=at)
    data = {"at": request.due_at.isoformat(), "approver": by.staff_no}
    happened(act=act, kind="case.approval_given", case=case, data=data, words=request.answer)
    touched(case, act=act, kind="case.approval_given")
    if moved and case.is_open:
        make_promise(
            act_id=act.part("promised").id,
            case_id=case.pk,
            by=by,
            kind="answer",
            words=request.answer or request.question,
            due_at=request.due_at,
            at=at,
            now=now,
        )
    return request


@transaction.atomic
def refuse_answer(
    *,
    act_id: uuid.UUID,
    request_id: uuid.UUID,
    by: Staff,
    reason: str,
    at: datetime,
    now: datetime,
) -> AnswerRequest:
    """Gives the question back to whoever owns the case, with the reason. Raises AnswerGone, OwnAnswer,
    ValueError without a reason.
    """
    if not reason.strip():
        raise ValueError("a refusal needs a reason")
    act = Act(id=act_id, by=by.staff_no, at=at, now=now)
    if is_done(act):
        return AnswerRequest.objects.get(pk=request_id)
    case, request = _held(request_id, by)
    request.reason = reason.strip()[:300]
    _decide(request, State.REFUSED, by=by, at=at)
    data = {"approver": by.staff_no}
    happened(act=act, kind="case.approval_refused", case=case, data=data, words=reason)
    touched(case, act=act, kind="case.approval_refused")
    return request


def may_decide(*, staff: Staff, case: Case) -> bool:
    """Whether somebody is a superior who decides about answers of this case."""
    return can(staff, Action.APPROVE_ANSWER, standing(case))


def _held(request_id: uuid.UUID, by: Staff) -> tuple[Case, AnswerRequest]:
    case = locked(AnswerRequest.objects.values_list("case_id", flat=True).get(pk=request_id))
    request = AnswerRequest.objects.select_for_update().get(pk=request_id)
    if request.state != State.ASKED:
        who = request.answered_by.name if request.answered_by else ""
        raise AnswerGone(f"{request.get_state_display()} {who}".strip())
    if request.asked_by_id == by.pk:
        raise OwnAnswer(by.staff_no)
    return case, request


def _decide(request: AnswerRequest, state: str, *, by: Staff, at: datetime) -> None:
    request.state, request.answered_by, request.answered_at = state, by, at
    request.save()
