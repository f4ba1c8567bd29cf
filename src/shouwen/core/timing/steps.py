"""The steps by which a due time was found, as reason codes that a catalogue puts into words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from shouwen.core.bilingual import Words

Param = str | int | float | datetime | date | Words

STEP_CODES: Mapping[str, tuple[str, ...]] = {
    "started": ("at",),
    "counting_begins_next_day": ("day",),
    "skipped_holiday": ("from", "to", "name", "days"),
    "skipped_weekend": ("from", "to", "days"),
    "makeup_day": ("day", "name"),
    "working_day": ("day", "n", "opens", "closes", "seconds"),
    "paused_day": ("day", "opens", "closes"),
    "paused": ("from", "to", "reason", "by", "evidence", "seconds", "open"),
    "no_pauses": (),
    "added_seconds": ("seconds",),
    "due_close_of_business": ("at", "day", "closes"),
    "due_half_day": ("at", "day", "closes"),
    "due_same_time": ("at", "day"),
    "agreed_time": ("at",),
    "calendar": ("version", "name"),
    "due": ("at",),
}
"""Every code with its parameters. Moments are UTC, days local, `opens` and `closes` "HH:MM" local.

skipped_holiday: a statutory break, or with an empty name days on which the house itself is closed.
working_day: the n-th day that counts; `seconds` is the working time counted on it (0 when whole
days are counted). paused_day: a working day that did not count because it was paused from end to
end. paused: `seconds` of the clock's own kind of time inside the pause and after the start, `open`
is 1 when the pause still goes on and `to` is the moment of asking. added_seconds: by how much all
pauses together push the due time, counted once where they overlap.
"""


@dataclass(frozen=True, slots=True)
class Step:
    """One step of an explanation: a reason code and the values its sentence needs."""

    code: str
    params: Mapping[str, Param]
