"""Two people at once: one wins, the other is told; nothing is done twice or lost."""

import threading
import uuid
from datetime import timedelta

import pytest
from django.db import connection

from shouwen.cases import operations
from shouwen.cases.models import Case, CaseChange, Merge, Ownership, VoidRequest
from shouwen.journal.models import Entry
from tests import people
from tests.apps.cases.acts import at, offered, on
from tests.people import MORNING

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts):
    """Runs the acts at the same moment; what each returned or raised, in order."""
    outcomes: list[object] = [None] * len(acts)
    start = threading.Barrier(len(acts))

    def run(place, act):
        try:
            start.wait()
            outcomes[place] = act()
        except Exception as error:
            outcomes[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return outcomes


def refusals(outcomes, kind):
    return [each for each in outcomes if isinstance(each, kind)]


def test_a_case_is_closed_by_one_of_two():
    case = people.case()
    acts = [on(case, 5), on(case, 5)]

    outcomes = at_once(*(lambda act=act: operations.close_case(**act) for act in acts))

    assert len(refusals(outcomes, operations.CaseClosed)) == 1
    assert Entry.objects.filter(kind="case.closed").count() == 1


def test_the_same_act_sent_twice_at_once_is_one_act():
    case = people.case()
    act = {"reason": "drill", "words": "", **on(case, 5)}

    outcomes = at_once(lambda: operations.void_case(**act), lambda: operations.void_case(**act))

    assert {each.pk for each in outcomes if isinstance(each, VoidRequest)} == {act["act_id"]}
    assert VoidRequest.objects.count() == 1


def test_an_older_page_loses_to_whoever_was_first():
    case = people.case()
    owner, other = case.owner, people.staff("zhou_min")

    def answer(by):
        with operations.as_shown(case_id=case.pk, version=case.version, by=by.staff_no):
            return operations.answer_customer(
                channel="phone", content="已答复", **on(case, 5, by=by)
            )

    outcomes = at_once(lambda: answer(owner), lambda: answer(other))

    assert len(refusals(outcomes, operations.ChangedMeanwhile)) == 1
    assert Entry.objects.filter(kind="case.answered").count() == 1


def test_two_notes_at_once_are_both_kept_and_each_is_a_version():
    case = people.case()
    acts = [on(case, 5), on(case, 5, by=people.staff("zhou_min"))]

    at_once(*(lambda act=act: operations.note_progress(note="记", **act) for act in acts))

    assert Entry.objects.filter(kind="case.noted").count() == 2
    versions = list(CaseChange.objects.filter(case=case).values_list("version", flat=True))
    assert versions == [case.version + 1, case.version + 2]


def test_two_cases_merged_into_each_other_at_once_are_merged_once():
    first = people.case()
    second = people.case(at=MORNING + timedelta(minutes=1))
    one, other = on(first, 5), on(second, 5)

    outcomes = at_once(
        lambda: operations.merge_cases(into_id=second.pk, note="", **one),
        lambda: operations.merge_cases(into_id=first.pk, note="", **other),
    )

    assert len(refusals(outcomes, operations.CaseClosed)) == 1
    assert Merge.objects.count() == 1
    assert sorted(Case.objects.values_list("state", flat=True)) == ["merged", "open"]


def test_a_shift_accepted_by_two_of_a_department_changes_hands_once():
    cases = [people.case(by=people.staff("wang_min")) for _ in range(3)]
    offer = operations.hand_over_shift(
        case_ids=[case.pk for case in cases],
        by=people.staff("wang_min"),
        note="交班",
        to_department=people.department("repair"),
        **at(1),
    )
    takers = [people.staff("sun_li"), people.staff("gao_yan")]
    acts = [{"shift_id": offer.shift.pk, "by": taker, **at(2)} for taker in takers]

    outcomes = at_once(*(lambda act=act: operations.accept_shift(**act) for act in acts))

    assert not refusals(outcomes, Exception)
    assert sum(len(taken) for taken in outcomes) == 3
    assert Ownership.objects.filter(until__isnull=True).count() == 3


def test_a_void_is_decided_once():
    case = people.case()
    request = operations.void_case(reason="drill", words="", **on(case, 5))
    approve = {"request_id": request.pk, "by": people.staff("zhou_min"), **at(6)}
    refuse = {"request_id": request.pk, "by": people.staff("chen"), "words": "", **at(6)}

    outcomes = at_once(
        lambda: operations.approve_void(**approve), lambda: operations.refuse_void(**refuse)
    )

    assert len(refusals(outcomes, operations.VoidGone)) == 1


def test_an_offer_accepted_while_the_supervisor_reassigns_has_one_outcome():
    case = people.case()
    offer = offered(case)
    taken = {"handover_id": offer.pk, "by": people.staff("sun_li"), **at(5)}
    moved = {
        "reason": "ill",
        "note": "",
        "to_staff": people.staff("gao_yan"),
        **on(case, 5, by=people.staff("zhou_min")),
    }

    at_once(lambda: operations.accept_handover(**taken), lambda: operations.reassign(**moved))

    assert Ownership.objects.filter(case=case, until__isnull=True).count() == 1
    assert case.handovers.filter(state="offered").count() == 1
    assert uuid.UUID(str(case.handovers.get(state="offered").pk)) == moved["act_id"]
