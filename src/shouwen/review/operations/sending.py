"""Telling the agent: from then on what people decided stands in the figures."""

import uuid
from collections.abc import Iterable, Iterator

from django.db import transaction

from shouwen.clocks.queries import active_pack, reviewing_plan
from shouwen.core.events import Subject
from shouwen.core.kinds.call_measure import CallMeasureVersion
from shouwen.hotline.models import Correction
from shouwen.hotline.operations.ruling import correct
from shouwen.journal.operations import record
from shouwen.review.models import Decision, Review
from shouwen.review.operations.judging import Judging, StillOpen, held, note
from shouwen.review.queries.whole import WholeReview, review_with, whole
from shouwen.standard.pack import Pack
from shouwen.standard.reviewing import Reviewing, scored_items


@transaction.atomic
def send(*, act: Judging) -> None:
    """Finishes a review. The first round corrects what was heard and is told to the agent; a call that
    was drawn for two looks waits for the second. Raises StillOpen, AlreadySent, TakenByOther.
    """
    if held(act) is None:
        return
    review = review_with(pk=act.review_id)
    if review is None:
        return
    plan, pack = reviewing_plan(), active_pack()
    told = whole(review=review, plan=plan)
    if told.missing:
        raise StillOpen(told.missing)
    review.sent_at, review.got, review.out_of = act.now, told.sheet.got, told.sheet.decided
    review.save(update_fields=["sent_at", "got", "out_of"])
    note(
        act,
        review,
        "review.sent",
        {
            "call": str(review.call_id),
            "points": told.sheet.got,
            "out_of": told.sheet.decided,
            "round": review.round,
        },
    )
    if review.round == 1:
        _take_effect(act, told, plan, pack)
        if review.second:
            _ask_second(act, review)


def put_right(act: Judging, review: Review, corrections: Iterable[Correction]) -> None:
    """Corrects what was heard on the call, and says so in its record."""
    found = list(corrections)
    if found:
        correct(call_id=review.call_id, corrections=found)
    for each in found:
        record(
            id=uuid.uuid5(act.act_id, f"{each.rule_id}:{each.number}"),
            kind="review.corrected",
            subject=Subject("call", review.call_id),
            happened_at=act.now,
            now=act.now,
            actor=act.by.staff_no,
            data={"rule": each.rule_id, "number": each.number, "verdict": each.verdict},
        )


def correction_of(act: Judging, made: Decision) -> Correction:
    """What a decision puts in the place of what was heard."""
    return Correction(
        rule_id=made.rule_id,
        number=made.number,
        clause=made.clause,
        verdict=made.stands,
        staff=act.by,
        corrected_at=act.now,
    )


def _take_effect(act: Judging, told: WholeReview, plan: Reviewing, pack: Pack) -> None:
    decided = [each.decision for each in told.findings if each.decision]
    changed = [each for each in decided if each.said != each.stands]
    put_right(
        act,
        told.review,
        [*(correction_of(act, each) for each in changed), *_scored(act, told, plan, pack)],
    )


def _scored(act: Judging, told: WholeReview, plan: Reviewing, pack: Pack) -> Iterator[Correction]:
    """What the scores come to by the rules of the standard that decide by them."""
    day = pack.calendar.day_of(told.call.rang_at)
    given = {item.score: told.scores[item.id] for item in plan.item if item.id in told.scores}
    for rule in pack.rules.values():
        version = rule.on(day) if scored_items(rule) else None
        if not isinstance(version, CallMeasureVersion) or version.item not in given:
            continue
        least, got = version.score_at_least, given[version.item]
        if least is not None:
            yield Correction(
                rule_id=rule.id,
                number=1,
                clause=rule.clause,
                verdict="kept" if got >= least else "broken",
                failed=[] if got >= least else [version.item],
                staff=act.by,
                corrected_at=act.now,
            )


def _ask_second(act: Judging, review: Review) -> None:
    Review.objects.get_or_create(
        call_id=review.call_id,
        round=2,
        defaults={
            "id": uuid.uuid5(review.pk, "second"),
            "draw_id": review.draw_id,
            "by_risk": review.by_risk,
            "signs": review.signs,
            "weight": review.weight,
        },
    )
    record(
        id=uuid.uuid5(act.act_id, "second"),
        kind="review.second_asked",
        subject=Subject("review", review.pk),
        happened_at=act.now,
        now=act.now,
        actor=act.by.staff_no,
        data={"call": str(review.call_id)},
    )
