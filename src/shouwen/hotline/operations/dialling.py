"""Calling back: dialling what was promised, and asking somebody else to make the call."""

import uuid
from datetime import datetime, timedelta

from django.db import transaction

from shouwen.core.events import Subject
from shouwen.hotline.models import CallAttempt, CallBack, LineRequest
from shouwen.hotline.models.attempts import NOT_MADE
from shouwen.hotline.operations import control
from shouwen.hotline.operations.attempts import locked_promise
from shouwen.journal.operations import record
from shouwen.journal.queries import entry_with_id
from shouwen.people.models import Staff

_STALE = timedelta(minutes=1)


class OutcomeOwed(Exception):
    """An earlier attempt is under way, or nobody has said what became of it; the text is whose."""


@transaction.atomic
def dial_promise(
    *, act_id: uuid.UUID, promise_id: uuid.UUID, by: Staff, now: datetime
) -> CallAttempt:
    """Dials the number of a promised call at this person's telephone; the call belongs to the case.

    Whoever may make it may be somebody else than its owner. Raises NotACall, OutcomeOwed,
    NotControllable: then nothing was begun.
    """
    there = CallAttempt.objects.filter(pk=act_id).first()
    if there:
        return there
    promise = locked_promise(promise_id)
    owed = _owed(promise_id, now=now)
    if owed:
        raise OutcomeOwed(owed.staff.name)
    digits = promise.case.caller_phone.removeprefix("+").replace("-", "").replace(" ", "")
    attempt = CallAttempt.objects.create(
        id=act_id, promise=promise, staff=by, number=digits[:20], began_at=now
    )
    CallBack.objects.get_or_create(promise=promise)
    control.dial(act_id=_request_of(attempt), by=by, number=digits, now=now)
    attempt.refresh_from_db()
    return attempt


@transaction.atomic
def give_call(
    *, act_id: uuid.UUID, promise_id: uuid.UUID, by: Staff, to: Staff, now: datetime
) -> CallBack:
    """Asks somebody to make a promised call; the promise stays its owner's. Raises NotACall."""
    promise = locked_promise(promise_id)
    row, _ = CallBack.objects.get_or_create(promise=promise)
    if entry_with_id(id=act_id):
        return row
    row.caller = to
    row.save(update_fields=["caller"])
    record(
        id=act_id,
        kind="promise.call_given",
        subject=Subject("promise", promise.pk),
        happened_at=now,
        now=now,
        actor=by.staff_no,
        data={"to": to.staff_no, "case": str(promise.case_id)},
    )
    return row


def _owed(promise_id: uuid.UUID, *, now: datetime) -> CallAttempt | None:
    """The last attempt without an outcome; one that the exchange never dialled is none."""
    waiting = CallAttempt.objects.filter(promise=promise_id, outcome="").select_related("staff")
    for attempt in waiting:
        if attempt.call_id or not _was_refused(attempt, now=now):
            return attempt
        attempt.outcome, attempt.told_at = NOT_MADE, now
        attempt.save(update_fields=["outcome", "told_at"])
    return None


def _was_refused(attempt: CallAttempt, *, now: datetime) -> bool:
    asked = LineRequest.objects.filter(pk=_request_of(attempt)).first()
    if asked is None or asked.state == LineRequest.State.REFUSED:
        return True
    return asked.state == LineRequest.State.ASKED and attempt.began_at < now - _STALE


def _request_of(attempt: CallAttempt) -> uuid.UUID:
    return uuid.uuid5(attempt.pk, "dial")
