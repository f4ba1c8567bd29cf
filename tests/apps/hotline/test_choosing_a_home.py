"""Which of several homes a call is about: chosen by the agent, kept version by version."""

import uuid

import pytest
from django.test import Client

from shouwen.hotline.models import CallerChoice
from shouwen.journal.models import Entry
from tests import people
from tests.apps.cases.pages import signed_in
from tests.apps.hotline.callers import choose, meant, popped, ringing, second_home

pytestmark = pytest.mark.django_db


@pytest.fixture
def agent() -> Client:
    return signed_in("wang_min")


def test_the_chosen_home_is_shown_from_then_on(agent):
    customer, _ = people.home()
    other = second_home(customer)
    call = ringing(by=people.staff("wang_min"))

    page = choose(agent, call, f"{customer.pk}:{other.pk}")

    assert page.status_code == 200
    assert "9号楼2单元301" in page.content.decode()
    assert meant(popped(call)) == (customer, other)


def test_choosing_is_journalled_without_a_name_or_an_address(agent):
    customer, _ = people.home()
    other = second_home(customer)
    call = ringing(by=people.staff("wang_min"))

    choose(agent, call, f"{customer.pk}:{other.pk}")

    entry = Entry.objects.get(kind="call.home_chosen", subject_id=call.pk)
    assert entry.actor == "1031"
    assert entry.data == {"version": 1, "customer": str(customer.pk), "premises": str(other.pk)}


def test_the_same_choice_sent_twice_is_one(agent):
    customer, _ = people.home()
    other = second_home(customer)
    call, act = ringing(by=people.staff("wang_min")), uuid.uuid4()

    answers = [choose(agent, call, f"{customer.pk}:{other.pk}", act=act) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [200, 200]
    assert CallerChoice.objects.count() == 1


def test_a_choice_made_on_an_old_list_is_refused_and_shows_the_present_one(agent):
    customer, premises = people.home()
    other = second_home(customer)
    call = ringing(by=people.staff("wang_min"))
    choose(agent, call, f"{customer.pk}:{other.pk}")

    late = choose(agent, call, f"{customer.pk}:{premises.pk}", version=0)

    assert late.status_code == 409
    assert "9号楼2单元301" in late.content.decode()
    assert CallerChoice.objects.count() == 1


def test_a_choice_can_be_changed_and_every_version_stays(agent):
    customer, premises = people.home()
    other = second_home(customer)
    call = ringing(by=people.staff("wang_min"))
    choose(agent, call, f"{customer.pk}:{other.pk}")

    choose(agent, call, f"{customer.pk}:{premises.pk}", version=1)

    assert meant(popped(call)) == (customer, premises)
    assert list(CallerChoice.objects.values_list("version", flat=True)) == [1, 2]


def test_none_of_the_homes_may_be_meant(agent):
    customer, _ = people.home()
    second_home(customer)
    call = ringing(by=people.staff("wang_min"))

    page = choose(agent, call, "none")

    found = popped(call)
    assert found.is_none_of_them
    assert found.home is None
    assert "已选：都不是" in page.content.decode()


def test_a_home_found_by_searching_can_be_chosen_for_an_unknown_number(agent):
    customer, premises = people.home()
    call = ringing(number="14000000000", by=people.staff("wang_min"))

    choose(agent, call, f"{customer.pk}:{premises.pk}")

    assert meant(popped(call)) == (customer, premises)


@pytest.mark.parametrize("home", ["", "nonsense", "2a066cda-5ed2-4889-b0d9-7491c40a39ed:x"])
def test_a_choice_of_nothing_on_the_list_is_refused(agent, home):
    call = ringing(by=people.staff("wang_min"))

    assert choose(agent, call, home).status_code == 400


def test_a_home_nobody_lives_in_is_refused(agent):
    customer, _ = people.home()
    _, elsewhere = people.home(phone="14099", surname="褚", address=("7", "1", "1"))
    call = ringing(by=people.staff("wang_min"))

    assert choose(agent, call, f"{customer.pk}:{elsewhere.pk}").status_code == 409
