"""A reviewer judges one call: finding by finding, and the score sheet. Nothing is told until it is sent."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from shouwen.clocks.queries import active_pack, reviewing_plan
from shouwen.core.events import Scalar, Subject
from shouwen.hotline.models import CallVerdict
from shouwen.hotline.operations.ruling import numbered
from shouwen.journal.operations import record
from shouwen.journal.queries import entry_with_id
from shouwen.people.models import Staff
from shouwen.review.models import Decision, Review, Score


class AlreadySent(Exception):
    """The agent has been told: what is wrong now is for an appeal."""


class TakenByOther(Exception):
    """Somebody else has begun to review this call; the text is their name."""


class NoSuchFinding(Exception):
    """Nothing was heard there, the rule is not one of the standard, or the reason does not fit."""


class NotThatScore(Exception):
    """The item is not scored by people, or not with that number."""


class StillOpen(Exception):
    """Breaches or scores that nobody has said anything about; the number is the argument."""


@dataclass(frozen=True, slots=True)
class Judging:
    """Whose act it is, on which review, when. The same id again changes nothing."""

    act_id: uuid.UUID
    review_id: uuid.UUID
    by: Staff
    now: datetime


@transaction.atomic
def confirm(*, act: Judging, rule_id: str, number: int) -> None:
    """The reviewer agrees with what was heard. Raises NoSuchFinding, AlreadySent, TakenByOther."""
    review = held(act)
    if review is None:
        return
    verdict = _heard(review, rule_id, number)
    _decide(
        act,
        review,
        Decision(
            rule_id=rule_id,
            number=number,
            clause=verdict.clause,
            said=verdict.verdict,
            decision=Decision.What.CONFIRMED,
            verdict=verdict.verdict,
            turn=verdict.turn,
        ),
    )


@transaction.atomic
def refuse(*, act: Judging, rule_id: str, number: int, reason: str, words: str = "") -> None:
    """It is not so; what stands instead follows from the reason. Raises as `confirm`."""
    review = held(act)
    if review is None:
        return
    verdict = _heard(review, rule_id, number)
    refusal = reviewing_plan().refusal_of(reason, of=verdict.verdict)
    if refusal is None:
        raise NoSuchFinding(reason)
    _decide(
        act,
        review,
        Decision(
            rule_id=rule_id,
            number=number,
            clause=verdict.clause,
            said=verdict.verdict,
            decision=Decision.What.REFUSED,
            verdict=refusal.then,
            reason=reason,
            words=words,
            turn=verdict.turn,
        ),
    )


@transaction.atomic
def add_missed(*, act: Judging, rule_id: str, turn: int | None, words: str) -> None:
    """A breach that was not heard. Raises as `confirm`."""
    review = held(act)
    if review is None:
        return
    rule = active_pack().rules.get(rule_id)
    if rule is None or (turn is not None and not 0 <= turn < max(len(review.call.turns), 1)):
        raise NoSuchFinding(rule_id)
    heard = review.call.verdicts.filter(rule_id=rule_id).count()
    added = review.decisions.filter(rule_id=rule_id, said="")
    last = added.order_by("-number").values_list("number", flat=True).first() or heard
    _decide(
        act,
        review,
        Decision(
            rule_id=rule_id,
            number=last + 1,
            clause=rule.clause,
            decision=Decision.What.ADDED,
            verdict="broken",
            words=words,
            turn=turn,
        ),
    )


@transaction.atomic
def undo(*, act: Judging, rule_id: str, number: int) -> None:
    """Takes a decision back. Raises AlreadySent, TakenByOther."""
    review = held(act)
    if review is None:
        return
    review.decisions.filter(rule_id=rule_id, number=number).delete()
    note(act, review, "review.undone", {"rule": rule_id, "number": number})


@transaction.atomic
def score(*, act: Judging, item: str, given: int) -> None:
    """Scores an item that people score. Raises NotThatScore, AlreadySent, TakenByOther."""
    review = held(act)
    if review is None:
        return
    line = reviewing_plan().item_of(item)
    if line is None or not line.score or not 0 <= given <= line.out_of:
        raise NotThatScore(item)
    Score.objects.update_or_create(
        review=review, item=item, defaults={"score": given, "given_at": act.now}
    )
    note(act, review, "review.scored", {"item": line.score, "score": given})


def held(act: Judging) -> Review | None:
    """The review, locked, and this person's from now on; None when the act was done before.

    Raises AlreadySent, TakenByOther.
    """
    review = Review.objects.select_for_update(of=("self",)).select_related("call", "reviewer").get(
        pk=act.review_id
    )  # fmt: skip
    if entry_with_id(id=act.act_id) is not None:
        return None
    if review.sent_at is not None:
        raise AlreadySent
    if review.reviewer is not None and review.reviewer != act.by:
        raise TakenByOther(review.reviewer.name)
    if review.reviewer is None:
        review.reviewer, review.begun_at = act.by, act.now
        review.save(update_fields=["reviewer", "begun_at"])
        record(
            id=uuid.uuid5(review.pk, "begun"),
            kind="review.begun",
            subject=Subject("review", review.pk),
            happened_at=act.now,
            now=act.now,
            actor=act.by.staff_no,
            data={"call": str(review.call_id), "round": review.round},
        )
    return review


def note(act: Judging, review: Review, kind: str, data: dict[str, Scalar]) -> None:
    """Puts what was done on record, under the id of the act."""
    record(
        id=act.act_id,
        kind=kind,
        subject=Subject("review", review.pk),
        happened_at=act.now,
        now=act.now,
        actor=act.by.staff_no,
        data=data,
    )


def _heard(review: Review, rule_id: str, number: int) -> CallVerdict:
    for verdict, place in numbered(review.call.verdicts.order_by("ordinal")):
        if (verdict.rule_id, place) == (rule_id, number):
            return verdict
    raise NoSuchFinding(rule_id)


def _decide(act: Judging, review: Review, made: Decision) -> None:
    """Puts a decision in the place of an earlier one on the same finding."""
    review.decisions.filter(rule_id=made.rule_id, number=made.number).delete()
    made.id, made.review, made.decided_at = act.act_id, review, act.now
    made.stands = made.verdict
    made.save(force_insert=True)
    data: dict[str, Scalar] = {
        "call": str(review.call_id),
        "rule": made.rule_id,
        "number": made.number,
        "decision": str(made.decision),
        "verdict": made.verdict,
    }
    if made.reason:
        data["reason"] = made.reason
    if made.turn is not None:
        data["turn"] = made.turn
    note(act, review, "review.decided", data)
