"""Two wordings of a clock that differ in nothing but how long it may take.

Then the starts and ends that one of them found hold for the other, and only the due time is new:
it can be counted for many clocks at once.
"""

from collections.abc import Collection
from dataclasses import replace

from shouwen.core.exceptions import EXCEPTION_GRANTED
from shouwen.core.kinds.clock.lengths import duration_of
from shouwen.core.kinds.clock.pauses import PAUSED, RESUMED
from shouwen.core.kinds.clock.version import ClockVersion
from shouwen.core.kinds.clock.words import ways_used
from shouwen.core.timing.durations import Duration

_NO_MATTER = (
    "from_",
    "limit",
    "reading",
    "soft",
    "warn_at",
    "warn_after",
    "warn_before",
    "interpretation",
    "on_change",
    "rejudge_from",
    "target",
)
"""What cannot change anything but the due time, and when somebody is reminded of it."""


def new_length(old: ClockVersion, new: ClockVersion) -> Duration | None:
    """How long it may take by the new wording; None when more than that has changed.

    Only of clocks that count a length from an event on, by the organisation's own calendar.
    """
    if new.limit is None or ways_used(old) != ("limit",) or ways_used(new) != ("limit",):
        return None
    if new.start.after or new.start.from_day or new.calendar:
        return None
    alike = replace(new, **{name: getattr(old, name) for name in _NO_MATTER})
    return duration_of(new.limit, new.reading) if alike == old else None


def is_quiet(version: ClockVersion, kinds: Collection[str]) -> bool:
    """Whether among all that happened nothing moves the clock between its start and its end."""
    moving = {PAUSED, RESUMED, EXCEPTION_GRANTED}
    if version.agreed is not None:
        moving.add(version.agreed.on)
    return moving.isdisjoint(kinds)
