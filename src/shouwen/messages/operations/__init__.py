"""What can be done with messages: ask for them, hand them over, take receipts, mend, opt out, erase."""

from shouwen.messages.operations.asking import ConflictingMessage, send
from shouwen.messages.operations.delivering import begin, note_later, note_refused, note_sent
from shouwen.messages.operations.erasing import erase_old, forget
from shouwen.messages.operations.mending import NotFailed, drop, retry
from shouwen.messages.operations.opting import BadAddress, opt_in, opt_out
from shouwen.messages.operations.receiving import Receipt, take_receipt

__all__ = [
    "BadAddress",
    "ConflictingMessage",
    "NotFailed",
    "Receipt",
    "begin",
    "drop",
    "erase_old",
    "forget",
    "note_later",
    "note_refused",
    "note_sent",
    "opt_in",
    "opt_out",
    "retry",
    "send",
    "take_receipt",
]
