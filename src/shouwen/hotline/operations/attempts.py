"""What became of an attempt to call back: the promise is kept, or the next attempt is planned."""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import cast
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction

from shouwen.cases import operations as cases
from shouwen.cases.models import Case, Promise
from shouwen.cases.operations import part_of
from shouwen.cases.operations.escalating import tell_at_once
from shouwen.cases.operations.happenings import locked
from shouwen.clocks.models import Clock
from shouwen.core.events import Scalar, Subject
from shouwen.core.retrying import OUTCOMES, Next, Outcome, Stop, Tried, TryAgain, next_try
from shouwen.hotline.models import Call, CallAttempt, CallBack
from shouwen.hotline.queries import readable_callbacks, readable_standard
from shouwen.journal.operations import record
from shouwen.journal.queries import entry_with_id
from shouwen.messages.operations import send
from shouwen.messages.texts import UnknownText, WrongParams
from shouwen.people.models import Staff
from shouwen.standard.faults import PackFaults

TRIES_OVER = "call_back_over"
"""Under this name supervisors are told that nobody could be reached."""
KINDS = ("call_back", "answer")
_SOON = timedelta(minutes=2)
_BUSY = frozenset({"busy", "user_busy", "17"})
_UNANSWERED = (Call.Outcome.MISSED, Call.Outcome.ABANDONED)


class NotACall(Exception):
    """What was promised is not to be called: it is kept or taken back already, or a visit."""


class TimePassed(ValueError):
    """The time that the customer asked for is not to come."""


class NoWords(ValueError):
    """An answer was promised: what was answered must be written down."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What somebody says became of an attempt. `words`: the answer; `closes`: nothing is left to do."""

    outcome: Outcome
    words: str = ""
    asked_for: datetime | None = None
    closes: bool = False


@transaction.atomic
def tell_outcome(
    *,
    act_id: uuid.UUID,
    promise_id: uuid.UUID,
    by: Staff,
    told: Told,
    now: datetime,
    attempt_id: uuid.UUID | None = None,
) -> CallBack:
    """Writes down what became of an attempt; without `attempt_id`, of one made by hand just now.

    Reached: the promise is kept as of the answer, the answer recorded. Another time was asked for:
    a promised call is kept and promised anew for then. Else the plan says when it is tried again,
    or what follows the last try. Raises NotACall, TimePassed, NoWords.
    """
    if entry_with_id(id=act_id):
        return CallBack.objects.get(pk=promise_id)
    promise = locked_promise(promise_id)
    attempt = _attempt(promise, attempt_id, by, act_id=act_id, now=now)
    if attempt.outcome:
        return _row(promise)
    if told.outcome == "asked_later" and (told.asked_for is None or told.asked_for <= now):
        raise TimePassed
    if told.outcome == "reached" and promise.kind == "answer" and not told.words.strip():
        raise NoWords
    row = _row(promise)
    attempt.outcome, attempt.told_at = told.outcome, now
    attempt.save(update_fields=["outcome", "told_at"])
    tried = _tried(promise)
    row.tries, row.last_outcome = len(tried), told.outcome
    following = _following(promise, tried, told)
    attempt.next_at = row.next_at = following.at if isinstance(following, TryAgain) else None
    attempt.save(update_fields=["next_at"])
    row.save()
    _note(act_id, promise, attempt, row, by=by, now=now)
    if told.outcome in ("reached", "asked_later"):
        _spoken(act_id, promise, attempt, told, by=by, now=now)
    elif isinstance(following, Stop) and following.why != "no_plan":
        _give_up(act_id, promise, row, following, now=now)
    return row


@transaction.atomic
def follow_attempts(*, call: Call, now: datetime) -> None:
    """Ties an outbound call to the attempt it was dialled for; one that nobody took is no answer.

    What the exchange does not know, whoever dialled is asked.
    """
    if call.direction != "outbound":
        return
    attempt = call.attempts.filter(outcome="").first() or _dialled_for(call)
    if attempt is None:
        return
    if attempt.call_id != call.pk or call.case_id is None:
        attempt.call, call.case = call, attempt.promise.case
        attempt.save(update_fields=["call"])
        call.save(update_fields=["case"])
    if call.stage == Call.Stage.OVER and call.outcome in _UNANSWERED:
        outcome: Outcome = "busy" if call.cause.lower() in _BUSY else "no_answer"
        try:
            tell_outcome(
                act_id=part_of(attempt.pk, "unanswered"),
                promise_id=attempt.promise_id,
                by=attempt.staff,
                told=Told(outcome=outcome),
                now=now,
                attempt_id=attempt.pk,
            )
        except NotACall:
            return  # kept or taken back meanwhile


def locked_promise(promise_id: uuid.UUID) -> Promise:
    """The promise with its case, both held; it is still open and to be called. Raises NotACall."""
    case = locked(Promise.objects.values_list("case_id", flat=True).get(pk=promise_id))
    found = Promise.objects.select_for_update(of=("self",)).select_related("owner")
    promise = found.get(pk=promise_id)
    promise.case = case
    if promise.state != Promise.State.OPEN or promise.kind not in KINDS:
        raise NotACall(promise.get_state_display())
    return promise


def _row(promise: Promise) -> CallBack:
    row, _ = CallBack.objects.get_or_create(promise=promise)
    return row


def _attempt(
    promise: Promise,
    attempt_id: uuid.UUID | None,
    by: Staff,
    *,
    act_id: uuid.UUID,
    now: datetime,
) -> CallAttempt:
    if attempt_id is not None:
        return CallAttempt.objects.select_related("call").get(pk=attempt_id, promise=promise)
    return CallAttempt.objects.create(
        id=part_of(act_id, "by-hand"),
        promise=promise,
        staff=by,
        began_at=now,
        number=promise.case.caller_phone,
    )


def _tried(promise: Promise) -> list[Tried]:
    made = promise.attempts.filter(outcome__in=OUTCOMES)
    return [Tried(each.began_at, cast(Outcome, each.outcome)) for each in made]


def _following(promise: Promise, tried: list[Tried], told: Told) -> Next:
    pack = readable_standard()
    return next_try(
        readable_callbacks().retrying,
        tried,
        due_at=promise.due_at,
        zone=pack.calendar.zone if pack else ZoneInfo(settings.TIME_ZONE),
        asked_for=told.asked_for,
    )


def _note(
    act_id: uuid.UUID,
    promise: Promise,
    attempt: CallAttempt,
    row: CallBack,
    *,
    by: Staff,
    now: datetime,
) -> None:
    data: dict[str, Scalar] = {
        "outcome": attempt.outcome,
        "number": row.tries,
        "case": str(promise.case_id),
    }
    if row.next_at:
        data["next_at"] = row.next_at.isoformat()
    if attempt.call_id:
        data["call"] = str(attempt.call_id)
    record(
        id=act_id,
        kind="promise.tried",
        subject=Subject("promise", promise.pk),
        happened_at=now,
        now=now,
        actor=by.staff_no,
        data=data,
    )


def _spoken(
    act_id: uuid.UUID,
    promise: Promise,
    attempt: CallAttempt,
    told: Told,
    *,
    by: Staff,
    now: datetime,
) -> None:
    """The customer was spoken to: what is kept, what is promised anew, what is over."""
    call = attempt.call
    at = call.answered_at if call and call.answered_at else now
    if told.outcome == "asked_later":
        if promise.kind == "call_back" and told.asked_for:
            _keep(act_id, promise, by=by, at=at, now=now)
            _promise_anew(act_id, promise, told.asked_for, by=by, now=now)
        return
    case = promise.case
    if told.words.strip() and case.is_open:
        cases.answer_customer(
            act_id=part_of(act_id, "answered"),
            case_id=case.pk,
            by=by,
            channel="phone",
            content=told.words.strip(),
            at=at,
            now=now,
        )
    else:
        _keep(act_id, promise, by=by, at=at, now=now)
    if told.closes and not case.promises.filter(state=Promise.State.OPEN).exists():
        _close(act_id, case, by=by, now=now)


def _keep(act_id: uuid.UUID, promise: Promise, *, by: Staff, at: datetime, now: datetime) -> None:
    cases.keep_promise(
        act_id=part_of(act_id, "kept"), promise_id=promise.pk, by=by, at=at, now=now
    )


def _promise_anew(
    act_id: uuid.UUID, promise: Promise, asked_for: datetime, *, by: Staff, now: datetime
) -> None:
    within = timedelta(minutes=readable_callbacks().asked_minutes)
    anew = cases.make_promise(
        act_id=part_of(act_id, "anew"),
        case_id=promise.case_id,
        by=by,
        kind=promise.kind,
        words=promise.words,
        due_at=asked_for + within,
        at=now,
        now=now,
    )
    CallBack.objects.get_or_create(promise=anew, defaults={"next_at": asked_for})


def _close(act_id: uuid.UUID, case: Case, *, by: Staff, now: datetime) -> None:
    if Case.objects.get(pk=case.pk).is_open:
        cases.close_case(act_id=part_of(act_id, "closed"), case_id=case.pk, by=by, at=now, now=now)


def _give_up(
    act_id: uuid.UUID, promise: Promise, row: CallBack, why: Stop, *, now: datetime
) -> None:
    """No further attempt is planned: the customer is written to, somebody is told. The promise stands."""
    plan = readable_callbacks().last
    row.over_at = now
    row.save(update_fields=["over_at"])
    message = _write_to(promise, plan.sms, row, now=now) if why.why == "used_up" else ""
    clock = Clock.objects.filter(subject_kind="promise", subject_id=promise.pk).first()
    people = (
        tell_at_once(clock_id=clock.pk, rung=TRIES_OVER, tell=plan.tell, now=now) if clock else ()
    )
    record(
        id=part_of(act_id, "over"),
        kind="promise.tries_over",
        subject=Subject("promise", promise.pk),
        happened_at=now,
        now=now,
        data={
            "why": why.why,
            "number": row.tries,
            "to": ",".join(each.staff.staff_no for each in people),
            "message": message,
            "case": str(promise.case_id),
        },
    )


def _write_to(promise: Promise, text_id: str, row: CallBack, *, now: datetime) -> str:
    """Asks for the SMS; its state, or "" when there is none to send."""
    case = promise.case
    if not (text_id and case.caller_phone):
        return ""
    try:
        message = send(
            key=f"call-back-over:{promise.pk}:{row.tries}",
            channel="sms",
            to=case.caller_phone,
            text_id=text_id,
            params={"number": case.number},
            about=Subject("case", case.pk),
            now=now,
        )
    except (UnknownText, WrongParams, PackFaults):
        return "no_text"
    return message.state


def _dialled_for(call: Call) -> CallAttempt | None:
    """The attempt of one of the call's agents on this number, begun just before; an exchange may dial
    a prefix before it."""
    agents = list(call.offers.filter(staff__isnull=False).values_list("staff", flat=True))
    waiting = CallAttempt.objects.filter(
        outcome="", call__isnull=True, staff__in=agents, began_at__gte=call.rang_at - _SOON
    ).select_related("promise__case", "staff")
    return next(
        (each for each in waiting if each.number and call.number.endswith(each.number)), None
    )
