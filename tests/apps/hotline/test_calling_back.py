"""Calling back what was promised: attempts, their outcomes, what follows the last."""

import uuid
from datetime import datetime, timedelta

import pytest

from shouwen.cases.models import Case, CaseNote, Escalation, Promise
from shouwen.cases.operations import make_promise
from shouwen.core.telephony import LineEvent
from shouwen.hotline.models import Call, CallAttempt, CallBack
from shouwen.hotline.operations import hear
from shouwen.hotline.operations.attempts import NotACall, NoWords, TimePassed, Told, tell_outcome
from shouwen.hotline.operations.control import NotControllable
from shouwen.hotline.operations.dialling import OutcomeOwed, dial_promise, give_call
from shouwen.journal.models import Entry
from shouwen.messages.models import Message
from tests.people import MORNING, case, staff

pytestmark = pytest.mark.django_db
NUMBER = "14000571192"


@pytest.fixture
def promise(settings) -> Promise:
    settings.SHOUWEN_TELEPHONY = "simulator"
    return promised()


def promised(kind: str = "call_back") -> Promise:
    matter = case(kind="consultation", caller_phone=NUMBER)
    return make_promise(
        act_id=uuid.uuid4(), case_id=matter.pk, by=matter.owner, kind=kind, words="回电说明过户",
        due_at=MORNING + timedelta(days=2), at=MORNING, now=MORNING,
    )  # fmt: skip


def dial(promise: Promise, *, by: str = "wang_min", at: datetime = MORNING) -> CallAttempt:
    return dial_promise(act_id=uuid.uuid4(), promise_id=promise.pk, by=staff(by), now=at)


def tell(promise: Promise, told: Told, *, at: datetime = MORNING, **more) -> CallBack:
    return tell_outcome(
        act_id=uuid.uuid4(), promise_id=promise.pk, by=staff("wang_min"), told=told, now=at, **more
    )


def answer(call: Call | None, at: datetime) -> None:
    assert call is not None
    event = LineEvent(
        id=f"{call.pk}:answered", call=call.call_id.removeprefix("simulator:"), type="answered",
        at=at, offer=call.call_id.removeprefix("simulator:") + ":1", staff_no="1031",
    )  # fmt: skip
    hear(events=[event], source="simulator", now=at)


def test_the_call_that_is_dialled_belongs_to_the_case(promise):
    attempt = dial(promise)

    assert attempt.call is not None
    assert attempt.call.case == promise.case
    assert (attempt.call.direction, attempt.call.number) == ("outbound", NUMBER)


def test_an_answer_alone_keeps_nothing_until_somebody_says_who_it_was(promise):
    attempt = dial(promise)

    answer(attempt.call, MORNING + timedelta(seconds=9))

    promise.refresh_from_db()
    assert promise.state == "open"


def test_reached_keeps_the_promise_as_of_the_answer_and_records_the_words(promise):
    attempt = dial(promise)
    answer(attempt.call, MORNING + timedelta(seconds=9))

    later = MORNING + timedelta(minutes=5)
    told = Told(outcome="reached", words="带身份证和房产证", closes=True)
    tell(promise, told, at=later, attempt_id=attempt.pk)

    promise.refresh_from_db()
    assert (promise.state, promise.kept_at) == ("kept", MORNING + timedelta(seconds=9))
    assert CaseNote.objects.filter(case=promise.case, text="带身份证和房产证").exists()
    assert not Case.objects.get().is_open


def test_a_call_that_nobody_took_is_planned_again_without_a_word(promise):
    attempt = dial(promise)
    assert attempt.call is not None
    ended = LineEvent(
        id="x", call=attempt.call.call_id.removeprefix("simulator:"), type="hung_up",
        at=MORNING + timedelta(seconds=30), by="exchange", unanswered=True, cause="busy",
    )  # fmt: skip

    hear(events=[ended], source="simulator", now=MORNING + timedelta(seconds=30))

    row = CallBack.objects.get()
    assert (row.tries, row.last_outcome) == (1, "busy")
    assert row.next_at == MORNING + timedelta(minutes=5)
    assert Entry.objects.get(kind="promise.tried").data["outcome"] == "busy"


def test_a_promised_answer_needs_words(promise):
    owed = promised("answer")

    with pytest.raises(NoWords):
        tell(owed, Told(outcome="reached"))


def test_another_time_keeps_this_promise_and_makes_one_for_then(promise):
    then = MORNING + timedelta(hours=6)

    tell(promise, Told(outcome="asked_later", asked_for=then))

    promise.refresh_from_db()
    anew = Promise.objects.get(state="open")
    assert promise.state == "kept"
    assert anew.due_at == then + timedelta(minutes=15)
    assert CallBack.objects.get(promise=anew).next_at == then


def test_a_time_that_has_passed_is_refused(promise):
    with pytest.raises(TimePassed):
        tell(promise, Told(outcome="asked_later", asked_for=MORNING - timedelta(minutes=1)))


def test_after_the_last_attempt_the_customer_is_written_to_and_the_supervisor_told_once(promise):
    zhou = staff("zhou_min")
    for hours in (0, 1, 4, 10):
        tell(promise, Told(outcome="no_answer"), at=MORNING + timedelta(hours=hours))

    row, message = CallBack.objects.get(), Message.objects.get()
    assert row.over_at is not None
    assert (message.text_id, message.recipient) == ("call-back-missed", NUMBER)
    assert [each.staff for each in Escalation.objects.filter(rung="call_back_over")] == [zhou]
    assert Entry.objects.get(kind="promise.tries_over").data["why"] == "used_up"
    promise.refresh_from_db()
    assert promise.state == "open"


def test_to_a_wrong_number_nothing_is_written(promise):
    tell(promise, Told(outcome="wrong_number"))

    assert CallBack.objects.get().over_at is not None
    assert not Message.objects.exists()


def test_the_same_act_twice_is_one_attempt(promise):
    act = uuid.uuid4()
    for _ in range(2):
        dial_promise(act_id=act, promise_id=promise.pk, by=staff("wang_min"), now=MORNING)
    told, said = uuid.uuid4(), Told(outcome="no_answer")
    for seconds in (40, 41):
        tell_outcome(
            act_id=told, promise_id=promise.pk, by=staff("wang_min"), told=said,
            attempt_id=act, now=MORNING + timedelta(seconds=seconds),
        )  # fmt: skip

    assert Call.objects.count() == CallAttempt.objects.count() == 1
    assert CallBack.objects.get().tries == 1


def test_nobody_dials_again_while_an_outcome_is_owed(promise):
    dial(promise)

    with pytest.raises(OutcomeOwed, match="王敏"):
        dial(promise, by="lin_xiao")


def test_without_an_exchange_nothing_is_begun_and_the_outcome_is_told_by_hand(promise, settings):
    settings.SHOUWEN_TELEPHONY = "none"
    with pytest.raises(NotControllable):
        dial(promise)

    tell(promise, Told(outcome="reached"))

    promise.refresh_from_db()
    assert promise.state == "kept"


def test_a_call_can_be_given_to_a_colleague_and_the_promise_stays_its_owners(promise):
    lin = staff("lin_xiao")

    give_call(
        act_id=uuid.uuid4(), promise_id=promise.pk, by=staff("zhou_min"), to=lin, now=MORNING
    )

    assert CallBack.objects.get().caller == lin
    assert promise.owner == staff("wang_min")
    assert Entry.objects.get(kind="promise.call_given").data["to"] == lin.staff_no


def test_what_is_kept_is_not_called_again(promise):
    tell(promise, Told(outcome="reached"))

    with pytest.raises(NotACall):
        dial(promise)
