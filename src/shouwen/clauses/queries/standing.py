"""How well each rule is kept: this month, and over the last twelve."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import TruncMonth

from shouwen.clauses.queries.scopes import Scope
from shouwen.clocks.models import Clock
from shouwen.ui.wording import ZONE, local_day

MONTHS = 12
_ENDED = ("met", "missed")


@dataclass(frozen=True, slots=True)
class Kept:
    """How often a rule came to each verdict; `running` are still open, `due_soon` among them."""

    met: int = 0
    missed: int = 0
    running: int = 0
    due_soon: int = 0
    paused: int = 0
    excepted: int = 0
    not_provable: int = 0
    not_applicable: int = 0
    gap: int = 0

    @property
    def decided(self) -> int:
        """Kept or broken: what a share is taken of."""
        return self.met + self.missed

    @property
    def share(self) -> float | None:
        """The part that was kept, 0 to 1; None when nothing was decided."""
        return self.met / self.decided if self.decided else None

    def __add__(self, other: "Kept") -> "Kept":
        return Kept(*(a + b for a, b in zip(astuple(self), astuple(other), strict=True)))


def month_start(day: date) -> date:
    """The first day of the month."""
    return day.replace(day=1)


def kept_now(*, scope: Scope, now: datetime) -> Mapping[str, Kept]:
    """The counts of each rule from the first of this local month on. One query."""
    since = _midnight(month_start(local_day(now)))
    ended = Q(state__in=_ENDED, stopped_at__gte=since) | Q(state="missed", due_at__gte=since)
    other = Q(state__in=["excepted", "not_provable", "not_applicable"], judged_at__gte=since)
    rows = _of(scope).filter(Q(is_open=True) | ended | other)
    counted = rows.order_by().values_list("rule_id", "state").annotate(n=Count("id"))
    found: dict[str, Kept] = {}
    for rule_id, state, n in counted:
        found[rule_id] = found.get(rule_id, Kept()) + _kept(state, n)
    return found


def year_of(*, rules: Iterable[str], scope: Scope, now: datetime) -> Mapping[str, Sequence[Kept]]:
    """The counts of each rule month by month, the last twelve, this one at the end. One query."""
    first = months_before(local_day(now))[0]
    rows = _of(scope).filter(
        rule_id__in=list(rules), state__in=_ENDED, due_at__gte=_midnight(first)
    )
    counted = (
        rows.annotate(month=TruncMonth("due_at", tzinfo=ZONE))
        .order_by()
        .values_list("rule_id", "state", "month")
        .annotate(n=Count("id"))
    )
    place = {month: number for number, month in enumerate(months_before(local_day(now)))}
    found: dict[str, list[Kept]] = {}
    for rule_id, state, month, n in counted:
        at = place.get(month.date())
        if at is not None:
            course = found.setdefault(rule_id, [Kept()] * MONTHS)
            course[at] = course[at] + _kept(state, n)
    return found


def months_before(day: date) -> list[date]:
    """The first days of the last twelve months, the one of `day` at the end."""
    months = [month_start(day)]
    while len(months) < MONTHS:
        months.append(month_start(months[-1] - timedelta(days=1)))
    return months[::-1]


def _kept(state: str, n: int) -> Kept:
    match state:
        case "warned":
            return Kept(running=n, due_soon=n)
        case "no_promise":
            return Kept(gap=n)
        case "cancelled":
            return Kept(not_applicable=n)
        case _:
            return Kept(**{state: n})


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=ZONE)


def _of(scope: Scope) -> QuerySet[Clock]:
    rows = Clock.objects.all()
    if scope.department:
        rows = rows.filter(department=scope.department)
    return rows.filter(owner_no=scope.staff_no) if scope.staff_no else rows
