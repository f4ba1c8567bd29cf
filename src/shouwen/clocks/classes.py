"""How open each field of the clocks is. `evidence` is written by people."""

from shouwen.access.classes import INTERNAL, PERSONAL, Classes

CLASSES: Classes = {
    "Clock": {
        INTERNAL: "id subject_kind subject_id rule_id rule_from ordinal pack_digest"
        " calendar_version facts state reason started_at warn_at due_at stopped_at paused_at"
        " remaining_seconds judged_at is_open urgency_at next_milestone next_milestone_at"
        " owner_no department"
    },
    "Ruling": {
        INTERNAL: "id rule_id clause subject_kind subject_id ordinal verdict reason failed due_at"
        " decided_at day stage department staff_no rule_from pack_digest"
    },
    "Figure": {
        INTERNAL: "id scope department staff_no day rule_id met missed excepted not_provable gap"
        " not_applicable"
    },
    "FigureChange": {INTERNAL: "id rule_id day department staff_no verdict change"},
    "Interval": {INTERNAL: "id clock started_at ended_at reason", PERSONAL: "evidence"},
}
