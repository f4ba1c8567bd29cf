"""How open each field of the journal is. It holds facts about work, no personal text."""

from shouwen.access.classes import INTERNAL, PUBLIC, Classes

CLASSES: Classes = {
    "Entry": {
        INTERNAL: "id happened_at recorded_at source kind subject_kind subject_id actor"
        " on_behalf_of workstation data standard_version"
    },
    "Unsealed": {INTERNAL: "entry"},
    "Seal": {INTERNAL: "position entry prev hash sealed_at"},
    "SealedHead": {PUBLIC: "position hash made_at key signature"},
    "SealingTurn": {INTERNAL: "id"},
}
