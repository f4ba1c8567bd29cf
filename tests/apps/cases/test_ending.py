"""Voiding needs a second person when promises are at stake; reopening begins new clocks."""

from datetime import timedelta

import pytest
from django.db import IntegrityError

from shouwen.cases import operations
from shouwen.cases.models import Promise, VoidRequest
from shouwen.clocks.models import Clock
from shouwen.clocks.operations import recompute
from tests import people
from tests.apps.cases.acts import at, clock, fresh, kinds, offered, on, promised
from tests.people import MORNING

pytestmark = pytest.mark.django_db


def asked(case, minutes=5):
    return operations.void_case(reason="opened_by_mistake", words="", **on(case, minutes))


def closed(case, minutes=10):
    operations.answer_customer(channel="phone", content="已说明", **on(case, minutes - 1))
    return operations.close_case(**on(case, minutes))


def test_a_case_without_promises_is_void_at_once():
    case = people.case(kind="consultation", side="none", department="")
    Clock.objects.filter(subject_id=case.pk).update(is_open=False)

    request = asked(case)

    assert request.state == VoidRequest.State.APPROVED
    assert fresh(case).state == "voided"


def test_a_running_promise_needs_another_person():
    case = people.case()

    request = asked(case)

    assert request.state == VoidRequest.State.ASKED
    assert fresh(case).is_open


def test_nobody_approves_what_they_asked_for():
    case = people.case(by=people.staff("zhou_min"))
    request = asked(case)

    with pytest.raises(operations.OwnRequest):
        operations.approve_void(request_id=request.pk, by=people.staff("zhou_min"), **at(6))
    with pytest.raises(IntegrityError):
        VoidRequest.objects.filter(pk=request.pk).update(answered_by=people.staff("zhou_min"))


def test_an_approved_void_ends_offers_promises_and_clocks():
    case = people.case()
    promise = promised(case)
    offered(case)
    request = asked(case)

    operations.approve_void(request_id=request.pk, by=people.staff("zhou_min"), **at(6))

    assert fresh(case).state == "voided"
    assert not case.handovers.filter(state="offered").exists()
    assert Promise.objects.get(pk=promise.pk).state == "withdrawn"
    assert Clock.objects.get(subject_id=promise.pk).state == "excepted"
    assert not Clock.objects.filter(subject_id=case.pk, is_open=True).exists()


def test_a_promise_broken_before_the_void_stays_broken():
    case = people.case()
    promise = promised(case, due=30)
    request = asked(case, minutes=40)

    operations.approve_void(request_id=request.pk, by=people.staff("zhou_min"), **at(45))

    broken = Clock.objects.get(subject_id=promise.pk)
    assert (broken.state, broken.is_open) == ("missed", False)


def test_a_second_answer_to_the_same_request_is_told_what_happened():
    case = people.case()
    request = asked(case)
    operations.refuse_void(request_id=request.pk, by=people.staff("zhou_min"), words="", **at(6))

    with pytest.raises(operations.VoidGone, match="未批准 周敏"):
        operations.approve_void(request_id=request.pk, by=people.staff("chen"), **at(7))


def test_closing_drops_an_open_request_to_void():
    case = people.case()
    asked(case)

    operations.close_case(**on(case, 9))

    assert not VoidRequest.objects.filter(state="asked").exists()


def test_a_reason_that_is_not_on_the_list_is_refused():
    case = people.case()

    with pytest.raises(ValueError, match="not a reason"):
        operations.void_case(reason="tired", words="", **on(case))
    with pytest.raises(ValueError, match="not a reason"):
        operations.reopen_case(reason="tired", words="", **on(case))


def test_a_reopened_complaint_gets_a_new_clock_and_the_old_verdict_stands():
    case = people.case(kind="complaint", side="company", department="quality")
    closed(case, 60)

    operations.reopen_case(reason="not_solved", words="客户不满意", **on(case, 120))

    old = clock(case, "complaint-answered-72h")
    new = clock(case, "complaint-answered-72h", ordinal=2)
    assert (old.state, old.stopped_at) == ("met", MORNING + timedelta(minutes=59))
    assert new.state == "running"
    assert new.due_at == MORNING + timedelta(minutes=120, hours=72)


def test_the_second_answer_stops_the_second_clock_only():
    case = people.case(kind="complaint", side="company", department="quality")
    closed(case, 60)
    operations.reopen_case(reason="not_solved", words="", **on(case, 120))

    operations.answer_customer(channel="phone", content="再次答复", **on(case, 180))

    assert clock(case, "complaint-answered-72h").stopped_at == MORNING + timedelta(minutes=59)
    again = clock(case, "complaint-answered-72h", ordinal=2)
    assert again.stopped_at == MORNING + timedelta(minutes=180)


def test_a_consultation_answered_at_once_has_an_answer_clock_after_reopening():
    case = people.case(kind="consultation", side="none", department="")
    closed(case, 5)

    operations.reopen_case(reason="answer_incomplete", words="", **on(case, 60))

    assert clock(case, "consultation-answered-2wd").state == "running"


def test_a_clock_that_had_not_ended_runs_on_after_reopening():
    case = people.case()
    operations.close_case(**on(case, 30))

    operations.reopen_case(reason="closed_by_mistake", words="", **on(case, 60))

    handled = Clock.objects.filter(subject_id=case.pk, rule_id="repair-handled-6h")
    assert [c.due_at for c in handled] == [MORNING + timedelta(hours=6)]


def test_a_case_void_by_mistake_goes_on_with_its_old_clocks():
    case = people.case()
    request = asked(case)
    operations.approve_void(request_id=request.pk, by=people.staff("zhou_min"), **at(6))
    assert clock(case, "repair-handled-6h").state == "cancelled"

    operations.reopen_case(reason="not_void", words="", **on(case, 60))

    assert clock(case, "repair-handled-6h").due_at == MORNING + timedelta(hours=6)
    assert not Clock.objects.filter(subject_id=case.pk, ordinal=2).exists()


def test_reopening_twice_gives_a_third_clock():
    case = people.case(kind="complaint", side="company", department="quality")
    for minutes in (60, 200):
        closed(case, minutes)
        operations.reopen_case(reason="came_back", words="", **on(case, minutes + 60))

    states = [clock(case, "complaint-answered-72h", ordinal=n).state for n in (1, 2, 3)]
    assert states == ["met", "met", "running"]


def test_what_a_reopened_case_shows_is_what_the_journal_gives():
    case = people.case(kind="complaint", side="company", department="quality")
    promised(case)
    closed(case, 60)
    operations.reopen_case(reason="not_solved", words="", **on(case, 120))

    assert list(recompute(check=True, now=MORNING + timedelta(minutes=120))) == []


def test_an_open_case_is_not_reopened():
    case = people.case()

    with pytest.raises(operations.NotSettled, match="办理中"):
        operations.reopen_case(reason="came_back", words="", **on(case))


def test_the_same_act_twice_is_done_once():
    case = people.case()
    void = {"reason": "drill", "words": "", **on(case, 5)}
    operations.void_case(**void)
    operations.void_case(**void)
    request = VoidRequest.objects.get()
    approve = {"request_id": request.pk, "by": people.staff("zhou_min"), **at(6)}
    operations.approve_void(**approve)
    operations.approve_void(**approve)
    again = {"reason": "not_void", "words": "", **on(case, 7)}
    operations.reopen_case(**again)
    operations.reopen_case(**again)

    told = kinds(case)
    assert [told.count(f"case.{k}") for k in ("void_asked", "voided", "reopened")] == [1, 1, 1]
