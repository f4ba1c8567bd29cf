"""The frequency kind: something is done at least so many times in a period, by class and attribute.

How a frequency is judged, from the events up to `now`:
- The duty of a day is the most specific one whose conditions hold on it. An attribute changes the
  duty from the day named in `since`, not from the day of the entry.
- An attempt is never done. What was voided afterwards, or came sooner than the least gap after
  the one before, does not count.
- Calendar periods begin with the year. Of a period that the subject was there for only in part,
  or that had several duties, the share of each counts (`part_period = "share"`, halves up), or
  the latest duty in full.
- A relief (long empty, refused) with its evidence takes the subject out while it lasts.
- A period that closed before anything is known of the subject is not held against anybody.
"""

from shouwen.core.kinds.frequency.judging import judge_frequency
from shouwen.core.kinds.frequency.version import (
    Duty,
    FrequencyRule,
    FrequencyVersion,
    Relief,
    Reliefs,
)

__all__ = [
    "Duty",
    "FrequencyRule",
    "FrequencyVersion",
    "Relief",
    "Reliefs",
    "judge_frequency",
]
