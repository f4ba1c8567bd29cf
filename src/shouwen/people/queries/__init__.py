"""Reading the register of staff, the plan of shifts, the calendar's drafts."""

from shouwen.people.queries.register import (
    calendar_drafts,
    history_of,
    holders_by_role,
    staff_counts,
    staff_page,
)
from shouwen.people.queries.shifts import WeekRow, lines, off_at, on_duty, overlapping, week_of
from shouwen.people.queries.staff import colleagues, departments, holders_of

__all__ = [
    "WeekRow",
    "calendar_drafts",
    "colleagues",
    "departments",
    "history_of",
    "holders_by_role",
    "holders_of",
    "lines",
    "off_at",
    "on_duty",
    "overlapping",
    "staff_counts",
    "staff_page",
    "week_of",
]
