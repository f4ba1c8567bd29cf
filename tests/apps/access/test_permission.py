"""`can()` and the scope of lists agree, and what is not listed is refused."""

import uuid
from itertools import product

import pytest

from shouwen.access.permission import BY_ROLE, Action, CallStanding, CaseStanding, can
from shouwen.access.roles import Role
from shouwen.cases import operations
from shouwen.cases.queries import standing, visible_cases, whole_case
from tests import people
from tests.people import MORNING


class Person:
    """Somebody with roles, for the pure rule."""

    def __init__(self, *roles: Role, staff_no: str = "1", department: str = "") -> None:
        self.staff_no = staff_no
        self.role_set = frozenset(roles)
        self.department_code = department


# What everybody who is signed in may do.
EVERYBODYS = {
    Action.VIEW_COMPONENTS,
    Action.VIEW_CLAUSES,
    Action.GUARD_OWN_SIGN_IN,
    Action.SEND_ALARM,
    Action.READ_KNOWLEDGE,
}
CASE = CaseStanding(first_asked="7", owner="8", department="repair")
ABOUT_CASES = sorted(set(Action) - set(BY_ROLE) - EVERYBODYS)


def test_nobody_without_a_role_sees_anything():
    assert {action for action in Action if can(Person(), action, CASE)} == EVERYBODYS


@pytest.mark.parametrize("role", [Role.SYSTEM_ADMIN, Role.SECURITY, Role.EDITOR, Role.TRAINER])
def test_roles_without_customers_see_no_case_even_as_owner(role):
    person = Person(role, staff_no="8", department="repair")

    assert not any(can(person, action, CASE) for action in ABOUT_CASES)


def test_an_action_on_no_case_is_refused():
    assert not can(Person(Role.DISPATCHER), Action.VIEW_CASE)


def test_a_technician_sees_own_cases_and_not_the_departments():
    assert can(Person(Role.TECHNICIAN, staff_no="8"), Action.VIEW_CASE, CASE)
    assert not can(Person(Role.TECHNICIAN, department="repair"), Action.VIEW_CASE, CASE)


def test_whoever_was_first_asked_keeps_sight_of_the_case_after_handing_it_over():
    assert can(Person(Role.AGENT, staff_no="7", department="hotline"), Action.VIEW_CASE, CASE)
    assert not can(Person(Role.AGENT, staff_no="7"), Action.WORK_ON_CASE, CASE)


@pytest.mark.parametrize(
    ("role", "call", "may"),
    [
        (Role.AGENT, CallStanding(), True),
        (Role.AGENT, CallStanding("1"), True),
        (Role.AGENT, CallStanding("7", frozenset({"1"})), True),
        (Role.AGENT, CallStanding("7"), False),
        (Role.CLERK, CallStanding("7"), False),
        (Role.DISPATCHER, CallStanding("7"), True),
        (Role.TECHNICIAN, CallStanding("1"), False),
        (Role.AUDITOR, CallStanding(), False),
    ],
)
def test_a_caller_is_seen_by_whoever_takes_the_call(role, call, may):
    assert can(Person(role), Action.POP_CALL, call) == may


def test_an_auditor_reads_everything_and_changes_nothing():
    auditor = Person(Role.AUDITOR, department="repair")
    offered = CaseStanding(
        first_asked="7", owner="8", department="repair", offered_to_department="repair"
    )

    assert can(auditor, Action.VIEW_CASE, offered)
    assert not can(auditor, Action.WORK_ON_CASE, offered)
    assert not can(auditor, Action.ANSWER_HANDOVER, offered)


@pytest.mark.django_db
def test_lists_show_exactly_the_cases_that_may_be_opened():
    taken = people.case(by=people.staff("wang_min"))
    others = people.case(by=people.staff("lin_xiao"), department="quality", kind="complaint")
    operations.offer_handover(
        act_id=uuid.uuid4(),
        case_id=others.pk,
        by=others.owner,
        to_staff=people.staff("li_qiang"),
        note="",
        at=MORNING,
        now=MORNING,
    )
    everybody = [people.staff(name) for name in people.CAST]

    for person, case in product(everybody, (taken, others)):
        whole = whole_case(number=case.number)
        assert whole is not None
        listed = visible_cases(actor=person).filter(pk=case.pk).exists()
        assert listed == can(person, Action.VIEW_CASE, standing(whole)), (person, case.said)
