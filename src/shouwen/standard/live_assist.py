"""A call while it is spoken: judged turn by turn, with what would help the agent now.

Pure. The engine is that of finished calls: at every moment the findings are those of `judge_calls` on
what was heard so far, without the breaches that can still be mended.
"""

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from operator import attrgetter

from shouwen.core.assisting import Tip, is_open, tips_of
from shouwen.core.calls import CallEvent, CallRecord, Turn
from shouwen.core.clause import Scalar, Version
from shouwen.core.findings import CallFinding
from shouwen.core.kinds import Rule
from shouwen.core.listening import Heard
from shouwen.standard.call_judging import finding_of, heard_by, rules_hearing, said_once
from shouwen.standard.pack import Pack

_ORDER = ("soften", "say", "plain", "name")


@dataclass(frozen=True, slots=True)
class Advice:
    """What stands on the call so far, and what would help now, the most urgent first.

    `pending`: what is broken as things stand and can still be mended.
    """

    findings: tuple[CallFinding, ...]
    pending: tuple[CallFinding, ...]
    tips: tuple[Tip, ...]
    surname: str
    """The caller's surname as it is known by now; "" when it is not."""


@dataclass(frozen=True)
class Listening:
    """A call under way, and the pack that hears it. `facts`: what is known of it beside the record."""

    pack: Pack
    call: CallRecord
    facts: Mapping[str, Scalar] | None = None

    def heard(self, turn: Turn) -> "Listening":
        """The same call with one thing more that was said; one that comes late takes its place."""
        turns = self.call.turns
        place = bisect_right(turns, turn.start, key=attrgetter("start"))
        return self._with(replace(self.call, turns=(*turns[:place], turn, *turns[place:])))

    def told(self, event: CallEvent) -> "Listening":
        """The same call with one event more of the exchange."""
        events = sorted((*self.call.events, event), key=attrgetter("t"))
        return self._with(replace(self.call, events=tuple(events)))

    def _with(self, call: CallRecord) -> "Listening":
        return Listening(self.pack, call, self.facts)

    @cached_property
    def advice(self) -> Advice:
        """What the rules say now."""
        heard = heard_by(self.pack, self.call)
        judged = rules_hearing(pack=self.pack, call=self.call, facts=self.facts)
        versions = {rule.id: (rule, version) for rule, version, _ in judged}
        every = [finding_of(rule, version, judge_it, heard) for rule, version, judge_it in judged]
        said = said_once([f for f in every if f.verdict != "not_applicable"], self.pack)
        pending = tuple(f for f in said if is_open(versions[f.rule_id][1], f, heard))
        return Advice(
            findings=tuple(finding for finding in said if finding not in pending),
            pending=pending,
            tips=_tips(every, said, versions, heard),
            surname=heard.surname,
        )


def _tips(
    every: list[CallFinding],
    said: tuple[CallFinding, ...],
    versions: Mapping[str, tuple[Rule, Version]],
    heard: Heard,
) -> tuple[Tip, ...]:
    told = {finding.rule_id: finding for finding in said}
    found: list[Tip] = []
    for finding in every:
        if finding.verdict in ("kept", "broken") and finding.rule_id not in told:
            continue  # another rule says it already
        rule, version = versions[finding.rule_id]
        current = told.get(finding.rule_id, finding)
        found += tips_of(version, current, heard, title=rule.title)
    return tuple(sorted(found, key=lambda tip: (_ORDER.index(tip.what), -(tip.turn or 0))))
