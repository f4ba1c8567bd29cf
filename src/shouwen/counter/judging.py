"""What the standard says of a visit at the counter: judged from what was noted while somebody was served.

Pure: the same events, ticket and standard give the same verdicts.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Final

from shouwen.clocks.operations import Decided
from shouwen.core.clause import Scalar
from shouwen.core.events import Event
from shouwen.core.kinds import Rule
from shouwen.core.kinds.phrase import NOTED, WANTED, PhraseVersion
from shouwen.core.verdict import Excepted, Met, Missed, Verdict
from shouwen.counter.models import Ticket
from shouwen.people.models import Staff
from shouwen.standard.identity import This
from shouwen.standard.judging import judge
from shouwen.standard.pack import Pack

CHANNEL: Final = "hall"
FACTS: Mapping[str, Scalar] = {"channel": CHANNEL, "staff_group": "hall"}
_BEGINNINGS = frozenset(("contact.began", "contact.ended", "contact.step_done", NOTED, WANTED))


def verdicts_on(
    *, ticket: Ticket, events: Sequence[Event], pack: Pack, explain: bool = False
) -> Iterator[tuple[Rule, Verdict]]:
    """What each rule that speaks of a visit at the counter came to when the customer went."""
    for rule in _rules(This(pack)):
        verdict = verdict_on(rule=rule, ticket=ticket, events=events, pack=pack, explain=explain)
        if isinstance(verdict, Met | Missed | Excepted):
            yield rule, verdict


def verdict_on(
    *, rule: Rule, ticket: Ticket, events: Sequence[Event], pack: Pack, explain: bool = True
) -> Verdict:
    """What one rule came to."""
    return judge(
        rule=rule,
        facts=_facts(ticket),
        events=events,
        calendar=pack.calendar,
        calendars=pack.calendars,
        now=_end(ticket),
        explain=explain,
    )


def decided_on(
    *, ticket: Ticket, events: Sequence[Event], pack: Pack, people: Mapping[str, Staff]
) -> Iterator[Decided]:
    """The verdicts on a visit that is over. `people`: those who served, by number; whoever did what
    decided a rule answers for it, else whoever took leave of the customer.
    """
    for rule, verdict in verdicts_on(ticket=ticket, events=events, pack=pack):
        at = _decided_at(verdict) or _end(ticket)
        staff = people.get(_doer(rule, events, at)) or ticket.staff
        yield Decided(
            rule_id=rule.id,
            verdict=verdict.word,
            failed=verdict.failed if isinstance(verdict, Missed) else (),
            judged_on=ticket.began_at or at,
            decided_at=at,
            staff_no=staff.staff_no if staff else "",
            department=staff.department_code if staff else "",
        )


def _facts(ticket: Ticket) -> dict[str, Scalar]:
    kind = {"case_kind": ticket.kind} if ticket.kind else {}
    return {**FACTS, "customer_known": ticket.customer_id is not None, **kind}


def _end(ticket: Ticket) -> datetime:
    return ticket.ended_at or ticket.began_at or ticket.taken_at


def _decided_at(verdict: Verdict) -> datetime | None:
    return verdict.at if isinstance(verdict, Met | Missed | Excepted) else None


def _doer(rule: Rule, events: Sequence[Event], at: datetime) -> str:
    """Who noted it; where nothing was noted, whoever served until it was too late."""
    noted = [e for e in events if e.kind == NOTED and e.data.get("rule") == rule.id and e.at <= at]
    served = [e for e in events if e.kind in _BEGINNINGS and e.at < at]
    return next((e.by for e in reversed(noted or served)), "")


@lru_cache(maxsize=8)
def _rules(pack: This[Pack]) -> tuple[Rule, ...]:
    return tuple(rule for rule in pack.it.rules.values() if _speaks_of_the_hall(rule))


def _speaks_of_the_hall(rule: Rule) -> bool:
    begins = any(_BEGINNINGS.intersection(version.begins_on) for version in rule.versions)
    wordings = [v for v in rule.versions if isinstance(v, PhraseVersion)]
    return begins and (not wordings or any(CHANNEL in v.places for v in wordings))
