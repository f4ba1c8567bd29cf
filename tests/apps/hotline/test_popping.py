"""What the screen shows for a call: the caller, the home, what is open, and nothing guessed."""

import uuid
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from shouwen.adapters import system_clock
from shouwen.customers.models import Appliance, CareEntry, Meter, ServicePoint
from shouwen.hotline.models import Offer
from shouwen.journal.models import Entry
from tests import people
from tests.apps.cases.pages import signed_in
from tests.apps.hotline.callers import (
    JUST_NOW,
    NUMBER,
    meant,
    neighbour,
    opened,
    popped,
    ringing,
    second_home,
)
from tests.people import MORNING

pytestmark = pytest.mark.django_db


@pytest.fixture
def agent() -> Client:
    return signed_in("wang_min")


def test_a_number_with_one_home_leads_to_it():
    customer, premises = people.home()

    found = meant(popped(ringing()))

    assert found == (customer, premises)
    assert found[1].address == "青梧里 3号楼1单元502"


def test_what_is_kept_of_the_home_comes_with_it():
    customer, premises = people.home()
    day = date(2024, 5, 1)
    ServicePoint.objects.create(premises=premises, account_no="AT0001", since=day)
    Meter.objects.create(premises=premises, serial="M1", kind="prepaid", installed_on=day)
    Meter.objects.create(
        premises=premises, serial="M0", installed_on=day, removed_on=date(2025, 1, 1)
    )
    Appliance.objects.create(premises=premises, kind="cooker", installed_on=day, made_on=day)
    CareEntry.objects.create(
        customer=customer, kind="elderly", needs="说话慢一点", consented_on=day, consent_how="hall",
        since=day, reviewed_on=day, review_on=day,
    )  # fmt: skip

    known = popped(ringing()).known

    assert known.account_no == "AT0001"
    assert [meter.text for meter in known.meters] == ["M1"]
    assert [(thing.kind, thing.made_on) for thing in known.appliances] == [("cooker", day)]
    assert [(entry.kind, entry.needs, entry.at_home) for entry in known.care] == [
        ("elderly", "说话慢一点", True)
    ]


def test_of_several_homes_none_is_chosen_and_nothing_of_any_is_read():
    customer, premises = people.home()
    second_home(customer)
    Meter.objects.create(premises=premises, serial="M1", installed_on=MORNING.date())
    people.case(customer=customer, premises=premises)

    found = popped(ringing())

    assert len(found.homes) == 2
    assert found.home is None
    assert found.known.meters == ()
    assert found.cases == ()


def test_a_number_of_two_people_is_a_list_too():
    people.home()
    people.home(surname="褚", address=("8", "1", "101"))

    found = popped(ringing())

    assert {home.customer.surname for home in found.homes} == {"阮", "褚"}
    assert found.home is None


def test_open_cases_come_with_their_most_urgent_clock():
    customer, premises = people.home()
    made = people.case(customer=customer, premises=premises)

    found = popped(ringing())

    assert [case.number for case in found.cases] == [made.number]
    assert found.cases[0].clock is not None
    assert found.cases[0].is_open


def test_a_case_reported_from_the_number_alone_is_found():
    made = people.case(caller_phone="14000000001")

    found = popped(ringing(number="14000000001"))

    assert [case.number for case in found.cases] == [made.number]


def test_a_case_of_a_record_that_was_merged_in_belongs_to_the_caller():
    customer, _ = people.home()
    merged, _ = people.home(phone="14088", surname="阮", address=("6", "1", "1"))
    made = people.case(customer=merged)
    merged.merged_into = customer
    merged.save()

    assert [case.number for case in popped(ringing()).cases] == [made.number]


def test_earlier_calls_of_a_year_are_contacts_and_those_of_the_month_are_counted():
    people.home()
    for days in (1, 3, 40, 400):
        ringing(at=MORNING - timedelta(days=days), stage="over", by=people.staff("wang_min"))

    found = popped(ringing())

    assert len(found.calls) == 3
    assert found.call.times == 3


def test_another_call_from_the_building_within_half_an_hour_is_told(agent):
    people.home()
    _, home = neighbour()
    now = system_clock.now()
    made = people.case(kind="alarm", said="楼道里闻到气味", premises=home, side="unknown", at=now)
    ringing(number="14077003333", at=now - timedelta(minutes=10), case=made, stage="over")
    ringing(number="14077003333", at=now - timedelta(minutes=40), stage="over")
    call = ringing(by=people.staff("wang_min"), at=now)

    page = opened(agent, call).content.decode()

    assert "同楼 30 分钟内 1 个来电：2 单元 102 楼道里闻到气味" in page


def test_what_was_reported_in_the_building_without_a_call_is_told_too():
    people.home()
    _, home = neighbour()
    people.case(kind="alarm", said="闻到气味", premises=home, side="unknown")

    assert [each.kind for each in popped(ringing()).neighbours] == ["alarm"]


def test_a_hidden_number_leads_to_nobody(agent):
    people.home()
    call = ringing(number="", by=people.staff("wang_min"))
    ringing(number="", stage="over")

    found = popped(call)

    assert (found.homes, found.cases, found.calls, found.call.times) == ((), (), (), 0)
    assert "号码没有登记" in opened(agent, call).content.decode()


def test_the_read_is_journalled_once_for_each_call_and_person(agent):
    people.home()
    call = ringing(by=people.staff("wang_min"))

    for _ in range(3):
        assert opened(agent, call).status_code == 200

    reads = Entry.objects.filter(kind="data.read", subject_id=call.pk)
    assert [(entry.actor, entry.data) for entry in reads] == [("1031", {"field": "pop"})]


def test_the_number_is_masked_until_it_is_asked_for(agent):
    people.home()
    call = ringing(by=people.staff("wang_min"))

    page = opened(agent, call).content.decode()
    shown = agent.post(reverse("call_phone", args=[call.pk])).content.decode()

    assert NUMBER not in page
    assert "140 **** 2093" in page
    assert NUMBER in shown
    assert Entry.objects.filter(kind="data.read", data={"field": "phone"}).count() == 1


def test_in_an_alarm_the_number_stands_in_full(agent):
    people.home()
    call = ringing(by=people.staff("wang_min"), kind="alarm")

    assert NUMBER in opened(agent, call).content.decode()


def test_of_another_departments_case_only_number_kind_and_clock_are_told(agent):
    customer, premises = people.home()
    people.department("repair")
    made = people.case(
        customer=customer, premises=premises, by=people.staff("zheng_lan"), department="repair"
    )
    call = ringing(by=people.staff("wang_min"))

    page = opened(agent, call).content.decode()

    assert made.number in page
    assert made.said not in page
    assert reverse("case", args=[made.number]) not in page
    assert "维修班在办" in page


def test_that_care_is_needed_is_told_and_not_why(agent):
    customer, _ = people.home()
    customer.special_care = "ill"
    customer.save()
    CareEntry.objects.create(
        customer=customer, kind="ill", needs="卧床，由家人开门", consented_on=MORNING.date(),
        consent_how="hall", since=MORNING.date(), reviewed_on=MORNING.date(),
        review_on=MORNING.date(),
    )  # fmt: skip
    call = ringing(by=people.staff("wang_min"))

    page = opened(agent, call).content.decode()

    assert "特别关照" in page
    assert "卧床" not in page
    assert "可上门办手续" in page


def test_a_call_of_a_colleague_is_not_ones_own_to_look_at():
    people.home()
    call = ringing(by=people.staff("wang_min"))
    client = signed_in("lin_xiao")

    assert opened(client, call).status_code == 403


def test_whoever_is_offered_the_call_sees_the_caller():
    people.home()
    call = ringing(by=people.staff("wang_min"))
    Offer.objects.create(
        id=uuid.uuid4(),
        call=call,
        staff=people.staff("lin_xiao"),
        offered_at=JUST_NOW,
        outcome="ringing",
    )
    client = signed_in("lin_xiao")

    assert opened(client, call).status_code == 200


def test_the_dispatcher_may_look_at_any_call():
    people.home()
    call = ringing(by=people.staff("wang_min"))
    client = signed_in("zhou_min")

    assert opened(client, call).status_code == 200


def test_a_call_nobody_knows_is_not_found(agent):
    assert agent.get(reverse("call_pop", args=[uuid.uuid4()])).status_code == 404


def test_a_browser_without_the_cockpit_gets_a_page(agent):
    people.home()
    call = ringing(by=people.staff("wang_min"))

    page = agent.get(reverse("call_pop", args=[call.pk])).content.decode()

    assert "<html" in page
    assert "阮女士" in page


def test_the_queries_are_the_same_whatever_the_number_leads_to(
    agent, django_assert_max_num_queries
):
    customer, premises = people.home()
    for _ in range(12):
        people.case(customer=customer, premises=premises)
    for days in range(20):
        ringing(at=MORNING - timedelta(days=days), stage="over")
    for flat in range(5):
        neighbour(number=f"1407700444{flat}", flat=f"{flat}01")
        ringing(number=f"1407700444{flat}", stage="over")
    call = ringing(by=people.staff("wang_min"))
    opened(agent, call)

    with django_assert_max_num_queries(14):
        assert opened(agent, call).status_code == 200
