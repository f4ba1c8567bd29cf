"""Orders come with their cases, one person is sent, and what is reported moves the clocks of the case."""

import threading
import uuid

import pytest
from django.db import connection

from shouwen.cases import operations as cases
from shouwen.cases.models import Case
from shouwen.clocks.models import Clock
from shouwen.fieldwork import operations
from shouwen.fieldwork.models import Assignment, Order, OrderState, Visit
from shouwen.fieldwork.operations import making
from shouwen.hotline.operations.alarming import Alarm, send_alarm
from shouwen.jobs.models import Job
from shouwen.jobs.registry import handler_of
from shouwen.journal.models import Entry
from tests import people
from tests.apps.fieldwork.field import (
    MORNING,
    at,
    by,
    case_of,
    order,
    order_of,
    sent,
    technician,
    when,
)

pytestmark = pytest.mark.django_db


def clock(case: Case, rule: str) -> Clock:
    return Clock.objects.get(subject_id=case.pk, rule_id=rule)


def alarm(**known) -> Case:
    people.department("emergency")
    told = {"place": "青梧里 3-1-502", "phone": "", "what": "屋里有燃气味", "staff": None} | known
    return send_alarm(alarm=Alarm(id=uuid.uuid4(), desk=None, workstation="", **told), now=MORNING)


def test_every_case_that_needs_a_visit_has_an_order():
    kinds = ("alarm", "repair", "network_fault", "home_service")

    made = [order(kind) for kind in kinds]

    assert [each.kind for each in made] == ["alarm", "repair", "repair", "home_service"]
    assert [each.urgent for each in made] == [True, False, False, False]
    assert {each.state for each in made} == {OrderState.WAITING}
    assert made[1].due_at == at(15)


def test_a_question_needs_no_visit():
    case = people.case(kind="consultation", department="hotline")

    assert not Order.objects.filter(case=case).exists()


def test_a_leaf_of_the_taxonomy_asks_for_a_skill():
    assert order(leaf="F01").skills == ["cooker"]


def test_an_alarm_has_its_order_at_once():
    case = alarm()

    assert order_of(case).urgent
    assert Job.objects.filter(kind=operations.PAGE).exists()


def test_an_order_that_cannot_be_made_never_blocks_an_alarm(monkeypatch):
    with monkeypatch.context() as broken:
        broken.setattr(making, "job_of", lambda _case: 1 / 0)
        case = alarm()
    assert not Order.objects.filter(case=case).exists()

    job = Job.objects.filter(kind=operations.FOLLOW)[0]
    handler_of(operations.FOLLOW)(job.payload, at(1))

    assert order_of(case).urgent


def test_a_case_classified_anew_takes_its_order_along():
    given = order()

    to = cases.Classification(kind="consultation")
    cases.reclassify(
        act_id=uuid.uuid4(), case_id=case_of(given).pk, by=case_of(given).owner, to=to, **when(3)
    )

    given.refresh_from_db()
    assert (given.state, given.end_reason) == ("cancelled", "no_visit")


def test_a_case_that_is_closed_calls_its_order_off():
    given = order()

    cases.close_case(
        act_id=uuid.uuid4(), case_id=case_of(given).pk, by=case_of(given).owner, **when(3)
    )

    given.refresh_from_db()
    assert (given.state, given.end_reason) == ("cancelled", "case_over")


def test_a_whole_visit_feeds_the_clocks_of_the_case():
    given = sent(order())

    operations.accept(**by(given, minutes=4))
    operations.depart(**by(given, minutes=6))
    visit = operations.start_visit(
        visit_id=uuid.uuid4(), order_id=given.pk, by=technician(), device="phone-1", **when(19)
    )
    operations.arrive(**by(given, minutes=20), visit_id=visit.pk)
    operations.first_action(**by(given, minutes=25))
    operations.finish(**by(given, minutes=60), visit_id=visit.pk)

    case = case_of(given)
    assert clock(case, "repair-dispatched-at-once").stopped_at == at(2)
    assert clock(case, "repair-handled-6h").stopped_at == at(25)
    assert clock(case, "repair-done-24h").stopped_at == at(60)
    visit.refresh_from_db()
    given.refresh_from_db()
    assert (visit.arrived_at, visit.ended_at, visit.outcome) == (at(20), at(60), "done")
    assert (given.state, given.ended_at) == ("done", at(60))


def test_an_agreed_time_takes_the_place_of_at_once():
    given = order()

    agreed = at(300)
    cases.agree_time(
        act_id=uuid.uuid4(),
        case_id=case_of(given).pk,
        by=case_of(given).owner,
        agreed_at=agreed,
        **when(1),
    )

    given.refresh_from_db()
    assert given.due_at == at(315)
    kinds = list(Entry.objects.filter(subject_id=case_of(given).pk).values_list("kind", flat=True))
    assert "case.reported" in kinds
    assert "case.agreed_time" in kinds


def test_the_second_dispatcher_is_told_who_was_first_and_when():
    given = order()
    first, second = technician(), technician("3306", "孙立")
    sent(given, first, minutes=2)

    with pytest.raises(operations.TakenMeanwhile) as refusal:
        sent(given, second, minutes=3, version=given.version)

    last = refusal.value.last
    assert (last.by, last.at, last.assignee) == (people.staff("zhou_min"), at(2), first)


def test_the_same_assignment_sent_twice_is_one():
    given, act = order(), uuid.uuid4()

    for _ in range(2):
        sent(given, act_id=act)

    assert Assignment.objects.count() == 1
    assert Entry.objects.filter(kind="order.assigned").count() == 1


def test_given_to_somebody_else_the_first_one_has_it_no_more():
    first, second = technician(), technician("3306", "孙立")
    given = sent(sent(order(), first), second, minutes=4)

    with pytest.raises(operations.NotYours):
        operations.accept(**by(given, first, minutes=5))

    assert [each.state for each in given.assignments.all()] == ["replaced", "offered"]


def test_refused_it_waits_again():
    given = sent(order())

    operations.refuse(**by(given, minutes=3), reason="too_far", words="还在另一家")

    given.refresh_from_db()
    assert (given.state, given.assignee) == ("waiting", None)


def test_taken_back_it_waits_again():
    given = sent(order())

    operations.withdraw(
        act_id=uuid.uuid4(),
        order_id=given.pk,
        version=given.version,
        by=people.staff("zhou_min"),
        **when(4),
    )

    given.refresh_from_db()
    assert given.state == "waiting"


def test_without_access_another_time_has_to_be_found():
    given = sent(order())
    operations.arrive(**by(given, minutes=20))

    operations.no_access(**by(given, minutes=30))

    given.refresh_from_db()
    assert given.state == "no_access"
    assert sent(given, minutes=90).state == "offered"


def test_out_of_scope_is_told_and_referred_on_its_clock():
    given = sent(order())
    operations.arrive(**by(given, minutes=20))

    operations.refer(**by(given, minutes=40), reason="appliance", to="maker", found_at=at(30))

    given.refresh_from_db()
    assert given.state == "referred"
    kinds = Entry.objects.filter(subject_id=case_of(given).pk).values_list("kind", "happened_at")
    assert ("case.out_of_scope_found", at(30)) in kinds
    assert ("case.referred", at(40)) in kinds


def test_work_that_is_not_done_waits_for_the_next_day():
    given = sent(order())
    operations.arrive(**by(given, minutes=20))

    operations.finish(**by(given, minutes=40), solved=False)

    given.refresh_from_db()
    assert given.state == "waiting"
    assert clock(case_of(given), "repair-done-24h").is_open


def test_an_order_without_a_case_is_made_once():
    new = operations.NewOrder(id=uuid.uuid4(), kind="inspection", place="青梧里 3-1-502")

    for _ in range(2):
        operations.make_order(new=new, by=None, now=MORNING)

    given = Order.objects.get()
    operations.finish(**by(sent(given), minutes=30))
    assert Order.objects.get().state == "done"


def test_a_visit_the_phone_tells_twice_is_one():
    given, visit_id = sent(order()), uuid.uuid4()

    for _ in range(2):
        operations.start_visit(visit_id=visit_id, order_id=given.pk, by=technician(), **when(5))

    assert Visit.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_dispatchers_at_once_exactly_one_wins():
    given = order()
    crew = [technician(), technician("3306", "孙立")]
    outcomes: list[object] = []
    people.staff("zhou_min")
    start = threading.Barrier(2)

    def send(person):
        try:
            start.wait()
            outcomes.append(sent(given, person))
        except operations.TakenMeanwhile as error:
            outcomes.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=send, args=(person,)) for person in crew]
    for each in threads:
        each.start()
    for each in threads:
        each.join(30)

    assert sum(isinstance(each, operations.TakenMeanwhile) for each in outcomes) == 1
    assert sum(isinstance(each, Order) for each in outcomes) == 1
