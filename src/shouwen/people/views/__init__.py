"""Pages about people: the register, set-password links, shifts, the calendar."""

from shouwen.people.views.calendar import (
    calendar,
    calendar_draft,
    calendar_publish,
    calendar_refuse,
    calendar_upload,
)
from shouwen.people.views.passwords import set_password
from shouwen.people.views.register import (
    people,
    person,
    person_change,
    person_deactivate,
    person_link,
    person_new,
    person_reactivate,
)
from shouwen.people.views.roster import (
    shift_add,
    shift_change,
    shift_remove,
    shifts,
    shifts_copy,
    shifts_import,
    shifts_template,
)

__all__ = [
    "calendar",
    "calendar_draft",
    "calendar_publish",
    "calendar_refuse",
    "calendar_upload",
    "people",
    "person",
    "person_change",
    "person_deactivate",
    "person_link",
    "person_new",
    "person_reactivate",
    "set_password",
    "shift_add",
    "shift_change",
    "shift_remove",
    "shifts",
    "shifts_copy",
    "shifts_import",
    "shifts_template",
]
