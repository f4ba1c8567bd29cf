"""List, count, detail, clocks and their pages agree on what a person may see, whatever the case."""

import uuid
from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from shouwen.access.permission import Action, can
from shouwen.cases import operations
from shouwen.cases.models import Case
from shouwen.cases.queries import headlines, standing, visible_cases, whole_case
from shouwen.clocks.queries import counts_by_state, open_clocks
from shouwen.home.views.clock_board import scopes_of
from tests import people
from tests.people import MORNING

TAKERS = st.sampled_from(["wang_min", "lin_xiao", "sun_li", "li_qiang", "zhou_min"])
DEPARTMENTS = st.sampled_from(["repair", "quality", "emergency", "hotline"])
OFFERS = st.one_of(
    st.none(),
    st.tuples(st.just("staff"), st.sampled_from(["gao_yan", "li_qiang", "zheng_lan"])),
    st.tuples(st.just("department"), DEPARTMENTS),
)
KINDS = st.sampled_from(["repair", "complaint", "alarm", "consultation"])
CASES = st.lists(st.tuples(TAKERS, DEPARTMENTS, KINDS, OFFERS), min_size=1, max_size=4)


def made(taker: str, department: str, kind: str, offer: Any) -> Case:
    case = people.case(by=people.staff(taker), department=department, kind=kind)
    if offer:
        to, whom = offer
        operations.offer_handover(
            act_id=uuid.uuid4(),
            case_id=case.pk,
            by=case.owner,
            note="",
            at=MORNING,
            now=MORNING,
            to_staff=people.staff(whom) if to == "staff" else None,
            to_department=people.department(whom) if to == "department" else None,
        )
    return case


def whole(case: Case) -> Case:
    found = whole_case(number=case.number)
    assert found
    return found


class Scopes(TestCase):
    """A real database, emptied after each example."""

    @settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
    @given(plan=CASES)
    def test_list_count_and_detail_agree(self, plan: Any) -> None:
        for code in people.DEPARTMENTS:
            people.department(code)
        cases = [made(*parts) for parts in plan]

        for who in people.CAST:
            person = people.staff(who)
            listed = set(visible_cases(actor=person).values_list("number", flat=True))
            opened = {
                case.number
                for case in cases
                if can(person, Action.VIEW_CASE, standing(whole(case)))
            }
            assert listed == opened, who
            assert visible_cases(actor=person).count() == len(opened), who

    @settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
    @given(plan=CASES)
    def test_every_clock_that_a_board_lists_is_counted_and_belongs_to_a_case_one_may_open(
        self, plan: Any
    ) -> None:
        for code in people.DEPARTMENTS:
            people.department(code)
        for parts in plan:
            made(*parts)

        for who in people.CAST:
            person = people.staff(who)
            if not can(person, Action.VIEW_CLOCKS):
                continue
            may = set(visible_cases(actor=person).values_list("pk", flat=True))
            for scope in scopes_of(person):
                owner = person.staff_no if scope == "mine" else None
                department = person.department_code if scope == "department" else None
                clocks = open_clocks(limit=500, owner=owner, department=department)
                counts = counts_by_state(now=MORNING, owner=owner, department=department)
                subjects = [(clock.subject_kind, clock.subject_id) for clock in clocks]
                found = headlines(subjects=subjects, viewer=person)
                assert {line.case_id for line in found.values()} <= may, (who, scope)
                counted = sum(n for state, n in counts.items() if state != "met")
                assert counted == len(clocks), (who, scope, counts)


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["wang_min", "zhou_min", "li_qiang", "chen", "auditor"])
def test_a_masked_value_is_masked_on_every_page_and_fragment(client: Client, who: str) -> None:
    customer, premises = people.home()
    case = people.case(customer=customer, premises=premises, caller_phone="14077002093")
    client.force_login(people.staff(who))

    pages = ["/", "/work/rows/", "/clocks/", "/clocks/rows/"]
    pages += [f"/cases/{case.number}/", f"/cases/{case.number}/body/"]
    answers = [client.get(page).content.decode() for page in pages]

    assert not any("14077002093" in text for text in answers)
    if who in ("chen", "auditor"):
        assert not any("阮" in text or "1-502" in text or "单元" in text for text in answers)
