"""Reading the journal and checking that it is whole."""

from shouwen.journal.queries.entries import (
    Change,
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
    "Verified",
    "as_event",
    "changes_since",
    "entries_of",
    "entry_with_id",
    "events_of",
    "verify",
    "verify_last",
]
