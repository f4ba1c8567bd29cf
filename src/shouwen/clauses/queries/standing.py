"""How well each rule is kept: this month, and over the last twelve, as far as a person may see."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, timedelta

from shouwen.access.figures import FiguresScope
from shouwen.clocks.models import Clock
from shouwen.clocks.queries.figures import Counts, figures, trend
from shouwen.ui.wording import local_day

MONTHS = 12
_DAY = timedelta(days=1)


def kept_now(*, scope: FiguresScope | None, now: datetime) -> Mapping[str, Counts]:
    """The counts of each rule from the first of this local month on; nothing without a scope."""
    if scope is None:
        return {}
    today = local_day(now)
    return figures(
        since=today.replace(day=1),
        until=today + _DAY,
        department=scope.department,
        staff_no=scope.staff_no,
    )


def year_of(
    *, rules: Collection[str], scope: FiguresScope | None, now: datetime
) -> Mapping[str, Sequence[Counts]]:
    """The counts of each rule month by month, the last twelve, this one at the end."""
    if scope is None:
        return {}
    months = months_before(local_day(now))
    place = {month: number for number, month in enumerate(months)}
    found: dict[str, Sequence[Counts]] = {}
    for rule_id in rules:
        course = [Counts()] * MONTHS
        for day in trend(
            rule_id=rule_id,
            since=months[0],
            until=local_day(now) + _DAY,
            department=scope.department,
            staff_no=scope.staff_no,
        ):
            at = place[day.day.replace(day=1)]
            course[at] = course[at] + day.counts
        found[rule_id] = course
    return found


def due_soon(*, rules: Collection[str], scope: FiguresScope | None) -> int:
    """How many open clocks of the rules are past their reminder."""
    if scope is None:
        return 0
    rows = Clock.objects.filter(rule_id__in=rules, is_open=True, state=Clock.State.WARNED)
    if scope.department:
        rows = rows.filter(department=scope.department)
    return (rows.filter(owner_no=scope.staff_no) if scope.staff_no else rows).count()


def months_before(day: date) -> list[date]:
    """The first days of the last twelve months, the one of `day` at the end."""
    months = [day.replace(day=1)]
    while len(months) < MONTHS:
        months.append((months[-1] - _DAY).replace(day=1))
    return months[::-1]
