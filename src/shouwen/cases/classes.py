"""How open each field of cases is, and how the personal ones are masked."""

from shouwen.access.classes import INTERNAL, PERSONAL, Classes, Masks
from shouwen.access.masks import Kind

CLASSES: Classes = {
    "DayNumber": {INTERNAL: "day last"},
    "Case": {
        INTERNAL: "id number kind leaf side severity channel state reported_at opened_at closed_at"
        " customer premises first_asked owner department version",
        PERSONAL: "said caller_name caller_phone place",
    },
    "Ownership": {INTERNAL: "id case staff since until"},
    "Handover": {
        INTERNAL: "id case from_staff to_staff to_department offered_at state answered_at"
        " answered_by",
        PERSONAL: "note refusal",
    },
    "Promise": {INTERNAL: "id case kind owner made_at due_at state kept_at", PERSONAL: "words"},
    "CaseNote": {INTERNAL: "id case", PERSONAL: "text"},
    "CaseGap": {INTERNAL: "id case code flagged_at filled_at"},
}
MASKS: Masks = {
    "Case": {
        "said": Kind.TEXT,
        "caller_name": Kind.NAME,
        "caller_phone": Kind.PHONE,
        "place": Kind.PLACE,
    },
    "Handover": {"note": Kind.TEXT, "refusal": Kind.TEXT},
    "Promise": {"words": Kind.TEXT},
    "CaseNote": {"text": Kind.TEXT},
}
