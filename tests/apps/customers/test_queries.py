"""Who calls, and from which home: found by number and address in any spelling, and never guessed."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from shouwen.customers.models import Customer, Estate, Occupancy, Phone, Premises
from shouwen.customers.queries import customers_by_number, home_at
from tests import people

pytestmark = pytest.mark.django_db

NUMBER = "14077002093"
SINCE = date(2021, 5, 1)


def lives(customer: Customer, *address: str, until: date | None = None, estate: str = "青梧里"):
    """A further home of the customer."""
    there, _ = Estate.objects.get_or_create(name=estate)
    building, unit, flat = address
    premises = Premises.objects.create(estate=there, building=building, unit=unit, flat=flat)
    Occupancy.objects.create(
        customer=customer, premises=premises, relation="owner", since=SINCE, until=until
    )
    return premises


def found(address: str, number: str = NUMBER) -> Premises | None:
    home = home_at(matches=customers_by_number(number=number), address=address)
    return home[1] if home else None


@pytest.fixture
def two_homes() -> tuple[Premises, Premises]:
    """A customer at 青梧里 3-1-502 who also has 11-3-201 there."""
    customer, first = people.home(phone=NUMBER)
    return first, lives(customer, "11", "3", "201")


@pytest.mark.parametrize(
    "spelling",
    [
        "青梧里11号楼3单元201",
        "青梧里 11号楼 3单元 201",
        "青梧里11-3-201",
        "青梧里 11-3-201",
        "青梧里11栋3单元201室",
        "青梧里十一号楼三单元二零一",
        "青梧里１１号楼３单元２０１",
        "青梧里小区11号楼3单元201",
        "青梧里11#3单元201",
    ],
)
def test_a_home_is_found_by_its_address_in_any_spelling(two_homes, spelling):
    assert found(spelling) == two_homes[1]


def test_a_home_is_found_by_another_name_of_its_estate(two_homes):
    Estate.objects.update(aliases=["青梧", "梧桐新村"])

    assert found("梧桐新村11号楼3单元201") == two_homes[1]


def test_a_place_that_is_no_flat_is_found_by_its_name():
    customer, _ = people.home(phone=NUMBER)
    street = Estate.objects.create(name="槐树坊街")
    shop = Premises.objects.create(estate=street, place_name="17号 东禾饺子馆")
    Occupancy.objects.create(customer=customer, premises=shop, relation="contact", since=SINCE)

    assert found("槐树坊街17号东禾饺子馆") == shop


@pytest.mark.parametrize(
    "address", ["青梧里11号楼3单元202", "松鹤里11号楼3单元201", "一零一", "喂", "11号楼", "-"]
)
def test_an_address_that_is_none_of_the_homes_leads_nowhere(two_homes, address):
    assert found(address) is None


def test_the_only_home_is_taken_without_an_address_and_one_of_several_is_not(two_homes):
    people.home(phone="14000000001", address=("9", "1", "101"))

    assert found("") is None
    assert found("", number="14000000001") is not None


def test_a_home_that_was_left_is_no_home_any_more(two_homes):
    Occupancy.objects.filter(premises=two_homes[0]).update(until=date(2025, 1, 1))

    assert found("") == two_homes[1]
    assert found("青梧里3号楼1单元502") is None


def test_a_customer_who_left_every_home_is_still_known_by_number(two_homes):
    Occupancy.objects.update(until=date(2025, 1, 1))

    (match,) = customers_by_number(number=NUMBER)

    assert match.premises == ()


def test_one_number_of_two_customers_finds_both_and_the_address_decides():
    people.home(phone=NUMBER)
    other, home = people.home(phone="14000000001", surname="滕", address=("9", "2", "301"))
    Phone.objects.create(customer=other, number=NUMBER)

    matches = customers_by_number(number=NUMBER)

    assert len(matches) == 2
    assert home_at(matches=matches, address="") is None
    assert home_at(matches=matches, address="青梧里9-2-301") == (other, home)


def test_two_customers_in_one_home_are_not_told_apart_by_its_address():
    _, home = people.home(phone=NUMBER)
    wife = Customer.objects.create(name="滕女士", surname="滕")
    Phone.objects.create(customer=wife, number=NUMBER)
    Occupancy.objects.create(customer=wife, premises=home, relation="tenant", since=SINCE)

    assert found("青梧里3号楼1单元502") is None


@pytest.mark.parametrize("number", ["", "14000000009", "2093", "%", "140770020931"])
def test_a_number_that_nobody_has_finds_nobody(number):
    people.home(phone=NUMBER)

    assert customers_by_number(number=number) == ()


def test_looking_a_number_up_takes_three_queries_however_many_have_it(
    django_assert_max_num_queries,
):
    for place in range(6):
        customer, _ = people.home(phone=NUMBER, surname="滕", address=("9", "2", f"30{place}"))
        lives(customer, "8", "1", f"10{place}")

    with django_assert_max_num_queries(3):
        matches = customers_by_number(number=NUMBER)
        home_at(matches=matches, address="青梧里8-1-103")

    assert len(matches) == 6


def test_addresses_read_as_they_are_spoken_and_as_they_are_listed():
    _, flat = people.home(address=("11", "3", "201"))
    shop = Premises(estate=flat.estate, place_name="17号 东禾饺子馆")

    assert (flat.address, flat.short_address) == ("青梧里 11号楼3单元201", "青梧里 11-3-201")
    assert (shop.address, shop.short_address) == ("青梧里 17号 东禾饺子馆",) * 2


def test_a_customer_is_called_by_surname_and_title_and_a_firm_by_its_name():
    assert Customer(name="阮文秀", surname="阮", title="女士").called == "阮女士"
    assert Customer(name="东禾饺子馆").called == "东禾饺子馆"


def test_one_address_is_one_premises():
    _, home = people.home()

    with pytest.raises(IntegrityError), transaction.atomic():
        Premises.objects.create(estate=home.estate, building="3", unit="1", flat="502")


def test_nobody_leaves_a_home_before_coming_in():
    customer, home = people.home()

    with pytest.raises(IntegrityError), transaction.atomic():
        Occupancy.objects.create(
            customer=customer, premises=home, relation="tenant", since=SINCE, until=SINCE
        )
