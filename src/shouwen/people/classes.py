"""How open each field of the register of staff is."""

from shouwen.access.classes import INTERNAL, PERSONAL, PUBLIC, SENSITIVE, Classes

CLASSES: Classes = {
    "Department": {INTERNAL: "id", PUBLIC: "code name_zh name_en"},
    "Staff": {
        INTERNAL: "id staff_no name department station is_active last_login",
        PERSONAL: "gender",
        SENSITIVE: "password",
    },
    "StaffRole": {INTERNAL: "id staff role"},
}
