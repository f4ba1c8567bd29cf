"""The weeks before today in the demo company: calls like the sample ones, and what became of them.

Everything goes through the same operations as today's work, told afterwards: it happened then and
is recorded now. Most promises are kept, some are not. A second run finds every call taken.
"""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from shouwen.cases import operations
from shouwen.cases.models import Case, Handover, Promise
from shouwen.cases.operations import part_of
from shouwen.core.calls import CallRecord
from shouwen.demo.day import taker
from shouwen.demo.staff import AGENT_NUMBERS
from shouwen.hotline.models import Call
from shouwen.hotline.operations import take_call
from shouwen.people.models import Staff

CALLS = 72
DAYS = 28
_SEED = 20250301
# One case in so many is worked on too late.
_LATE_ONE_IN = 7
_LATE_BY = 30.0
_ON_SITE = (("dispatched", 5.0), ("arrived", 30.0), ("handled", 45.0), ("repaired", 80.0))
_OPENS, _OPEN_FOR = time(8, 30), 9 * 60


@dataclass(frozen=True, slots=True)
class _Story:
    """One case of the past: who works on it, from when, how much slower than usual."""

    case: Case
    by: Staff
    start: datetime
    pace: float
    now: datetime

    def at(self, minutes: float) -> datetime:
        return self.start + timedelta(minutes=minutes * self.pace)

    def has_come(self, minutes: float) -> bool:
        return self.at(minutes) < self.now


def play_past(
    *,
    calls: Sequence[CallRecord],
    now: datetime,
    zone: ZoneInfo,
    count: int = CALLS,
    on_call: Callable[[], None] = lambda: None,
) -> int:
    """Plays so many calls into the weeks before today; returns how many were new."""
    new = 0
    for place, call in enumerate(_past_calls(calls, now=now, zone=zone, count=count)):
        pace = _LATE_BY if place % _LATE_ONE_IN == 3 else 1.0
        new += _play(call, pace=pace, now=now)
        on_call()
    return new


def _past_calls(
    calls: Sequence[CallRecord], *, now: datetime, zone: ZoneInfo, count: int
) -> Iterator[CallRecord]:
    """The sample calls again and again, by other people, spread over the days; the latest last."""
    chance = Random(_SEED)  # noqa: S311 - made-up data
    today = now.astimezone(zone).date()
    for place in range(count):
        call = calls[place % len(calls)]
        day = today - timedelta(days=DAYS - place * DAYS // count)
        begins = datetime.combine(day, _OPENS, tzinfo=zone)
        yield replace(
            call,
            call_id=f"{call.call_id}-before-{place:03d}",
            staff_no=chance.choice(AGENT_NUMBERS),
            started_at=begins + timedelta(minutes=chance.randrange(_OPEN_FOR)),
        )


def _play(call: CallRecord, *, pace: float, now: datetime) -> bool:
    digest = hashlib.sha256(call.call_id.encode()).hexdigest()
    if Call.objects.filter(call_id=call.call_id).exists():
        return False
    with operations.entered_late(now=now):
        take_call(call=call, digest=digest, shift=timedelta(), now=now, source="replay")
        taken = Call.objects.select_related("case__owner__department").get(call_id=call.call_id)
        if taken.case and taken.case.is_open:
            _work(taken.case, start=taken.ended_at or taken.rang_at, pace=pace, now=now)
    return True


def _work(case: Case, *, start: datetime, pace: float, now: datetime) -> None:
    """What the department that the case went to, or the agent, does until the customer has an answer."""
    offer = case.handovers.filter(state=Handover.State.OFFERED).select_related("case").first()
    by = taker(offer) if offer else case.owner
    if by is None:
        return
    story = _Story(case, by, start, pace, now)
    if offer and story.has_come(4):
        operations.accept_handover(
            act_id=part_of(case.pk, "past:accepted"),
            handover_id=offer.pk,
            by=by,
            at=story.at(4),
            now=now,
        )
    if case.kind in ("repair", "network_fault", "alarm"):
        for what, minutes in _ON_SITE:
            _step(story, what, minutes)
    elif case.kind == "complaint":
        _step(story, "investigating", 20)
    _settle(story, minutes=100 if case.kind != "complaint" else 24 * 60)


def _step(story: _Story, what: str, minutes: float) -> None:
    if story.has_come(minutes):
        operations.report(
            act_id=part_of(story.case.pk, f"past:{what}"),
            case_id=story.case.pk,
            what=what,
            by=story.by,
            at=story.at(minutes),
            now=story.now,
        )


def _settle(story: _Story, *, minutes: float) -> None:
    """Keeps what was promised, answers and closes, as far as the time for it has come."""
    if not story.has_come(minutes + 10):
        return
    for promise in story.case.promises.filter(state=Promise.State.OPEN):
        operations.keep_promise(
            act_id=part_of(promise.pk, "past:kept"),
            promise_id=promise.pk,
            by=story.by,
            at=story.at(minutes),
            now=story.now,
        )
    operations.answer_customer(
        act_id=part_of(story.case.pk, "past:answered"),
        case_id=story.case.pk,
        by=story.by,
        channel="phone",
        content="办理结果已电话告知客户",
        at=story.at(minutes),
        now=story.now,
    )
    operations.close_case(
        act_id=part_of(story.case.pk, "past:closed"),
        case_id=story.case.pk,
        by=story.by,
        at=story.at(minutes + 10),
        now=story.now,
    )
