"""Planning who is on which line or round and when. Instants are aware UTC."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from shouwen.core.clause import Words
from shouwen.core.events import Subject
from shouwen.journal.operations import record
from shouwen.journal.queries import entry_with_id
from shouwen.people.models import Department, Line, Shift, Staff
from shouwen.people.operations.staffing import Act
from shouwen.people.queries.shifts import overlapping, shifts_between

LONGEST = timedelta(hours=24)
WEEK = timedelta(days=7)
CHUNK = 20


class EndsBeforeItStarts(ValueError):
    """The end is not after the start."""


class TooLong(ValueError):
    """Longer than a day."""


class Overlaps(ValueError):
    """The person is on another line then; `shift` is that one."""

    def __init__(self, shift: Shift) -> None:
        super().__init__(str(shift))
        self.shift = shift


class PersonNotAtWork(ValueError):
    """The person is out of use."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """A shift to plan: half-open, at most a day long."""

    staff: Staff
    line: Line
    starts_at: datetime
    ends_at: datetime


@transaction.atomic
def add_shift(*, duty: Duty, act: Act, now: datetime) -> Shift:
    """Plans a shift; its id is that of the act, so that the same act again gives the same shift.

    Raises EndsBeforeItStarts, TooLong, Overlaps, PersonNotAtWork.
    """
    _refuse_bad_times(duty)
    person = Staff.objects.select_for_update(of=("self",)).get(pk=duty.staff.pk)
    there = Shift.objects.filter(pk=act.id).first()
    if there is not None:
        return there
    if not person.is_active:
        raise PersonNotAtWork(person.staff_no)
    _refuse_overlap(duty, but=None)
    shift = Shift.objects.create(
        id=act.id,
        staff=duty.staff,
        line=duty.line,
        starts_at=duty.starts_at,
        ends_at=duty.ends_at,
    )
    _record("shift.added", shift, act, now)
    return shift


@transaction.atomic
def change_shift(*, shift_id: uuid.UUID, duty: Duty, act: Act, now: datetime) -> Shift:
    """Moves a shift in time or to another line or person.

    Raises as add_shift, and Shift.DoesNotExist.
    """
    _refuse_bad_times(duty)
    shift = Shift.objects.select_for_update().get(pk=shift_id)
    if entry_with_id(id=act.id):
        return shift
    person = Staff.objects.select_for_update(of=("self",)).get(pk=duty.staff.pk)
    if not person.is_active:
        raise PersonNotAtWork(person.staff_no)
    _refuse_overlap(duty, but=shift_id)
    shift.staff, shift.line = duty.staff, duty.line
    shift.starts_at, shift.ends_at = duty.starts_at, duty.ends_at
    shift.save()
    _record("shift.changed", shift, act, now)
    return shift


@transaction.atomic
def remove_shift(*, shift_id: uuid.UUID, act: Act, now: datetime) -> None:
    """Takes a shift off the plan; nothing happens when it is gone already."""
    shift = Shift.objects.select_for_update().filter(pk=shift_id).first()
    if shift is None:
        return
    _record("shift.removed", shift, act, now)
    shift.delete()


def copy_last_week(*, monday: datetime, act: Act, now: datetime) -> int:
    """Plans the week that begins at `monday` like the one before; returns how many shifts it has from there.

    What is planned already stays; a shift that would overlap with it, or whose person is out of
    use, is left out. Written in chunks, so that nobody waits long; the same act again goes on
    where it was cut short.
    """
    added = 0
    for shift in shifts_between(starts_at=monday - WEEK, ends_at=monday):
        duty = Duty(
            staff=shift.staff,
            line=shift.line,
            starts_at=shift.starts_at + WEEK,
            ends_at=shift.ends_at + WEEK,
        )
        try:
            add_shift(duty=duty, act=_part(act, str(shift.pk)), now=now)
        except (Overlaps, PersonNotAtWork):
            continue
        added += 1
    return added


def add_shifts(*, duties: Sequence[Duty], act: Act, now: datetime) -> int:
    """Plans the shifts of an import, checked before; returns how many. The same act again adds nothing.

    Written in chunks, so that nobody waits long. Raises as add_shift when the plan changed since.
    """
    places = range(len(duties))
    for chunk in (places[start : start + CHUNK] for start in places[::CHUNK]):
        with transaction.atomic():
            for place in chunk:
                add_shift(duty=duties[place], act=_part(act, str(place)), now=now)
    return len(duties)


def _part(act: Act, name: str) -> Act:
    return Act(id=uuid.uuid5(act.id, name), by=act.by, workstation=act.workstation)


@transaction.atomic
def ensure_lines(*, departments: Iterable[Department]) -> None:
    """One line for each department; those that are there stay."""
    Line.objects.bulk_create(
        (Line(code=each.code, name_zh=each.name_zh, name_en=each.name_en) for each in departments),
        ignore_conflicts=True,
    )


@transaction.atomic
def add_line(*, code: str, name: Words, kind: str) -> Line:
    """A line or round people can be on; one that is there keeps its code and takes the new names."""
    line, _ = Line.objects.update_or_create(
        code=code, defaults={"name_zh": name.zh, "name_en": name.en, "kind": kind}
    )
    return line


def _refuse_bad_times(duty: Duty) -> None:
    if duty.ends_at <= duty.starts_at:
        raise EndsBeforeItStarts
    if duty.ends_at - duty.starts_at > LONGEST:
        raise TooLong


def _refuse_overlap(duty: Duty, *, but: uuid.UUID | None) -> None:
    found = overlapping(staff=duty.staff, starts_at=duty.starts_at, ends_at=duty.ends_at)
    other = (found if but is None else found.exclude(pk=but)).first()
    if other is not None:
        raise Overlaps(other)


def _record(kind: str, shift: Shift, act: Act, now: datetime) -> None:
    data = {
        "staff": shift.staff.staff_no,
        "line": shift.line.code,
        "starts_at": shift.starts_at.isoformat(),
        "ends_at": shift.ends_at.isoformat(),
    }
    record(
        id=act.id,
        kind=kind,
        subject=Subject("shift", shift.pk),
        happened_at=now,
        now=now,
        actor=act.by,
        workstation=act.workstation,
        data=data,
    )
