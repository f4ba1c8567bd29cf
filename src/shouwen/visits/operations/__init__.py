"""Everything that phones report and that people decide about it. Each operation is one transaction,
except receiving: there each event is one, so that one that cannot be taken holds up nobody.
"""

from shouwen.visits.operations.applying import KINDS, also_apply
from shouwen.visits.operations.deciding import AlreadyDecided, CannotApply, decide
from shouwen.visits.operations.devices import (
    Lives,
    NotYourDevice,
    ask_wipe,
    contact,
    note_package,
    note_wiped,
    register_device,
)
from shouwen.visits.operations.gifts import OwnReport, decide_gift, report_gift
from shouwen.visits.operations.receiving import Receipt, Sent, receive, release

__all__ = [
    "KINDS",
    "AlreadyDecided",
    "CannotApply",
    "Lives",
    "NotYourDevice",
    "OwnReport",
    "Receipt",
    "Sent",
    "also_apply",
    "ask_wipe",
    "contact",
    "decide",
    "decide_gift",
    "note_package",
    "note_wiped",
    "receive",
    "register_device",
    "release",
    "report_gift",
]
