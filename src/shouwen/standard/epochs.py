"""The days on which a pack's rules change: between two of them every day has the same versions."""

from bisect import bisect_right
from datetime import date
from functools import lru_cache

from shouwen.standard.identity import This
from shouwen.standard.pack import Pack


def first_day(pack: This[Pack], day: date) -> date:
    """The last day up to `day` on which a version of any rule begins; the first day there is when none does."""
    days = _first_days(pack)
    epoch = bisect_right(days, day)
    return days[epoch - 1] if epoch else date.min


@lru_cache(maxsize=16)
def _first_days(pack: This[Pack]) -> tuple[date, ...]:
    return tuple(sorted({v.from_ for rule in pack.it.rules.values() for v in rule.versions}))
