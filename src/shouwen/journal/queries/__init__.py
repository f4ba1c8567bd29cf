"""Reading the journal and checking that it is whole."""

from shouwen.journal.queries.bulk import Told, entries_of_many, subjects_with
from shouwen.journal.queries.entries import (
    Change,
    Noted,
    as_event,
    changes_since,
    entries_of,
    entry_with_id,
    events_of,
)
from shouwen.journal.queries.verification import (
    BrokenAt,
    CannotTell,
    Finding,
    Verified,
    verify,
    verify_last,
)

__all__ = [
    "BrokenAt",
    "CannotTell",
    "Change",
    "Finding",
    "Noted",
    "Told",
    "Verified",
    "as_event",
    "changes_since",
    "entries_of",
    "entries_of_many",
    "entry_with_id",
    "events_of",
    "subjects_with",
    "verify",
    "verify_last",
]
