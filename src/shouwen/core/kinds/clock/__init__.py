"""The clock kind: something must happen within a time after something else.

How a clock is judged, from the events up to `now`:
- It starts at the first start event, or so long after it. No start event: it does not apply yet.
- An agreed time counts only when it was agreed while the clock was not yet overdue.
- It stops at the first stop event from its start event on; stopped exactly at the due time is in
  time. Where an appointment gives a span, coming before it is a miss too.
- Only pauses for an allowed reason count, with evidence where the rule asks for it, and at most
  for the longest time the rule allows; a refused pause is named in the steps. Pauses push the
  time that counts; they do not move a moment that somebody else has set.
- Where neither rule nor record gives a value, nothing is promised: a gap.
"""

from shouwen.core.kinds.clock.judging import judge_clock
from shouwen.core.kinds.clock.lengths import duration_of
from shouwen.core.kinds.clock.pauses import PAUSED, RESUMED
from shouwen.core.kinds.clock.relimited import is_quiet, new_length
from shouwen.core.kinds.clock.triggers import RULE_MET, RULE_MISSED, first, happened
from shouwen.core.kinds.clock.version import ClockRule, ClockVersion
from shouwen.core.kinds.clock.words import (
    DEFAULT_READING,
    PLAIN_WAYS,
    WAYS,
    Agreed,
    AllowedPause,
    Appointment,
    Claim,
    DueBy,
    FromDay,
    LimitFrom,
    Reading,
    SaysLimit,
    Start,
    Trigger,
    Until,
    ways_used,
)

__all__ = [
    "DEFAULT_READING",
    "PAUSED",
    "PLAIN_WAYS",
    "RESUMED",
    "RULE_MET",
    "RULE_MISSED",
    "WAYS",
    "Agreed",
    "AllowedPause",
    "Appointment",
    "Claim",
    "ClockRule",
    "ClockVersion",
    "DueBy",
    "FromDay",
    "LimitFrom",
    "Reading",
    "SaysLimit",
    "Start",
    "Trigger",
    "Until",
    "duration_of",
    "first",
    "happened",
    "is_quiet",
    "judge_clock",
    "new_length",
    "ways_used",
]
