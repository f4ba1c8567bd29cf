"""One year of working time as prefix sums, so that a deadline costs two binary searches."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from shouwen.core.timing.spans import Stretch

_NOTHING = timedelta(0)


@dataclass(frozen=True, slots=True)
class YearTable:
    """Working time of the local year between `begins` and `ends`, moments in UTC.

    Window i is open from opens[i] to closes[i]; worked[i] is the working time of the year up to
    closes[i]. days[i] is the i-th working day and day_closes[i] the close of its last window. The
    columns are plain lists, so that a batch version can turn them into arrays as they are.
    """

    year: int
    begins: datetime
    ends: datetime
    opens: list[datetime]
    closes: list[datetime]
    worked: list[timedelta]
    days: list[date]
    day_closes: list[datetime]

    @property
    def total(self) -> timedelta:
        return self.worked[-1] if self.worked else _NOTHING

    def worked_until(self, moment: datetime) -> timedelta:
        """Working time of this year before `moment`."""
        i = bisect_right(self.opens, moment) - 1
        if i < 0:
            return _NOTHING
        closes = self.closes[i]
        return self.worked[i] if moment >= closes else self.worked[i] - (closes - moment)

    def moment_at(self, worked: timedelta) -> datetime:
        """The earliest moment by which that much of the year's working time is over."""
        i = bisect_left(self.worked, worked)
        return self.closes[i] - (self.worked[i] - worked)

    def unpaused_after(
        self, *, start: datetime, length: timedelta, paused: Sequence[Stretch]
    ) -> datetime | None:
        """The earliest moment at which `length` has passed without the pauses, both after `start`.

        None when that cannot be told from this year alone.
        """
        goal = self.worked_until(start) + length
        for begins, ends in paused:
            before = self.worked_until(begins)
            if before >= goal:
                break
            if ends > self.ends:
                return None
            goal += self.worked_until(ends) - before
        return self.moment_at(goal) if goal <= self.total else None


def tabulate(
    *,
    year: int,
    begins: datetime,
    ends: datetime,
    openings: Iterable[tuple[date, tuple[Stretch, ...]]],
) -> YearTable:
    """Sum up the openings of the year's days, in order of day; what lies outside is cut off."""
    table = YearTable(year, begins, ends, [], [], [], [], [])
    stretches: list[Stretch] = []
    for day, opening in openings:
        stretches.extend(opening)
        if opening and day.year == year:
            table.days.append(day)
            table.day_closes.append(max(closes for _, closes in opening))
    total = _NOTHING
    for opens, closes in _joined(stretches):
        cut = (max(opens, begins), min(closes, ends))
        if cut[0] < cut[1]:
            total += cut[1] - cut[0]
            table.opens.append(cut[0])
            table.closes.append(cut[1])
            table.worked.append(total)
    return table


def _joined(stretches: Iterable[Stretch]) -> list[Stretch]:
    """Night windows may overlap the next morning's: no second counts twice."""
    result: list[Stretch] = []
    for opens, closes in sorted(stretches):
        if result and opens <= result[-1][1]:
            result[-1] = (result[-1][0], max(closes, result[-1][1]))
        else:
            result.append((opens, closes))
    return result
