"""Reading clocks: rows for lists, fresh judgements with their reasons, the standard in force."""

from shouwen.clocks.queries.judgements import FreshVerdict, verdict_of
from shouwen.clocks.queries.rows import (
    After,
    clocks_of,
    counts_by_state,
    due_clocks,
    kept_today,
    missed_count,
    open_clocks,
)
from shouwen.clocks.queries.standard import active_calendar, active_pack, escalation_ladder
from shouwen.clocks.queries.upcoming import Foreseen, foreseen

__all__ = [
    "After",
    "Foreseen",
    "FreshVerdict",
    "active_calendar",
    "active_pack",
    "clocks_of",
    "counts_by_state",
    "due_clocks",
    "escalation_ladder",
    "foreseen",
    "kept_today",
    "missed_count",
    "open_clocks",
    "verdict_of",
]
