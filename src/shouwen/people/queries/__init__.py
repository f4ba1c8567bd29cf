"""Reading the register of staff."""

from shouwen.people.queries.staff import colleagues, departments, holders_of

__all__ = ["colleagues", "departments", "holders_of"]
