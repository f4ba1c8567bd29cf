"""Judging a subject's clocks from its journal: the fresh computation that the rows are a cache of."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from uuid import UUID, uuid5

from shouwen.clocks.models import Clock
from shouwen.clocks.queries.rounds import of_rounds, reopenings
from shouwen.clocks.queries.standard import active_pack, pack_begun_under
from shouwen.clocks.standing import Standing, standing
from shouwen.core.events import Event, Scalar, Subject
from shouwen.core.kinds import Rule
from shouwen.core.kinds.clock import PAUSED
from shouwen.core.timing.spans import Pause, Span
from shouwen.core.timing.steps import Step
from shouwen.core.verdict import (
    Excepted,
    Gap,
    Missed,
    NotApplicable,
    Paused,
    Running,
    Verdict,
)
from shouwen.journal.queries import Noted, as_event, entries_of
from shouwen.standard.judging import judge, speaking
from shouwen.standard.pack import Pack

Facts = Mapping[str, Scalar]
WITHDRAWN = "promise.withdrawn"
MOVED = "clock.moved"
"""A newer version took a clock over; its entry names the version and, as standard version, the edition."""
_SAYS_WHICH_PACK = ("clock.facts_set", "clock.started")


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """One clock as it stands at `now`, computed from journal, standard and calendar alone.

    `began_at`: when it was started (UTC).
    """

    clock_id: UUID
    rule_id: str
    rule_from: date | None
    pack_digest: str
    ordinal: int
    began_at: datetime
    facts: Facts
    verdict: Verdict
    standing: Standing
    pauses: tuple[Pause, ...]


@dataclass(frozen=True, slots=True)
class FreshVerdict:
    """Why a clock stands as it does: the verdict with its steps, and whether the row says the same."""

    verdict: Verdict
    is_same: bool


@dataclass(frozen=True, slots=True)
class Applied:
    """The version of a rule that a clock is judged by: its first day, and the pack that holds it."""

    rule_from: date | None
    pack: Pack


@dataclass(frozen=True, slots=True)
class Start:
    """A clock as it was started: from round `first` of the matter on, `before` the next clock.

    `by` is the version that a new edition moved it to; None while it keeps the one it began under.
    """

    entry: Noted
    first: int = 0
    before: int | None = None
    by: Applied | None = None

    @property
    def rule_from(self) -> date | None:
        """First day of the version that judges the clock."""
        if self.by is not None:
            return self.by.rule_from
        return _day(self.entry.data["rule_from"])


@dataclass(frozen=True)
class History:
    """What the journal holds about a subject, and the standard it is judged by: the edition it began under."""

    subject: Subject
    entries: Sequence[Noted]
    pack: Pack

    @cached_property
    def facts(self) -> Facts | None:
        """The facts last put on record; None before the first time."""
        return self.facts_at(None)

    def facts_at(self, at: datetime | None) -> Facts | None:
        """The facts that were last put on record by `at` (UTC), or by now; None before any were."""
        told = [
            entry
            for entry in self.entries
            if entry.kind == "clock.facts_set" and (at is None or entry.happened_at <= at)
        ]
        return max(told, key=lambda entry: int(entry.data["n"])).data["facts"] if told else None

    @cached_property
    def events(self) -> list[Event]:
        """What rules judge; what the clocks themselves did is there too and starts recovery clocks."""
        return [as_event(entry) for entry in self.entries]

    @cached_property
    def kinds(self) -> frozenset[str]:
        """What sort of things happened."""
        return frozenset(entry.kind for entry in self.entries)

    @cached_property
    def day(self) -> date | None:
        """The local day on which the matter began; it decides which rules and versions apply."""
        first = self.entries[0].happened_at if self.entries else None
        return first.astimezone(self.pack.calendar.zone).date() if first else None

    @cached_property
    def starts(self) -> list[Start]:
        """Every clock that was started, each with the rounds of the matter that it spans."""
        entries = [entry for entry in self.entries if entry.kind == "clock.started"]
        rounds = {
            (entry.data["rule"], int(entry.data["ordinal"])): int(entry.data.get("round", 0))
            for entry in entries
        }
        moved = self._moved()
        return [
            Start(
                entry,
                first=int(entry.data.get("round", 0)),
                before=rounds.get((entry.data["rule"], int(entry.data["ordinal"]) + 1)),
                by=moved.get(entry.data["clock"]),
            )
            for entry in entries
        ]

    def _moved(self) -> dict[str, Applied]:
        """By the id of a clock, the version that the last new edition moved it to."""
        return {
            entry.data["clock"]: Applied(
                _day(entry.data["rule_from"]),
                pack_begun_under(digest=entry.standard_version, at=entry.recorded_at),
            )
            for entry in self.entries
            if entry.kind == MOVED
        }

    def pack_of(self, start: Start) -> Pack:
        """The pack that judges a clock."""
        return self.pack if start.by is None else start.by.pack

    def events_of(self, start: Start) -> list[Event]:
        """The events that a started clock is judged by."""
        if not start.first and start.before is None:
            return self._rounds
        return of_rounds(self.events, first=start.first, before=start.before)

    @cached_property
    def _rounds(self) -> list[Event]:
        return of_rounds(self.events, first=0)

    def facts_of(self, start: Start) -> Facts:
        """The facts that a started clock is judged by: after a reopening the old ones stand."""
        if start.before is None:
            return self.facts or {}
        until = reopenings(self.events)[start.before - 1].at
        return self.facts_at(until) or self.facts or {}

    def not_before(self, now: datetime) -> datetime:
        """`now`, or the latest instant on record: a machine whose clock is behind forgets nothing."""
        return max([now, *(entry.recorded_at for entry in self.entries)])

    def applicable(self, facts: Facts, *, pack: Pack | None = None) -> Mapping[str, Rule]:
        """The rules with a clock that speak about a subject with these facts, by their ids."""
        if self.day is None:
            return {}
        return speaking(pack=pack or self.pack, facts=facts, day=self.day)


def history(*, subject: Subject) -> History:
    """Reads the journal of a subject. Raises PackFaults when the standard cannot be read."""
    entries = entries_of(subject=subject)
    return History(subject, entries, pack_of_matter(entries))


def pack_of_matter(entries: Sequence[Noted]) -> Pack:
    """The pack of the edition that a matter began under; the one in force for a new one. Raises PackFaults."""
    for entry in entries:
        if entry.kind in _SAYS_WHICH_PACK:
            return pack_begun_under(digest=entry.standard_version, at=entry.recorded_at)
    return active_pack()


def clock_id(*, subject: Subject, rule_id: str, ordinal: int = 1) -> UUID:
    """The id of a clock: the same whoever starts it, so that it is never started twice."""
    return uuid5(subject.id, f"clock:{subject.kind}:{rule_id}:{ordinal}")


def judgements(past: History, *, now: datetime) -> list[Judgement]:
    """Every clock that was started for the subject, judged at `now` (UTC). Nothing is written."""
    now = past.not_before(now)
    return [judgement(past, start, now=now) for start in past.starts]


def verdict_of(*, clock: Clock, now: datetime) -> FreshVerdict:
    """Judges one clock anew, with the steps that lead to its due time. Raises PackFaults."""
    past = history(subject=clock.subject)
    for judged in judgements(past, now=now):
        if judged.clock_id == clock.pk:
            return FreshVerdict(judged.verdict, is_same=not differing(clock, judged))
    return FreshVerdict(NotApplicable(reason="not_started"), is_same=False)


def differing(clock: Clock, judged: Judgement) -> tuple[str, ...]:
    """The columns in which a row differs from the fresh judgement.

    The seconds left of a pause shrink while nobody writes and are not compared. A clock that has
    ended keeps the version of the calendar it was judged by, as long as nothing else differs.
    """
    fresh = columns(judged)
    names = [name for name in sorted(fresh) if getattr(clock, name) != fresh[name]]
    if names == ["calendar_version"] and not clock.is_open:
        names = []
    stored = {(each.started_at, each.ended_at, each.reason) for each in clock.intervals.all()}
    if stored != {(each.span.start, each.span.end, each.reason) for each in judged.pauses}:
        names.append("intervals")
    return tuple(names)


def columns(judged: Judgement) -> dict[str, object]:
    """The columns of a row that journal and standard decide."""
    stands = judged.standing
    return {
        "rule_from": judged.rule_from,
        "facts": dict(judged.facts),
        "state": stands.state,
        "reason": stands.reason[:80],
        "started_at": stands.started_at,
        "warn_at": stands.warn_at,
        "due_at": stands.due_at,
        "stopped_at": stands.stopped_at,
        "paused_at": stands.paused_at,
        "calendar_version": stands.calendar_version,
        "is_open": stands.is_open,
        "urgency_at": stands.urgency_at,
    }


def applied(
    past: History,
    *,
    rule: Rule,
    rule_from: date | None,
    facts: Facts,
    events: Sequence[Event],
    now: datetime,
    pack: Pack | None = None,
    explain: bool = True,
) -> Verdict:
    """One rule applied to events in order of time at `now`; `rule_from` None: the version in force then."""
    pack = pack or past.pack
    return judge(
        rule=rule,
        version_from=rule_from,
        facts=facts,
        events=events,
        calendar=pack.calendar,
        calendars=pack.calendars,
        now=now,
        explain=explain,
        in_order=True,
    )


def verdict_at(
    past: History,
    start: Start,
    *,
    now: datetime,
    facts: Facts | None = None,
    explain: bool = True,
) -> Verdict:
    """What a started clock comes to at `now` (UTC), by the facts on record or by other ones."""
    pack = past.pack_of(start)
    facts = past.facts_of(start) if facts is None else facts
    rule = pack.rules.get(start.entry.data["rule"])
    if rule is None:
        return Gap(reason="rule_not_in_standard")
    if rule.id not in past.applicable(facts, pack=pack):
        return NotApplicable(reason="facts")
    events = past.events_of(start)
    withdrawn = None
    if WITHDRAWN in past.kinds:
        withdrawn = next((event for event in events if event.kind == WITHDRAWN), None)
    verdict = applied(
        past,
        rule=rule,
        rule_from=start.rule_from,
        facts=facts,
        events=events,
        now=min(now, withdrawn.at) if withdrawn else now,
        pack=pack,
        explain=explain,
    )
    return _excepted(verdict, withdrawn) if withdrawn else verdict


def has_ended(verdict: Verdict) -> bool:
    """Whether a clock had come to its end: a reopening then starts another one, else it runs on."""
    match verdict:
        case Running() | Paused() | Gap() | Missed(at=None):
            return False
        case _:
            return True


def _excepted(verdict: Verdict, withdrawn: Event) -> Verdict:
    """A promise withdrawn with approval is counted apart; one that was broken by then stays so."""
    match verdict:
        case Running() | Paused() | Gap():
            reason = str(withdrawn.data.get("reason", ""))
            approver = str(withdrawn.data.get("approver", ""))
            return Excepted(reason=reason, approver=approver, evidence=withdrawn.id)
        case Missed(at=None):
            return replace(verdict, at=withdrawn.at)
        case _:
            return verdict


def _day(told: str) -> date | None:
    return date.fromisoformat(told) if told else None


def judgement(past: History, start: Start, *, now: datetime) -> Judgement:
    """One clock judged at `now` (UTC)."""
    data = start.entry.data
    pack = past.pack_of(start)
    verdict = verdict_at(past, start, now=now)
    return Judgement(
        clock_id=UUID(data["clock"]),
        rule_id=data["rule"],
        rule_from=start.rule_from,
        pack_digest=pack.digest,
        ordinal=int(data["ordinal"]),
        began_at=start.entry.happened_at,
        facts=past.facts_of(start),
        verdict=verdict,
        standing=standing(verdict, now=now),
        pauses=_pauses(past, verdict),
    )


def _pauses(past: History, verdict: Verdict) -> tuple[Pause, ...]:
    """The pauses that counted, as the steps tell them, and the one that lasts."""
    ended = tuple(
        Pause(
            Span(_moment(step, "from"), _moment(step, "to")),
            reason=str(step.params["reason"]),
            by=str(step.params["by"]),
            evidence=str(step.params["evidence"]),
        )
        for step in verdict.steps
        if step.code == "paused" and not step.params["open"]
    )
    return (*ended, *_lasting_pause(past, verdict))


def _lasting_pause(past: History, verdict: Verdict) -> tuple[Pause, ...]:
    if not isinstance(verdict, Paused):
        return ()
    for event in past.events:
        begins = event.kind == PAUSED and event.at == verdict.since
        if begins and event.data.get("reason") == verdict.reason:
            evidence = str(event.data.get("evidence", ""))
            return (Pause(Span(event.at, None), verdict.reason, event.by, evidence),)
    return ()


def _moment(step: Step, name: str) -> datetime:
    value = step.params[name]
    if not isinstance(value, datetime):
        raise TypeError(f"{step.code}.{name}: {value!r}")
    return value
