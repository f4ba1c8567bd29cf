"""Writing to the journal and sealing it."""

from shouwen.journal.operations.recording import (
    ConflictingEntry,
    NotInTransaction,
    UnknownEvent,
    record,
    record_once,
    wake,
)
from shouwen.journal.operations.sealing import Sealed, seal, send_heads, sign_head

__all__ = [
    "ConflictingEntry",
    "NotInTransaction",
    "Sealed",
    "UnknownEvent",
    "record",
    "record_once",
    "seal",
    "send_heads",
    "sign_head",
    "wake",
]
