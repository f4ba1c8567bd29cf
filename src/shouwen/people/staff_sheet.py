"""The xlsx of staff: one row a person, all faults at once."""

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass

from shouwen.access.roles import SEPARATED, TITLES, Role
from shouwen.core.clause import Words
from shouwen.people.sheets import (
    Column,
    SheetFault,
    SheetFaults,
    SheetRow,
    fault,
    missing_cells,
    read_sheet,
)

_NUMBER = Column(
    "staff_no",
    Words(zh="工号", en="staff no."),
    Words(zh="最多 16 位字母、数字", en="up to 16 letters and digits"),
    required=True,
)
_NAME = Column(
    "name",
    Words(zh="姓名", en="name"),
    Words(zh="最多 40 字", en="up to 40 characters"),
    required=True,
)
_GENDER = Column(
    "gender", Words(zh="性别", en="gender"), Words(zh="男、女或空", en="m, f or empty")
)
_DEPARTMENT = Column(
    "department",
    Words(zh="部门", en="department"),
    Words(zh="代码或名称，可空", en="code or name, may be empty"),
)
_STATION = Column("station", Words(zh="站点", en="station"), Words(zh="可空", en="may be empty"))
_ROLES = Column(
    "roles",
    Words(zh="角色", en="roles"),
    Words(
        zh="、".join(words.zh for words in TITLES.values()),
        en=", ".join(role.value for role in Role),
    ),
    required=True,
    width=30,
)
COLUMNS = (_NUMBER, _NAME, _GENDER, _DEPARTMENT, _STATION, _ROLES)
EXAMPLES = (
    ("1031", "王敏", "女", "客服热线", "", "热线坐席"),
    ("8001", "孙立", "男", "", "城东站", "站长、调度员"),
)
_GENDERS = {"": "", "男": "m", "m": "m", "女": "f", "f": "f"}
_ROLE_NAMES: Mapping[str, Role] = {
    name.lower(): role
    for role, words in TITLES.items()
    for name in (role.value, words.zh, words.en)
}


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffRow:
    """One person as listed: `department` is a code, empty for none."""

    staff_no: str
    name: str
    gender: str
    department: str
    station: str
    roles: Set[Role]


def read_staff(content: bytes, *, departments: Mapping[str, Words]) -> list[StaffRow]:
    """The people of a filled template; `departments` by code. Raises SheetFaults with every fault."""
    rows = read_sheet(content, columns=COLUMNS)
    codes = {
        name: code for code, words in departments.items() for name in (code, words.zh, words.en)
    }
    faults = list(missing_cells(rows, COLUMNS))
    seen: dict[str, int] = {}
    for row in rows:
        faults += _faults(row, codes=codes, seen=seen)
    if faults:
        raise SheetFaults(faults)
    return [_person(row, codes) for row in rows]


def roles_in(text: str) -> tuple[frozenset[Role], tuple[str, ...]]:
    """The roles named in a cell, by code or title, and the words that name none."""
    words = [word.strip() for word in _apart(text) if word.strip()]
    known = frozenset(_ROLE_NAMES[word.lower()] for word in words if word.lower() in _ROLE_NAMES)
    return known, tuple(word for word in words if word.lower() not in _ROLE_NAMES)


def _apart(text: str) -> list[str]:
    for sign in "，、；;":
        text = text.replace(sign, ",")
    return text.split(",")


def _faults(
    row: SheetRow, *, codes: Mapping[str, str], seen: dict[str, int]
) -> Iterator[SheetFault]:
    number, name = row.cells["staff_no"], row.cells["name"]
    if not _is_number(number):
        yield fault(
            row,
            _NUMBER,
            Words(zh=f"{number} 不能作工号", en=f"{number} cannot be a staff number"),
            Words(zh="最多 16 位字母、数字", en="up to 16 letters and digits"),
        )
    first = seen.setdefault(number, row.number)
    if number and first != row.number:
        yield fault(
            row,
            _NUMBER,
            Words(zh=f"与第 {first} 行工号相同", en=f"is the same as in row {first}"),
            Words(zh="一人一个工号", en="one number, one person"),
        )
    if len(name) > 40:
        yield fault(
            row,
            _NAME,
            Words(zh="太长", en="is too long"),
            Words(zh="最多 40 字", en="40 characters at most"),
        )
    if row.cells["gender"].lower() not in _GENDERS:
        yield fault(
            row,
            _GENDER,
            Words(zh=f"不认识 {row.cells['gender']}", en=f"{row.cells['gender']} is not known"),
            Words(zh="写男、女或留空", en="write m, f or leave it empty"),
        )
    department = row.cells["department"]
    if department and department not in codes:
        known = "、".join(dict.fromkeys(codes.values()))
        yield fault(
            row,
            _DEPARTMENT,
            Words(zh=f"没有部门 {department}", en=f"there is no department {department}"),
            Words(zh=f"只有：{known}", en=f"known: {known}"),
        )
    yield from _role_faults(row)


def _is_number(text: str) -> bool:
    return not text or (len(text) <= 16 and text.isascii() and text.replace("-", "").isalnum())


def _role_faults(row: SheetRow) -> Iterator[SheetFault]:
    known, unknown = roles_in(row.cells["roles"])
    for word in unknown:
        yield fault(
            row, _ROLES, Words(zh=f"没有角色 {word}", en=f"there is no role {word}"), _ROLES.hint
        )
    if len(known & SEPARATED) > 1:
        yield fault(
            row,
            _ROLES,
            Words(
                zh="系统管理员、安全管理员、审计员不能是同一人",
                en="system administrator, security officer and auditor must be different people",
            ),
            Words(zh="只留一个", en="keep one of them"),
        )


def _person(row: SheetRow, codes: Mapping[str, str]) -> StaffRow:
    cells = row.cells
    return StaffRow(
        staff_no=cells["staff_no"],
        name=cells["name"],
        gender=_GENDERS[cells["gender"].lower()],
        department=codes.get(cells["department"], ""),
        station=cells["station"][:40],
        roles=roles_in(cells["roles"])[0],
    )
