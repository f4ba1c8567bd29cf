"""Drawing calls for review, so that anybody can draw the same again."""

import uuid
from datetime import date, datetime
from math import ceil

from django.db import transaction

from shouwen.clocks.queries import active_pack, reviewing_plan
from shouwen.core.drawing import drawn
from shouwen.core.events import Subject
from shouwen.core.review_drawing import Drawn, DrawPlan, draw_calls, weight_of
from shouwen.journal.operations import record
from shouwen.people.models import Staff
from shouwen.review.models import Draw, Review
from shouwen.review.queries.candidates import candidates


class EmptyPeriod(Exception):
    """No call of these days can be reviewed."""


@transaction.atomic
def draw(
    *, act_id: uuid.UUID, since: date, until: date, by: Staff, now: datetime, seed: str = ""
) -> Draw:
    """Draws calls of the local days `since` to before `until`; the same act again is the same draw.

    Without a seed one is made of the act. A call that was drawn before keeps its review. Raises
    EmptyPeriod, PackFaults.
    """
    there = Draw.objects.filter(pk=act_id).first()
    if there:
        return there
    pack, reviewing = active_pack(), reviewing_plan()
    plan, seed = reviewing.plan(pack.rules), seed or act_id.hex
    pool = candidates(since=since, until=until, zone=pack.calendar.zone, plan=reviewing)
    if not pool:
        raise EmptyPeriod
    found = draw_calls(candidates=pool, seed=seed, plan=plan)
    made = Draw.objects.create(
        id=act_id,
        seed=seed,
        since=since,
        until=until,
        population=len(pool),
        plan=_told(plan),
        made_by=by,
        made_at=now,
        pack_digest=pack.digest,
    )
    _open(made, found, plan, second_share=reviewing.draw.second_share)
    record(
        id=act_id,
        kind="review.drawn",
        subject=Subject("draw", made.pk),
        happened_at=now,
        now=now,
        actor=by.staff_no,
        standard_version=pack.digest,
        data={
            "seed": seed,
            "since": since.isoformat(),
            "until": until.isoformat(),
            "population": len(pool),
            "drawn": [each.candidate.id for each in found],
            "plan": made.plan,
        },
    )
    return made


def _open(made: Draw, found: tuple[Drawn, ...], plan: DrawPlan, *, second_share: float) -> None:
    ids = [each.candidate.id for each in found]
    twice = set(drawn(ids=ids, seed=f"{made.seed}:second", n=ceil(second_share * len(ids))))
    calls = [uuid.UUID(pk) for pk in ids]
    known = Review.objects.filter(call__in=calls, round=1).values_list("call_id", flat=True)
    reviewed = {str(call) for call in known}
    Review.objects.bulk_create(
        Review(
            id=uuid.uuid5(made.pk, each.candidate.id),
            draw=made,
            call_id=uuid.UUID(each.candidate.id),
            by_risk=each.by_risk,
            signs=sorted(each.candidate.signs),
            weight=weight_of(each.candidate, plan.weights),
            second=each.candidate.id in twice,
        )
        for each in found
        if each.candidate.id not in reviewed
    )


def _told(plan: DrawPlan) -> dict[str, object]:
    """The plan as it is kept with the draw; shares as text, which both databases give back unchanged."""
    return {
        "share": f"{plan.share:g}",
        "at_least": plan.at_least,
        "at_most": plan.at_most,
        "each_agent": plan.each_agent,
        "risk_share": f"{plan.risk_share:g}",
        "weights": dict(plan.weights),
    }
