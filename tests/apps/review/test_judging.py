"""Judging a call: what people decide stands in the figures, and judging them anew agrees."""

from datetime import timedelta

import pytest

from shouwen.clocks.models import Ruling
from shouwen.clocks.operations import recompute
from shouwen.clocks.queries.figures import Counts, figures
from shouwen.hotline.models import Call
from shouwen.journal.models import Entry
from shouwen.review import operations
from shouwen.review.models import Review
from shouwen.review.queries import Precision, agreements, precision
from shouwen.ui.wording import local_day
from tests.apps.review.reviewed import (
    NOW,
    act,
    broken_rule,
    decision_on,
    drawn,
    findings_of,
    finished,
    reviewer,
    taken,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def review() -> Review:
    taken("S08", "S16", "S18", "S22")
    return next(each for each in drawn(reviewer()) if any(f.waits for f in findings_of(each)))


def of_rule(call: Call, rule: str) -> Counts:
    assert call.ended_at is not None
    assert call.staff is not None
    day = local_day(call.ended_at)
    found = figures(since=day, until=day + timedelta(days=1), staff_no=call.staff.staff_no)
    return found.get(rule, Counts())


def precision_of(*, rule_id: str) -> Precision:
    [found] = precision(rules=[rule_id])
    return found


def differences() -> list[object]:
    return list(recompute(check=True, now=NOW))


def verdict_of(call: Call, rule: str) -> str:
    return Ruling.objects.get(subject_id=call.pk, rule_id=rule, ordinal=1).verdict


def test_a_refused_finding_leaves_the_figures_and_judging_anew_agrees(review):
    rule = broken_rule(review)
    assert of_rule(review.call, rule).missed == 1

    finished(review, reviewer(), refusing=rule)

    assert (of_rule(review.call, rule).missed, of_rule(review.call, rule).met) == (0, 1)
    assert differences() == []


def test_nothing_changes_before_it_is_sent(review):
    rule = broken_rule(review)

    operations.refuse(act=act(review, reviewer()), rule_id=rule, number=1, reason="misheard")

    assert verdict_of(review.call, rule) == "missed"


def test_a_finding_that_was_not_heard_is_added_to_the_figures(review):
    rule = next(f.rule_id for f in findings_of(review) if f.said == "kept")
    before = of_rule(review.call, rule).missed

    operations.add_missed(act=act(review, reviewer()), rule_id=rule, turn=0, words="没有说")
    finished(review, reviewer())

    assert of_rule(review.call, rule).missed == before + 1
    assert differences() == []


def test_a_rule_nothing_was_heard_of_can_be_added(review):
    operations.add_missed(
        act=act(review, reviewer()), rule_id="no-use-hurrying", turn=None, words=""
    )
    finished(review, reviewer())

    assert verdict_of(review.call, "no-use-hurrying") == "missed"
    assert differences() == []


def test_what_a_person_scores_decides_by_the_rule_of_the_standard(review):
    operations.score(act=act(review, reviewer()), item="tone", given=2)
    operations.score(act=act(review, reviewer()), item="refined_wording", given=4)
    for each in findings_of(review):
        if each.waits:
            operations.confirm(
                act=act(review, reviewer()), rule_id=each.rule_id, number=each.number
            )
    operations.send(act=act(review, reviewer()))

    assert verdict_of(review.call, "tone-warm") == "missed"
    assert verdict_of(review.call, "refined-wording") == "met"
    assert differences() == []


def test_a_review_is_sent_only_when_every_breach_and_score_has_its_answer(review):
    with pytest.raises(operations.StillOpen):
        operations.send(act=act(review, reviewer()))


def test_a_decision_can_be_taken_back_and_made_anew_until_it_is_sent(review):
    rule = broken_rule(review)
    operations.confirm(act=act(review, reviewer()), rule_id=rule, number=1)
    operations.undo(act=act(review, reviewer()), rule_id=rule, number=1)
    assert not review.decisions.exists()

    finished(review, reviewer())

    with pytest.raises(operations.AlreadySent):
        operations.undo(act=act(review, reviewer()), rule_id=rule, number=1)


def test_who_begins_keeps_the_call(review):
    rule = broken_rule(review)
    operations.confirm(act=act(review, reviewer()), rule_id=rule, number=1)

    with pytest.raises(operations.TakenByOther):
        operations.undo(act=act(review, reviewer("7002", "郑岚")), rule_id=rule, number=1)


def test_the_same_act_is_done_once(review):
    rule, once = broken_rule(review), act(review, reviewer())

    for _ in range(2):
        operations.confirm(act=once, rule_id=rule, number=1)

    assert Entry.objects.filter(kind="review.decided").count() == 1


def test_a_reason_must_fit_what_was_heard(review):
    with pytest.raises(operations.NoSuchFinding):
        operations.refuse(
            act=act(review, reviewer()),
            rule_id=broken_rule(review),
            number=1,
            reason="was_not_done",
        )


def test_precision_counts_what_people_confirm_of_what_was_heard(review):
    rule = broken_rule(review)

    finished(review, reviewer(), refusing=rule)

    found = precision_of(rule_id=rule)
    assert (found.confirmed, found.decided, found.share) == (0, 1, 0.0)


def test_a_second_look_changes_nothing_and_shows_how_far_both_agree(review):
    Review.objects.filter(pk=review.pk).update(second=True)
    rule = broken_rule(review)
    finished(review, reviewer())
    second = Review.objects.get(call=review.call, round=2)

    finished(second, reviewer("7002", "郑岚"), refusing=rule)

    assert verdict_of(review.call, rule) == "missed"
    assert agreements().by_rule[rule].same == 0
    assert list(agreements().by_pair) == [(str(reviewer()), str(reviewer("7002")))]


def test_an_appeal_that_is_won_corrects_the_finding(review):
    rule = broken_rule(review)
    finished(review, reviewer())
    agent = review.call.staff
    operations.appeal(act=act(review, agent), rule_id=rule, number=1, words="请再听")

    operations.decide_appeal(
        act=act(review, reviewer("7002", "郑岚")),
        rule_id=rule,
        number=1,
        reason="misheard",
        answer="确实听错了",
    )

    assert verdict_of(review.call, rule) == "met"
    assert precision_of(rule_id=rule).confirmed == 0
    assert decision_on(review, rule).verdict == "broken"
    assert differences() == []


def test_an_appeal_that_is_lost_changes_nothing(review):
    rule = broken_rule(review)
    finished(review, reviewer())
    operations.appeal(act=act(review, review.call.staff), rule_id=rule, number=1, words="请再听")
    decider = reviewer("7002", "郑岚")

    for _ in range(1):
        operations.decide_appeal(
            act=act(review, decider), rule_id=rule, number=1, reason="", answer="听过了"
        )

    assert verdict_of(review.call, rule) == "missed"
    with pytest.raises(operations.AlreadyDecided):
        operations.decide_appeal(
            act=act(review, decider), rule_id=rule, number=1, reason="", answer="再说一遍"
        )


def test_after_its_time_nobody_appeals(review):
    rule = broken_rule(review)
    finished(review, reviewer())

    with pytest.raises(operations.TooLate):
        operations.appeal(
            act=act(review, review.call.staff, now=NOW + timedelta(days=14)),
            rule_id=rule,
            number=1,
            words="晚了",
        )
