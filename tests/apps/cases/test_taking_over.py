"""Absent owners and whole shifts: offered in bulk or by a supervisor, still accepted by a person."""

import pytest

from shouwen.cases import operations
from shouwen.cases.models import Handover
from tests import people
from tests.apps.cases.acts import at, fresh, kinds, offered, on

pytestmark = pytest.mark.django_db


def reassigned(case, minutes=5, **to):
    to = to or {"to_staff": people.staff("sun_li")}
    by = people.staff("zhou_min")
    return operations.reassign(reason="ill", note="接着办", **to, **on(case, minutes, by=by))


def shift(cases, minutes=5, **to):
    to = to or {"to_staff": people.staff("lin_xiao")}
    return operations.hand_over_shift(
        case_ids=[case.pk for case in cases],
        by=people.staff("wang_min"),
        note="夜班接着回电",
        **to,
        **at(minutes),
    )


def test_a_supervisor_offers_in_the_place_of_an_absent_owner_who_stays_until_acceptance():
    case = people.case()

    offer = reassigned(case)

    assert (offer.from_staff, offer.offered_by) == (case.owner, people.staff("zhou_min"))
    assert fresh(case).owner == people.staff("wang_min")
    operations.accept_handover(handover_id=offer.pk, by=people.staff("sun_li"), **at(6))
    assert fresh(case).owner == people.staff("sun_li")
    assert "case.reassigned" in kinds(case)


def test_an_offer_nobody_answers_gives_way_to_the_supervisors():
    case = people.case()
    waiting = offered(case)

    reassigned(case, to_department=people.department("quality"))

    waiting.refresh_from_db()
    assert waiting.state == Handover.State.WITHDRAWN
    assert case.handovers.filter(state="offered").count() == 1


def test_the_supervisor_can_take_the_offer_back():
    offer = reassigned(people.case())

    operations.withdraw_handover(handover_id=offer.pk, by=people.staff("zhou_min"), **at(6))

    offer.refresh_from_db()
    assert offer.state == Handover.State.WITHDRAWN


def test_a_case_is_not_reassigned_to_its_owner():
    case = people.case()

    with pytest.raises(operations.AlreadyTheirs):
        reassigned(case, to_staff=case.owner)


def test_a_shift_offers_its_cases_with_one_note():
    cases = [people.case() for _ in range(3)]

    offer = shift(cases)

    assert offer.left_out == ()
    assert {each.note for each in offer.shift.handovers.all()} == {"夜班接着回电"}
    assert offer.shift.handovers.count() == 3


def test_what_cannot_be_offered_is_left_out_and_named():
    mine, taken, theirs = people.case(), people.case(), people.case(by=people.staff("sun_li"))
    offered(taken)

    offer = shift([mine, taken, theirs])

    assert set(offer.left_out) == {taken.number, theirs.number}
    assert [each.case for each in offer.shift.handovers.all()] == [mine]


def test_one_acceptance_takes_all_that_still_waits():
    cases = [people.case() for _ in range(3)]
    offer = shift(cases)
    alone = offer.shift.handovers.first()
    operations.accept_handover(handover_id=alone.pk, by=people.staff("lin_xiao"), **at(6))

    taken = operations.accept_shift(shift_id=offer.shift.pk, by=people.staff("lin_xiao"), **at(7))

    assert len(taken) == 2
    assert {fresh(case).owner for case in cases} == {people.staff("lin_xiao")}


def test_a_case_settled_meanwhile_is_passed_over():
    cases = [people.case() for _ in range(2)]
    offer = shift(cases)
    operations.close_case(**on(cases[0], 6))

    taken = operations.accept_shift(shift_id=offer.shift.pk, by=people.staff("lin_xiao"), **at(7))

    assert [each.case for each in taken] == [cases[1]]


def test_somebody_else_cannot_accept_a_shift():
    offer = shift([people.case()])

    with pytest.raises(operations.NotAddressed):
        operations.accept_shift(shift_id=offer.shift.pk, by=people.staff("sun_li"), **at(7))


def test_a_shift_has_a_ceiling():
    case = people.case()

    with pytest.raises(operations.TooManyCases):
        shift([case] * 61)


def test_the_same_shift_twice_is_offered_once():
    case = people.case()
    act = {
        "case_ids": [case.pk],
        "by": people.staff("wang_min"),
        "note": "交班",
        "to_staff": people.staff("lin_xiao"),
        **at(5),
    }

    operations.hand_over_shift(**act)
    operations.hand_over_shift(**act)

    assert Handover.objects.count() == 1
