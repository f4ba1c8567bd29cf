"""Reading for the pages of the standard: figures, what was not kept, where it got stuck."""

from shouwen.clauses.queries.behind import (
    UNCLOCKED,
    AnswerBehind,
    CallBehind,
    Found,
    VisitBehind,
    cases_of,
    found_behind,
    has_clock,
)
from shouwen.clauses.queries.breaches import MOST_BREACHES, Breach, breaches, stuck
from shouwen.clauses.queries.standing import due_soon, kept_now, year_of

__all__ = [
    "MOST_BREACHES",
    "UNCLOCKED",
    "AnswerBehind",
    "Breach",
    "CallBehind",
    "Found",
    "VisitBehind",
    "breaches",
    "cases_of",
    "due_soon",
    "found_behind",
    "has_clock",
    "kept_now",
    "stuck",
    "year_of",
]
