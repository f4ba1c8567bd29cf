"""Job handlers of the cases: promises in danger climb the escalation ladder, incidents are told of."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from shouwen.cases.operations.escalating import ESCALATE, climb, escalate
from shouwen.cases.operations.incidents import TELL, Over, tell_member
from shouwen.clocks.operations import TURNED
from shouwen.clocks.queries import cockpit_plan
from shouwen.jobs.registry import handler


@handler(TURNED)
def clock_turned(payload: Mapping[str, Any], now: datetime) -> None:
    """A clock was warned of or missed: its rungs become jobs. Raises PackFaults: it comes again."""
    if payload["due_at"]:
        due_at = datetime.fromisoformat(payload["due_at"])
        climb(clock_id=UUID(payload["clock"]), due_at=due_at, now=now)


@handler(ESCALATE)
def rung_reached(payload: Mapping[str, Any], now: datetime) -> None:
    """A rung is reached: whoever it names is told if somebody still waits."""
    escalate(
        clock_id=UUID(payload["clock"]),
        due_at=datetime.fromisoformat(payload["due_at"]),
        rung=payload["rung"],
        now=now,
    )


@handler(TELL)
def incident_over(payload: Mapping[str, Any], now: datetime) -> None:
    """An incident has ended: one customer of it gets the answer. Raises PackFaults: it comes again."""
    plan = cockpit_plan().forms.incident
    within = timedelta(hours=plan.call_back_hours)
    over = Over(words=plan.over_call_back, call_back_by=now + within)
    tell_member(member_id=payload["member"], over=over, now=now)
