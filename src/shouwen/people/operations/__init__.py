"""What can be done with people: sign-ins, the register of staff, shifts, the calendar."""

from shouwen.people.operations.signing_in import (
    note_refused,
    note_signed_in,
    note_signed_out,
    staff_subject,
    unknown_staff,
)

__all__ = [
    "note_refused",
    "note_signed_in",
    "note_signed_out",
    "staff_subject",
    "unknown_staff",
]
