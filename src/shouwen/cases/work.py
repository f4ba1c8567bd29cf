"""Job handlers of the cases: a promise in danger climbs the escalation ladder."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from shouwen.cases.operations.escalating import ESCALATE, climb, escalate
from shouwen.clocks.operations import TURNED
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
