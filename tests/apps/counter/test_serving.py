"""At the counter: the steps of the hall, the phrases, the case, the promise, the crew."""

import uuid
from dataclasses import replace
from datetime import timedelta

import pytest

from shouwen.cases.models import Case, Handover, Promise
from shouwen.cases.operations import Details
from shouwen.clocks.models import Clock
from shouwen.counter import operations
from shouwen.counter.at_counter import finished, served
from shouwen.guiding.steps import stepped
from shouwen.journal.models import Entry
from tests import people
from tests.apps.counter.hall import MORNING, came, clerk, seated, ticket

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff():
    for code in people.DEPARTMENTS:
        people.department(code)
    return seated(clerk())


@pytest.fixture
def at(staff):
    ticket()
    return came(staff, after=1)


def steps_of(at) -> list[tuple[str, str]]:
    seen = served(viewer=at.by, ticket=at.ticket, now=at.now)
    return [(each.step.id, each.state) for each in stepped(seen)]


def later(at, minutes: float):
    return replace(at, now=at.now + timedelta(minutes=minutes))


def test_the_steps_of_the_hall_begin_with_the_greeting(at):
    assert steps_of(at)[0] == ("hall_greet", "now")

    operations.tick(at, step="hall_greet", rule="greeting")

    assert steps_of(at)[:2] == [("hall_greet", "done"), ("hall_need", "now")]
    noted = Entry.objects.get(kind="words.noted")
    assert noted.data == {"rule": "greeting", "said": True}


def test_whoever_waited_long_is_apologised_to(staff):
    ticket()
    at = came(staff, after=9)

    assert ("hall_waited", "") in steps_of(at)
    assert Entry.objects.get(kind="words.wanted").data["rule"] == "after-a-wait"
    assert Entry.objects.get(kind="contact.began").data["waited"] == 540


def test_a_case_of_the_hall_has_the_clerk_as_first_asked_and_counts_from_the_counter(at):
    operations.classify(at, kind="complaint")
    operations.complete(
        later(at, 1), details=Details(said="上门迟到两小时", caller_phone="14077002093")
    )

    case = Case.objects.get()
    assert (case.channel, case.kind, case.first_asked) == ("hall", "complaint", at.by)
    assert case.reported_at == at.now
    assert case.department == people.department("quality")
    assert Clock.objects.filter(rule_id="complaint-answered-72h").exists()
    assert set(case.gaps.filter(filled_at__isnull=True).values_list("code", flat=True)) >= {"name"}


def test_the_customer_chosen_from_the_register_stands_in_the_case(at):
    customer, premises = people.home()
    operations.choose(at, customer=customer, premises=premises)

    operations.note(at, words="要过户")

    case = Case.objects.get()
    assert (case.customer, case.premises) == (customer, premises)


def test_what_cannot_be_answered_becomes_a_promise_with_its_clock(at):
    due = at.now + timedelta(days=4)

    operations.promise_answer(at, due_at=due, words="过户能不能由儿子代办", number="14077002093")

    promise = Promise.objects.get()
    assert (promise.owner, promise.due_at) == (at.by, due)
    assert Case.objects.get().caller_phone == "14077002093"
    assert ("hall_answer", "done") in steps_of(at)


def test_a_leak_at_the_counter_goes_to_the_crew_at_once(staff):
    ticket("leak")
    at = came(staff)

    operations.send_crew(at, act_id=uuid.uuid4())

    offer = Handover.objects.get()
    assert offer.to_department == people.department("emergency")
    assert (offer.case.kind, offer.case.channel) == ("alarm", "hall")
    assert ("hall_dispatch", "done") in steps_of(at)


def test_the_farewell_ends_the_contact_and_its_phrases_are_judged(at):
    operations.tick(at, step="hall_greet", rule="greeting")
    operations.finish(later(at, 5), said=True)

    told = finished(viewer=at.by, now=at.now + timedelta(minutes=6))

    assert [each.ticket for each in told] == [at.ticket]
    assert (told[0].phrased.broken, told[0].phrased.kept >= 2) == (0, True)
    assert Entry.objects.get(kind="contact.ended").data["served"] == 300


def test_a_farewell_left_out_counts_against_its_rule(at):
    operations.tick(at, step="hall_greet", rule="greeting")
    operations.finish(later(at, 5), said=False)

    told = finished(viewer=at.by, now=at.now + timedelta(minutes=6))

    assert told[0].phrased.broken == 1


def test_pressed_twice_an_end_is_one_end(at):
    for minutes in (5, 6):
        operations.finish(later(at, minutes), said=True)

    assert Entry.objects.filter(kind="contact.ended").count() == 1
    assert at.ticket.ended_at == MORNING + timedelta(minutes=6)
