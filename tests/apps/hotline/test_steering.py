"""What an agent does on a call: steps, case, promise, crew, warm transfer; once each, whatever is missing."""

import uuid
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from shouwen.adapters import system_clock
from shouwen.cases.models import Case, Handover, Promise
from shouwen.cases.operations import Details, accept_handover
from shouwen.clocks.models import Clock
from shouwen.hotline.at_desk import desk
from shouwen.hotline.models import AgentState, Call
from shouwen.hotline.operations import passing_on, steering
from shouwen.hotline.operations.duty import NotChecked, check_in, go_ready, is_checked
from shouwen.hotline.operations.passing_on import NotAccepted
from shouwen.hotline.operations.steering import At
from shouwen.hotline.views import cockpit
from shouwen.journal.models import Entry
from tests import people
from tests.calls_played import PlayedCall, seated

pytestmark = pytest.mark.django_db


@pytest.fixture
def agent():
    for code in people.DEPARTMENTS:
        people.department(code)
    return seated(people.staff("wang_min"))


@pytest.fixture
def played(agent):
    call = PlayedCall(agent)
    call.rings(ago=9)
    call.is_answered(ago=5)
    return call


@pytest.fixture
def at(agent, played):
    return At(Call.objects.get(), agent, system_clock.now())


def again(at: At) -> At:
    """The same person, a moment later, in another tab."""
    return At(Call.objects.get(), at.by, system_clock.now())


def test_a_step_is_on_record_once_however_often_it_is_ticked(at):
    for tab in (at, again(at)):
        steering.tick(tab, step="greet", rule="opening-line")

    done = Entry.objects.get(kind="call.step_done")
    assert done.data["step"] == "greet"
    assert done.data["seconds"] >= 5
    assert Case.objects.count() == 0  # a step needs no case


def test_the_first_act_that_needs_one_opens_the_case_with_its_gaps(at):
    steering.note(at, words="客户说晚上方便")

    case = Case.objects.get()
    assert (case.kind, case.caller_phone) == ("other", "14077002093")
    assert Call.objects.get().case == case
    assert case.reported_at == Call.objects.get().answered_at


def test_classification_starts_the_clocks_and_names_what_is_missing(at):
    steering.classify(at, kind="complaint")

    case = Case.objects.get()
    assert case.kind == "complaint"
    assert case.department is not None
    assert case.department.code == "quality"
    assert "complaint-answered-72h" in set(Clock.objects.values_list("rule_id", flat=True))
    assert {gap.code for gap in case.gaps.all()} >= {"name", "content"}
    assert Entry.objects.filter(kind="case.classified").count() == 1


def test_classified_anew_the_clocks_follow_and_the_same_kind_again_changes_nothing(at):
    steering.classify(at, kind="consultation")
    steering.classify(again(at), kind="consultation")
    steering.classify(again(at), kind="repair")

    assert Case.objects.get().kind == "repair"
    assert Entry.objects.filter(kind="case.classified").count() == 2
    assert Clock.objects.filter(rule_id="repair-handled-6h", is_open=True).exists()


def test_what_is_said_later_closes_the_gaps_and_completes_the_record(at):
    steering.classify(at, kind="repair")

    steering.complete(
        again(at), details=Details(caller_name="阮女士", place="青梧里3-1-502", said="灶打不着火")
    )

    case = Case.objects.get()
    assert not case.gaps.filter(filled_at__isnull=True, code__in=["name", "address", "content"])
    told = Entry.objects.filter(kind="case.recorded").latest("recorded_at")
    assert told.data["missing"] == ""
    assert "record_repair" in {e.data["step"] for e in Entry.objects.filter(kind="call.step_done")}


def test_what_is_taken_back_is_a_gap_again(at):
    steering.classify(at, kind="repair")
    steering.complete(again(at), details=Details(caller_name="阮女士"))

    steering.complete(again(at), details=Details(caller_name=""))

    assert Case.objects.get().gaps.filter(code="name", filled_at__isnull=True).exists()


def test_a_promise_is_made_once_from_two_tabs(at):
    due = at.now + timedelta(days=2)
    for tab in (at, again(at)):
        steering.promise_call_back(tab, due_at=due, words="能否加装")

    promise = Promise.objects.get()
    assert (promise.owner, promise.kind) == (at.by, "call_back")
    assert Entry.objects.filter(kind="case.deferred").count() == 1
    assert Entry.objects.filter(kind="call.promised_call_back").count() == 1


def test_the_crew_is_sent_with_nothing_known_and_only_once(at):
    for _ in range(2):
        passing_on.send_crew(again(at), act_id=uuid.uuid4())

    offer = Handover.objects.get()
    assert offer.case.kind == "alarm"
    assert offer.to_department is not None
    assert offer.to_department.code == "emergency"
    assert Call.objects.get().kind == "alarm"


def test_an_alarm_found_late_takes_the_call_from_whoever_was_asked_before(at):
    steering.classify(at, kind="consultation")
    passing_on.offer_call(
        again(at), act_id=uuid.uuid4(), note="问气费", to_staff=people.staff("lin_xiao")
    )

    passing_on.send_crew(again(at), act_id=uuid.uuid4())

    states = dict(Handover.objects.values_list("to_department__code", "state"))
    assert states == {None: "withdrawn", "emergency": "offered"}


def test_a_call_is_not_put_through_before_somebody_has_accepted(at, agent):
    other = seated(people.staff("lin_xiao"), extension="1002")
    with pytest.raises(NotAccepted):
        passing_on.put_through(again(at), act_id=uuid.uuid4())
    offer = passing_on.offer_call(again(at), act_id=uuid.uuid4(), note="问过户", to_staff=other)
    with pytest.raises(NotAccepted):
        passing_on.put_through(again(at), act_id=uuid.uuid4())

    now = system_clock.now()
    accept_handover(act_id=uuid.uuid4(), handover_id=offer.pk, by=other, at=now, now=now)
    passing_on.put_through(again(at), act_id=uuid.uuid4())

    assert AgentState.objects.get(staff=other).status == "ringing"
    assert Case.objects.get().owner == other


def test_a_call_without_a_word_for_the_colleague_is_not_offered(at):
    with pytest.raises(passing_on.NoNote):
        passing_on.offer_call(at, act_id=uuid.uuid4(), note=" ", to_staff=people.staff("lin_xiao"))


def test_the_supervisor_is_asked_once_until_somebody_came(at):
    passing_on.ask_supervisor(at)
    passing_on.ask_supervisor(again(at))
    passing_on.supervisor_came(call=at.call, by=people.staff("zhou_min"), now=system_clock.now())
    passing_on.ask_supervisor(again(at))

    assert Entry.objects.filter(kind="call.supervisor_asked").count() == 2


def test_advice_is_noted_when_shown_and_when_used(at):
    steering.show_advice(at, rule="calm-not-argue", used=False)
    steering.show_advice(again(at), rule="calm-not-argue", used=True)
    steering.show_advice(again(at), rule="calm-not-argue", used=True)

    shown = Entry.objects.filter(kind="guidance.shown").order_by("recorded_at")
    assert [entry.data["used"] for entry in shown] == [False, True]


def test_nobody_goes_ready_before_the_lists_are_in_order():
    staff, now = people.staff("lin_xiao"), system_clock.now()
    with pytest.raises(NotChecked):
        go_ready(act_id=uuid.uuid4(), staff=staff, now=now)

    def checked(*failed: str) -> None:
        check_in(
            act_id=uuid.uuid4(), staff=staff, rules=["start-of-shift-check"], failed=failed,
            variant="men", began_at=now, now=system_clock.now(),
        )  # fmt: skip

    checked("start-of-shift-check.headset")
    assert not is_checked(staff=staff, now=system_clock.now())
    checked()

    state = go_ready(act_id=uuid.uuid4(), staff=staff, now=system_clock.now())
    assert state.status == "ready"
    assert Entry.objects.filter(kind="staff.duty_began").count() == 1
    assert Entry.objects.filter(kind="staff.went_ready").count() == 1
    assert not is_checked(staff=staff, now=now + timedelta(hours=15))


# --- the pages


def test_an_alarm_rings_at_whoever_is_not_ready(agent, client):
    client.force_login(agent)
    client.post(
        reverse("cockpit_status"),
        {"act_id": uuid.uuid4(), "status": "not_ready", "reason": "meal"},
    )
    PlayedCall(agent).rings()

    assert 'data-key="F2"' in client.get("/cockpit/").content.decode()


def test_somebody_elses_call_cannot_be_steered(at, client):
    client.force_login(people.staff("lin_xiao"))

    for what in ("step", "dispatch", "hold", "promise"):
        assert client.post(reverse("cockpit_act", args=[at.call.pk, what])).status_code == 404
    assert Case.objects.count() == 0


def test_an_unknown_act_is_not_found_and_a_get_does_nothing(at, agent, client):
    client.force_login(agent)

    assert client.post(reverse("cockpit_act", args=[at.call.pk, "explode"])).status_code == 404
    assert client.get(reverse("cockpit_act", args=[at.call.pk, "dispatch"])).status_code == 405


def test_an_agent_ends_a_call_only_with_a_reason_from_the_list(at, agent, client):
    client.force_login(agent)
    url = reverse("cockpit_act", args=[at.call.pk, "end"])

    assert client.post(url, {"act_id": uuid.uuid4(), "reason": "bored"}).status_code == 422
    assert Call.objects.get().stage == "talking"
    client.post(url, {"act_id": uuid.uuid4(), "reason": "abuse"})

    assert Entry.objects.get(kind="call.end_asked").data == {"reason": "abuse"}
    assert Call.objects.get().ended_by == "agent"


def test_without_a_script_the_acts_work_as_plain_forms(at, agent, client):
    client.force_login(agent)

    answer = client.post(reverse("cockpit_act", args=[at.call.pk, "kind"]), {"kind": "repair"})

    assert answer.status_code == 302
    assert answer["Location"] == reverse("cockpit")


def test_a_number_is_masked_until_it_is_an_alarm(at, agent, client):
    client.force_login(agent)
    assert "140 7700 2093" not in client.get("/cockpit/").content.decode()

    passing_on.send_crew(at, act_id=uuid.uuid4())

    assert "140 7700 2093" in client.get("/cockpit/").content.decode()


def test_nothing_is_sent_when_nothing_has_changed(at, agent, client):
    client.force_login(agent)
    page = client.get("/cockpit/").content.decode()
    url = page.split('data-url="')[1].split('"')[0].replace("&amp;", "&")

    assert client.get(url).status_code == 204
    steering.tick(at, step="greet", rule="opening-line")
    assert client.get(url).status_code == 200


def test_what_happens_while_the_screen_is_read_is_fetched_once_more(
    at, agent, client, monkeypatch
):
    def reads_then_something_happens(**asked):
        found = desk(**asked)
        steering.tick(at, step="greet", rule="opening-line")
        return found

    client.force_login(agent)
    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(cockpit, "desk", reads_then_something_happens)
        page = client.get("/cockpit/").content.decode()

    url = page.split('data-url="')[1].split('"')[0].replace("&amp;", "&")
    assert client.get(url).status_code == 200


def test_the_screen_costs_the_same_queries_for_a_short_call_and_a_long_one(
    at, agent, client, django_assert_max_num_queries
):
    customer, premises = people.home()
    for _ in range(8):
        people.case(customer=customer, premises=premises, caller_phone="14077002093")
    steering.classify(again(at), kind="alarm")
    for sentence in range(1, 7):
        steering.tick(again(at), step="safety", rule="alarm-record", count=sentence)
    client.force_login(agent)
    client.get("/cockpit/")

    with django_assert_max_num_queries(40):
        client.get("/cockpit/")
    unchanged = _unchanged(client)
    with django_assert_max_num_queries(14):
        client.get(unchanged)


def _unchanged(client: Client) -> str:
    page = client.get("/cockpit/").content.decode()
    return page.split('data-url="')[1].split('"')[0].replace("&amp;", "&")
