"""Reading for the pages of the standard: figures, what was not kept, where it got stuck."""

from shouwen.clauses.queries.breaches import Breach, breaches, stuck
from shouwen.clauses.queries.scopes import Scope, scope_of
from shouwen.clauses.queries.standing import Kept, kept_now, year_of

__all__ = ["Breach", "Kept", "Scope", "breaches", "kept_now", "scope_of", "stuck", "year_of"]
