"""The xlsx of shifts: one row a shift, all faults at once, overlaps of one person among them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from shouwen.core.clause import Words
from shouwen.people.models import Line, Shift, Staff
from shouwen.people.operations.rostering import LONGEST, Duty
from shouwen.people.sheets import (
    Column,
    SheetFault,
    SheetFaults,
    SheetRow,
    fault,
    missing_cells,
    read_sheet,
)

_PERSON = Column(
    "staff_no",
    Words(zh="工号", en="staff no."),
    Words(zh="登记过的工号", en="a number on the register"),
    required=True,
)
_LINE = Column(
    "line", Words(zh="班线", en="line"), Words(zh="代码或名称", en="code or name"), required=True
)
_FROM = Column(
    "starts_at",
    Words(zh="开始", en="from"),
    Words(zh="2026-10-09 08:00，本地时间", en="2026-10-09 08:00, local time"),
    required=True,
    width=20,
)
_TO = Column(
    "ends_at",
    Words(zh="结束", en="to"),
    Words(zh="夜班写第二天的时间", en="a night shift ends on the next day"),
    required=True,
    width=20,
)
COLUMNS = (_PERSON, _LINE, _FROM, _TO)
_FORMATS = ("%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S", "%Y/%m/%d %H:%M", "%Y-%m-%dT%H:%M")


@dataclass(frozen=True, slots=True)
class _Register:
    people: Mapping[str, Staff]
    lines: Mapping[str, Line]
    zone: ZoneInfo


def read_shifts(content: bytes, *, zone: ZoneInfo) -> list[Duty]:
    """The shifts of a filled template, times read as local. Raises SheetFaults with every fault."""
    rows = read_sheet(content, columns=COLUMNS)
    register = _register(rows, zone)
    faults = list(missing_cells(rows, COLUMNS))
    read: list[tuple[SheetRow, Duty]] = []
    for row in rows:
        found = list(_faults(row, register))
        faults += found
        duty = None if found else _duty(row, register)
        if duty:
            read.append((row, duty))
    faults += _overlaps(read)
    if faults:
        raise SheetFaults(faults)
    return [duty for _, duty in read]


def _register(rows: Sequence[SheetRow], zone: ZoneInfo) -> _Register:
    numbers = {row.cells["staff_no"] for row in rows}
    people = {person.staff_no: person for person in Staff.objects.filter(staff_no__in=numbers)}
    lines: dict[str, Line] = {}
    for line in Line.objects.all():
        lines |= {line.code: line, line.name_zh: line, line.name_en: line}
    return _Register(people, lines, zone)


def _faults(row: SheetRow, register: _Register) -> Iterator[SheetFault]:
    number, line = row.cells["staff_no"], row.cells["line"]
    person = register.people.get(number)
    if number and person is None:
        yield fault(
            row,
            _PERSON,
            Words(zh=f"没有工号 {number}", en=f"there is no staff number {number}"),
            Words(zh="改正，或先登记此人", en="correct it, or register the person first"),
        )
    if person and not person.is_active:
        yield fault(
            row,
            _PERSON,
            Words(zh=f"{number} 已停用", en=f"{number} is out of use"),
            Words(zh="换人，或先恢复", en="choose somebody else, or reactivate"),
        )
    if line and line not in register.lines:
        known = "、".join(sorted({each.code for each in register.lines.values()}))
        yield fault(
            row,
            _LINE,
            Words(zh=f"没有班线 {line}", en=f"there is no line {line}"),
            Words(zh=f"只有：{known}", en=f"known: {known}"),
        )
    yield from _time_faults(row, register.zone)


def _time_faults(row: SheetRow, zone: ZoneInfo) -> Iterator[SheetFault]:
    moments = {column.name: _moment(row.cells[column.name], zone) for column in (_FROM, _TO)}
    for column in (_FROM, _TO):
        if row.cells[column.name] and moments[column.name] is None:
            yield fault(
                row,
                column,
                Words(
                    zh=f"{row.cells[column.name]} 不是时间",
                    en=f"{row.cells[column.name]} is no moment",
                ),
                Words(zh="写成 2026-10-09 08:00", en="write 2026-10-09 08:00"),
            )
    starts_at, ends_at = moments["starts_at"], moments["ends_at"]
    if starts_at is None or ends_at is None:
        return
    if ends_at <= starts_at:
        yield fault(
            row,
            _TO,
            Words(zh="结束不晚于开始", en="the end is not after the start"),
            Words(zh="夜班写第二天的时间", en="a night shift ends on the next day"),
        )
    elif ends_at - starts_at > LONGEST:
        yield fault(
            row,
            _TO,
            Words(zh="一个班超过 24 小时", en="a shift of more than 24 hours"),
            Words(zh="拆成几个班", en="split it"),
        )


def _duty(row: SheetRow, register: _Register) -> Duty | None:
    starts_at = _moment(row.cells["starts_at"], register.zone)
    ends_at = _moment(row.cells["ends_at"], register.zone)
    person = register.people.get(row.cells["staff_no"])
    line = register.lines.get(row.cells["line"])
    if not (starts_at and ends_at and person and line):
        return None
    return Duty(staff=person, line=line, starts_at=starts_at, ends_at=ends_at)


def _moment(text: str, zone: ZoneInfo) -> datetime | None:
    for form in _FORMATS:
        try:
            return datetime.strptime(text, form).replace(tzinfo=zone)
        except ValueError:
            continue
    return None


def _overlaps(read: Sequence[tuple[SheetRow, Duty]]) -> Iterator[SheetFault]:
    """Two shifts of one person at once: within the file, or with what is planned already."""
    by_person: dict[int, list[tuple[SheetRow, Duty]]] = {}
    for row, duty in read:
        by_person.setdefault(duty.staff.pk, []).append((row, duty))
    planned = _planned(read, people=list(by_person))
    for person, listed in by_person.items():
        listed.sort(key=lambda each: each[1].starts_at)
        for (first, one), (row, other) in pairwise(listed):
            if other.starts_at < one.ends_at:
                yield fault(
                    row,
                    _FROM,
                    Words(
                        zh=f"与第 {first.number} 行重叠", en=f"overlaps with row {first.number}"
                    ),
                    Words(zh="改其中一个", en="change one of them"),
                )
        for row, duty in listed:
            if any(
                s.starts_at < duty.ends_at and s.ends_at > duty.starts_at
                for s in planned.get(person, ())
            ):
                yield fault(
                    row,
                    _FROM,
                    Words(zh="与已排的班重叠", en="overlaps with a shift that is planned"),
                    Words(zh="先撤已排的，或改这一行", en="remove that one, or change this row"),
                )


def _planned(
    read: Sequence[tuple[SheetRow, Duty]], *, people: list[int]
) -> dict[int, list[Shift]]:
    if not read:
        return {}
    first = min(duty.starts_at for _, duty in read) - timedelta(days=1)
    last = max(duty.ends_at for _, duty in read)
    found: dict[int, list[Shift]] = {}
    for shift in Shift.objects.filter(staff__in=people, starts_at__gt=first, starts_at__lt=last):
        found.setdefault(shift.staff_id, []).append(shift)
    return found
