"""The past judged by another standard: every clock as it was judged, and as the other would have.

Both verdicts come from the functions that judge running clocks. Nothing is written.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache

from shouwen.clocks.queries.judgements import (
    Applied,
    History,
    Start,
    has_ended,
    verdict_at,
)
from shouwen.clocks.queries.relimiting import Timed, by_length, only_length
from shouwen.clocks.queries.rounds import reopenings
from shouwen.core.kinds import Rule
from shouwen.core.timing.durations import Duration
from shouwen.core.verdict import NotApplicable, Verdict
from shouwen.journal.queries import Told
from shouwen.standard.identity import This
from shouwen.standard.pack import Pack
from shouwen.standard.settings import ReopeningPolicy
from shouwen.standard.trying import unchanged_rules

NO_RULE = NotApplicable(reason="no_rule")
"""The verdict of a standard that has no such rule."""


@dataclass(frozen=True, slots=True)
class Unsettled:
    """A clock that would have had another length of time: its due time is counted with many others."""

    length: Duration
    old: Timed


@dataclass(frozen=True, slots=True)
class Compared:
    """One clock of a matter: what it came to, and what the other standard makes of it."""

    rule_id: str
    ordinal: int
    old: Verdict
    new: Verdict | Unsettled


@dataclass(frozen=True, slots=True)
class Trial:
    """A standard to be tried on the past instead of the one in force, and which of its clocks begin
    anew at a reopening.
    """

    pack: Pack
    in_force: Pack
    reopening: ReopeningPolicy

    @property
    def untouched(self) -> frozenset[str]:
        """The rules that both standards say alike: what they came to, they come to."""
        return unchanged_rules(self.in_force, self.pack)


def compared(past: History, *, trial: Trial, now: datetime) -> Iterator[Compared]:
    """Every clock of the matter as it stands at `now` (UTC) by both standards.

    A rule that the other standard leaves alone keeps its verdict. A clock that ran keeps the rounds
    of the matter that it spans; the other standard judges it by the version it has in force on the
    day the matter began. A rule that never had a clock here gets
    those that the other standard would have started. What is unsettled goes through `settled`.
    """
    untouched, started = trial.untouched, set()
    for start in past.starts:
        rule_id = start.entry.data["rule"]
        started.add(rule_id)
        old = verdict_at(past, start, now=now, explain=False)
        new: Verdict | Unsettled = old
        if rule_id not in untouched:
            new = _tried_quickly(past, start, old, trial) or _tried(past, start, trial, now=now)
        yield Compared(rule_id, int(start.entry.data["ordinal"]), old, new)
    yield from _begun_only_now(past, trial, started, now=now)


def settled(
    rows: Sequence[Compared], *, trial: Trial, now: datetime
) -> list[tuple[Compared, Verdict]]:
    """Each row with the other standard's verdict, those that were unsettled counted together."""
    waiting: dict[Duration, list[int]] = {}
    found: dict[int, Verdict] = {}
    for place, row in enumerate(rows):
        if isinstance(row.new, Unsettled):
            waiting.setdefault(row.new.length, []).append(place)
        else:
            found[place] = row.new
    for length, places in waiting.items():
        clocks = (rows[place].new for place in places)
        old = [each.old for each in clocks if isinstance(each, Unsettled)]
        new = by_length(old, length=length, calendar=trial.pack.calendar, now=now)
        found.update(zip(places, new, strict=True))
    return [(row, found[place]) for place, row in enumerate(rows)]


def _tried_quickly(past: History, start: Start, old: Verdict, trial: Trial) -> Unsettled | None:
    length = only_length(past, start, old=old, pack=trial.pack)
    return None if length is None or not isinstance(old, Timed) else Unsettled(length, old)


def _tried(past: History, start: Start, trial: Trial, *, now: datetime) -> Verdict:
    if start.entry.data["rule"] not in trial.pack.rules:
        return NO_RULE
    by = Applied(rule_from=None, pack=trial.pack)
    return verdict_at(past, replace(start, by=by), now=now, explain=False)


def _begun_only_now(
    past: History, trial: Trial, started: set[str], *, now: datetime
) -> Iterator[Compared]:
    """Clocks of rules that had none: new rules, and old ones that now speak about this matter."""
    known, facts = started | trial.untouched, past.facts or {}
    for rule in past.applicable(facts, pack=trial.pack).values():
        if rule.id in known or _is_out_of_question(rule, past):
            continue
        for start in _starts(past, rule, trial, now=now):
            new = _tried(past, start, trial, now=now)
            if not isinstance(new, NotApplicable):
                yield Compared(rule.id, int(start.entry.data["ordinal"]), NO_RULE, new)


def _is_out_of_question(rule: Rule, past: History) -> bool:
    """Nothing happened that begins the rule: most rules about most matters."""
    begins = _begins_on(This(rule))
    return bool(begins) and begins.isdisjoint(past.kinds)


def _starts(past: History, rule: Rule, trial: Trial, *, now: datetime) -> Iterator[Start]:
    """The clocks the rule would have had: one, or another after each reopening that found it ended."""
    first, ordinal = 0, 1
    if trial.reopening.restarts(rule_id=rule.id, kind=rule.kind):
        for round_, opened in enumerate(reopenings(past.events), start=1):
            start = _start(past, rule, ordinal, first, before=round_)
            verdict = _tried(past, start, trial, now=opened.at)
            if isinstance(verdict, NotApplicable):
                first = round_
            elif has_ended(verdict):
                yield start
                ordinal, first = ordinal + 1, round_
    yield _start(past, rule, ordinal, first, before=None)


def _start(past: History, rule: Rule, ordinal: int, first: int, *, before: int | None) -> Start:
    began = past.entries[0]
    data = {"rule": rule.id, "ordinal": ordinal, "rule_from": ""}
    entry = Told("", "clock.started", began.happened_at, began.recorded_at, "", data, "")
    return Start(entry, first=first, before=before)


@lru_cache(maxsize=4096)
def _begins_on(key: This[Rule]) -> frozenset[str]:
    """What begins the rule in any version; empty when anything may."""
    kinds = [version.begins_on for version in key.it.versions]
    if not all(kinds):
        return frozenset()
    return frozenset(kind for each in kinds for kind in each)
