"""A case changes hands only when the next owner accepts it."""

import threading
import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

from shouwen.cases import operations
from shouwen.cases.models import Case, Handover
from shouwen.core.events import Subject
from shouwen.journal.queries import entries_of
from tests import people
from tests.people import MORNING

pytestmark = pytest.mark.django_db
LATER = MORNING + timedelta(minutes=4)


def offered(case: Case, **to) -> Handover:
    return operations.offer_handover(
        act_id=uuid.uuid4(),
        case_id=case.pk,
        by=case.owner,
        note="控制板型号已记，老人卧床请轻声",
        at=MORNING,
        now=MORNING,
        **to,
    )


def test_the_first_asked_person_owns_the_case():
    case = people.case(by=people.staff("wang_min"))

    assert case.owner == case.first_asked == people.staff("wang_min")


def test_an_offer_leaves_the_owner_in_place():
    case = people.case()

    offered(case, to_department=people.department("repair"))

    assert Case.objects.get().owner == people.staff("wang_min")


def test_accepting_makes_the_next_owner_and_keeps_the_chain():
    case = people.case()
    offer = offered(case, to_staff=people.staff("sun_li"))

    operations.accept_handover(
        act_id=uuid.uuid4(), handover_id=offer.pk, by=people.staff("sun_li"), at=LATER, now=LATER
    )

    chain = [(link.staff.name, link.until) for link in case.chain.all()]
    assert chain == [("王敏", LATER), ("孙立", None)]
    assert Case.objects.get().first_asked == people.staff("wang_min")


def test_refusing_needs_a_reason_and_leaves_the_owner():
    case = people.case()
    offer = offered(case, to_staff=people.staff("sun_li"))
    refusal: dict[str, Any] = {
        "handover_id": offer.pk,
        "by": people.staff("sun_li"),
        "at": LATER,
        "now": LATER,
    }

    with pytest.raises(ValueError, match="reason"):
        operations.refuse_handover(act_id=uuid.uuid4(), reason=" ", **refusal)
    operations.refuse_handover(act_id=uuid.uuid4(), reason="在别处换表", **refusal)

    assert Case.objects.get().owner == people.staff("wang_min")
    assert Handover.objects.get().refusal == "在别处换表"


def test_somebody_else_cannot_accept():
    offer = offered(people.case(), to_staff=people.staff("sun_li"))

    with pytest.raises(operations.NotAddressed):
        operations.accept_handover(
            act_id=uuid.uuid4(),
            handover_id=offer.pk,
            by=people.staff("zheng_lan"),
            at=LATER,
            now=LATER,
        )


def test_only_the_owner_offers_a_case():
    case = people.case()

    with pytest.raises(operations.NotTheOwner):
        operations.offer_handover(
            act_id=uuid.uuid4(),
            case_id=case.pk,
            by=people.staff("lin_xiao"),
            to_staff=people.staff("sun_li"),
            note="",
            at=MORNING,
            now=MORNING,
        )


def test_a_case_is_offered_to_one_at_a_time():
    case = people.case()
    offered(case, to_staff=people.staff("sun_li"))

    with pytest.raises(operations.AlreadyOffered):
        offered(case, to_department=people.department("quality"))


def test_the_same_act_asked_for_twice_is_done_once():
    case = people.case()
    act_id = uuid.uuid4()
    offer: dict[str, Any] = {
        "act_id": act_id,
        "case_id": case.pk,
        "by": case.owner,
        "to_staff": people.staff("sun_li"),
        "note": "",
        "at": MORNING,
        "now": MORNING,
    }

    operations.offer_handover(**offer)
    operations.offer_handover(**offer)

    kinds = [entry.kind for entry in entries_of(subject=Subject("case", case.pk))]
    assert kinds.count("case.handover_offered") == 1


def test_nothing_is_handed_over_after_the_case_is_closed():
    case = people.case()
    offer = offered(case, to_staff=people.staff("sun_li"))
    operations.close_case(act_id=uuid.uuid4(), case_id=case.pk, by=case.owner, at=LATER, now=LATER)

    with pytest.raises(operations.HandoverGone):
        operations.accept_handover(
            act_id=uuid.uuid4(),
            handover_id=offer.pk,
            by=people.staff("sun_li"),
            at=LATER,
            now=LATER,
        )


def test_open_promises_go_to_the_next_owner():
    case = people.case()
    operations.make_promise(
        act_id=uuid.uuid4(),
        case_id=case.pk,
        by=case.owner,
        kind="call_back",
        words="10:30 前回电",
        due_at=MORNING + timedelta(hours=1),
        at=MORNING,
        now=MORNING,
    )
    offer = offered(case, to_staff=people.staff("sun_li"))

    operations.accept_handover(
        act_id=uuid.uuid4(), handover_id=offer.pk, by=people.staff("sun_li"), at=LATER, now=LATER
    )

    assert case.promises.get().owner == people.staff("sun_li")


@pytest.mark.django_db(transaction=True)
def test_two_people_of_a_department_accept_at_once_and_exactly_one_becomes_the_owner():
    offer = offered(people.case(), to_department=people.department("repair"))
    both = [people.staff("sun_li"), people.staff("gao_yan")]
    refused: list[str] = []
    start = threading.Barrier(2)

    def accept(person):
        start.wait()
        try:
            operations.accept_handover(
                act_id=uuid.uuid4(), handover_id=offer.pk, by=person, at=LATER, now=LATER
            )
        except operations.HandoverGone as gone:
            refused.append(str(gone))
        finally:
            connection.close()

    threads = [threading.Thread(target=accept, args=(person,)) for person in both]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    owner = Case.objects.select_related("owner").get().owner
    assert owner in both
    assert len(refused) == 1
    assert owner.name in refused[0]
