"""Folding the changes into the figures, and mending figures that are not what rulings give.

A batch is one short transaction that adds to the figures and removes the changes: a worker killed at
any moment leaves both or neither. Two may fold at once; each takes changes that the other does not.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from django.db import connection, transaction

from shouwen.clocks.models import Figure, FigureChange
from shouwen.clocks.queries.figures import WORDS, Discrepancy, discrepancies

Place = tuple[str, str, str, date, str]
"""Scope, department, staff number, day, rule: one row of figures."""


def fold(*, limit: int = 2000) -> int:
    """Folds up to `limit` changes in; returns how many. Looks before it takes the write lock."""
    if not FigureChange.objects.exists():
        return 0
    with transaction.atomic():
        skip = connection.features.has_select_for_update_skip_locked
        waiting = FigureChange.objects.select_for_update(skip_locked=skip)
        changes = list(waiting.order_by("id")[:limit])
        _add(_summed(changes))
        FigureChange.objects.filter(pk__in=[change.pk for change in changes]).delete()
    return len(changes)


def mend_figures() -> list[Discrepancy]:
    """Adds what is missing so that figures are again what rulings give; returns what was wrong.

    It was found in one look and is added: whoever judges or folds meanwhile neither waits nor is
    counted twice.
    """
    found = discrepancies()
    with transaction.atomic():
        _add(_gathered(each for each in found if each.scope != Figure.Scope.PERSON))
        # A change reaches the sums too: they must agree with their persons before.
        FigureChange.objects.bulk_create(
            FigureChange(
                rule_id=each.rule_id,
                day=each.day,
                department=each.department,
                staff_no=each.staff_no,
                verdict=each.verdict,
                change=each.missing,
            )
            for each in found
            if each.scope == Figure.Scope.PERSON
        )
    return found


def _gathered(found: Iterable[Discrepancy]) -> Mapping[Place, Mapping[str, int]]:
    sums: dict[Place, dict[str, int]] = defaultdict(lambda: dict.fromkeys(WORDS, 0))
    for each in found:
        place = each.scope, each.department, each.staff_no, each.day, each.rule_id
        sums[place][each.verdict] += each.missing
    return {place: sums[place] for place in sorted(sums)}


def _summed(changes: Iterable[FigureChange]) -> Mapping[Place, Mapping[str, int]]:
    sums: dict[Place, dict[str, int]] = defaultdict(lambda: dict.fromkeys(WORDS, 0))
    for change in changes:
        for place in _places(change):
            sums[place][change.verdict] += change.change
    return {place: sums[place] for place in sorted(sums) if any(sums[place].values())}


def _places(change: FigureChange) -> Iterator[Place]:
    day, rule = change.day, change.rule_id
    yield Figure.Scope.ALL.value, "", "", day, rule
    yield Figure.Scope.TEAM.value, change.department, "", day, rule
    yield Figure.Scope.PERSON.value, change.department, change.staff_no, day, rule


def _add(sums: Mapping[Place, Mapping[str, int]]) -> None:
    """In the order of their places, so that two who fold at once never wait for each other in a ring."""
    columns = ("scope", "department", "staff_no", "day", "rule_id", *WORDS)
    marks = ", ".join(["%s"] * len(columns))
    added = ", ".join(f"{word} = clocks_figure.{word} + excluded.{word}" for word in WORDS)
    statement = (
        f"INSERT INTO clocks_figure ({', '.join(columns)}) VALUES ({marks})"  # noqa: S608 - names of ours
        f" ON CONFLICT (scope, department, staff_no, day, rule_id) DO UPDATE SET {added}"
    )
    rows: list[tuple[str | int, ...]] = [
        (scope, department, staff_no, day.isoformat(), rule, *counts.values())
        for (scope, department, staff_no, day, rule), counts in sums.items()
    ]
    with connection.cursor() as cursor:
        cursor.executemany(statement, rows)
