"""How open each field of the outbox is."""

from shouwen.access.classes import INTERNAL, PERSONAL, Classes

CLASSES: Classes = {
    "Job": {
        INTERNAL: "id kind key queue priority asked_at run_at state lease_until lease_token"
        " attempts done_at",
        PERSONAL: "payload last_error",
    },
}
