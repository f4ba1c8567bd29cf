"""What was not kept lately, and after which step it waited longest: what it was stuck on, not who."""

import uuid
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from shouwen.access.figures import FiguresScope
from shouwen.cases.models import Promise
from shouwen.cases.queries import Headline, headlines, visible_cases
from shouwen.clauses.queries.behind import cases_of
from shouwen.clocks.models import Clock, Ruling
from shouwen.clocks.queries.figures import rulings
from shouwen.journal.models import Entry
from shouwen.people.models import Staff
from shouwen.ui.wording import local_day

MOST_BREACHES = 100
_DAY = timedelta(days=1)
_YEAR = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Breach:
    """One thing that was not kept, with its clock and its case as far as the viewer may see it.

    `stuck_on`: the kind of event after which nothing happened for `stuck_for`, the longest such
    wait until it was done after all, or until now; empty when nothing is on record.
    """

    ruling: Ruling
    clock: Clock | None
    headline: Headline | None
    stuck_on: str = ""
    stuck_for: timedelta = timedelta(0)


def breaches(
    *,
    rules: Collection[str],
    steps: Collection[str],
    scope: FiguresScope | None,
    viewer: Staff,
    now: datetime,
) -> list[Breach]:
    """What was not kept in the last twelve months, the latest first, at most a hundred.

    `steps` are the kinds of events that move a matter on. One query a rule and seven more.
    """
    if scope is None:
        return []
    today = local_day(now)
    missed = [
        ruling
        for rule_id in rules
        for ruling in rulings(
            rule_id=rule_id,
            since=today - _YEAR,
            until=today + _DAY,
            verdict=Ruling.Verdict.MISSED,
            department=scope.department,
            staff_no=scope.staff_no,
            limit=MOST_BREACHES,
        )
    ]
    latest = sorted(missed, key=lambda each: (each.decided_at, each.pk), reverse=True)[
        :MOST_BREACHES
    ]
    return _with_waits(latest, steps=steps, viewer=viewer, now=now) if latest else []


def stuck(found: Sequence[Breach]) -> list[tuple[str, int]]:
    """How many were stuck after which kind of event, the most frequent first."""
    return Counter(breach.stuck_on for breach in found if breach.stuck_on).most_common()


def _with_waits(
    missed: list[Ruling], *, steps: Collection[str], viewer: Staff, now: datetime
) -> list[Breach]:
    case_of = _cases(missed)
    happened = _happened(set(case_of.values()), steps)
    seen = set(
        visible_cases(actor=viewer)
        .filter(pk__in=set(case_of.values()))
        .values_list("pk", flat=True)
    )
    told = headlines(subjects=[("case", pk) for pk in seen], viewer=viewer) if seen else {}
    clocks = Clock.objects.in_bulk([ruling.pk for ruling in missed])
    found = []
    for ruling in missed:
        clock, case = clocks.get(ruling.pk), case_of.get(ruling.subject_id)
        waited = _longest(clock, happened.get(case, []), now=now) if clock and case else None
        headline = told.get(case) if case else None
        found.append(Breach(ruling, clock, headline, *(waited or ())))
    return found


def _cases(missed: Sequence[Ruling]) -> Mapping[uuid.UUID, uuid.UUID]:
    """By subject the case that it belongs to: itself, that of a promise, of a call, a visit, a letter."""
    of_kind: dict[str, list[uuid.UUID]] = {}
    for ruling in missed:
        of_kind.setdefault(ruling.subject_kind, []).append(ruling.subject_id)
    promised = Promise.objects.filter(pk__in=of_kind.get("promise", []))
    return {
        **{pk: pk for pk in of_kind.get("case", [])},
        **dict(promised.values_list("pk", "case_id")),
        **cases_of(rulings=missed),
    }


def _happened(
    cases: Collection[uuid.UUID], steps: Collection[str]
) -> Mapping[uuid.UUID, list[tuple[datetime, str]]]:
    happened: dict[uuid.UUID, list[tuple[datetime, str]]] = {}
    rows = Entry.objects.filter(subject_kind="case", subject_id__in=cases, kind__in=steps)
    for subject, at, kind in rows.order_by("happened_at").values_list(
        "subject_id", "happened_at", "kind"
    ):
        happened.setdefault(subject, []).append((at, kind))
    return happened


def _longest(
    clock: Clock, happened: Sequence[tuple[datetime, str]], *, now: datetime
) -> tuple[str, timedelta] | None:
    """The step after which it waited longest while the clock ran, and for how long."""
    end = clock.stopped_at or now
    before = [(at, kind) for at, kind in happened if at < end]
    if not before:
        return None
    start = clock.started_at or before[0][0]
    ends = [*(at for at, _kind in before[1:]), end]
    waits = [
        (until - max(at, start), kind)
        for (at, kind), until in zip(before, ends, strict=True)
        if until > start
    ]
    if not waits:
        return None
    longest, kind = max(waits, key=lambda wait: wait[0])
    return kind, longest
