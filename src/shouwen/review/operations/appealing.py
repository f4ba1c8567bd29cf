"""The agent does not agree: within a time, decided by somebody who had no part in it."""

from datetime import datetime

from django.db import transaction

from shouwen.clocks.queries import active_calendar, reviewing_plan
from shouwen.core.events import Scalar
from shouwen.core.kinds.clock import duration_of
from shouwen.core.timing.deadlines import due_at
from shouwen.journal.queries import entry_with_id
from shouwen.review.models import Appeal, Decision, Review
from shouwen.review.operations.judging import Judging, NoSuchFinding, note
from shouwen.review.operations.sending import correction_of, put_right


class TooLate(Exception):
    """The time to appeal is over."""


class AlreadyDecided(Exception):
    """Somebody has decided this appeal."""


def appeal_until(*, review: Review) -> datetime | None:
    """Until when the agent may appeal, UTC; None while nothing was sent. Raises YearNotPublished."""
    if review.sent_at is None:
        return None
    return due_at(
        start=review.sent_at,
        duration=duration_of(reviewing_plan().appeal),
        calendar=active_calendar(),
        now=review.sent_at,
    )


@transaction.atomic
def appeal(*, act: Judging, rule_id: str, number: int, words: str) -> None:
    """The agent appeals against a breach that stands. Raises TooLate, NoSuchFinding."""
    review, made = _decision(act, rule_id, number)
    if entry_with_id(id=act.act_id) is not None:
        return
    until = appeal_until(review=review)
    if until is None or made.stands != "broken" or hasattr(made, "appeal"):
        raise NoSuchFinding(rule_id)
    if act.now > until:
        raise TooLate
    Appeal.objects.create(
        id=act.act_id, decision=made, staff=act.by, words=words, made_at=act.now, due_at=until
    )
    data: dict[str, Scalar] = {"rule": rule_id, "number": number, "due": until.isoformat()}
    note(act, review, "review.appealed", data)


@transaction.atomic
def decide_appeal(*, act: Judging, rule_id: str, number: int, reason: str, answer: str) -> None:
    """Upholds what was decided (`reason` ""), or corrects it for a reason; the figures follow.

    Raises AlreadyDecided, NoSuchFinding.
    """
    review, made = _decision(act, rule_id, number)
    if entry_with_id(id=act.act_id) is not None:
        return
    if not hasattr(made, "appeal"):
        raise NoSuchFinding(rule_id)
    refusal = reviewing_plan().refusal_of(reason, of=made.stands)
    if reason and refusal is None:
        raise NoSuchFinding(reason)
    there = made.appeal
    if there.outcome:
        raise AlreadyDecided
    there.decided_by, there.decided_at, there.answer = act.by, act.now, answer
    there.outcome = Appeal.Outcome.CORRECTED if refusal else Appeal.Outcome.UPHELD
    there.reason = reason
    there.save()
    if refusal:
        made.stands = refusal.then
        made.save(update_fields=["stands"])
    note(
        act,
        review,
        "review.appeal_decided",
        {
            "rule": rule_id,
            "number": number,
            "outcome": str(there.outcome),
            "verdict": made.stands,
            "reason": reason,
        },
    )
    if refusal:
        put_right(act, review, [correction_of(act, made)])


def _decision(act: Judging, rule_id: str, number: int) -> tuple[Review, Decision]:
    review = Review.objects.select_for_update(of=("self",)).get(pk=act.review_id)
    made = review.decisions.select_related("appeal").filter(rule_id=rule_id, number=number).first()
    if made is None:
        raise NoSuchFinding(rule_id)
    return review, made
