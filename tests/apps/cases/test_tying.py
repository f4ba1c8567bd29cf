"""Links between cases, and merging: one answer for both, each still judged by its own clocks."""

from datetime import timedelta

import pytest

from shouwen.cases import operations
from shouwen.cases.models import CaseLink
from shouwen.clocks.models import Clock
from shouwen.clocks.operations import recompute
from shouwen.core.events import Subject
from shouwen.journal.queries import entries_of
from tests import people
from tests.apps.cases.acts import at, clock, fresh, kinds, offered, on, promised
from tests.people import MORNING

pytestmark = pytest.mark.django_db


def two(**known):
    first = people.case(by=people.staff("wang_min"), **known)
    second = people.case(by=people.staff("lin_xiao"), at=MORNING + timedelta(minutes=20), **known)
    return first, second


def merged(case, into, minutes=30):
    return operations.merge_cases(into_id=into.pk, note="同一户", **on(case, minutes))


def test_a_link_is_told_on_both_cases():
    first, second = two()

    operations.link_cases(other_id=first.pk, kind="related", **on(second, 30))

    assert "case.linked" in kinds(first)
    assert "case.linked" in kinds(second)


def test_two_cases_are_linked_once_from_whichever_side():
    first, second = two()
    operations.link_cases(other_id=first.pk, kind="same_cause", **on(second, 30))

    with pytest.raises(operations.AlreadyLinked):
        operations.link_cases(other_id=second.pk, kind="same_cause", **on(first, 31))


def test_a_duplicate_names_the_one_that_stays():
    first, second = two()

    operations.link_cases(other_id=second.pk, kind="duplicate", **on(first, 30))

    assert CaseLink.objects.get().other == second


def test_a_link_taken_back_can_be_made_again():
    first, second = two()
    link = operations.link_cases(other_id=second.pk, kind="related", **on(first, 30))
    operations.unlink_cases(link_id=link.pk, by=first.owner, **at(31))

    operations.link_cases(other_id=second.pk, kind="related", **on(first, 32))

    with pytest.raises(operations.TieGone):
        operations.unlink_cases(link_id=link.pk, by=first.owner, **at(33))
    assert CaseLink.objects.filter(removed_at=None).count() == 1


def test_nothing_is_tied_to_itself():
    case = people.case()

    with pytest.raises(operations.SameCase):
        operations.link_cases(other_id=case.pk, kind="related", **on(case))
    with pytest.raises(operations.SameCase):
        operations.merge_cases(into_id=case.pk, note="", **on(case))


def test_the_answer_on_the_surviving_case_keeps_the_promises_of_both():
    first, second = two(kind="complaint", side="company", department="quality")
    promise = promised(second, due=90, minutes=25)
    merged(second, first)

    operations.answer_customer(channel="phone", content="一并答复", **on(first, 60))

    for case in (first, second):
        assert clock(case, "complaint-answered-72h").state == "met"
    promise.refresh_from_db()
    assert promise.state == "kept"


def test_clocks_of_a_merged_case_are_judged_from_their_own_report():
    first, second = two()
    merged(second, first)

    operations.report(what="repaired", **on(first, 23 * 60 + 30))

    assert clock(first, "repair-handled-6h").state == "missed"
    done = clock(second, "repair-done-24h")
    assert (done.state, done.started_at) == ("met", MORNING + timedelta(minutes=20))


def test_the_owner_of_the_surviving_case_answers_for_both():
    first, second = two()
    promise = promised(second, minutes=21)
    merged(second, first)
    assert clock(second, "repair-handled-6h").owner_no == first.owner.staff_no

    offer = offered(first, 40)
    operations.accept_handover(handover_id=offer.pk, by=people.staff("sun_li"), **at(41))

    promise.refresh_from_db()
    assert clock(second, "repair-handled-6h").owner_no == "3301"
    assert promise.owner == people.staff("sun_li")
    assert Clock.objects.get(subject_id=promise.pk).owner_no == "3301"


def test_a_merged_case_takes_no_acts_of_its_own():
    first, second = two()
    offered(second, 25)
    merged(second, first)

    with pytest.raises(operations.CaseClosed):
        operations.note_progress(note="还有一句", **on(second, 31))
    assert not second.handovers.filter(state="offered").exists()


def test_a_merge_can_be_undone_and_the_case_is_open_again_with_its_owner():
    first, second = two()
    promise = promised(second, minutes=21)
    merge = merged(second, first)

    operations.undo_merge(merge_id=merge.pk, by=first.owner, **at(50))
    operations.report(what="repaired", **on(first, 60))

    promise.refresh_from_db()
    assert fresh(second).is_open
    assert promise.owner == second.owner
    assert clock(second, "repair-done-24h").state == "running"
    assert clock(second, "repair-done-24h").owner_no == second.owner.staff_no
    with pytest.raises(operations.TieGone):
        operations.undo_merge(merge_id=merge.pk, by=first.owner, **at(51))


def test_what_was_merged_before_goes_along():
    first, second = two()
    third = people.case(at=MORNING + timedelta(minutes=25))
    merged(third, second, 30)
    merged(second, first, 31)

    operations.report(what="repaired", **on(first, 60))

    assert clock(third, "repair-done-24h").state == "met"


def test_a_shared_event_says_through_which_case_it_came():
    first, second = two()
    merged(second, first)
    operations.report(what="repaired", **on(first, 60))

    told = [e for e in entries_of(subject=Subject("case", second.pk)) if e.kind == "case.repaired"]
    assert [e.data["through"] for e in told] == [first.number]
    assert list(recompute(check=True, now=MORNING + timedelta(minutes=60))) == []


def test_a_settled_case_is_not_merged():
    first, second = two()
    operations.close_case(**on(first, 25))

    with pytest.raises(operations.CaseClosed):
        merged(second, first)


def test_the_same_act_twice_is_done_once():
    first, second = two()
    act = {"into_id": first.pk, "note": "", **on(second, 30)}
    merge = operations.merge_cases(**act)
    operations.merge_cases(**act)
    undo = {"merge_id": merge.pk, "by": first.owner, **at(40)}
    operations.undo_merge(**undo)
    operations.undo_merge(**undo)

    assert kinds(second).count("case.merged") == kinds(second).count("case.unmerged") == 1
