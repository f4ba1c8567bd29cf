"""Storing what was ruled, and with it by how much the figures change: in the transaction that judges."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from django.db import transaction
from django.db.models import Q, QuerySet

from shouwen.clocks.models import FigureChange, Ruling
from shouwen.clocks.queries.rulings import changed
from shouwen.core.events import Subject


class _Counted(NamedTuple):
    """Where a ruling is counted."""

    rule_id: str
    day: date
    department: str
    staff_no: str
    verdict: str


@transaction.atomic
def settle(*, subject: Subject, fresh: Iterable[Ruling]) -> None:
    """Puts fresh rulings on a matter in the place of those with the same ids; others stay.

    Whoever answered for a ruling when it was decided still answers for it. Call it alone with the
    subject (`alone_with`).
    """
    stored = {row.pk: row for row in _of(subject)}
    new: list[Ruling] = []
    changes: list[FigureChange] = []
    for ruling in fresh:
        old = stored.get(ruling.pk)
        if old is None:
            new.append(ruling)
            changes += _changes(None, _counted(ruling))
            continue
        if old.is_decided and ruling.is_decided:
            ruling.department, ruling.staff_no = old.department, old.staff_no
        if changed(old, ruling):
            ruling.save(force_update=True)
            changes += _changes(_counted(old), _counted(ruling))
    Ruling.objects.bulk_create(new)
    FigureChange.objects.bulk_create(changes)


@transaction.atomic
def take_back(*, rulings: Iterable[Ruling]) -> None:
    """Removes rulings that nothing stands behind."""
    gone = list(rulings)
    Ruling.objects.filter(pk__in=[ruling.pk for ruling in gone]).delete()
    FigureChange.objects.bulk_create(
        change for ruling in gone for change in _changes(_counted(ruling), None)
    )


def answered_by(*, subject: Subject, staff_no: str, department: str) -> None:
    """Says who answers for what is not decided, and for what was decided while nobody was named."""
    nobody = Q(staff_no="", department="")
    waiting = _of(subject).filter(Q(verdict__in=Ruling.OPEN) | nobody)
    changes: list[FigureChange] = []
    for ruling in waiting.exclude(staff_no=staff_no, department=department):
        before = _counted(ruling)
        ruling.staff_no, ruling.department = staff_no, department
        ruling.save(update_fields=["staff_no", "department"])
        changes += _changes(before, _counted(ruling))
    FigureChange.objects.bulk_create(changes)


def _of(subject: Subject) -> QuerySet[Ruling]:
    return Ruling.objects.filter(subject_kind=subject.kind, subject_id=subject.id)


def _counted(ruling: Ruling) -> _Counted | None:
    """None while nothing is decided: what is open is counted where it stands."""
    if not ruling.is_decided:
        return None
    return _Counted(ruling.rule_id, ruling.day, ruling.department, ruling.staff_no, ruling.verdict)


def _changes(before: _Counted | None, after: _Counted | None) -> Iterator[FigureChange]:
    if before == after:
        return
    for counted, change in ((before, -1), (after, 1)):
        if counted is not None:
            yield FigureChange(**counted._asdict(), change=change)
