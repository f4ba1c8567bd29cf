"""What the addresses of the standard lead to."""

from shouwen.clauses.views.coverage import coverage
from shouwen.clauses.views.explorer import clause, clauses
from shouwen.clauses.views.reasons import ruling_why

__all__ = ["clause", "clauses", "coverage", "ruling_why"]
