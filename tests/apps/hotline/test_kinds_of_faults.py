"""Repairs, alarms and faults of the network from the call to their end: the form, what is done, the clocks."""

import uuid
from datetime import timedelta

import pytest
from django.urls import reverse

from shouwen.adapters import system_clock
from shouwen.cases import operations
from shouwen.cases.models import Case, Handover, Incident, Promise
from shouwen.cases.operations.incidents import TELL
from shouwen.cases.work import incident_over
from shouwen.jobs.models import Job
from shouwen.journal.models import Entry
from shouwen.messages.models import Message
from shouwen.people.models import Line, Shift
from tests import people
from tests.apps.hotline.on_a_call import OnCall, accepted, ends, gaps, kinds_of, tomorrow

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def home():
    return people.home()


@pytest.fixture
def call(home):
    return OnCall()


@pytest.fixture
def run_jobs():
    """Does what waits to be told to the customers of an incident."""

    def run() -> None:
        for job in Job.objects.filter(kind=TELL):
            incident_over(job.payload, system_clock.now())

    return run


# --- repair and alarm


def test_a_repair_solved_on_the_telephone_is_closed_with_the_answer(call):
    call.does("kind", kind="repair")
    call.does("record", said="换了电池没气", **{"f-device": "meter", "f-smells": "no"})
    call.does("solve", guide="selfhelp-03", words="屏亮了，有气了")
    call.hangs_up()

    assert call.case.state == "closed"
    assert {"case.solved_on_phone", "case.repaired", "case.answered"} <= set(kinds_of(call.case))
    late = {rule: state for rule, state in call.clocks().items() if state != "met"}
    assert late == {}


def test_it_is_not_solved_before_the_customer_has_said_so(call):
    call.does("kind", kind="repair")

    refused = call.does("solve", guide="selfhelp-03", words="")

    assert "写下客户怎么说" in refused
    assert call.case.is_open


def test_what_is_not_ours_to_repair_is_told_where_to_turn_in_time(call):
    call.does("kind", kind="repair")
    call.does("refer", why="no_parts", where="maker", words="给了厂家电话")

    assert call.clocks()["repair-referred-in-time"] == "met"
    told = Entry.objects.get(kind="case.referred")
    assert told.data == {"to": "maker"}
    ends(call)
    assert call.clocks()["repair-done-24h"] == "met"


def test_a_visit_agreed_on_the_call_is_promised_and_moves_the_clocks(call):
    call.does("kind", kind="repair")
    call.does("record", said="灶打不着", **{"f-wanted_at": tomorrow()})
    call.does("record", said="灶打不着", **{"f-wanted_at": tomorrow()})

    promise = Promise.objects.get()
    assert (promise.kind, promise.state) == ("visit", "open")
    assert kinds_of(call.case).count("case.agreed_time") == 1
    call.does("record", said="灶打不着", **{"f-wanted_at": ""})
    assert Promise.objects.get().state == "withdrawn"


def test_the_crew_on_duty_is_offered_those_of_the_station_first_and_one_key_sends_all(call):
    line = Line.objects.create(code="emergency", name_zh="抢修", name_en="Emergency")
    now = system_clock.now()
    for who, station in (("zhou_min", "北站"), ("sun_li", "")):
        person = people.staff(who)
        person.station = station
        person.save(update_fields=["station"])
        Shift.objects.create(
            id=uuid.uuid4(), staff=person, line=line, starts_at=now - 4 * HOUR, ends_at=now + HOUR
        )
    call.does("kind", kind="alarm")

    screen = call.screen()
    assert "谁先接谁去" in screen
    assert "周敏 · 北站" in screen
    call.does("dispatch", to="2016")

    offer = Handover.objects.get()
    assert offer.to_staff == people.staff("zhou_min")
    assert "case.routed" in kinds_of(call.case)
    by = accepted(call.case, "zhou_min")
    for what in ("dispatched", "arrived", "handled", "repaired"):
        now = system_clock.now()
        operations.report(
            act_id=uuid.uuid4(), case_id=call.case.pk, what=what, by=by, at=now, now=now
        )
    ends(call, by=by)
    assert call.clocks()["alarm-dispatched-at-once"] == "met"


def test_an_alarm_is_sent_with_its_form_empty(call):
    call.does("kind", kind="alarm")

    assert {"form.inside", "form.people"} <= gaps(call.case)
    call.does("dispatch")

    assert Handover.objects.get().to_department == people.department("emergency")


# --- the network


def test_a_fault_of_many_homes_is_major(call):
    call.does("kind", kind="network_fault")
    call.does("record", said="全小区没气", **{"f-homes": "199"})
    assert call.case.severity == "ordinary"

    call.does("record", said="全小区没气", **{"f-homes": "200"})

    assert call.case.severity == "major"
    assert call.clocks()["network-fault-major-24h"] == "running"


def test_an_incident_gathers_calls_and_each_customer_is_answered(call, run_jobs):
    people.home(phone="14077002094", surname="欧阳", address=("7", "2", "301"))
    call.does("kind", kind="network_fault")
    call.does("record", said="全小区没气")
    call.does("incident", place="青梧里", estates="青梧里", zone="东区")
    first, incident = call.case, Incident.objects.get()
    call.hangs_up()
    call.rings("14077002094")

    assert "像是管网事件" in call.screen()
    call.does("join", incident=str(incident.pk))
    call.does("join", incident=str(incident.pk))
    second = call.case
    assert incident.members.count() == 2
    assert second.department == first.department

    now, act_id = system_clock.now(), uuid.uuid4()
    for _again in range(2):
        operations.end_incident(
            act_id=act_id, incident_id=incident.pk, by=call.agent, outcome="已恢复供气。",
            at=now, now=now,
        )  # fmt: skip
    run_jobs()

    assert set(incident.members.values_list("told", flat=True)) == {"sms"}
    assert Message.objects.filter(text_id="incident-over").count() == 2
    for case in (first, second):
        assert "case.answered" in kinds_of(case)
    assert "管网事件已结束" in call.client.get(reverse("my_work")).content.decode()


def test_whoever_cannot_be_written_to_is_called_back_by_the_owner(call, run_jobs):
    call.does("kind", kind="network_fault")
    case = call.case
    Case.objects.filter(pk=case.pk).update(caller_phone="")
    incident, now = people.incident(call.case), system_clock.now()

    operations.end_incident(
        act_id=uuid.uuid4(), incident_id=incident.pk, by=call.agent, outcome="已恢复。",
        at=now, now=now,
    )  # fmt: skip
    run_jobs()

    promise = Promise.objects.get()
    assert (promise.kind, promise.owner, promise.case) == ("call_back", call.agent, case)
    assert incident.members.get().told == "call_back"


def test_a_case_is_not_joined_to_an_incident_that_is_over(call):
    call.does("kind", kind="network_fault")
    incident, now = people.incident(call.case), system_clock.now()
    operations.end_incident(
        act_id=uuid.uuid4(), incident_id=incident.pk, by=call.agent, outcome="好了",
        at=now, now=now,
    )  # fmt: skip
    call.hangs_up()
    call.rings("14077002095")

    refused = call.does("join", incident=str(incident.pk))

    assert "已经结束" in refused
