"""How open each field of the hall is. A ticket names nobody; whose matter it is, the case knows."""

from shouwen.access.classes import INTERNAL, Classes

CLASSES: Classes = {
    "Ticket": {
        INTERNAL: "id day number business needs_care state taken_at queued_at turns only_at counter staff"
        " calls called_at began_at ended_at kind case customer premises",
    },
    "LastNumber": {INTERNAL: "id day letter last"},
    "Seat": {INTERNAL: "staff counter since"},
}
