"""What was not kept lately, and after which step it waited longest: what it was stuck on, not who."""

import uuid
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from shouwen.cases.models import Promise
from shouwen.clauses.queries.scopes import Scope
from shouwen.clocks.models import Clock
from shouwen.journal.models import Entry

MOST = 100
_YEAR = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Breach:
    """One thing that was not kept.

    `stuck_on`: the kind of event after which nothing happened for `stuck_for`, the longest such
    wait up to the due time; empty when nothing is on record.
    """

    clock: Clock
    stuck_on: str = ""
    stuck_for: timedelta = timedelta(0)


def breaches(
    *, rules: Collection[str], steps: Collection[str], scope: Scope, now: datetime
) -> list[Breach]:
    """What was not kept in the last twelve months, the latest first, at most a hundred.

    `steps` are the kinds of events that move a matter on. Three queries.
    """
    missed = Clock.objects.filter(
        rule_id__in=rules, state="missed", due_at__gte=now - _YEAR
    ).order_by("-due_at", "id")
    if scope.department:
        missed = missed.filter(department=scope.department)
    if scope.staff_no:
        missed = missed.filter(owner_no=scope.staff_no)
    clocks = list(missed[:MOST])
    return _with_waits(clocks, steps=steps, now=now)


def stuck(found: Sequence[Breach]) -> list[tuple[str, int]]:
    """How many were stuck after which kind of event, the most frequent first."""
    return Counter(breach.stuck_on for breach in found if breach.stuck_on).most_common()


def _with_waits(clocks: list[Clock], *, steps: Collection[str], now: datetime) -> list[Breach]:
    promised = dict(
        Promise.objects.filter(
            pk__in=[c.subject_id for c in clocks if c.subject_kind == "promise"]
        ).values_list("pk", "case_id")
    )
    case_of = {
        clock.subject_id: promised.get(clock.subject_id, clock.subject_id) for clock in clocks
    }
    happened: dict[uuid.UUID, list[tuple[datetime, str]]] = {}
    rows = Entry.objects.filter(
        subject_kind="case", subject_id__in=set(case_of.values()), kind__in=steps
    )
    for subject, at, kind in rows.order_by("happened_at").values_list(
        "subject_id", "happened_at", "kind"
    ):
        happened.setdefault(subject, []).append((at, kind))
    return [
        _breach(clock, happened.get(case_of[clock.subject_id], []), now=now) for clock in clocks
    ]


def _breach(clock: Clock, happened: list[tuple[datetime, str]], *, now: datetime) -> Breach:
    end = clock.stopped_at or now
    before = [(at, kind) for at, kind in happened if at < end]
    if not before:
        return Breach(clock)
    ends = [at for at, _ in before[1:]] + [end]
    start = clock.started_at or before[0][0]
    waits = [
        (until - max(at, start), kind)
        for (at, kind), until in zip(before, ends, strict=True)
        if until > start
    ]
    if not waits:
        return Breach(clock)
    longest, kind = max(waits, key=lambda wait: wait[0])
    return Breach(clock, kind, longest)
