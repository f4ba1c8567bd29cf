"""Reading what the hotline knows: who is calling, and all that is worth knowing before the first word."""

from shouwen.clocks.queries import readable_standard
from shouwen.guiding.reading import readable_cockpit, readable_leaves
from shouwen.hotline.queries.callers import (
    Caller,
    find_caller,
    find_customer,
    live_calls,
    readable_callbacks,
)
from shouwen.hotline.queries.popping import CalledBy, Popped, called_by, pop, read_id
from shouwen.hotline.queries.sounds import heard_on, readable_listening, sound_of

__all__ = [
    "CalledBy",
    "Caller",
    "Popped",
    "called_by",
    "find_caller",
    "find_customer",
    "heard_on",
    "live_calls",
    "pop",
    "read_id",
    "readable_callbacks",
    "readable_cockpit",
    "readable_leaves",
    "readable_listening",
    "readable_standard",
    "sound_of",
]
