"""Reading field work."""

from shouwen.fieldwork.queries.capacity import WindowOffer, windows
from shouwen.fieldwork.queries.orders import (
    earliest_due,
    field_rules,
    job_of,
    open_appointment,
    open_order_of,
    order_facts,
    order_with,
    plan,
    ringing_for,
    rules_of_arrival,
)
from shouwen.fieldwork.queries.places import FieldPlace, field_places

__all__ = [
    "FieldPlace",
    "WindowOffer",
    "earliest_due",
    "field_places",
    "field_rules",
    "job_of",
    "open_appointment",
    "open_order_of",
    "order_facts",
    "order_with",
    "plan",
    "ringing_for",
    "rules_of_arrival",
    "windows",
]
