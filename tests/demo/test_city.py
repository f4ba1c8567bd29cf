import time
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shouwen.core.text.home_address import Address, parse_address
from shouwen.demo.callers import (
    SampleCaller,
    read_sample_calls,
    sample_callers,
    spoken_numbers,
)
from shouwen.demo.city import CityTooSmall, plan_city
from shouwen.demo.fabric import apportioned
from shouwen.demo.plans import CityPlan
from shouwen.demo.profile import load_profile

CALLS = read_sample_calls()
CALLERS = sample_callers(CALLS)


@pytest.fixture(scope="module")
def city() -> CityPlan:
    return plan_city(callers=CALLERS, taken_phones=spoken_numbers(CALLS))


def test_the_same_seed_gives_the_same_city_and_another_seed_another():
    one = plan_city(homes=300, businesses=10, seed=7, callers=CALLERS)

    assert one == plan_city(homes=300, businesses=10, seed=7, callers=CALLERS)
    assert one != plan_city(homes=300, businesses=10, seed=8, callers=CALLERS)


@settings(max_examples=40)
@given(homes=st.integers(40, 900), businesses=st.integers(0, 60), seed=st.integers(0, 2**32))
def test_a_city_of_any_size_holds_together(homes, businesses, seed):
    city = plan_city(homes=homes, businesses=businesses, seed=seed, callers=CALLERS)

    keys = [place.key for place in city.premises]
    lived_in = [key for customer in city.customers for key in customer.premises]
    assert city.homes == homes
    assert len(city.premises) == homes + businesses
    assert len(set(keys)) == len(keys)
    assert set(lived_in) == set(keys)
    assert len({estate.name for estate in city.estates}) == len(city.estates)
    assert {place.estate for place in city.premises} <= {estate.name for estate in city.estates}


def test_shares_are_near_the_profile(city):
    profile = load_profile()
    kind_of = {estate.name: estate.kind for estate in city.estates}
    homes = [place for place in city.premises if place.customer_class == "residential"]
    by_kind = Counter(kind_of[place.estate] for place in homes)
    people = [customer for customer in city.customers if customer.relation != "contact"]

    for kind in profile.kinds:
        assert by_kind[kind.name] / len(homes) == pytest.approx(kind.share, abs=0.005)
    assert sum(c.special_care is not None for c in people) / len(people) == pytest.approx(
        profile.shares["special_care"], abs=0.008
    )
    assert sum(len(c.premises) > 1 for c in people) / len(people) == pytest.approx(
        profile.shares["several_homes"], abs=0.005
    )
    assert sum(c.relation == "tenant" for c in people) / len(people) == pytest.approx(
        profile.shares["let"], abs=0.02
    )
    assert sum(not place.is_occupied for place in homes) / len(homes) == pytest.approx(
        profile.shares["empty"], abs=0.015
    )


def test_businesses_are_of_every_class_and_each_has_a_name_and_a_contact(city):
    businesses = [place for place in city.premises if place.customer_class != "residential"]
    owners = {key: c for c in city.customers for key in c.premises}

    assert len(businesses) == 120
    assert len({place.customer_class for place in businesses}) == 4
    assert len({place.place_name for place in businesses}) == 120
    assert all(owners[place.key].name in place.place_name for place in businesses)
    assert any("桑榆养老院" in place.place_name for place in businesses)


def test_every_caller_of_the_sample_calls_lives_where_the_record_says(city):
    places = {place.key: place for place in city.premises}
    by_phone = {phone: customer for customer in city.customers for phone in customer.phones}

    for caller in CALLERS:
        customer = by_phone[caller.phone]
        home = places[customer.premises[0]]
        address = Address(
            estate=home.estate, building=home.building, unit=home.unit, flat=home.flat
        )
        assert (customer.surname, customer.title) == (caller.surname, caller.title)
        assert address.text == caller.address


def test_homes_that_unknown_callers_name_exist(city):
    keys = {place.key for place in city.premises}

    for text in ("青檀里11号楼1单元102", "柏子庄小区12号楼3单元702", "柏子庄12-3-702"):
        home = parse_address(text)
        assert home is not None
        assert home.key in keys


def test_nobody_else_has_a_number_that_is_heard_on_the_calls(city):
    records = {caller.phone for caller in CALLERS}
    given_out = {phone for customer in city.customers for phone in customer.phones}

    assert not given_out & (spoken_numbers(CALLS) - records)


def test_numbers_are_those_that_no_subscriber_has_and_each_belongs_to_one_customer(city):
    phones = [phone for customer in city.customers for phone in customer.phones]

    assert len(set(phones)) == len(phones)
    assert all(len(phone) == 11 and phone[:3] in {"140", "141", "144"} for phone in phones)


def test_two_people_at_one_address_are_two_customers_of_one_home():
    place = {"address": "青檀里5号楼2单元601", "title": "女士"}
    callers = (
        SampleCaller(phone="14000000001", surname="滕", **place),
        SampleCaller(phone="14000000002", surname="尚", **place),
    )

    city = plan_city(homes=60, businesses=0, callers=callers)

    living = [c.surname for c in city.customers if "青檀里/5/2/601" in c.premises]
    assert living == ["滕", "尚"]


def test_surnames_of_two_signs_and_rare_ones_occur(city):
    surnames = Counter(customer.surname for customer in city.customers)

    assert any(len(surname) == 2 for surname in surnames)
    assert {"单", "仇", "盖", "朴"} & set(surnames)


def test_every_spelling_leads_to_its_estate(city):
    assert city.spellings["柏子庄"] == "柏子庄小区"
    assert city.spellings["青檀里"] == "青檀里"


def test_a_city_too_small_for_its_callers_is_refused():
    with pytest.raises(CityTooSmall):
        plan_city(homes=5, businesses=0, callers=CALLERS)


def test_a_caller_whose_record_names_no_home_is_left_out():
    nowhere = SampleCaller(phone="14000000001", surname="王", title="先生", address="城里")

    city = plan_city(homes=60, businesses=0, callers=(nowhere,))

    assert all("14000000001" not in customer.phones for customer in city.customers)


@given(
    st.integers(0, 10_000),
    st.dictionaries(st.text(max_size=3), st.floats(0, 1e6), min_size=1, max_size=12),
)
def test_parts_add_up_to_the_whole(total, weights):
    parts = apportioned(total, weights)

    assert sum(parts.values()) == total
    assert min(parts.values()) >= 0


def test_a_large_city_is_planned_within_seconds():
    begun = time.perf_counter()

    city = plan_city(homes=50_000, businesses=900)

    assert city.homes == 50_000
    assert time.perf_counter() - begun < 7.5
