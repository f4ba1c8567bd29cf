"""What the standard says of a visit: judged from what was noted at the door and inside. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Final

from shouwen.clocks.operations import Decided
from shouwen.core.clause import Scalar
from shouwen.core.events import Event
from shouwen.core.kinds import Rule
from shouwen.core.kinds.checklist import ChecklistVersion
from shouwen.core.kinds.guidance import GuidanceVersion
from shouwen.core.kinds.phrase import PhraseVersion
from shouwen.core.kinds.protocol import ProtocolVersion
from shouwen.core.verdict import Excepted, Met, Missed
from shouwen.standard.identity import This
from shouwen.standard.judging import judge
from shouwen.standard.pack import Pack

PLACE: Final = "visit"
BEFORE: Final = "before_visit"


@dataclass(frozen=True, slots=True)
class Attempt:
    """A visit that is over, as far as rules ask: its facts, when it began and ended, who made it."""

    facts: Mapping[str, Scalar]
    began_at: datetime
    ended_at: datetime
    staff_no: str
    department: str


def decided_on(*, attempt: Attempt, events: Sequence[Event], pack: Pack) -> Iterator[Decided]:
    """What each rule that speaks of visits came to when the person left."""
    for rule in visit_rules(This(pack)):
        verdict = judge(
            rule=rule, facts=attempt.facts, events=events, calendar=pack.calendar,
            calendars=pack.calendars, now=attempt.ended_at, explain=False,
        )  # fmt: skip
        if isinstance(verdict, Met | Missed | Excepted):
            yield Decided(
                rule_id=rule.id,
                verdict=verdict.word,
                failed=verdict.failed if isinstance(verdict, Missed) else (),
                judged_on=attempt.began_at,
                decided_at=verdict.at or attempt.ended_at,
                staff_no=attempt.staff_no,
                department=attempt.department,
            )


@lru_cache(maxsize=8)
def visit_rules(pack: This[Pack]) -> tuple[Rule, ...]:
    """Every rule that speaks of a visit, in the order of the standard."""
    return tuple(rule for rule in pack.it.rules.values() if _speaks_of_visits(rule))


def _speaks_of_visits(rule: Rule) -> bool:
    version = rule.versions[-1]
    match version:
        case PhraseVersion():
            return PLACE in version.places
        case ChecklistVersion():
            return BEFORE in version.occasions
        case ProtocolVersion():
            return version.done.startswith("visit.")
        case GuidanceVersion():
            return True  # it counts where it was shown: the event names the rule
        case _:
            return False
