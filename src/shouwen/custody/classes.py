"""How open each field of desks and sign-ins is."""

from shouwen.access.classes import INTERNAL, PERSONAL, SENSITIVE, Classes

CLASSES: Classes = {
    "Desk": {
        INTERNAL: "id name place registered_at registered_by revoked_at",
        SENSITIVE: "token_hash",
    },
    "SignIn": {
        INTERNAL: "id staff desk second_factor started_at locked_at ended_at end",
        PERSONAL: "workstation seen_at",
        SENSITIVE: "session_hash",
    },
    "Tries": {INTERNAL: "since count", PERSONAL: "key"},
}
