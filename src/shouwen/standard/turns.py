"""What became of other rules, as events: so that stage clocks and recovery clocks can be judged
from a matter's own events alone.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from shouwen.core.clause import RuleHead, Scalar
from shouwen.core.events import Event
from shouwen.core.kinds.clock import RULE_MET, RULE_MISSED
from shouwen.core.verdict import Met, Missed, Verdict
from shouwen.standard.chains import rules_named
from shouwen.standard.judging import judge
from shouwen.standard.pack import Pack

_TURNS = (RULE_MET, RULE_MISSED)


def with_turns(
    *,
    pack: Pack,
    rule: RuleHead,
    facts: Mapping[str, Scalar],
    events: Sequence[Event],
    now: datetime,
    anew: bool = False,
) -> list[Event]:
    """The events, and one for each rule that this one waits for and that was met or missed by `now`.

    Those rules are judged first, and before them the rules that they wait for. What the events
    already tell of a rule stands, unless `anew`: then it is judged all the same, by this pack.
    Met at the moment it was done, missed at the due time, as the journal has it.
    """
    known = list(events)
    for name in _in_order(pack, rule):
        if anew:
            known = [event for event in known if not _tells(event, name)]
        elif any(_tells(event, name) for event in known):
            continue
        verdict = judge(
            rule=pack.rules[name],
            facts=facts,
            events=known,
            calendar=pack.calendar,
            calendars=pack.calendars,
            now=now,
            explain=False,
        )
        known += _turn(name, verdict, now)
    return known


def _in_order(pack: Pack, rule: RuleHead) -> list[str]:
    """Every rule that is waited for, those that others wait for first. Chains have no circles."""
    order: list[str] = []
    for name in rules_named(rule):
        if name in pack.rules and name not in order:
            order += [each for each in _in_order(pack, pack.rules[name]) if each not in order]
            order.append(name)
    return order


def _tells(event: Event, rule_id: str) -> bool:
    return event.kind in _TURNS and event.data.get("rule") == rule_id


def _turn(rule_id: str, verdict: Verdict, now: datetime) -> list[Event]:
    match verdict:
        case Met(at=at, due_at=due):
            return [Event(RULE_MET, at, _data(rule_id, due))]
        case Missed(at=at, due_at=due):
            return [Event(RULE_MISSED, due or at or now, _data(rule_id, due))]
        case _:
            return []


def _data(rule_id: str, due: datetime | None) -> dict[str, Scalar]:
    return {"rule": rule_id, "due_at": due.isoformat() if due else ""}
