"""The calls of a period that may be drawn, with the signs of risk on each."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from uuid import UUID
from zoneinfo import ZoneInfo

from shouwen.core.review_drawing import Candidate
from shouwen.hotline.models import Call, CallVerdict
from shouwen.journal.models import Entry
from shouwen.standard.reviewing import Reviewing


def candidates(
    *, since: date, until: date, zone: ZoneInfo, plan: Reviewing
) -> tuple[Candidate, ...]:
    """Every call of the local days `since` to before `until` that somebody took and that is over."""
    first, end = (datetime.combine(day, time.min, tzinfo=zone) for day in (since, until))
    calls = list(
        Call.objects.filter(
            rang_at__gte=first,
            rang_at__lt=end,
            stage=Call.Stage.OVER,
            staff__isnull=False,
            answered_at__isnull=False,
        )
        .select_related("staff")
        .order_by("pk")
    )
    ids = [call.pk for call in calls]
    broken = _broken(ids)
    holds = _holds(ids)
    return tuple(
        Candidate(
            id=str(call.pk),
            agent=call.staff.staff_no if call.staff else "",
            kind=call.kind,
            band=plan.band_at(call.rang_at.astimezone(zone).time()),
            signs=frozenset(_signs(call, broken[call.pk], holds[call.pk], plan)),
        )
        for call in calls
    )


def _signs(
    call: Call, broken: list[tuple[str, int | None]], hold: float, plan: Reviewing
) -> Iterable[str]:
    if broken:
        yield "broken"
    if any(rule in plan.forbidden for rule, _turn in broken):
        yield "forbidden"
    if call.kind == "complaint":
        yield "complaint"
    if hold >= plan.long_hold_seconds:
        yield "long_hold"
    if _is_angry(call, [turn for _rule, turn in broken if turn is not None], plan):
        yield "angry_hang_up"


def _is_angry(call: Call, turns: list[int], plan: Reviewing) -> bool:
    """The customer hung up soon after something that was broken."""
    if call.ended_by != "customer" or call.ended_at is None:
        return False
    ended = (call.ended_at - call.rang_at).total_seconds()
    ends = [float(call.turns[turn]["end"]) for turn in turns if turn < len(call.turns)]
    return any(ended - end <= plan.abrupt_seconds for end in ends)


def _broken(ids: list[UUID]) -> Mapping[UUID, list[tuple[str, int | None]]]:
    found: dict[UUID, list[tuple[str, int | None]]] = defaultdict(list)
    rows = CallVerdict.objects.filter(call__in=ids, verdict="broken")
    for call, rule, turn in rows.order_by("ordinal").values_list("call_id", "rule_id", "turn"):
        found[call].append((rule, turn))
    return found


def _holds(ids: list[UUID]) -> Mapping[UUID, float]:
    """The longest hold of each call in seconds, as the journal has it."""
    longest: dict[UUID, float] = defaultdict(float)
    since: dict[UUID, datetime] = {}
    rows = Entry.objects.filter(
        subject_kind="call", subject_id__in=ids, kind__in=("call.held", "call.resumed")
    )
    for call, kind, at in rows.order_by("happened_at", "id").values_list(
        "subject_id", "kind", "happened_at"
    ):
        if kind == "call.held":
            since.setdefault(call, at)
        elif call in since:
            longest[call] = max(longest[call], (at - since.pop(call)).total_seconds())
    return longest
