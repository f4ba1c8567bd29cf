"""What the queue board shows: who waits, who answers, how today goes. The same queries whatever happens."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Count, Prefetch, Q, QuerySet

from shouwen.cases.models import Promise
from shouwen.core.kinds.call_measure import CallMeasureVersion
from shouwen.hotline.models import AgentState, Call, LineRequest, Offer
from shouwen.hotline.queries import readable_cockpit, readable_standard
from shouwen.people.models import Staff
from shouwen.standard.pack import Pack

MOST_WAITING = 40
MOST_LOST = 12
MOST_AGENTS = 120
HOUR = timedelta(hours=1)
_REFUSED_FOR = timedelta(minutes=1)
LOST = (Call.Outcome.MISSED, Call.Outcome.ABANDONED, Call.Outcome.UNKNOWN)


@dataclass(frozen=True, slots=True)
class RingLimits:
    """The rule on the answer: its id, and its limits in seconds; None where the pack says nothing."""

    rule: str
    clause: str
    good: float
    late: float


@dataclass(frozen=True, slots=True)
class Answered:
    """Calls answered in a time: `kept` in time of `known`; of `unknown` the ringing was not heard."""

    kept: int
    known: int
    unknown: int


@dataclass(frozen=True, slots=True)
class LostToday:
    """Calls that reached nobody: how many, by what became of them, and the last ones with their promise."""

    missed: int
    abandoned: int
    unknown: int
    last: Sequence[Call]
    promises: dict[UUID, Promise]


@dataclass(frozen=True, slots=True)
class QueueBoard:
    """The board at one moment. `waiting`: the longest first; `count` is of all that wait."""

    waiting: Sequence[Call]
    count: int
    today: Answered
    last_hour: Answered
    lost: LostToday
    agents: Sequence[AgentState]
    refused: Sequence[LineRequest]
    limits: RingLimits | None
    pack: Pack | None
    now: datetime


def queue_board(*, now: datetime) -> QueueBoard:
    """Everything the board shows. About nine queries."""
    pack = readable_standard()
    limits = _limits(pack, now)
    midnight = _midnight(pack, now)
    waiting = _waiting()
    rows = list(waiting[:MOST_WAITING])
    return QueueBoard(
        waiting=rows,
        count=len(rows) if len(rows) < MOST_WAITING else waiting.count(),
        today=_answered(midnight, limits),
        last_hour=_answered(now - HOUR, limits),
        lost=_lost(midnight),
        agents=agents_at_work(),
        refused=list(
            LineRequest.objects.filter(
                what=LineRequest.What.REDIRECT, state=LineRequest.State.REFUSED,
                answered_at__gt=now - _REFUSED_FOR,
            ).select_related("call")[:3]
        ),
        limits=limits,
        pack=pack,
        now=now,
    )  # fmt: skip


def agents_at_work() -> list[AgentState]:
    """Everybody who is not off, by staff number, with the call at their telephone."""
    states = AgentState.objects.exclude(status=AgentState.Status.OFF)
    return list(
        states.select_related("staff__department", "call").order_by("staff__staff_no")[
            :MOST_AGENTS
        ]
    )


def free_agents() -> list[Staff]:
    """Who can be rung now, the longest free first."""
    free = AgentState.objects.filter(status=AgentState.Status.READY).select_related("staff")
    return [state.staff for state in free.order_by("since", "staff_id")]


def waiting_since(call: Call) -> datetime:
    """Since when the customer waits for an answer: the arrival, else the first moment known."""
    return call.arrived_at or call.rang_at


def _waiting() -> QuerySet[Call]:
    offers = Offer.objects.select_related("staff").order_by("offered_at")
    return (
        Call.objects.exclude(stage=Call.Stage.OVER)
        .filter(stage__in=(Call.Stage.WAITING, Call.Stage.RINGING), direction="inbound")
        .prefetch_related(Prefetch("offers", queryset=offers))
        .order_by("rang_at", "id")
    )


def _limits(pack: Pack | None, now: datetime) -> RingLimits | None:
    name = readable_cockpit().limits.answer
    rule = pack.rules.get(name) if pack else None
    version = rule.on(pack.calendar.day_of(now)) if rule and pack else None
    if rule is None or not isinstance(version, CallMeasureVersion) or version.rings is None:
        return None
    return RingLimits(rule.id, rule.clause, version.rings.good_up_to, version.rings.kept_below)


def _midnight(pack: Pack | None, now: datetime) -> datetime:
    zone = pack.calendar.zone if pack else ZoneInfo(settings.TIME_ZONE)
    return now.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)


def _answered(since: datetime, limits: RingLimits | None) -> Answered:
    calls = Call.objects.filter(
        rang_at__gte=since, direction="inbound", outcome=Call.Outcome.ANSWERED
    )
    counts = calls.aggregate(
        kept=Count("id", filter=Q(agent_clock__lt=limits.late if limits else 0)),
        known=Count("id", filter=Q(agent_clock__isnull=False)),
        unknown=Count("id", filter=Q(agent_clock__isnull=True)),
    )
    return Answered(counts["kept"], counts["known"], counts["unknown"])


def _lost(since: datetime) -> LostToday:
    calls = Call.objects.filter(rang_at__gte=since, direction="inbound", outcome__in=LOST)
    names = ("missed", "abandoned", "unknown")
    counts = calls.aggregate(**{name: Count("id", filter=Q(outcome=name)) for name in names})
    last = list(calls.select_related("case").order_by("-rang_at", "-id")[:MOST_LOST])
    cases = [call.case_id for call in last if call.case_id]
    owed = Promise.objects.filter(case__in=cases, kind="call_back").select_related("owner")
    return LostToday(
        **counts,
        last=last,
        promises={promise.case_id: promise for promise in owed.order_by("-due_at")},
    )
