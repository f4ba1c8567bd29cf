"""Voiding a case that should not be one, and opening one again that was settled too early."""

import uuid
from datetime import datetime

from django.db import transaction

from shouwen.cases.models import Case, CaseState, VoidRequest
from shouwen.cases.operations.happenings import (
    Act,
    happened,
    is_done,
    locked,
    locked_open,
    touched,
)
from shouwen.cases.operations.promising import withdraw_promises
from shouwen.cases.operations.working import drop_what_waits
from shouwen.cases.queries import has_promises_at_stake
from shouwen.people.models import Staff

VOID_REASONS = ("opened_by_mistake", "duplicate", "drill", "withdrawn_by_customer", "not_ours")
REOPEN_REASONS = ("not_solved", "came_back", "answer_incomplete", "closed_by_mistake", "not_void")


class AlreadyAsked(Exception):
    """Somebody has asked to void the case; that has to be decided first."""


class VoidGone(Exception):
    """What was asked for has been decided meanwhile. The message says how and by whom."""


class OwnRequest(Exception):
    """Nobody approves what they have asked for themselves."""


class NotSettled(Exception):
    """Only a closed or voided case can be opened again. The message is its state."""


@transaction.atomic
def void_case(
    *,
    act_id: uuid.UUID,
    case_id: uuid.UUID,
    by: Staff,
    reason: str,
    words: str,
    at: datetime,
    now: datetime,
) -> VoidRequest:
    """Voids the case, or asks for it when promises of it are broken or still run.

    `reason` is one of VOID_REASONS. What is asked for waits for another person. Raises CaseClosed,
    AlreadyAsked, ValueError for another reason.
    """
    if reason not in VOID_REASONS:
        raise ValueError(f"not a reason to void a case: {reason}")
    act = Act(id=act_id, by=by.staff_no, at=at, now=now)
    there = VoidRequest.objects.filter(pk=act_id).first()
    if there:
        return there
    case = locked_open(case_id)
    if case.void_requests.filter(state=VoidRequest.State.ASKED).exists():
        raise AlreadyAsked(case.number)
    asks = has_promises_at_stake(case=case)
    request = VoidRequest.objects.create(
        id=act_id,
        case=case,
        reason=reason,
        words=words.strip()[:300],
        asked_by=by,
        asked_at=at,
        state=VoidRequest.State.ASKED if asks else VoidRequest.State.APPROVED,
        answered_at=None if asks else at,
    )
    if asks:
        happened(act=act, kind="case.void_asked", case=case, data={"reason": reason}, words=words)
        touched(case, act=act, kind="case.void_asked")
    else:
        _void(act=act, case=case, request=request, by=by, approver="")
    return request


@transaction.atomic
def approve_void(
    *, act_id: uuid.UUID, request_id: uuid.UUID, by: Staff, at: datetime, now: datetime
) -> VoidRequest:
    """Voids the case as asked. Raises VoidGone, OwnRequest, CaseClosed."""
    act = Act(id=act_id, by=by.staff_no, at=at, now=now)
    if is_done(act):
        return VoidRequest.objects.get(pk=request_id)
    case, request = _held(request_id, by)
    if not case.is_open:
        raise VoidGone(case.get_state_display())
    _answer(request, VoidRequest.State.APPROVED, by=by, at=at)
    _void(act=act, case=case, request=request, by=by, approver=by.staff_no)
    return request


@transaction.atomic
def refuse_void(
    *,
    act_id: uuid.UUID,
    request_id: uuid.UUID,
    by: Staff,
    words: str,
    at: datetime,
    now: datetime,
) -> VoidRequest:
    """Leaves the case as it is. Raises VoidGone, OwnRequest."""
    act = Act(id=act_id, by=by.staff_no, at=at, now=now)
    if is_done(act):
        return VoidRequest.objects.get(pk=request_id)
    case, request = _held(request_id, by)
    _answer(request, VoidRequest.State.REFUSED, by=by, at=at)
    happened(act=act, kind="case.void_refused", case=case, words=words)
    touched(case, act=act, kind="case.void_refused")
    return request


@transaction.atomic
def reopen_case(
    *,
    act_id: uuid.UUID,
    case_id: uuid.UUID,
    by: Staff,
    reason: str,
    words: str,
    at: datetime,
    now: datetime,
) -> Case:
    """Opens a closed or voided case again; its last owner owns it.

    The old verdicts stand and new clocks begin now, as each rule's policy says; a case that was
    void by mistake goes on with its old clocks. `reason` is one of REOPEN_REASONS. Raises
    NotSettled, ValueError for another reason.
    """
    if reason not in REOPEN_REASONS:
        raise ValueError(f"not a reason to open a case again: {reason}")
    act = Act(id=act_id, by=by.staff_no, at=at, now=now)
    if is_done(act):
        return Case.objects.get(pk=case_id)
    case = locked(case_id)
    if case.state not in (CaseState.CLOSED, CaseState.VOIDED):
        raise NotSettled(case.get_state_display())
    data = {"reason": reason, "after": str(case.state)}
    case.state = CaseState.OPEN
    case.closed_at = None
    touched(case, "state", "closed_at", act=act, kind="case.reopened")
    happened(act=act, kind="case.reopened", case=case, data=data, words=words)
    return case


def _held(request_id: uuid.UUID, by: Staff) -> tuple[Case, VoidRequest]:
    """The case and what was asked for, both held; refused when it is not `by` who can decide."""
    case = locked(VoidRequest.objects.values_list("case_id", flat=True).get(pk=request_id))
    request = VoidRequest.objects.select_for_update().get(pk=request_id)
    if request.state != VoidRequest.State.ASKED:
        who = request.answered_by.name if request.answered_by else ""
        raise VoidGone(f"{request.get_state_display()} {who}".strip())
    if request.asked_by_id == by.pk:
        raise OwnRequest(by.staff_no)
    return case, request


def _answer(request: VoidRequest, state: str, *, by: Staff, at: datetime) -> None:
    request.state = state
    request.answered_by = by
    request.answered_at = at
    request.save(update_fields=["state", "answered_by", "answered_at"])


def _void(*, act: Act, case: Case, request: VoidRequest, by: Staff, approver: str) -> None:
    drop_what_waits(act=act, case=case, by=by)
    withdraw_promises(act=act, case=case, reason=request.reason, approver=approver)
    case.state = CaseState.VOIDED
    case.closed_at = act.at
    touched(case, "state", "closed_at", act=act, kind="case.voided")
    data = {"reason": request.reason, "approver": approver}
    happened(act=act, kind="case.voided", case=case, data=data, words=request.words)
