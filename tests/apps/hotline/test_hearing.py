"""What an exchange tells becomes calls, agents' states and promises to call back."""

import random
import uuid
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from shouwen.cases.models import Case, Promise
from shouwen.core.telephony import EventType, LineEvent
from shouwen.hotline.models import AgentState, Call, Offer
from shouwen.hotline.models import LineEvent as Told
from shouwen.hotline.operations import ask_for_call_back, close_silent, hear, set_status
from shouwen.jobs.models import Job
from shouwen.journal.models import Entry
from shouwen.people.models import Staff
from tests.people import staff as person

pytestmark = pytest.mark.django_db
BEGAN = datetime(2026, 10, 9, 6, 0, tzinfo=UTC)


def at(seconds: float) -> datetime:
    return BEGAN + timedelta(seconds=seconds)


def event(type_: EventType, seconds: float, *, call: str = "c1", **more: Any) -> LineEvent:
    name = f"{call}:{type_}:{more.get('offer', '')}:{seconds}"
    return LineEvent(id=name, call=call, type=type_, at=at(seconds), **more)


def told(*events: LineEvent, now: float = 200) -> Call:
    (call,) = hear(events=events, source="test", now=at(now))
    return call


ARRIVED = event("arrived", 0, number="14000571192", direction="inbound", queue="8619612")
OFFERED = event("offered", 2, offer="o1", extension="1001")
ANSWERED = event("answered", 9, offer="o1", extension="1001")
HUNG_UP = event("hung_up", 130, by="customer")
GAVE_UP = event("hung_up", 31, by="customer", unanswered=True)


@pytest.fixture
def agent() -> Staff:
    staff = person("wang_min")
    act = uuid.uuid4()
    set_status(act_id=act, staff=staff, status="ready", extension="1001", now=at(-60))
    return staff


def status(staff: Staff) -> str:
    return AgentState.objects.get(staff=staff).status


def test_a_ringing_telephone_shows_its_agent_and_the_call(agent):
    call = told(ARRIVED, OFFERED, now=3)

    assert (call.stage, call.number, call.queue) == ("ringing", "14000571192", "8619612")
    assert Offer.objects.get().staff == agent
    assert AgentState.objects.get(staff=agent).call == call
    assert status(agent) == "ringing"


def test_the_agent_follows_the_call_to_its_end_and_the_work_after_it(agent):
    told(ARRIVED, OFFERED, ANSWERED, now=10)
    assert status(agent) == "talking"

    call = told(HUNG_UP)

    assert status(agent) == "after_call"
    assert (call.stage, call.outcome, call.staff) == ("over", "answered", agent)
    assert (call.ended_by, call.rings) == ("customer", 2)


def test_a_call_not_taken_leaves_the_agent_free(agent):
    told(ARRIVED, OFFERED, event("withdrawn", 22, offer="o1", unanswered=True), now=23)

    assert status(agent) == "ready"


def test_told_twice_nothing_changes(agent):
    told(ARRIVED, OFFERED, ANSWERED, HUNG_UP)
    before = (Told.objects.count(), Entry.objects.count())

    told(ARRIVED, OFFERED, ANSWERED, HUNG_UP)

    assert (Told.objects.count(), Entry.objects.count()) == before


@pytest.mark.parametrize("seed", range(12))
def test_in_whatever_order_and_portions_it_comes_the_call_is_the_same(agent, seed):
    events = [
        ARRIVED, OFFERED, ANSWERED, event("held", 40, offer="o1"), event("resumed", 70, offer="o1"),
        HUNG_UP,
    ]  # fmt: skip
    chance = random.Random(seed)  # noqa: S311 - a test
    mixed = [*events, *chance.choices(events, k=3)]
    chance.shuffle(mixed)
    while mixed:
        portion, mixed = mixed[: chance.randint(1, 3)], mixed[3:]
        told(*portion)
    told(*events)

    call = Call.objects.get()

    assert (call.stage, call.outcome, call.ended_by) == ("over", "answered", "customer")
    assert (call.rang_at, call.answered_at, call.ended_at) == (at(0), at(9), at(130))
    assert call.holds == [[at(40).isoformat(), at(70).isoformat()]]
    kinds = sorted(Entry.objects.filter(subject_id=call.pk).values_list("kind", flat=True))
    assert kinds == [
        "call.answered", "call.arrived", "call.ended", "call.held", "call.rang", "call.resumed",
    ]  # fmt: skip
    assert status(agent) in ("ready", "after_call")  # never stuck on a call that is over


def test_who_reached_nobody_is_called_back(agent):
    call = told(ARRIVED, GAVE_UP, now=31)
    assert Job.objects.filter(kind="hotline.call_back").count() == 1

    case = ask_for_call_back(call_id=call.pk, now=at(60))

    assert case is not None
    assert case.caller_phone == "14000571192"
    promise = Promise.objects.get(case=case)
    assert (promise.kind, promise.state) == ("call_back", "open")
    assert promise.due_at > at(60)


def test_whose_telephone_rang_in_vain_owns_the_call_back(agent):
    call = told(ARRIVED, OFFERED, GAVE_UP, now=31)

    case = ask_for_call_back(call_id=call.pk, now=at(60))

    assert case is not None
    assert case.owner == agent


def test_calling_five_times_is_one_matter(agent):
    for number in range(5):
        call = told(
            replace(ARRIVED, id=f"a{number}", call=f"c{number}"),
            replace(GAVE_UP, id=f"g{number}", call=f"c{number}"),
            now=31,
        )
        ask_for_call_back(call_id=call.pk, now=at(60))

    assert Case.objects.count() == 1
    assert Promise.objects.count() == 1


def test_speaking_to_the_caller_later_keeps_the_call_back(agent):
    call = told(ARRIVED, GAVE_UP, now=31)
    ask_for_call_back(call_id=call.pk, now=at(60))

    again = [
        replace(e, id=f"2{e.id}", call="c2", at=e.at + timedelta(minutes=5))
        for e in (ARRIVED, OFFERED, ANSWERED)
    ]
    told(*again, now=320)

    assert Promise.objects.get().state == "kept"
    assert Case.objects.get().closed_at is not None


def test_a_late_word_of_an_answer_leaves_nobody_to_call_back(agent):
    call = told(ARRIVED, OFFERED, event("hung_up", 130, by="customer"), now=131)
    told(ANSWERED, now=140)

    assert ask_for_call_back(call_id=call.pk, now=at(160)) is None
    assert Case.objects.count() == 0


def test_a_call_without_a_number_stays_on_the_board_only(agent):
    call = told(replace(ARRIVED, number=""), GAVE_UP, now=31)

    assert ask_for_call_back(call_id=call.pk, now=at(60)) is None


def test_a_lost_hang_up_is_closed_by_the_watch_and_blames_nobody(agent):
    told(ARRIVED, OFFERED, ANSWERED, now=10)

    assert close_silent(now=at(3000)) == 0
    assert close_silent(now=at(4000)) == 1

    call = Call.objects.get()
    assert (call.stage, call.ended_by, call.ended_at) == ("over", "", None)
    assert "who_hung_up" in call.unheard
    assert status(agent) == "after_call"
