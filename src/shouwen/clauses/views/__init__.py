"""What the addresses of the standard lead to."""

from shouwen.clauses.views.coverage import coverage
from shouwen.clauses.views.explorer import clause, clauses

__all__ = ["clause", "clauses", "coverage"]
