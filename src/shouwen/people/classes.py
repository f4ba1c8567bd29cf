"""How open each field of the register of staff is."""

from shouwen.access.classes import INTERNAL, PERSONAL, PUBLIC, SENSITIVE, Classes

CLASSES: Classes = {
    "Department": {INTERNAL: "id", PUBLIC: "code name_zh name_en"},
    "Staff": {
        INTERNAL: "id staff_no name department station is_active last_login link_number",
        PERSONAL: "gender",
        SENSITIVE: "password",
    },
    "StaffRole": {INTERNAL: "id staff role"},
    "Line": {PUBLIC: "id code name_zh name_en kind"},
    "Shift": {INTERNAL: "id staff line starts_at ends_at"},
    "CalendarDraft": {
        INTERNAL: "id years text digest version state uploaded_by uploaded_at decided_by decided_at"
    },
}
