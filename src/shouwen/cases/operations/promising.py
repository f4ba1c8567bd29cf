"""Promises to a customer: each is a row with an owner, a clock and a result."""

import uuid
from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from shouwen.cases.models import Case, Promise
from shouwen.cases.operations.happenings import (
    Act,
    is_done,
    judge_clocks,
    locked,
    locked_open,
    merged_into,
    touched,
)
from shouwen.core.events import Subject
from shouwen.journal.operations import record
from shouwen.people.models import Staff


class PromiseGone(Exception):
    """The promise has been kept or taken back already."""


@transaction.atomic
def make_promise(  # noqa: PLR0913 - what was promised, by whom, until when
    *,
    act_id: uuid.UUID,
    case_id: uuid.UUID,
    by: Staff,
    kind: str,
    words: str,
    due_at: datetime,
    at: datetime,
    now: datetime,
    source: str = "app",
) -> Promise:
    """Writes down what the customer was promised and starts its clock. Raises CaseClosed."""
    there = Promise.objects.filter(pk=act_id).first()
    if there:
        return there
    case = locked_open(case_id)
    promise = Promise.objects.create(
        id=act_id,
        case=case,
        kind=kind,
        words=words[:200],
        owner=case.owner,
        made_at=at,
        due_at=due_at,
    )
    subject = Subject("promise", promise.id)
    record(
        id=act_id,
        kind="promise.made",
        subject=subject,
        happened_at=at,
        now=now,
        actor=by.staff_no,
        data={"kind": kind, "at": due_at.isoformat(), "case": str(case.id)},
        source=source,
    )
    judge_clocks(subject=subject, case=case, now=now)
    made = Act(id=act_id, by=by.staff_no, at=at, now=now, source=source)
    touched(case, act=made, kind="promise.made")
    return promise


@transaction.atomic
def keep_promise(
    *, act_id: uuid.UUID, promise_id: uuid.UUID, by: Staff, at: datetime, now: datetime
) -> Promise:
    """Records that what was promised has been done. Raises PromiseGone."""
    act = Act(id=act_id, by=by.staff_no, at=at, now=now)
    if is_done(act):
        return Promise.objects.get(pk=promise_id)
    case = locked(Promise.objects.values_list("case_id", flat=True).get(pk=promise_id))
    promise = Promise.objects.select_for_update(of=("self",)).get(pk=promise_id)
    if promise.state != Promise.State.OPEN:
        raise PromiseGone(promise.get_state_display())
    promise.state = Promise.State.KEPT
    promise.kept_at = at
    promise.save(update_fields=["state", "kept_at"])
    subject = Subject("promise", promise.id)
    record(
        id=act.id,
        kind="promise.kept",
        subject=subject,
        happened_at=at,
        now=now,
        actor=by.staff_no,
        data={"case": str(promise.case_id)},
    )
    judge_clocks(subject=subject, case=case, now=now)
    touched(case, act=act, kind="promise.kept")
    return promise


def withdraw_promises(
    *, act: Act, case: Case, reason: str, approver: str, kinds: Collection[str] = ()
) -> None:
    """Takes back what is still promised, of these `kinds` only where some are given: nobody waits
    for it any more. Its clocks count apart.
    """
    waiting = case.promises.filter(state=Promise.State.OPEN)
    for promise in waiting.filter(kind__in=kinds) if kinds else waiting:
        promise.state = Promise.State.WITHDRAWN
        promise.save(update_fields=["state"])
        subject = Subject("promise", promise.pk)
        record(
            id=act.part(f"withdrawn:{promise.pk}").id,
            kind="promise.withdrawn",
            subject=subject,
            happened_at=act.at,
            now=act.now,
            actor=act.by,
            data={"reason": reason, "approver": approver, "case": str(case.pk)},
        )
        judge_clocks(subject=subject, case=case, now=act.now)


def keep_promises(*, act: Act, case: Case, kinds: Collection[str], by: Staff) -> None:
    """Keeps the open promises of these kinds: what was promised has just happened."""
    cases = [case, *merged_into(case)]
    waiting = Promise.objects.filter(case__in=cases, state=Promise.State.OPEN, kind__in=kinds)
    for promise in waiting:
        keep_promise(
            act_id=act.part(f"kept:{promise.pk}").id,
            promise_id=promise.pk,
            by=by,
            at=act.at,
            now=act.now,
        )
