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
from shouwen.clocks.queries.standard import active_calendar, active_pack

__all__ = [
    "After",
    "FreshVerdict",
    "active_calendar",
    "active_pack",
    "clocks_of",
    "counts_by_state",
    "due_clocks",
    "kept_today",
    "missed_count",
    "open_clocks",
    "verdict_of",
]
