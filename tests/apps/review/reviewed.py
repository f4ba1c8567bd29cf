"""Calls with findings, and the people who review them, for tests."""

import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta

from shouwen.access.roles import Role
from shouwen.clocks.queries import reviewing_plan
from shouwen.hotline.models import Call
from shouwen.people.models import Staff
from shouwen.review import operations
from shouwen.review.models import Decision, Review
from shouwen.review.operations import Judging
from shouwen.review.queries import Finding, review_with, whole
from shouwen.ui.wording import local_day
from tests import calls
from tests.calls import AFTERWARDS, played, samples

NOW = AFTERWARDS + timedelta(hours=2)


def reviewer(number: str = "7001", name: str = "吴静", role: Role = Role.QA) -> Staff:
    there = Staff.objects.filter(staff_no=number).first()
    return there or Staff.objects.create_staff(
        staff_no=number, name=name, password=None, roles={role}
    )


def taken(*names: str) -> list[Call]:
    """Sample calls, with their verdicts."""
    calls.take_up_posts()
    for name in names:
        assert played(samples()[name]).bad == []
    return list(Call.objects.filter(call_id__in=names).select_related("staff").order_by("call_id"))


def drawn(by: Staff, *, seed: str = "s", now: datetime = NOW) -> list[Review]:
    """Everything that was taken, drawn."""
    days = [local_day(at) for at in Call.objects.values_list("rang_at", flat=True)]
    operations.draw(
        act_id=uuid.uuid4(),
        since=min(days),
        until=max(days) + timedelta(days=1),
        by=by,
        now=now,
        seed=seed,
    )
    return list(Review.objects.filter(round=1).select_related("call__staff").order_by("pk"))


def act(review: Review, by: Staff, *, now: datetime = NOW) -> Judging:
    return Judging(uuid.uuid4(), review.pk, by, now)


def findings_of(review: Review) -> Sequence[Finding]:
    found = review_with(pk=review.pk)
    assert found is not None
    return whole(review=found, plan=reviewing_plan()).findings


def finished(review: Review, by: Staff, *, refusing: str = "", now: datetime = NOW) -> Review:
    """Judged and sent: everything confirmed, but breaches of the rule `refusing`."""
    for each in findings_of(review):
        if not each.waits:
            continue
        judging, rule, number = act(review, by, now=now), each.rule_id, each.number
        if rule == refusing:
            operations.refuse(act=judging, rule_id=rule, number=number, reason="misheard")
        else:
            operations.confirm(act=judging, rule_id=rule, number=number)
    for item in reviewing_plan().item:
        if item.score:
            operations.score(act=act(review, by, now=now), item=item.id, given=4)
    operations.send(act=act(review, by, now=now))
    review.refresh_from_db()
    return review


def broken_rule(review: Review) -> str:
    """A rule that was heard broken on the call."""
    return next(each.rule_id for each in findings_of(review) if each.waits)


def decision_on(review: Review, rule_id: str) -> Decision:
    return review.decisions.filter(rule_id=rule_id).order_by("number")[0]
