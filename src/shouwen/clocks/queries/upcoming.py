"""Clocks that are about to start, and what other facts would do to those that run."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from shouwen.clocks.queries.judgements import (
    Facts,
    History,
    Start,
    applied,
    has_ended,
    history,
    verdict_at,
)
from shouwen.clocks.queries.rounds import of_rounds, reopenings
from shouwen.clocks.queries.standard import active_pack, reopening_policy
from shouwen.clocks.standing import Standing, standing
from shouwen.core.events import Subject
from shouwen.core.kinds import Rule
from shouwen.core.timing.steps import Step
from shouwen.core.verdict import NotApplicable
from shouwen.journal.queries import Noted


@dataclass(frozen=True, slots=True)
class NextClock:
    """The clock of a rule that may start: its number, and the round of the matter it begins in."""

    rule: Rule
    ordinal: int = 1
    round: int = 0


def next_clocks(past: History, *, facts: Facts) -> Iterator[NextClock]:
    """For every rule that speaks: its first clock, or another one after a reopening."""
    opened = reopenings(past.events)
    last = {start.entry.data["rule"]: start for start in _in_order(past.starts)}
    policy = reopening_policy()
    for rule in past.applicable(facts).values():
        begins = len(opened) if policy.restarts(rule_id=rule.id, kind=rule.kind) else 0
        before = last.get(rule.id)
        if before is None:
            yield NextClock(rule, round=begins)
        elif begins > before.first and _had_ended(past, before, opened[begins - 1].at, begins):
            yield NextClock(rule, ordinal=int(before.entry.data["ordinal"]) + 1, round=begins)


def _in_order(starts: Sequence[Start]) -> list[Start]:
    return sorted(starts, key=lambda start: int(start.entry.data["ordinal"]))


def _had_ended(past: History, start: Start, at: datetime, before: int) -> bool:
    """Whether the clock had come to its end when the matter was reopened; else it runs on."""
    return has_ended(verdict_at(past, replace(start, before=before), now=at))


@dataclass(frozen=True, slots=True)
class Foreseen:
    """A clock as it stands and as it would stand, None where there is none; the steps that lead there."""

    rule_id: str
    before: Standing | None
    after: Standing | None
    steps: tuple[Step, ...] = ()

    @property
    def moves(self) -> bool:
        """True when somebody would see a difference."""
        if self.before is None or self.after is None:
            return True
        return (self.before.state, self.before.due_at) != (self.after.state, self.after.due_at)


def foreseen(*, subject: Subject, facts: Facts, now: datetime) -> list[Foreseen]:
    """What every clock of the subject would be with these facts. Writes nothing. Raises PackFaults."""
    return _foreseen(history(subject=subject), facts=facts, now=now)


def foreseen_if(*, happened: Sequence[Noted], facts: Facts, now: datetime) -> list[Foreseen]:
    """What clocks would start for a matter that is not on record yet, if this happened to it.

    Writes nothing. Raises PackFaults.
    """
    nothing_yet = Subject("case", UUID(int=0))
    return _foreseen(History(nothing_yet, happened, active_pack()), facts=facts, now=now)


def _foreseen(past: History, *, facts: Facts, now: datetime) -> list[Foreseen]:
    now = past.not_before(now)
    found = []
    for start in past.starts:
        is_settled = start.before is not None
        after = verdict_at(past, start, now=now, facts=None if is_settled else facts)
        before = standing(verdict_at(past, start, now=now), now=now)
        rule_id = start.entry.data["rule"]
        found.append(Foreseen(rule_id, before, standing(after, now=now), after.steps))
    for coming in next_clocks(past, facts=facts):
        verdict = applied(
            past,
            rule=coming.rule,
            rule_from=None,
            facts=facts,
            events=of_rounds(past.events, first=coming.round),
            now=now,
        )
        if not isinstance(verdict, NotApplicable):
            stands = standing(verdict, now=now)
            found.append(Foreseen(coming.rule.id, None, stands, verdict.steps))
    return found
