"""Progress, answers, pauses and promises change the clocks of a case."""

import uuid
from datetime import timedelta
from typing import Any

import pytest

from shouwen.cases import operations
from shouwen.cases.models import Case, CaseNote
from shouwen.clocks.models import Clock
from shouwen.clocks.queries import clocks_of
from shouwen.core.events import Subject
from shouwen.journal.models import Entry
from tests import people
from tests.people import MORNING

pytestmark = pytest.mark.django_db


def clock(case: Case, rule: str) -> Clock:
    return next(c for c in clocks_of(subject=Subject("case", case.pk)) if c.rule_id == rule)


def act(case: Case, minutes: float = 0):
    at = MORNING + timedelta(minutes=minutes)
    return {"act_id": uuid.uuid4(), "case_id": case.pk, "by": case.owner, "at": at, "now": at}


def test_a_repair_starts_the_clocks_of_the_standard():
    case = people.case(kind="repair")

    limits: dict[str, timedelta] = {
        c.rule_id: c.due_at - MORNING
        for c in clocks_of(subject=Subject("case", case.pk))
        if c.due_at
    }

    assert timedelta(hours=6) in limits.values()
    assert timedelta(hours=24) in limits.values()


def test_a_complaint_is_to_be_answered_in_three_natural_days():
    case = people.case(kind="complaint", side="company")

    limits = [c.due_at - MORNING for c in clocks_of(subject=Subject("case", case.pk)) if c.due_at]

    assert timedelta(hours=72) in limits


def test_repairing_in_time_keeps_the_promise():
    case = people.case(kind="repair")

    operations.report(what="repaired", **act(case, 200))

    assert clock(case, "repair-done-24h").state == "met"


def test_a_pause_without_evidence_stops_no_clock():
    case = people.case(kind="repair")

    operations.pause_clocks(reason="awaiting_customer", evidence=" ", **act(case, 10))

    assert not Clock.objects.filter(state="paused").exists()


def test_a_pause_moves_the_due_time_by_exactly_its_length():
    case = people.case(kind="repair")
    before: dict[str, Any] = {
        c.rule_id: c.due_at for c in clocks_of(subject=Subject("case", case.pk))
    }

    operations.pause_clocks(reason="awaiting_customer", evidence="10:02 通话", **act(case, 10))
    paused = set(Clock.objects.filter(state="paused").values_list("rule_id", flat=True))
    operations.resume_clocks(**act(case, 70))

    after: dict[str, Any] = {
        c.rule_id: c.due_at for c in clocks_of(subject=Subject("case", case.pk))
    }
    assert paused
    assert {after[rule] - before[rule] for rule in paused} == {timedelta(hours=1)}


def test_another_time_agreed_with_the_customer_replaces_the_start_and_both_stay_on_record():
    case = people.case(kind="repair")
    agreed = MORNING + timedelta(days=1)

    operations.agree_time(agreed_at=agreed, **act(case, 5))

    due = {c.due_at for c in clocks_of(subject=Subject("case", case.pk))}
    kinds = set(Entry.objects.filter(subject_id=case.pk).values_list("kind", flat=True))
    assert agreed + timedelta(hours=24) in due
    assert {"case.reported", "case.agreed_time"} <= kinds


def _due(case, rule_id):
    clocks = clocks_of(subject=Subject("case", case.pk))
    return {clock.due_at for clock in clocks if clock.rule_id == rule_id and clock.due_at}


def test_a_question_that_cannot_be_answered_at_once_gets_two_working_days():
    case = people.case(kind="consultation", side="none")
    assert _due(case, "consultation-answered-2wd") == set()

    operations.report(what="deferred", data={"name_recorded": True}, **act(case, 3))

    # Friday 9 October; Saturday is a make-up working day, Monday the second.
    due = _due(case, "consultation-answered-2wd")
    assert {at.astimezone(people.SHANGHAI).isoformat() for at in due} == {
        "2026-10-12T17:30:00+08:00"
    }


def test_a_promise_has_an_owner_a_clock_and_a_result():
    case = people.case()
    due = MORNING + timedelta(hours=2)

    promise = operations.make_promise(
        kind="call_back", words="11:12 前回电", due_at=due, **act(case)
    )
    running = clocks_of(subject=Subject("promise", promise.pk))
    operations.keep_promise(
        act_id=uuid.uuid4(),
        promise_id=promise.pk,
        by=case.owner,
        at=MORNING + timedelta(hours=1),
        now=MORNING + timedelta(hours=1),
    )

    kept = clocks_of(subject=Subject("promise", promise.pk))
    assert [(c.state, c.due_at, c.owner_no) for c in running] == [("running", due, "1031")]
    assert [c.state for c in kept] == ["met"]


def test_a_kept_promise_cannot_be_kept_again_by_another_act():
    case = people.case()
    promise = operations.make_promise(
        kind="call_back", words="回电", due_at=MORNING + timedelta(hours=2), **act(case)
    )
    keep: dict[str, Any] = {
        "promise_id": promise.pk,
        "by": case.owner,
        "at": MORNING,
        "now": MORNING,
    }
    operations.keep_promise(act_id=uuid.uuid4(), **keep)

    with pytest.raises(operations.PromiseGone):
        operations.keep_promise(act_id=uuid.uuid4(), **keep)


def test_words_about_people_stay_out_of_the_journal():
    case = people.case()

    operations.note_progress(note="父亲卧床，请轻声", **act(case, 1))

    assert CaseNote.objects.filter(text="父亲卧床，请轻声").exists()
    assert not [e for e in Entry.objects.all() if "卧床" in str(e.data)]


def test_nothing_happens_to_a_closed_case():
    case = people.case()
    operations.close_case(**act(case, 9))

    with pytest.raises(operations.CaseClosed):
        operations.note_progress(note="还有一句", **act(case, 10))


def test_closing_twice_by_the_same_act_is_closing_once():
    case = people.case()
    close = act(case, 9)

    operations.close_case(**close)
    operations.close_case(**close)

    assert Entry.objects.filter(subject_id=case.pk, kind="case.closed").count() == 1
