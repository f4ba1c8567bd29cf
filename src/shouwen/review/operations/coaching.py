"""Coaching: agreed on from what was found on calls, and said to be done."""

import uuid
from datetime import date, datetime

from django.db import transaction

from shouwen.clocks.queries import active_calendar, active_pack, reviewing_plan
from shouwen.core.kinds.clock import duration_of
from shouwen.core.timing.deadlines import due_at
from shouwen.journal.operations import record
from shouwen.people.models import Staff
from shouwen.people.subjects import staff_subject
from shouwen.review.models import Coaching, Review
from shouwen.review.operations.judging import NoSuchFinding


def coaching_due(*, now: datetime) -> date:
    """The local day by which coaching agreed on now is due. Raises YearNotPublished."""
    calendar = active_calendar()
    duration = duration_of(reviewing_plan().coach_within)
    return calendar.day_of(due_at(start=now, duration=duration, calendar=calendar, now=now))


@transaction.atomic
def set_coaching(
    *, act_id: uuid.UUID, review: Review, rule_id: str, words: str, by: Staff, now: datetime
) -> None:
    """Agrees on coaching in one rule; every told review of the agent in which it is broken is behind it.

    Raises NoSuchFinding.
    """
    if Coaching.objects.filter(pk=act_id).exists():
        return
    rule, agent = active_pack().rules.get(rule_id), review.call.staff
    if rule is None or agent is None:
        raise NoSuchFinding(rule_id)
    behind = Review.objects.filter(
        call__staff=agent,
        round=1,
        sent_at__isnull=False,
        decisions__rule_id=rule_id,
        decisions__stands="broken",
    ).order_by("-sent_at", "-pk")
    ids = [str(pk) for pk in dict.fromkeys(behind.values_list("pk", flat=True)[:10])]
    made = Coaching.objects.create(
        id=act_id,
        staff=agent,
        lead=by,
        rule_id=rule_id,
        clause=rule.clause,
        words=words,
        reviews=ids or [str(review.pk)],
        due_on=coaching_due(now=now),
        made_at=now,
    )
    record(
        id=act_id,
        kind="coaching.set",
        subject=staff_subject(agent.staff_no),
        happened_at=now,
        now=now,
        actor=by.staff_no,
        data={"rule": rule_id, "due": made.due_on.isoformat(), "reviews": made.reviews},
    )


@transaction.atomic
def finish_coaching(
    *, act_id: uuid.UUID, coaching_id: uuid.UUID, by: Staff, now: datetime
) -> None:
    """The lead says that it was done; said before, it stays as it was."""
    there = Coaching.objects.select_for_update(of=("self",)).select_related("staff").get(
        pk=coaching_id
    )  # fmt: skip
    if there.done_at is not None:
        return
    there.done_at = now
    there.save(update_fields=["done_at"])
    record(
        id=act_id,
        kind="coaching.done",
        subject=staff_subject(there.staff.staff_no),
        happened_at=now,
        now=now,
        actor=by.staff_no,
        data={"rule": there.rule_id},
    )
