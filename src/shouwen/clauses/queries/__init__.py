"""Reading for the pages of the standard: figures, what was not kept, where it got stuck."""

from shouwen.clauses.queries.behind import CallBehind, call_behind, has_clock
from shouwen.clauses.queries.breaches import MOST_BREACHES, Breach, breaches, stuck
from shouwen.clauses.queries.standing import due_soon, kept_now, year_of

__all__ = [
    "MOST_BREACHES",
    "Breach",
    "CallBehind",
    "breaches",
    "call_behind",
    "due_soon",
    "has_clock",
    "kept_now",
    "stuck",
    "year_of",
]
