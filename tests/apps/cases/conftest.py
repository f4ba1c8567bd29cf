"""A case with an offer and a promise, for tests of its page."""

import uuid
from datetime import timedelta

import pytest

from shouwen.cases import operations
from shouwen.cases.models import Case, Handover, Promise
from tests import people
from tests.apps.cases.pages import PHONE, minutes_ago


@pytest.fixture
def case() -> Case:
    """A repair taken five minutes ago by 王敏 for the repair team, from a customer with a number."""
    people.department("repair")
    customer, premises = people.home(phone=PHONE)
    return people.case(at=minutes_ago(5), customer=customer, premises=premises, caller_phone=PHONE)


@pytest.fixture
def offer(case: Case) -> Handover:
    """The case offered to the repair team."""
    at = minutes_ago(4)
    return operations.offer_handover(
        act_id=uuid.uuid4(),
        case_id=case.pk,
        by=case.owner,
        to_department=people.department("repair"),
        note="控制板型号已记",
        at=at,
        now=at,
    )


@pytest.fixture
def promise(case: Case) -> Promise:
    """A call-back promised to the customer."""
    at = minutes_ago(4)
    return operations.make_promise(
        act_id=uuid.uuid4(),
        case_id=case.pk,
        by=case.owner,
        kind="call_back",
        words="下午给您回电",
        due_at=at + timedelta(hours=2),
        at=at,
        now=at,
    )
