"""Working on a case: progress, answer, pauses, another time agreed, closing."""

import uuid
from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from shouwen.access.permission import APPROVES
from shouwen.cases.models import AnswerRequest, Case, CaseState, Handover, VoidRequest
from shouwen.cases.operations.happenings import Act, happened, is_done, locked_open, touched
from shouwen.cases.operations.promising import keep_promises
from shouwen.core.events import Scalar
from shouwen.people.models import Staff


class AwaitsApproval(Exception):
    """A superior has been asked about the answer and has not decided yet."""


# What a person in the field or at a desk can report, and the event that it is.
PROGRESS = {
    "dispatched": "case.dispatched",
    "accepted": "case.accepted",
    "departed": "case.departed",
    "arrived": "case.arrived",
    "handled": "case.handled",
    "repaired": "case.repaired",
    "cleared": "case.cleared",
    "out_of_scope": "case.out_of_scope_found",
    "referred": "case.referred",
    "investigating": "case.investigation_started",
    "deferred": "case.deferred",
}


@transaction.atomic
def report(
    *,
    act_id: uuid.UUID,
    case_id: uuid.UUID,
    what: str,
    by: Staff,
    at: datetime,
    now: datetime,
    data: Mapping[str, Scalar] | None = None,
    source: str = "app",
) -> Case:
    """Records one step of the work, named by a key of PROGRESS. Raises CaseClosed, KeyError.

    Arriving keeps an open promise to come.
    """
    act = Act(id=act_id, by=by.staff_no, at=at, now=now, source=source)
    case = _do(act=act, case_id=case_id, kind=PROGRESS[what], data=data)
    if what == "arrived":
        keep_promises(act=act, case=case, kinds=("visit",), by=by)
    return case


@transaction.atomic
def note_progress(
    *, act_id: uuid.UUID, case_id: uuid.UUID, by: Staff, note: str, at: datetime, now: datetime
) -> Case:
    """Adds a sentence to the case. Raises CaseClosed, ValueError for an empty note."""
    if not note.strip():
        raise ValueError("a note needs words")
    act = Act(id=act_id, by=by.staff_no, at=at, now=now)
    return _do(act=act, case_id=case_id, kind="case.noted", words=note)


@transaction.atomic
def answer_customer(
    *,
    act_id: uuid.UUID,
    case_id: uuid.UUID,
    by: Staff,
    channel: str,
    content: str,
    at: datetime,
    now: datetime,
    source: str = "app",
) -> Case:
    """Records that the customer was given the answer, by which channel and with what content.

    The answer keeps open promises to call back or to answer. Raises CaseClosed, AwaitsApproval,
    ValueError for an empty answer.
    """
    if not content.strip():
        raise ValueError("an answer needs words")
    act = Act(id=act_id, by=by.staff_no, at=at, now=now, source=source)
    if not is_done(act) and is_awaited(case_id, by):
        raise AwaitsApproval
    data = {"channel": channel}
    case = _do(act=act, case_id=case_id, kind="case.answered", data=data, words=content)
    keep_promises(act=act, case=case, kinds=("call_back", "answer"), by=by)
    return case


def is_awaited(case_id: uuid.UUID, by: Staff) -> bool:
    """Whether a superior has still to decide what `by`, who is none, may answer."""
    asked = AnswerRequest.objects.filter(case=case_id, state=AnswerRequest.State.ASKED)
    return not by.role_set & APPROVES and asked.exists()


@transaction.atomic
def agree_time(
    *,
    act_id: uuid.UUID,
    case_id: uuid.UUID,
    by: Staff,
    agreed_at: datetime,
    at: datetime,
    now: datetime,
) -> Case:
    """Another time was agreed with the customer; both times stay on record. Raises CaseClosed."""
    act = Act(id=act_id, by=by.staff_no, at=at, now=now)
    data = {"at": agreed_at.isoformat()}
    return _do(act=act, case_id=case_id, kind="case.agreed_time", data=data)


@transaction.atomic
def pause_clocks(
    *,
    act_id: uuid.UUID,
    case_id: uuid.UUID,
    by: Staff,
    reason: str,
    evidence: str,
    at: datetime,
    now: datetime,
) -> Case:
    """Pauses the clocks whose rules allow `reason`. Raises CaseClosed, ValueError without reason.

    A rule that does not name the reason keeps running; one that wants evidence keeps running
    without it.
    """
    if not reason:
        raise ValueError("a pause needs a reason from the list")
    act = Act(id=act_id, by=by.staff_no, at=at, now=now)
    data: dict[str, Scalar] = {"reason": reason}
    if evidence.strip():
        data["evidence"] = str(act_id)
    return _do(act=act, case_id=case_id, kind="case.paused", data=data, words=evidence)


@transaction.atomic
def resume_clocks(
    *, act_id: uuid.UUID, case_id: uuid.UUID, by: Staff, at: datetime, now: datetime
) -> Case:
    """Lets paused clocks run on. Raises CaseClosed."""
    act = Act(id=act_id, by=by.staff_no, at=at, now=now)
    return _do(act=act, case_id=case_id, kind="case.resumed")


@transaction.atomic
def close_case(
    *,
    act_id: uuid.UUID,
    case_id: uuid.UUID,
    by: Staff,
    at: datetime,
    now: datetime,
    source: str = "app",
) -> Case:
    """Closes the case: the customer has what was wanted. An open offer is withdrawn with it.

    Raises CaseClosed when it is closed already by another act.
    """
    act = Act(id=act_id, by=by.staff_no, at=at, now=now, source=source)
    if is_done(act):
        return Case.objects.get(pk=case_id)
    case = locked_open(case_id)
    drop_what_waits(act=act, case=case, by=by)
    case.state = CaseState.CLOSED
    case.closed_at = at
    touched(case, "state", "closed_at", act=act, kind="case.closed")
    happened(act=act, kind="case.closed", case=case)
    return case


def drop_what_waits(*, act: Act, case: Case, by: Staff) -> None:
    """Takes back what nobody will answer any more: an open offer, an open wish to void the case."""
    withdrawn = case.handovers.filter(state=Handover.State.OFFERED).update(
        state=Handover.State.WITHDRAWN, answered_at=act.at, answered_by=by
    )
    if withdrawn:
        happened(act=act.part("withdrawn"), kind="case.handover_withdrawn", case=case)
    case.void_requests.filter(state=VoidRequest.State.ASKED).update(
        state=VoidRequest.State.REFUSED, answered_at=act.at
    )


def _do(
    *,
    act: Act,
    case_id: uuid.UUID,
    kind: str,
    data: Mapping[str, Scalar] | None = None,
    words: str = "",
) -> Case:
    if is_done(act):
        return Case.objects.get(pk=case_id)
    case = locked_open(case_id)
    happened(act=act, kind=kind, case=case, data=data, words=words)
    touched(case, act=act, kind=kind)
    return case
