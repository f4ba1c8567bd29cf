"""How open each field of field work is. Whose home an order is for, its case and its premises know."""

from shouwen.access.classes import INTERNAL, PERSONAL, SENSITIVE, Classes, Masks
from shouwen.access.masks import Kind

CLASSES: Classes = {
    "TechnicianProfile": {INTERNAL: "staff skills home max_hours", PERSONAL: "phone"},
    "Zone": {INTERNAL: "id name"},
    "EstateSpot": {INTERNAL: "estate x y"},
    "OrderNumber": {INTERNAL: "day last"},
    "Order": {
        INTERNAL: "id number kind case premises skills minutes urgent state assignee"
        " assigned_at planned_from planned_until due_at version made_at changed_at changed_by"
        " ended_at end_reason",
        PERSONAL: "place",
        SENSITIVE: "special_care",
    },
    "Assignment": {
        INTERNAL: "id order staff by at state answered_at reasons",
        PERSONAL: "refusal",
    },
    "Page": {INTERNAL: "id order step staff channel told_at"},
    "Appointment": {
        INTERNAL: "id promise order starts_at ends_at booked_by channel by made_at state moved_from"
        " ended_at reminded_at confirmed_at delay_told_at eta_at",
    },
    "Visit": {
        INTERNAL: "id order staff device appointment started_at arrived_at ended_at outcome alarm_job"
        " announced appointed recorded_at",
    },
}
MASKS: Masks = {
    "TechnicianProfile": {"phone": Kind.PHONE},
    "Order": {"place": Kind.PLACE, "special_care": Kind.CARE},
    "Assignment": {"refusal": Kind.TEXT},
}
