"""What is done with letters: received, taken, answered, made a case, set aside."""

from shouwen.inbox.operations.erasing import erase_old
from shouwen.inbox.operations.receiving import (
    Bringing,
    OtherLetter,
    WebLetter,
    receive_mail,
    receive_web,
)
from shouwen.inbox.operations.working import (
    NotAnswerable,
    NotOpen,
    Taken,
    answer_letter,
    make_case,
    must_be_answerable,
    note_danger_seen,
    note_file_read,
    note_phone_read,
    send_crew,
    set_aside,
    take_back,
    take_letter,
    tie_to_case,
)

__all__ = [
    "Bringing",
    "NotAnswerable",
    "NotOpen",
    "OtherLetter",
    "Taken",
    "WebLetter",
    "answer_letter",
    "erase_old",
    "make_case",
    "must_be_answerable",
    "note_danger_seen",
    "note_file_read",
    "note_phone_read",
    "receive_mail",
    "receive_web",
    "send_crew",
    "set_aside",
    "take_back",
    "take_letter",
    "tie_to_case",
]
