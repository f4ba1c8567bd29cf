"""How open each field of visits is. Where a photo was taken, and what was said at the door, are personal."""

from shouwen.access.classes import INTERNAL, PERSONAL, Classes, Masks
from shouwen.access.masks import Kind

CLASSES: Classes = {
    "Device": {
        INTERNAL: "id staff label registered_at seen_at expires_at next_sequence last_at clock_off"
        " wipe_asked_at wipe_asked_by wiped_at",
    },
    "Package": {INTERNAL: "id device pulled_at edition orders"},
    "Pass": {INTERNAL: "code staff order valid_from valid_until"},
    "Conflict": {
        INTERNAL: "id reason order device staff office opened_at decided_at decided_by decision",
        PERSONAL: "remark",
    },
    "FieldEvent": {
        INTERNAL: "id device sequence staff kind order_ref order visit_ref package base_version"
        " edition device_at offset at doubt received_at digest state version_after conflict",
        PERSONAL: "data",
    },
    "SiteFinding": {INTERNAL: "id place what danger event"},
    "SiteFacts": {INTERNAL: "visit facts"},
    "Photo": {
        INTERNAL: "id kind order visit_ref staff stored_name sent_sha256 sha256 width height size"
        " taken_at received_at",
        PERSONAL: "gps",
    },
    "GiftReport": {
        INTERNAL: "id kind staff order offered_at reported_at refused decision decided_by decided_at",
        PERSONAL: "what circumstances remark",
    },
}
MASKS: Masks = {
    "Conflict": {"remark": Kind.TEXT},
    "FieldEvent": {"data": Kind.TEXT},
    "Photo": {"gps": Kind.PLACE},
    "GiftReport": {"what": Kind.TEXT, "circumstances": Kind.TEXT, "remark": Kind.TEXT},
}
