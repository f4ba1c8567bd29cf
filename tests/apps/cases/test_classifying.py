"""Clocks follow the classification, from the original report."""

from datetime import timedelta

import pytest

from shouwen.cases import operations
from shouwen.cases.operations import Classification
from shouwen.cases.queries import facts_of, foreseen_clocks
from shouwen.clocks.operations import recompute
from tests import people
from tests.apps.cases.acts import clock, fresh, on
from tests.people import MORNING

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _departments():
    for code in ("repair", "quality", "emergency"):
        people.department(code)


def network_fault():
    return people.case(
        kind="network_fault", side="network", severity="ordinary", department="emergency"
    )


MAJOR = Classification(
    kind="network_fault", side="network", severity="major", department="emergency"
)


def test_a_fault_found_major_has_24_hours_from_the_report_in_place_of_4():
    case = network_fault()
    assert clock(case, "network-fault-4h").due_at == MORNING + timedelta(hours=4)

    operations.reclassify(to=MAJOR, **on(case, 90))

    assert clock(case, "network-fault-4h").state == "not_applicable"
    assert clock(case, "network-fault-major-24h").due_at == MORNING + timedelta(hours=24)


def test_the_preview_says_what_then_happens():
    case = network_fault()
    now = MORNING + timedelta(minutes=90)

    seen = foreseen_clocks(case=case, to=MAJOR, now=now)

    moves = {each.rule_id: each.after for each in seen if each.moves and each.after}
    operations.reclassify(to=MAJOR, **on(case, 90))
    assert moves["network-fault-4h"].state == "not_applicable"
    promised = moves["network-fault-major-24h"].due_at
    assert promised == clock(case, "network-fault-major-24h").due_at


def test_the_preview_changes_nothing():
    case = network_fault()

    foreseen_clocks(case=case, to=MAJOR, now=MORNING)

    assert fresh(case).severity == "ordinary"
    assert facts_of(fresh(case))["severity"] == "ordinary"
    assert clock(case, "network-fault-4h").state == "running"


def test_a_repair_that_is_a_complaint_is_answered_in_72_hours_from_the_report():
    case = people.case()

    to = Classification(kind="complaint", side="company", department="quality")
    operations.reclassify(to=to, **on(case, 30))

    assert clock(case, "repair-done-24h").state == "not_applicable"
    assert clock(case, "complaint-answered-72h").due_at == MORNING + timedelta(hours=72)
    assert list(recompute(check=True, now=MORNING + timedelta(minutes=30))) == []


def test_the_department_goes_with_the_classification_and_the_owner_stays():
    case = people.case()

    to = Classification(kind="complaint", side="company", department="quality")
    operations.reclassify(to=to, **on(case))

    assert fresh(case).department == people.department("quality")
    assert fresh(case).owner == case.owner
    assert clock(case, "complaint-answered-72h").department == "quality"


def test_the_same_classification_again_is_told():
    case = network_fault()

    with pytest.raises(operations.NothingChanged):
        operations.reclassify(to=operations.classification_of(case), **on(case))


def test_a_department_that_is_not_there_changes_nothing():
    case = people.case()

    with pytest.raises(operations.NoSuchDepartment):
        operations.reclassify(to=Classification(kind="complaint", department="moon"), **on(case))
    assert fresh(case).kind == "repair"
