"""Which clocks newer versions of their rules take over, and where that puts them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import reduce
from operator import or_
from uuid import UUID

from django.db.models import Q, QuerySet

from shouwen.clocks.models import Clock
from shouwen.clocks.queries.judgements import (
    Applied,
    History,
    Start,
    judgement,
    pack_of_matter,
)
from shouwen.clocks.standing import Standing
from shouwen.core.events import Subject
from shouwen.journal.models import Entry
from shouwen.standard.pack import Pack


@dataclass(frozen=True, slots=True, kw_only=True)
class Takeover:
    """Versions that begin on `day` (of the pack's zone) and take over clocks begun under older ones.

    `open_of`: rules whose open clocks move. `begun_from`: rules by the day from which on their clocks,
    ended ones too, move.
    """

    pack: Pack
    day: date
    open_of: frozenset[str] = frozenset()
    begun_from: Mapping[str, date]

    @property
    def moves_something(self) -> bool:
        """Whether any rule says that clocks move at all."""
        return bool(self.open_of or self.begun_from)

    @property
    def applied(self) -> Applied:
        """What the clocks are judged by afterwards."""
        return Applied(self.day, self.pack)


@dataclass(frozen=True, slots=True)
class TakenOver:
    """One clock before and after; `clock_id` and the entry that started it."""

    start: Start
    clock_id: UUID
    rule_id: str
    before: Standing
    after: Standing

    @property
    def is_moved(self) -> bool:
        """Whether anybody would see a difference."""
        return _seen(self.before) != _seen(self.after)

    @property
    def is_newly_overdue(self) -> bool:
        """Whether it is missed by the new version and was not by the old one."""
        return self.after.state == "missed" != self.before.state


def _seen(standing: Standing) -> tuple[str, datetime | None]:
    # A warning comes and goes with the due time.
    state = "running" if standing.state == "warned" else standing.state
    return state, standing.due_at


def clocks_to_take_over(takeover: Takeover) -> QuerySet[Clock]:
    """The rows that a takeover looks at; a few may turn out to stay where they are."""
    zone = takeover.pack.calendar.zone
    wanted = [Q(rule_id__in=sorted(takeover.open_of), is_open=True)]
    for rule_id, day in takeover.begun_from.items():
        first = datetime(day.year, day.month, day.day, tzinfo=zone)
        begun = Q(started_at__gte=first) | Q(started_at__isnull=True)
        wanted.append(Q(rule_id=rule_id) & begun)
    return Clock.objects.filter(reduce(or_, wanted), rule_from__lt=takeover.day)


def subjects_to_take_over(
    takeover: Takeover, *, after: UUID | None = None, limit: int
) -> list[Subject]:
    """The next subjects with such clocks, in the order of their ids."""
    rows = clocks_to_take_over(takeover).order_by("subject_id")
    if after is not None:
        rows = rows.filter(subject_id__gt=after)
    found = rows.values_list("subject_id", "subject_kind").distinct()[:limit]
    return [Subject(kind, id_) for id_, kind in found]


def taken_over(past: History, takeover: Takeover, *, now: datetime) -> Iterator[TakenOver]:
    """Every clock of a subject that the takeover reaches, judged at `now` (UTC) by both versions."""
    now = past.not_before(now)
    for start in past.starts:
        rule_id, begun_under = start.entry.data["rule"], start.rule_from
        if rule_id not in takeover.open_of and rule_id not in takeover.begun_from:
            continue
        if begun_under is None or begun_under >= takeover.day:
            continue
        before = judgement(past, start, now=now)
        if not _is_reached(start, before.standing, takeover):
            continue
        after = judgement(past, replace(start, by=takeover.applied), now=now)
        yield TakenOver(start, before.clock_id, rule_id, before.standing, after.standing)


def histories(subjects: Sequence[Subject]) -> Iterator[History]:
    """The journals of several subjects, read at once, each with the edition it began under."""
    found: dict[Subject, list[Entry]] = {subject: [] for subject in subjects}
    rows = Entry.objects.filter(subject_id__in=[subject.id for subject in subjects])
    for entry in rows.order_by("happened_at", "recorded_at", "id"):
        if entry.subject in found:
            found[entry.subject].append(entry)
    for subject, entries in found.items():
        yield History(subject, entries, pack_of_matter(entries))


def _is_reached(start: Start, standing: Standing, takeover: Takeover) -> bool:
    rule_id = start.entry.data["rule"]
    if rule_id in takeover.open_of:
        return standing.is_open
    zone = takeover.pack.calendar.zone
    return start.entry.happened_at.astimezone(zone).date() >= takeover.begun_from[rule_id]
