"""From a judgement to the ruling that is stored, and reading stored rulings."""

from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet

from shouwen.clocks.models import Ruling
from shouwen.clocks.queries.judgements import History, Judgement, history, judgements
from shouwen.core.events import Subject
from shouwen.core.verdict import (
    Excepted,
    Gap,
    Met,
    Missed,
    NotApplicable,
    NotProvable,
    Paused,
    Running,
)

After = tuple[datetime, UUID]
"""`decided_at` and `id` of the last ruling of a page."""

_DAY = timedelta(days=1)
COMPARED = (
    "rule_id", "clause", "subject_kind", "subject_id", "ordinal", "verdict", "reason", "failed",
    "due_at", "decided_at", "day", "stage", "rule_from",
)  # fmt: skip
"""The columns that journal and standard decide; who answered is kept as it was when it was decided."""


def ruling_of(
    past: History, judged: Judgement, *, department: str = "", staff_no: str = ""
) -> Ruling:
    """The ruling that a judgement comes to, not saved. Its id is that of the clock."""
    rule = past.pack.rules.get(judged.rule_id)
    decided_at = _decided_at(past, judged)
    verdict = judged.verdict
    return Ruling(
        id=judged.clock_id,
        rule_id=judged.rule_id,
        clause=rule.clause if rule else "",
        subject_kind=past.subject.kind,
        subject_id=past.subject.id,
        ordinal=judged.ordinal,
        verdict=verdict.word,
        reason=judged.standing.reason[:80],
        failed=list(verdict.failed) if isinstance(verdict, Missed) else [],
        due_at=judged.standing.due_at,
        decided_at=decided_at,
        day=past.pack.calendar.day_of(decided_at),
        stage=rule.stage if rule else "",
        department=department,
        staff_no=staff_no,
        rule_from=judged.rule_from,
        pack_digest=judged.pack_digest,
    )


def _decided_at(past: History, judged: Judgement) -> datetime:
    """When it was decided; while nothing is, and where nothing tells, when the matter began."""
    match judged.verdict:
        case Met(at=at):
            return at
        case Missed(at=at, due_at=due, started_at=began):
            # Late: at the due time, whenever it was done after all. Too early: when it was done.
            return min((moment for moment in (at, due) if moment), default=began)
        case Excepted(at=at, evidence=evidence):
            told = (event.at for event in past.events if event.id and event.id == evidence)
            return at or next(told, judged.began_at)
        case Running(started_at=began) | Paused(started_at=began):
            return began
        case Gap() | NotApplicable() | NotProvable():
            return judged.began_at


def changed(stored: Ruling, fresh: Ruling) -> tuple[str, ...]:
    """The columns in which a stored ruling differs from a fresh one."""
    return tuple(name for name in COMPARED if getattr(stored, name) != getattr(fresh, name))


def rulings_of(*, subject: Subject) -> list[Ruling]:
    """What stands on one matter, rule by rule."""
    rows = Ruling.objects.filter(subject_kind=subject.kind, subject_id=subject.id)
    return list(rows.order_by("rule_id", "ordinal"))


def fresh_rulings(*, subject: Subject, now: datetime) -> list[Ruling]:
    """What journal, standard and calendar give for a matter at `now`, not saved. Raises PackFaults."""
    past = history(subject=subject)
    return [ruling_of(past, judged) for judged in judgements(past, now=past.not_before(now))]


def rulings(
    *,
    rule_id: str,
    since: date,
    until: date,
    verdict: str = "",
    department: str = "",
    staff_no: str = "",
    after: After | None = None,
    limit: int = 50,
) -> list[Ruling]:
    """Rulings of one rule with `since` <= day < `until`, the latest first.

    `verdict` narrows to one word; "running" stands for all that is open. `department` (a code) and
    `staff_no` narrow to who answered. `after` continues a page.
    """
    rows = _narrowed(
        _between(Ruling.objects.filter(rule_id=rule_id), since=since, until=until),
        verdict=verdict,
        department=department,
        staff_no=staff_no,
    )
    if after is not None:
        moment, last = after
        # The first half alone lets the index find the place; the second leaves out what was shown.
        rows = rows.filter(decided_at__lte=moment).filter(
            Q(decided_at__lt=moment) | Q(id__lt=last)
        )
    return list(rows.order_by("-decided_at", "-id")[:limit])


def _between(rows: QuerySet[Ruling], *, since: date, until: date) -> QuerySet[Ruling]:
    """Days are local; the instants a day further out on either side let the index find the place."""
    first = datetime.combine(since, time.min, tzinfo=UTC) - _DAY
    end = datetime.combine(until, time.min, tzinfo=UTC) + _DAY
    return rows.filter(decided_at__gte=first, decided_at__lt=end, day__gte=since, day__lt=until)


def _narrowed(
    rows: QuerySet[Ruling], *, verdict: str, department: str, staff_no: str
) -> QuerySet[Ruling]:
    if verdict == Ruling.Verdict.RUNNING:
        rows = rows.filter(verdict__in=Ruling.OPEN)
    elif verdict:
        rows = rows.filter(verdict=verdict)
    if department:
        rows = rows.filter(department=department)
    if staff_no:
        rows = rows.filter(staff_no=staff_no)
    return rows
