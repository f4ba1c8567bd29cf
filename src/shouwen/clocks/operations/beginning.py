"""Putting on record that a clock has begun: by an event, or by what became of another clock."""

from collections.abc import Mapping
from datetime import datetime
from uuid import uuid5

from shouwen.clocks.queries.judgements import History, applied, clock_id
from shouwen.clocks.queries.rounds import of_rounds
from shouwen.clocks.queries.upcoming import NextClock, next_clocks
from shouwen.core.events import Scalar
from shouwen.core.verdict import Excepted, NotApplicable, NotProvable, Verdict
from shouwen.journal.operations import record
from shouwen.standard.chains import rules_named


def has_chains(past: History) -> bool:
    """Whether a rule that speaks of the subject waits for another one to be met or missed."""
    facts = past.facts
    return facts is not None and any(rules_named(rule) for rule in past.applicable(facts).values())


def record_starts(past: History, *, facts: Mapping[str, Scalar], now: datetime) -> bool:
    """Puts on record every clock that its events call for by `now`; whether there was any."""
    any_new = False
    for next_ in next_clocks(past, facts=facts):
        verdict = applied(
            past,
            rule=next_.rule,
            rule_from=None,
            facts=facts,
            events=of_rounds(past.events, first=next_.round),
            now=past.not_before(now),
        )
        if not isinstance(verdict, NotApplicable):
            _record_start(past, next_, verdict=verdict, now=now)
            any_new = True
    return any_new


def _record_start(past: History, next_: NextClock, *, verdict: Verdict, now: datetime) -> None:
    started_at = min(_started_at(verdict) or now, now)  # a time agreed on may lie ahead
    rule = next_.rule
    version = rule.on(started_at.astimezone(past.pack.calendar.zone).date())
    clock = clock_id(subject=past.subject, rule_id=rule.id, ordinal=next_.ordinal)
    data: dict[str, Scalar] = {
        "clock": str(clock),
        "rule": rule.id,
        "rule_from": version.from_.isoformat() if version else "",
        "ordinal": next_.ordinal,
    }
    if next_.round:
        data["round"] = next_.round
    record(
        id=uuid5(clock, "clock.started"),
        kind="clock.started",
        subject=past.subject,
        happened_at=started_at,
        now=now,
        data=data,
        standard_version=past.pack.digest,
    )


def _started_at(verdict: Verdict) -> datetime | None:
    if isinstance(verdict, NotApplicable | Excepted | NotProvable):
        return None
    return verdict.started_at
