"""How open each field of the outbox is."""

from shouwen.access.classes import INTERNAL, PERSONAL, Classes

CLASSES: Classes = {
    "Job": {
        INTERNAL: "id kind key queue priority asked_at run_at state lease_until lease_token"
        " attempts done_at dropped_by",
        PERSONAL: "payload last_error drop_reason",
    },
    "Period": {INTERNAL: "name last_at"},
}
