"""What a phone sends is kept once, taken in order, and what does not go together is shown."""

import uuid
from datetime import timedelta

import pytest

from shouwen.cases.models import Case
from shouwen.clocks.models import FigureChange, Ruling
from shouwen.clocks.operations import recompute
from shouwen.fieldwork import operations as fieldwork
from shouwen.fieldwork.models import Hazard, Order, Visit
from shouwen.journal.models import Entry
from shouwen.visits.models import Conflict, FieldEvent, GiftReport, SiteFinding
from shouwen.visits.operations import decide, release
from tests import people
from tests.apps.fieldwork.field import at, sent, technician
from tests.apps.visits.phone import again, device, given_order, phone, whole_visit

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def departments():
    for code in people.DEPARTMENTS:
        people.department(code)


def rulings(visit: uuid.UUID) -> dict[str, str]:
    rows = Ruling.objects.filter(subject_kind="visit", subject_id=visit)
    return dict(rows.values_list("rule_id", "verdict"))


def who(order: Order) -> str:
    return order.assignee.staff_no if order.assignee else ""


def conflicts() -> list[str]:
    return list(Conflict.objects.filter(decided_at=None).values_list("reason", flat=True))


KEPT = {
    "visit-frame-of-mind", "visit-prepared", "visit-items", "unannounced-visit", "door-bell",
    "knock-and-enter", "stand-back", "introduce-yourself", "door-and-habits", "leave-taking-steps",
    "leave-taking", "please-stay", "badge-worn", "pen-carried", "tool-bag",
}  # fmt: skip


def test_a_visit_made_without_a_network_moves_the_order_and_is_judged():
    order, mine = given_order(), phone()
    visit = whole_visit(mine, order)

    told = mine.send()

    assert {receipt.state for receipt in told.values()} == {"applied"}
    order.refresh_from_db()
    assert order.state == "done"
    assert Visit.objects.get(pk=visit).outcome == "done"
    assert rulings(visit) == dict.fromkeys(KEPT, "met")
    assert conflicts() == []
    row = Ruling.objects.get(rule_id="door-bell")
    assert (row.staff_no, row.department, row.clause) == ("3305", "repair", "6.2.2")
    assert FigureChange.objects.filter(rule_id="door-bell", verdict="met").count() == 1
    assert list(recompute(check=True, now=at(700))) == []


def test_what_was_left_out_at_the_door_is_missed():
    order, mine = given_order(), phone()
    visit = whole_visit(mine, order, left_out=("gap_test", "please-stay"))

    mine.send()

    missed = {rule for rule, verdict in rulings(visit).items() if verdict == "missed"}
    assert missed == {"door-bell", "please-stay"}


def test_everything_sent_twice_and_backwards_is_there_once():
    order, mine = given_order(), phone()
    visit = whole_visit(mine, order)

    for event in reversed(mine.written):
        mine.send(event)
        mine.send(event)
    before = Entry.objects.count()
    mine.send()

    assert Entry.objects.count() == before
    assert FieldEvent.objects.count() == len(mine.written)
    assert rulings(visit) == dict.fromkeys(KEPT, "met")
    assert conflicts() == []


def test_what_came_too_early_waits_and_is_shown_until_the_rest_is_there():
    order, mine = given_order(), phone()
    first = mine.write("start", order, 10)
    second = mine.write("note", order, 11)

    told = mine.send(second)

    assert told[second.id].state == "held"
    assert conflicts() == ["waiting"]
    mine.send(first)
    assert FieldEvent.objects.get(pk=second.id).state == "applied"
    assert conflicts() == []


def test_a_person_may_stop_waiting_for_what_a_phone_lost():
    order, mine = given_order(), phone()
    mine.write("start", order, 10)
    second = mine.write("note", order, 11)
    mine.send(second)

    release(device_id=mine.id, now=at(700))
    mine.send(second)

    assert FieldEvent.objects.get(pk=second.id).state == "applied"


def test_the_same_id_with_another_content_is_shown_and_the_first_stands():
    order, mine = given_order(), phone()
    event = mine.write("note", order, 10, words="a")
    mine.send()

    mine.send(again(event, data={"words": "b"}))

    assert FieldEvent.objects.get(pk=event.id).data == {"words": "a"}
    assert conflicts() == ["altered"]


def test_given_to_somebody_else_meanwhile_the_visit_stands_and_a_person_decides():
    order, mine = given_order(), phone()
    visit = whole_visit(mine, order)
    sent(Order.objects.get(pk=order.pk), technician("3306", "何安"), minutes=15)

    mine.send()

    order.refresh_from_db()
    assert (order.state, who(order)) == ("offered", "3306")
    assert rulings(visit)["door-bell"] == "met"
    assert Visit.objects.get(pk=visit).ended_at == at(41)
    assert set(conflicts()) == {"reassigned"}
    conflict = Conflict.objects.get()
    assert conflict.office["assignee"] == "何安"
    assert {event.kind for event in conflict.reports.filter(state="kept")} == {
        "depart", "arrive", "first_action", "finish",
    }  # fmt: skip

    decide(
        act_id=uuid.uuid4(), conflict_id=conflict.pk, decision="site", remark="人已到场办完",
        by=people.staff("zhou_min"), now=at(700),
    )  # fmt: skip

    order.refresh_from_db()
    assert (order.state, who(order)) == ("done", "3305")
    assert conflicts() == []
    assert not FieldEvent.objects.filter(state="kept").exists()


def test_called_off_meanwhile_nothing_is_lost():
    order, mine = given_order(), phone()
    visit = whole_visit(mine, order)
    fieldwork.cancel_order(
        act_id=uuid.uuid4(), order_id=order.pk, by=people.staff("zhou_min"), reason="customer",
        at=at(15), now=at(15),
    )  # fmt: skip

    mine.send()

    order.refresh_from_db()
    assert order.state == "cancelled"
    assert set(conflicts()) == {"ended"}
    assert rulings(visit)["please-stay"] == "met"


def test_nobody_in_is_an_attempt_and_the_order_waits_again():
    order, mine = given_order(), phone()
    visit = uuid.uuid4()
    mine.write("arrive", order, 20, visit=visit)
    mine.write("step", order, 20.1, visit=visit, rule="door-bell", step="gap_test", evidence="0")
    mine.write("no_answer", order, 23, visit=visit)
    mine.write("no_access", order, 24, visit=visit, reason="nobody_in")

    mine.send()

    order.refresh_from_db()
    assert (order.state, order.assignee) == ("no_access", None)
    assert Visit.objects.get(pk=visit).outcome == "no_access"


def test_on_an_alarm_the_bell_is_a_miss():
    order, mine = given_order("alarm"), phone()
    visit = whole_visit(mine, order)

    mine.send()

    assert rulings(visit)["door-bell"] == "missed"


def test_a_question_and_a_complaint_become_cases_of_their_own():
    order, mine = given_order(), phone()
    mine.write("question", order, 30, words="报警器多久换一次", phone="14077002093")
    mine.write("complaint", order, 31, words="来得太晚")

    mine.send()
    mine.send()

    cases = Case.objects.exclude(orders=order)
    assert sorted(cases.values_list("kind", flat=True)) == ["complaint", "consultation"]
    assert set(cases.values_list("first_asked__staff_no", flat=True)) == {"3305"}


def test_an_attempt_to_buy_a_result_is_reported_and_the_result_looked_at_again():
    order, mine = given_order(), phone()
    event = mine.write("bribe", order, 30, what="两条烟", circumstances="请放宽", refused=True)

    mine.send()

    report = GiftReport.objects.get(pk=event.id)
    assert (report.kind, report.refused) == ("integrity", True)
    assert Order.objects.filter(kind="recheck").count() == 1
    told = Ruling.objects.filter(subject_kind="gift", subject_id=report.pk)
    assert dict(told.values_list("rule_id", "verdict")) == {"gift-reported": "met"}


def test_gas_inside_stops_the_work_and_calls_the_emergency_crew():
    order, mine = given_order(), phone()
    visit = uuid.uuid4()
    mine.write("arrive", order, 20, visit=visit)
    mine.write("unsafe", order, 22, visit=visit)

    mine.send()

    assert Visit.objects.get(pk=visit).outcome == "unsafe"
    assert Case.objects.filter(kind="alarm").count() == 1
    order.refresh_from_db()
    assert order.state == "waiting"


def test_of_two_findings_the_more_dangerous_counts_until_somebody_decides():
    order, mine, other = given_order(), phone(), phone(technician("3306", "何安"))
    mine.write("hazard.found", order, 20, what="flue", danger="major")
    other.write("hazard.found", order, 30, what="flue", danger="minor")

    mine.send()
    other.send()

    assert SiteFinding.objects.get().danger == "major"
    assert "findings_differ" in conflicts()
    conflict = Conflict.objects.get(reason="findings_differ")
    decide(
        act_id=uuid.uuid4(), conflict_id=conflict.pk, decision="site", remark="已复查",
        by=people.staff("zhou_min"), now=at(700),
    )  # fmt: skip
    assert SiteFinding.objects.get().danger == "minor"


def test_a_hazard_of_the_catalogue_is_on_record_once():
    order, mine = given_order(), phone()
    event = mine.write(
        "hazard.found", order, 20, code="HZ-A02", what="HZ-A02", danger="general", words="接头"
    )
    mine.write("hazard.found", order, 21, code="不在目录里", danger="minor")

    mine.send()
    mine.send()

    assert list(Hazard.objects.values_list("pk", "found_by__staff_no")) == [(event.id, "3305")]
    assert conflicts() == []


def test_a_phone_clock_a_day_ahead_is_bounded_and_marked():
    order, mine = given_order(), phone()
    event = again(
        mine.write("note", order, 10), device_at=at(10) + timedelta(days=1), offset=-86400
    )
    wild = again(mine.write("note", order, 11), device_at=at(11) + timedelta(days=1))

    mine.send(event, wild, minutes=60)

    row = FieldEvent.objects.get(pk=event.id)
    assert (row.at, row.doubt, row.device_at) == (at(10), "clock_off", at(10) + timedelta(days=1))
    other = FieldEvent.objects.get(pk=wild.id)
    assert (other.at, other.doubt) == (at(60), "after_receipt")
    assert device(mine).next_sequence == 3
