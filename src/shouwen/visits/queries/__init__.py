"""Reading what phones take with them, what they reported and what waits for a person."""

from shouwen.visits.queries.day import orders_of_day, packed_day, phone_plan
from shouwen.visits.queries.waiting import (
    conflict_with,
    device_of,
    gift_reports,
    open_conflicts,
    pass_with,
    phones,
)

__all__ = [
    "conflict_with",
    "device_of",
    "gift_reports",
    "open_conflicts",
    "orders_of_day",
    "packed_day",
    "pass_with",
    "phone_plan",
    "phones",
]
