"""How open each field of cases is, and how the personal ones are masked."""

from shouwen.access.classes import INTERNAL, PERSONAL, Classes, Masks
from shouwen.access.masks import Kind

CLASSES: Classes = {
    "DayNumber": {INTERNAL: "day last"},
    "Case": {
        INTERNAL: "id number kind leaf side severity channel state reported_at opened_at closed_at"
        " customer premises first_asked owner department version merged_into",
        PERSONAL: "said caller_name caller_phone place",
    },
    "Ownership": {INTERNAL: "id case staff since until"},
    "Handover": {
        INTERNAL: "id case from_staff to_staff to_department offered_at state answered_at"
        " answered_by offered_by shift",
        PERSONAL: "note refusal",
    },
    "Promise": {INTERNAL: "id case kind owner made_at due_at state kept_at", PERSONAL: "words"},
    "CaseNote": {INTERNAL: "id case", PERSONAL: "text"},
    "CaseGap": {INTERNAL: "id case code flagged_at filled_at"},
    "CaseChange": {INTERNAL: "id case version kind by at"},
    "CaseLink": {INTERNAL: "id case other kind made_at made_by removed_at"},
    "Merge": {INTERNAL: "id case into made_at made_by undone_at undone_by"},
    "Attachment": {
        INTERNAL: "id case media_type sha256 size stored_name added_at added_by",
        PERSONAL: "original_name",
    },
    "Printout": {
        INTERNAL: "id case ordinal printed_at printed_by keeper purpose destroy_on workstation"
    },
    "PaperEntry": {INTERNAL: "id case paper reason entered_at entered_by", PERSONAL: "words"},
    "ShiftHandover": {
        INTERNAL: "id from_staff to_staff to_department offered_at",
        PERSONAL: "note",
    },
    "VoidRequest": {
        INTERNAL: "id case reason state asked_at asked_by answered_at answered_by",
        PERSONAL: "words",
    },
    # What kind of personal thing a value is, the pack says: see shown.detail_shown.
    "CaseDetail": {
        INTERNAL: "id case field mask bars set_at set_by",
        PERSONAL: "value",
    },
    "AnswerRequest": {
        INTERNAL: "id case due_at state asked_by asked_at answered_by answered_at",
        PERSONAL: "question answer reason",
    },
    "Incident": {
        INTERNAL: "id lead place zone until opened_by opened_at ended_by ended_at outcome",
    },
    "IncidentCase": {INTERNAL: "id incident case joined_by joined_at told told_at"},
    "Escalation": {INTERNAL: "id case clock_id rung staff due_at told_at seen_at"},
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
    "AnswerRequest": {"question": Kind.TEXT, "answer": Kind.TEXT, "reason": Kind.TEXT},
}
