"""The pages of the standard as plain values."""

from shouwen.clauses.presenters.clause import ClauseMaterial, clause_page
from shouwen.clauses.presenters.coverage import FILTERS, coverage_page, totals
from shouwen.clauses.presenters.reasons import Told, reasons
from shouwen.clauses.presenters.rules import Shown
from shouwen.clauses.presenters.standing import scope_text
from shouwen.clauses.presenters.tree import Shelf, clause_url, tree

__all__ = [
    "FILTERS",
    "ClauseMaterial",
    "Shelf",
    "Shown",
    "Told",
    "clause_page",
    "clause_url",
    "coverage_page",
    "reasons",
    "scope_text",
    "totals",
    "tree",
]
