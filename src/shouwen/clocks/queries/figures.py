"""Figures: how often each rule came to which verdict, exact at the moment they are read.

Every reading is one statement over three parts, so that nobody sees a change twice or not at all
while it is being folded in: the figures, the changes that are not in them yet, and the rulings that
are still open. Days are half-open ranges of local days.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from operator import add
from typing import Any

from django.db import connection

from shouwen.clocks.models import Figure
from shouwen.clocks.queries.rulings import After, rulings, rulings_of

__all__ = [
    "After",
    "Counts",
    "DayCounts",
    "Discrepancy",
    "by_person",
    "by_team",
    "course",
    "discrepancies",
    "figures",
    "rulings",
    "rulings_of",
    "step_days",
    "total",
    "trend",
]

WORDS = ("met", "missed", "excepted", "not_provable", "gap", "not_applicable")
"""The verdicts that figures keep, in the order of their columns."""
_ALL = (*WORDS, "running")


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How many rulings came to each verdict; `running` are those still open."""

    met: int = 0
    missed: int = 0
    excepted: int = 0
    not_provable: int = 0
    gap: int = 0
    not_applicable: int = 0
    running: int = 0

    @property
    def decided(self) -> int:
        """Kept or broken: what a share is taken of."""
        return self.met + self.missed

    @property
    def share(self) -> float | None:
        """The part that was kept, 0 to 1; None when nothing was decided. Exceptions do not count."""
        return self.met / self.decided if self.decided else None

    @property
    def numbers(self) -> tuple[int, ...]:
        """All of them, in the order of their names above."""
        # By hand: dataclasses.astuple copies every number, and a page adds up thousands.
        return (
            self.met,
            self.missed,
            self.excepted,
            self.not_provable,
            self.gap,
            self.not_applicable,
            self.running,
        )

    def __add__(self, other: "Counts") -> "Counts":
        return _counts(map(add, self.numbers, other.numbers))


@dataclass(frozen=True, slots=True, kw_only=True)
class DayCounts:
    """The counts of one local day."""

    day: date
    counts: Counts


@dataclass(frozen=True, slots=True, kw_only=True)
class Discrepancy:
    """A figure that is not the count of the rulings behind it: by how much they differ.

    `scope` is "person" for a person in a team; of a team or of all it is the sum over persons that
    does not agree.
    """

    scope: str
    rule_id: str
    day: date
    department: str
    staff_no: str
    verdict: str
    missing: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Within:
    """What is counted: days, and whose."""

    since: date
    until: date
    department: str = ""
    staff_no: str = ""
    rule_id: str = ""
    each: str = ""  # a scope: one row for each team or person


def figures(
    *, since: date, until: date, department: str = "", staff_no: str = ""
) -> Mapping[str, Counts]:
    """The counts of each rule with `since` <= day < `until`; rules without any are not in it.

    `department` (a code) and `staff_no` narrow to those who answered, both together to a person
    while in that team.
    """
    within = _Within(since=since, until=until, department=department, staff_no=staff_no)
    return {str(rule_id): counts for (rule_id,), counts in _read(("rule_id",), within=within)}


def course(
    *, since: date, until: date, steps: int, department: str = "", staff_no: str = ""
) -> Mapping[str, tuple[Counts, ...]]:
    """The counts of each rule over the range cut into at most `steps` equal parts, in order.

    Their sum is what `figures` gives. Parts have whole days, the last one may have fewer.
    """
    within = _Within(since=since, until=until, department=department, staff_no=staff_no)
    days = step_days(since=since, until=until, steps=steps)
    parts = -(-(until - since).days // days)
    found: dict[str, list[Counts]] = {}
    for (rule_id, part), counts in _read(("rule_id", "part"), within=within, part_days=days):
        found.setdefault(rule_id, [Counts()] * parts)[part] = counts
    return {rule_id: tuple(counts) for rule_id, counts in found.items()}


def step_days(*, since: date, until: date, steps: int) -> int:
    """How many days each part of a course has."""
    return max(1, -(-(until - since).days // steps))


def trend(
    *, rule_id: str, since: date, until: date, department: str = "", staff_no: str = ""
) -> tuple[DayCounts, ...]:
    """The counts of one rule day by day; days without any are there with zeros."""
    within = _Within(
        since=since, until=until, department=department, staff_no=staff_no, rule_id=rule_id
    )
    found = {_day(day): counts for (day,), counts in _read(("day",), within=within)}
    days = (since + timedelta(days=number) for number in range((until - since).days))
    return tuple(DayCounts(day=day, counts=found.get(day, Counts())) for day in days)


def by_team(
    *, since: date, until: date, rule_id: str = "", department: str = ""
) -> Mapping[str, Counts]:
    """The counts of one rule, or of all together, by code of the department that answered."""
    within = _Within(
        since=since, until=until, rule_id=rule_id, department=department, each=Figure.Scope.TEAM
    )
    return {str(team): counts for (team,), counts in _read(("department",), within=within)}


def by_person(
    *, since: date, until: date, rule_id: str = "", department: str = "", staff_no: str = ""
) -> Mapping[tuple[str, str], Counts]:
    """The same by person in a team: code of the department and staff number."""
    within = _Within(
        since=since,
        until=until,
        rule_id=rule_id,
        department=department,
        staff_no=staff_no,
        each=Figure.Scope.PERSON,
    )
    rows = _read(("department", "staff_no"), within=within)
    return {(str(team), str(person)): counts for (team, person), counts in rows}


def total(counts: Iterable[Counts]) -> Counts:
    """All of them together."""
    return _counts(
        map(sum, zip(Counts().numbers, *(each.numbers for each in counts), strict=True))
    )


def discrepancies() -> list[Discrepancy]:
    """Every figure that is not what counting the rulings gives; none when all is well.

    Looks at every ruling: a check, not for pages.
    """
    return [*_uneven(), *_miscounted()]


def _miscounted() -> Iterator[Discrepancy]:
    """Figures of persons with their changes, against the rulings."""
    keys = "department, staff_no, day, rule_id, verdict"
    kept = " UNION ALL ".join(
        f"SELECT department, staff_no, day, rule_id, '{word}' AS verdict, {word} AS n"  # noqa: S608 - names of ours
        " FROM clocks_figure WHERE scope = 'person'"
        for word in WORDS
    )
    for department, staff_no, day, rule_id, verdict, missing in _rows(
        f"SELECT {keys}, SUM(n) FROM ("  # noqa: S608 - names of ours
        f"SELECT {keys}, 1 AS n FROM clocks_ruling WHERE verdict NOT IN ('running', 'paused')"
        f" UNION ALL SELECT {keys}, -change FROM clocks_figurechange"
        f" UNION ALL SELECT {keys}, -n FROM ({kept}) AS kept"
        f") AS counted GROUP BY {keys} HAVING SUM(n) <> 0 ORDER BY {keys}"
    ):
        yield Discrepancy(
            scope="person",
            rule_id=rule_id,
            day=_day(day),
            department=department,
            staff_no=staff_no,
            verdict=verdict,
            missing=int(missing),
        )


def _uneven() -> Iterator[Discrepancy]:
    """Figures of all and of teams, against the sums over their persons."""
    selects = []
    for scope, department in (("all", "''"), ("team", "department")):
        for of, sign in (("person", ""), (scope, "-")):
            selects += [
                f"SELECT '{scope}' AS scope, {department} AS department, day, rule_id,"  # noqa: S608 - names of ours
                f" '{word}' AS verdict, {sign}{word} AS n FROM clocks_figure WHERE scope = '{of}'"
                for word in WORDS
            ]
    keys = "scope, department, day, rule_id, verdict"
    for scope, department, day, rule_id, verdict, missing in _rows(
        f"SELECT {keys}, SUM(n) FROM ({' UNION ALL '.join(selects)}) AS counted"  # noqa: S608 - names of ours
        f" GROUP BY {keys} HAVING SUM(n) <> 0 ORDER BY {keys}"
    ):
        yield Discrepancy(
            scope=scope,
            rule_id=rule_id,
            day=_day(day),
            department=department,
            staff_no="",
            verdict=verdict,
            missing=int(missing),
        )


def _read(
    keys: tuple[str, ...], *, within: _Within, part_days: int = 1
) -> Iterator[tuple[tuple[Any, ...], Counts]]:
    """One statement; `keys` are columns, or "part": which part of the range the day falls into."""
    picked = ", ".join(f"{_part()} AS part" if key == "part" else key for key in keys)
    part: list[str | int] = [within.since.isoformat(), part_days] if "part" in keys else []
    selects: list[str] = []
    params: list[str | int] = []
    for table, counted, (where, values) in (
        ("clocks_figure", (*WORDS, "0"), _of_figures(within)),
        ("clocks_figurechange", (*map(_when, WORDS), "0"), _of_rows(within)),
        ("clocks_ruling", (*("0" for _ in WORDS), "1"), _of_open(within)),
    ):
        numbers = ", ".join(
            f"{what} AS n_{word}" for what, word in zip(counted, _ALL, strict=True)
        )
        selects.append(f"SELECT {picked}, {numbers} FROM {table} WHERE {where}")  # noqa: S608 - names of ours
        params += [*part, *values]
    sums = ", ".join(f"SUM(n_{word})" for word in _ALL)
    names = ", ".join(keys)
    counted_together = " UNION ALL ".join(selects)
    for row in _rows(
        f"SELECT {names}, {sums} FROM ({counted_together}) AS counted GROUP BY {names}",  # noqa: S608 - as above
        params,
    ):
        counts = _counts(row[len(keys) :])
        if any(counts.numbers):
            yield row[: len(keys)], counts


def _rows(statement: str, params: Sequence[str | int] = ()) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        return list(cursor.fetchall())


def _part() -> str:
    if connection.vendor == "postgresql":
        return "(day - CAST(%s AS date)) / %s"
    return "CAST((julianday(day) - julianday(%s)) / %s AS INTEGER)"


def _when(word: str) -> str:
    return f"CASE WHEN verdict = '{word}' THEN change ELSE 0 END"


def _of_figures(within: _Within) -> tuple[str, list[str | int]]:
    """All is kept as a sum of its own; so is each team, and each person in a team."""
    if within.staff_no or within.each == Figure.Scope.PERSON:
        scope = Figure.Scope.PERSON
    elif within.department or within.each == Figure.Scope.TEAM:
        scope = Figure.Scope.TEAM
    else:
        scope = Figure.Scope.ALL
    where, values = _of_rows(within)
    # Written out: a partial index is used only for what is seen in the statement.
    return f"scope = '{scope}' AND {where}", values


def _of_rows(within: _Within) -> tuple[str, list[str | int]]:
    asked = {
        "department": within.department,
        "staff_no": within.staff_no,
        "rule_id": within.rule_id,
    }
    chosen = {name: value for name, value in asked.items() if value}
    where = "".join(f" AND {name} = %s" for name in chosen)
    days: list[str | int] = [within.since.isoformat(), within.until.isoformat()]
    return f"day >= %s AND day < %s{where}", [*days, *chosen.values()]


def _of_open(within: _Within) -> tuple[str, list[str | int]]:
    where, values = _of_rows(within)
    return f"verdict IN ('running', 'paused') AND {where}", values


def _counts(numbers: Iterable[Any]) -> Counts:
    met, missed, excepted, not_provable, gap, not_applicable, running = numbers
    return Counts(
        met=met,
        missed=missed,
        excepted=excepted,
        not_provable=not_provable,
        gap=gap,
        not_applicable=not_applicable,
        running=running,
    )


def _day(value: date | str) -> date:
    """SQLite gives days as text when they are not read through a model."""
    return value if isinstance(value, date) else date.fromisoformat(value)
