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
    "HazardNumber": {INTERNAL: "series last"},
    "Hazard": {
        INTERNAL: "id number code grade premises where side visit order case recheck owner department"
        " found_by found_at recorded_at needs_notice needs_photo stop stopped_at seal told_at"
        " notified_at until rectified_at passed_at gas_back_at removed_at closed_at closed_by state"
        " version",
        PERSONAL: "place remark contact removal",
    },
    "HazardReading": {
        INTERNAL: "id hazard reading value unit stands instrument moment by at",
    },
    "HazardPhoto": {INTERNAL: "id hazard stored_name media_type size sha256 by at"},
    "HazardNotice": {
        INTERNAL: "id number until instrument made_by made_at how proof given_at given_by",
        PERSONAL: "requirement signer witness words",
    },
    "NoticePaper": {INTERNAL: "id notice ordinal stored_name size sha256 signature key made_at"},
    "HazardTelling": {INTERNAL: "id hazard clock_id due_at rung staff told_at"},
}
MASKS: Masks = {
    "TechnicianProfile": {"phone": Kind.PHONE},
    "Order": {"place": Kind.PLACE, "special_care": Kind.CARE},
    "Assignment": {"refusal": Kind.TEXT},
    "Hazard": {
        "place": Kind.PLACE,
        "remark": Kind.TEXT,
        "contact": Kind.PHONE,
        "removal": Kind.TEXT,
    },
    "HazardNotice": {
        "requirement": Kind.TEXT,
        "signer": Kind.NAME,
        "witness": Kind.NAME,
        "words": Kind.TEXT,
    },
}
