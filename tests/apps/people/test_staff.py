"""Members of staff: one number for one person, roles held once, and who can sign in at all."""

import pytest
from django.contrib.auth import authenticate
from django.db import IntegrityError, transaction

from shouwen.access.roles import Role
from shouwen.people.models import Staff, StaffRole
from shouwen.people.operations import staff_subject, unknown_staff
from shouwen.people.queries import colleagues, departments, holders_of
from tests import people
from tests.people import PASSWORD

pytestmark = pytest.mark.django_db


def test_a_staff_number_is_one_persons():
    people.staff("wang_min")

    with pytest.raises(IntegrityError), transaction.atomic():
        Staff.objects.create_staff(staff_no="1031", name="别人", password=None)


def test_a_role_is_held_once():
    wang_min = people.staff("wang_min")

    with pytest.raises(IntegrityError), transaction.atomic():
        StaffRole.objects.create(staff=wang_min, role=Role.AGENT)


def test_a_person_may_hold_several_roles():
    both = {Role.AGENT, Role.CLERK}

    held = Staff.objects.create_staff(staff_no="1", name="双岗", password=None, roles=both)

    assert held.role_set == both


def test_roles_and_department_are_read_once_for_each_person(django_assert_max_num_queries):
    wang_min = Staff.objects.select_related("department").get(pk=people.staff("wang_min").pk)

    with django_assert_max_num_queries(1):
        for _ in range(5):
            assert wang_min.role_set == {Role.AGENT}
            assert wang_min.department_code == "hotline"


def test_somebody_without_a_department_has_an_empty_code():
    assert people.staff("chen").department_code == ""


def test_a_password_is_kept_as_a_hash():
    people.staff("wang_min", password=PASSWORD)

    kept = Staff.objects.get().password
    assert kept.startswith("argon2$")
    assert PASSWORD not in kept


@pytest.mark.parametrize("password", [PASSWORD, "", None, "!"])
def test_without_a_password_nobody_signs_in(password):
    people.staff("wang_min")

    assert authenticate(username="1031", password=password) is None


def test_the_right_password_of_somebody_at_work_is_let_in_and_no_other():
    wang_min = people.staff("wang_min", password=PASSWORD)

    assert authenticate(username="1031", password=PASSWORD) == wang_min
    assert authenticate(username="1031", password=PASSWORD + " ") is None
    assert authenticate(username="1032", password=PASSWORD) is None


def test_a_number_that_only_a_record_names_gets_a_row_that_cannot_sign_in():
    stranger = unknown_staff(staff_no="7777")

    assert not stranger.is_active
    assert not stranger.has_usable_password()
    assert stranger.role_set == frozenset()
    assert "7777" in stranger.name


def test_naming_the_same_unknown_number_again_finds_the_same_row():
    assert unknown_staff(staff_no="7777") == unknown_staff(staff_no="7777")
    assert Staff.objects.count() == 1


def test_a_known_number_stays_as_it_is():
    wang_min = people.staff("wang_min", password=PASSWORD)

    assert unknown_staff(staff_no="1031") == wang_min
    assert authenticate(username="1031", password=PASSWORD) == wang_min


def test_a_person_has_the_same_subject_for_ever_and_nobody_elses():
    assert staff_subject("1031") == staff_subject("1031")
    assert staff_subject("1031") != staff_subject("1032")


def test_a_case_can_be_handed_to_everybody_at_work_in_a_department_but_oneself():
    wang_min = people.staff("wang_min")
    for who in ("lin_xiao", "sun_li", "chen"):
        people.staff(who)
    Staff.objects.filter(staff_no="3301").update(is_active=False)
    unknown_staff(staff_no="7777")

    found = [(one.department.code, one.name) for one in colleagues(of=wang_min) if one.department]

    assert found == [("hotline", "林晓")]


def test_departments_come_in_the_order_of_their_codes():
    for code in ("repair", "emergency", "hotline"):
        people.department(code)

    assert [row.code for row in departments()] == ["emergency", "hotline", "repair"]


def test_holders_of_roles_are_found_once_each_and_only_at_work():
    both = Staff.objects.create_staff(
        staff_no="1", name="双岗", password=None, roles={Role.AGENT, Role.CLERK}
    )
    Staff.objects.create_staff(staff_no="2", name="走了", password=None, roles={Role.CLERK})
    Staff.objects.filter(staff_no="2").update(is_active=False)
    people.staff("chen")

    assert list(holders_of(roles={Role.AGENT, Role.CLERK})) == [both]
