"""Makes an installation what was asked for, and says what changed. Run again it changes nothing more."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from shouwen.access.roles import Role
from shouwen.adapters.ids import uuid7
from shouwen.core.clause import Words
from shouwen.installation.wishes import Wishes
from shouwen.people import operations
from shouwen.people.models import Department, Line, Staff
from shouwen.people.operations import Act, Particulars
from shouwen.people.staff_sheet import StaffRow


class NoAdministrator(ValueError):
    """Nobody would be system administrator."""


@dataclass(frozen=True, slots=True)
class Installed:
    """What changed, in the order in which it was done, and who was newly registered."""

    changes: tuple[Words, ...]
    hired: tuple[str, ...]


def install(*, wishes: Wishes, departments: Mapping[str, Words], now: datetime) -> Installed:
    """Brings the database to what is wished: departments first, then lines, then people.

    `departments` are those of the standard pack. Each person is a transaction of its own: cut
    short and run again it goes on. Raises NoAdministrator before anything is written.
    """
    if not _has_administrator(wishes):
        raise NoAdministrator
    changes = list(_departments({**departments, **wishes.departments}, renamed=wishes.departments))
    changes += _lines(wishes)
    hired: list[str] = []
    # A new administrator comes before the old one loses the role.
    for row in sorted(wishes.staff, key=lambda row: Role.SYSTEM_ADMIN not in row.roles):
        change = _person(row, hired=hired, now=now)
        if change:
            changes.append(change)
    return Installed(tuple(changes), tuple(hired))


def _has_administrator(wishes: Wishes) -> bool:
    if any(Role.SYSTEM_ADMIN in row.roles for row in wishes.staff):
        return True
    wished = [row.staff_no for row in wishes.staff]
    holders = Staff.objects.filter(is_active=True, roles__role=Role.SYSTEM_ADMIN)
    return holders.exclude(staff_no__in=wished).exists()


def _departments(wanted: Mapping[str, Words], *, renamed: Mapping[str, Words]) -> Iterator[Words]:
    """Those of the pack when they are missing; those asked for also under their new names."""
    there = {row.code: row for row in Department.objects.all()}
    for code, name in wanted.items():
        row = there.get(code)
        if row is None:
            Department.objects.create(code=code, name_zh=name.zh, name_en=name.en)
            yield Words(
                zh=f"新增部门 {name.zh}（{code}）", en=f"added the department {name.en} ({code})"
            )
        elif code in renamed and (row.name_zh, row.name_en) != (name.zh, name.en):
            row.name_zh, row.name_en = name.zh, name.en
            row.save(update_fields=["name_zh", "name_en"])
            yield Words(
                zh=f"部门 {code} 改名为 {name.zh}",
                en=f"renamed the department {code} to {name.en}",
            )


def _lines(wishes: Wishes) -> Iterator[Words]:
    before = set(Line.objects.values_list("code", flat=True))
    operations.ensure_lines(departments=Department.objects.all())
    for wish in wishes.lines:
        operations.add_line(code=wish.code, name=wish.name, kind=wish.kind)
    for line in Line.objects.exclude(code__in=before):
        yield Words(
            zh=f"新增班线 {line.name_zh}（{line.code}）",
            en=f"added the line {line.name_en} ({line.code})",
        )


def _person(row: StaffRow, *, hired: list[str], now: datetime) -> Words | None:
    department = Department.objects.filter(code=row.department).first() if row.department else None
    who = Particulars(
        name=row.name,
        gender=row.gender,
        department=department,
        station=row.station,
        roles=row.roles,
    )
    act = Act(id=uuid7(now))
    if not Staff.objects.filter(staff_no=row.staff_no).exists():
        operations.hire(staff_no=row.staff_no, who=who, act=act, now=now)
        hired.append(row.staff_no)
        return Words(
            zh=f"登记 {row.name} {row.staff_no}", en=f"registered {row.name} {row.staff_no}"
        )
    changed = operations.change_staff(staff_no=row.staff_no, who=who, act=act, now=now)
    if not changed:
        return None
    listed = ", ".join(changed)
    return Words(
        zh=f"更改 {row.name} {row.staff_no}：{listed}",
        en=f"changed {row.name} {row.staff_no}: {listed}",
    )


@dataclass(frozen=True, slots=True)
class LinkFor:
    """A set-password link for one person, until when it works (UTC)."""

    staff_no: str
    name: str
    url: str
    good_until: datetime


def links_for(*, numbers: Iterable[str], base_url: str, now: datetime) -> list[LinkFor]:
    """A fresh link for each of the people; links given out before stop working."""
    people = Staff.objects.filter(staff_no__in=list(numbers), is_active=True).order_by("staff_no")
    found = []
    for person in people:
        link = operations.issue_link(staff_no=person.staff_no, act=Act(id=uuid7(now)), now=now)
        url = f"{base_url.rstrip('/')}/set-password/{link.token}/"
        found.append(LinkFor(person.staff_no, person.name, url, link.good_until))
    return found


def without_password() -> list[str]:
    """Staff numbers of people at work who never set a password."""
    people = Staff.objects.filter(is_active=True).order_by("staff_no")
    return [person.staff_no for person in people if not person.has_usable_password()]


def set_first_password(*, staff_no: str, password: str, now: datetime) -> None:
    """The password that the administrator typed: set through a link like everybody's, so that both are on record."""
    link = operations.issue_link(staff_no=staff_no, act=Act(id=uuid7(now)), now=now)
    operations.set_password(token=link.token, password=password, act=Act(id=uuid7(now)), now=now)
