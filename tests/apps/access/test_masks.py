"""What each role sees of a customer: the table of masks, row by row."""

import pytest

from shouwen.access.masks import Kind, Purpose, Shape, estate_of, masked, shape_of
from shouwen.access.roles import Role
from shouwen.cases.queries import whole_case
from shouwen.cases.shown import customer_shown
from tests import people

PHONE = "14077002093"
# who → called, phone, address, care; as the page of another person's repair shows them
SEEN = {
    "lin_xiao": ("阮女士", "140 **** 2093", "青梧里 3号楼1单元502", "flag"),
    "zhou_min": ("阮女士", "140 **** 2093", "青梧里 3号楼1单元502", "flag"),
    "li_qiang": ("阮女士", "140 **** 2093", "青梧里 3号楼1单元502", "elderly"),
    "gao_yan": ("阮女士", "140 **** 2093", "青梧里 3号楼1单元502", "flag"),
    "chen": ("*女士", "140 **** 2093", "青梧里", ""),
    "admin": ("", "", "青梧里", ""),
}


@pytest.fixture
def repair(db: None):
    customer, premises = people.home(phone=PHONE)
    customer.special_care = "elderly"
    customer.save(update_fields=["special_care"])
    made = people.case(customer=customer, premises=premises, caller_phone=PHONE)
    return whole_case(number=made.number)


@pytest.mark.parametrize("who", SEEN)
def test_each_role_sees_its_part_of_the_customer(repair, who):
    seen = customer_shown(case=repair, viewer=people.staff(who))

    assert (seen.called, seen.phone.text, seen.address, seen.care) == SEEN[who]


def test_an_auditor_sees_a_pseudonym_and_four_figures(repair):
    seen = customer_shown(case=repair, viewer=people.staff("auditor"))

    assert seen.called.startswith("#")
    assert seen.phone.text == "**** 2093"
    assert seen.short_address == "青梧里"


def test_only_those_who_serve_can_ask_for_the_whole_number(repair):
    may = {
        who
        for who in people.CAST
        if customer_shown(case=repair, viewer=people.staff(who)).phone.can_reveal
    }

    assert may == {
        "wang_min",
        "lin_xiao",
        "zhou_min",
        "li_qiang",
        "sun_li",
        "gao_yan",
        "zheng_lan",
    }


@pytest.mark.parametrize("role", sorted(Role))
def test_an_alarm_shows_address_and_number_whole_to_everyone_who_handles_it(role):
    shapes = {
        shape_of({role}, kind, Purpose.ALARM)
        for kind in (Kind.PHONE, Kind.BUILDING, Kind.HOME, Kind.PLACE)
    }

    handles = role in {
        "agent", "clerk", "dispatcher", "technician", "inspector", "handler", "station_manager",
    }  # fmt: skip
    assert (shapes == {Shape.FULL}) == handles


@pytest.mark.parametrize("role", ["system_admin", "security", "editor", "approver", "trainer"])
def test_roles_without_customers_see_nothing_of_one(role):
    assert {shape_of({Role(role)}, kind, purpose) for kind in Kind for purpose in Purpose} == {
        Shape.HIDDEN
    }


def test_of_two_roles_the_more_open_one_counts():
    assert shape_of({Role.AUDITOR, Role.AGENT}, Kind.NAME, Purpose.CASE) is Shape.FULL


def test_the_owner_of_a_case_may_call_whatever_the_role():
    assert shape_of({Role.STATION_MANAGER}, Kind.PHONE, Purpose.CASE) is Shape.MASKED
    assert shape_of({Role.STATION_MANAGER}, Kind.PHONE, Purpose.OWN_CASE) is Shape.REVEAL


@pytest.mark.parametrize(
    ("place", "estate"),
    [
        ("青梧里12-3-502", "青梧里"),
        ("松鹤新村十二号楼", "松鹤新村"),
        ("人民路", "人民路"),
        ("3楼", ""),
    ],
)
def test_an_address_in_free_words_is_cut_before_its_first_figure(place, estate):
    assert estate_of(place) == estate


def test_no_mask_lets_a_number_through():
    for shape in set(Shape) - {Shape.FULL}:
        assert PHONE not in masked(PHONE, Kind.PHONE, shape, ref="1").replace(" ", "")


@pytest.mark.django_db
def test_a_caller_who_is_no_customer_yet_is_called_as_customers_are():
    case = people.case(caller_name="过女士")

    called = {
        who: customer_shown(case=case, viewer=people.staff(who)).called
        for who in ("wang_min", "zhou_min", "chen")
    }

    assert called == {"wang_min": "过女士", "zhou_min": "过女士", "chen": "*女士"}
