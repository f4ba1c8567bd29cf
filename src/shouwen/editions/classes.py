"""How open each field of the editions is."""

from shouwen.access.classes import INTERNAL, Classes

CLASSES: Classes = {
    "Edition": {
        INTERNAL: "id number name base state revision folder digest seal faults effective_on clauses editor"
        " started_at saved_at submitted_by submitted_at decided_by decided_at reason published_at"
    },
    "Hand": {INTERNAL: "id edition staff"},
    "Passing": {
        INTERNAL: "id edition purpose folder effective_on to_look_at looked_at moved newly_overdue"
        " handed_out done is_handed_out began_at ended_at"
    },
    "ClockMove": {
        INTERNAL: "id passing clock_id subject_kind subject_id rule_id department owner_no old_state"
        " new_state old_due_at new_due_at is_newly_overdue rank urgency_at"
    },
    "WhatIfRun": {
        INTERNAL: "id edition revision since until calls_only asked_by asked_at state parts parts_done judged"
        " outcome error ended_at"
    },
    "WhatIfPart": {INTERNAL: "id run number subject_kind subjects is_done tally"},
    "WhatIfFlip": {
        INTERNAL: "id run rule_id subject_kind subject_id ordinal turn old new began_at old_due_at"
        " new_due_at ended_at department"
    },
}
