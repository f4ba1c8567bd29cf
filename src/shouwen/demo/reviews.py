"""A draw of calls with some of them reviewed: one finding refused, one appealed against, one looked at twice.

Everything goes through the operations of a person's clicks; run again it does nothing twice.
"""

import uuid
from datetime import datetime, timedelta

from shouwen.access.roles import Role
from shouwen.clocks.queries import active_pack, reviewing_plan
from shouwen.people.models import Staff
from shouwen.review import operations
from shouwen.review.models import Review
from shouwen.review.operations import Judging
from shouwen.review.queries import Finding, review_with, whole

_SPACE = uuid.UUID("4f1c0f3e-0d3b-5a0a-8f6b-52f9a2a9c7d1")
REVIEWED = 3
_WORDS = "客户没说完我停了两秒，请再听一遍"
_ANSWER = "听过了，这一处确实没有，维持"


def play_reviews(*, now: datetime, days: int = 28) -> None:
    """Draws calls of the days before, and reviews some of them."""
    people = list(
        Staff.objects.filter(roles__role=Role.QA, is_active=True).order_by("staff_no")[:2]
    )
    if len(people) < 2 or Review.objects.exists():
        return
    today = active_pack().calendar.day_of(now)
    try:
        operations.draw(
            act_id=_act("draw"),
            since=today - timedelta(days=days),
            until=today + timedelta(days=1),
            by=people[0],
            now=now,
            seed=f"{today:%Y-%m}",
        )
    except operations.EmptyPeriod:
        return
    for place, review in enumerate(_waiting()):
        _judge(review, by=people[0], refusing=place == 0, now=now)
    _afterwards(people, now=now)


def _waiting() -> list[Review]:
    rows = Review.objects.filter(round=1, by_risk=True).select_related("call__staff")
    return list(rows.order_by("-weight", "pk")[1 : 1 + REVIEWED])


def _judge(review: Review, *, by: Staff, refusing: bool, now: datetime) -> None:
    for each in _findings(review):
        if each.waits:
            rule, number = each.rule_id, each.number
            act = Judging(_act(f"{review.pk}:{rule}:{number}"), review.pk, by, now)
            if refusing:
                operations.refuse(act=act, rule_id=rule, number=number, reason="misheard")
                refusing = False
            else:
                operations.confirm(act=act, rule_id=rule, number=number)
    for item in reviewing_plan().item:
        if item.score:
            act = Judging(_act(f"{review.pk}:{item.id}"), review.pk, by, now)
            operations.score(act=act, item=item.id, given=item.out_of - 1)
    operations.send(act=Judging(_act(f"{review.pk}:send"), review.pk, by, now))


def _afterwards(people: list[Staff], *, now: datetime) -> None:
    """A second look, an appeal that is decided and one that waits, coaching."""
    first, second = people
    for review in Review.objects.filter(round=2).select_related("call__staff")[:2]:
        _judge(review, by=second, refusing=True, now=now)
    sent = Review.objects.filter(round=1, sent_at__isnull=False).select_related("call__staff")
    appealed = 0
    for review in sent.order_by("pk"):
        broken = next((each for each in _findings(review) if each.stands == "broken"), None)
        if broken is None or review.call.staff is None or appealed == 2:
            continue
        rule, number = broken.rule_id, broken.number
        act = Judging(_act(f"{review.pk}:appeal"), review.pk, review.call.staff, now)
        operations.appeal(act=act, rule_id=rule, number=number, words=_WORDS)
        if appealed == 0:
            act = Judging(_act(f"{review.pk}:decide"), review.pk, second, now)
            operations.decide_appeal(
                act=act, rule_id=rule, number=number, reason="", answer=_ANSWER
            )
            operations.set_coaching(
                act_id=_act(f"{review.pk}:coach"),
                review=review,
                rule_id=rule,
                words="一起听两通做得好的，下周再看三通",
                by=first,
                now=now,
            )
        appealed += 1


def _findings(review: Review) -> list[Finding]:
    found = review_with(pk=review.pk)
    return list(whole(review=found, plan=reviewing_plan()).findings) if found else []


def _act(name: str) -> uuid.UUID:
    return uuid.uuid5(_SPACE, name)
