"""What happens at the doors: coming in and going, desks, tries, reads. All of it is journalled."""

from shouwen.custody.operations.desks import NameTaken, desk_of, register_desk, revoke_desk
from shouwen.custody.operations.reading import note_read
from shouwen.custody.operations.signing_in import (
    SecondFactorMissing,
    end_all_others,
    end_sign_in,
    lock,
    note_event,
    seen,
    sign_in,
    sign_out,
    unlock,
)
from shouwen.custody.operations.trying import Barred, forget_tries, reserve_try

__all__ = [
    "Barred",
    "NameTaken",
    "SecondFactorMissing",
    "desk_of",
    "end_all_others",
    "end_sign_in",
    "forget_tries",
    "lock",
    "note_event",
    "note_read",
    "register_desk",
    "reserve_try",
    "revoke_desk",
    "seen",
    "sign_in",
    "sign_out",
    "unlock",
]
