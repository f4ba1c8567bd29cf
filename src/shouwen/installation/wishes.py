"""What an installation is asked to become: departments, lines, people, the first administrator."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from shouwen.access.roles import SEPARATED, Role
from shouwen.core.clause import Words
from shouwen.people.staff_sheet import StaffRow, roles_in
from shouwen.standard.faults import Fault, PackFaults

_TOP = {"department": list, "line": list, "administrator": dict, "staff": list, "staff_sheet": str}
_DEPARTMENT = ("code", "zh", "en")
_LINE = ("code", "zh", "en", "kind")
_PERSON = ("staff_no", "name", "gender", "department", "station", "roles")
_NEEDED = {"department": _DEPARTMENT, "line": _LINE[:3], "staff": ("staff_no", "name", "roles")}


@dataclass(frozen=True, slots=True, kw_only=True)
class LineWish:
    """A line or round people can be on."""

    code: str
    name: Words
    kind: str = "line"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """Everything asked for. Departments by code come on top of the pack's; people are matched by number."""

    departments: Mapping[str, Words] = field(default_factory=dict)
    lines: tuple[LineWish, ...] = ()
    staff: tuple[StaffRow, ...] = ()
    sheet: Path | None = None

    def and_person(self, person: StaffRow) -> "Wishes":
        """The same with one more person, in the place of an earlier row with the number."""
        others = tuple(row for row in self.staff if row.staff_no != person.staff_no)
        return Wishes(
            departments=self.departments,
            lines=self.lines,
            staff=(*others, person),
            sheet=self.sheet,
        )

    def and_staff(self, rows: tuple[StaffRow, ...]) -> "Wishes":
        """The same with all the people of a spreadsheet."""
        wished = self
        for row in rows:
            wished = wished.and_person(row)
        return wished


def administrator(*, staff_no: str, name: str) -> StaffRow:
    """The first administrator: system administrator and nothing else."""
    return StaffRow(
        staff_no=staff_no,
        name=name,
        gender="",
        department="",
        station="",
        roles=frozenset({Role.SYSTEM_ADMIN}),
    )


def read_wishes(path: Path, *, departments: Mapping[str, Words]) -> Wishes:
    """The wishes of a TOML file; `departments` are those known already. Raises PackFaults with every fault."""
    reading = _Reading(path.name)
    table = reading.table(path)
    extra = {
        row["code"]: Words(zh=row["zh"], en=row["en"]) for row in reading.rows(table, "department")
    }
    known = {**departments, **extra}
    lines = tuple(
        LineWish(
            code=row["code"],
            name=Words(zh=row["zh"], en=row["en"]),
            kind=reading.kind(row, f"line.{place}.kind"),
        )
        for place, row in enumerate(reading.rows(table, "line"))
    )
    people = [
        reading.person(row, place, known) for place, row in enumerate(reading.rows(table, "staff"))
    ]
    admin = table.get("administrator")
    if isinstance(admin, dict):
        people += reading.admin(admin)
    if reading.faults:
        raise PackFaults(reading.faults)
    sheet = table.get("staff_sheet")
    wishes = Wishes(departments=extra, lines=lines, sheet=path.parent / sheet if sheet else None)
    return wishes.and_staff(tuple(people))


@dataclass
class _Reading:
    """A file being read: collects what is wrong instead of stopping at the first fault."""

    file: str
    faults: list[Fault] = field(default_factory=list)

    def fault(self, path: str, problem: Words, remedy: Words) -> None:
        self.faults.append(Fault(file=self.file, path=path, problem=problem, remedy=remedy))

    def table(self, path: Path) -> dict[str, Any]:
        try:
            table = tomllib.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            self.fault(
                "",
                Words(zh=f"读不了：{error}", en=f"cannot be read: {error}"),
                Words(
                    zh="改正位置或所指的那一行", en="correct its place or the line it points at"
                ),
            )
            return {}
        for key, value in table.items():
            if key not in _TOP:
                self._unknown(key, key, tuple(_TOP))
            elif not isinstance(value, _TOP[key]):
                self._wrong(key, f"[[{key}]]" if _TOP[key] is list else key)
        return {key: value for key, value in table.items() if isinstance(value, _TOP.get(key, ()))}

    def rows(self, table: Mapping[str, Any], name: str) -> Iterator[dict[str, Any]]:
        known = {"department": _DEPARTMENT, "line": _LINE, "staff": _PERSON}[name]
        for place, row in enumerate(table.get(name, [])):
            if not isinstance(row, dict):
                self._wrong(f"{name}.{place}", f"[[{name}]]")
                continue
            for key in (key for key in row if key not in known):
                self._unknown(f"{name}.{place}.{key}", key, known)
            absent = [key for key in _NEEDED[name] if not row.get(key)]
            for key in absent:
                self.fault(
                    f"{name}.{place}.{key}",
                    Words(zh="缺少或是空的", en="missing or empty"),
                    Words(zh="补上", en="add it"),
                )
            if not absent:
                yield row

    def kind(self, row: Mapping[str, Any], path: str) -> str:
        kind = str(row.get("kind", "line"))
        if kind not in ("line", "round"):
            self._wrong(path, "line | round")
        return kind

    def person(
        self, row: Mapping[str, Any], place: int, departments: Mapping[str, Words]
    ) -> StaffRow:
        at = f"staff.{place}"
        listed = row["roles"]
        roles, unknown = roles_in(",".join(listed) if isinstance(listed, list) else str(listed))
        for word in unknown:
            self._unknown(f"{at}.roles", word, tuple(role.value for role in Role))
        if len(roles & SEPARATED) > 1:
            self._joined(f"{at}.roles")
        department = str(row.get("department", ""))
        if department and department not in departments:
            self._unknown(f"{at}.department", department, tuple(departments))
        return StaffRow(
            staff_no=self._number(str(row["staff_no"]), f"{at}.staff_no"),
            name=str(row["name"])[:40],
            gender=str(row.get("gender", ""))[:1],
            department=department,
            station=str(row.get("station", ""))[:40],
            roles=roles,
        )

    def admin(self, row: Mapping[str, Any]) -> list[StaffRow]:
        absent = [key for key in ("staff_no", "name") if not row.get(key)]
        for key in absent:
            self.fault(
                f"administrator.{key}",
                Words(zh="缺少或是空的", en="missing or empty"),
                Words(zh="补上", en="add it"),
            )
        if "password" in row:
            self.fault(
                "administrator.password",
                Words(zh="密码不能写在文件里", en="a password must not be in a file"),
                Words(zh="删去；会给出一次性链接", en="remove it: a link for one use is given"),
            )
        if absent:
            return []
        number = self._number(str(row["staff_no"]), "administrator.staff_no")
        return [administrator(staff_no=number, name=str(row["name"])[:40])]

    def _number(self, number: str, path: str) -> str:
        if len(number) > 16 or not number.replace("-", "").isalnum() or not number.isascii():
            self.fault(
                path,
                Words(zh=f"{number} 不能作工号", en=f"{number} cannot be a staff number"),
                Words(zh="最多 16 位字母、数字", en="up to 16 letters and digits"),
            )
        return number

    def _joined(self, path: str) -> None:
        self.fault(
            path,
            Words(
                zh="系统管理员、安全管理员、审计员不能是同一人",
                en="system administrator, security officer and auditor must be different people",
            ),
            Words(zh="只留一个", en="keep one of them"),
        )

    def _wrong(self, path: str, wanted: str) -> None:
        self.fault(
            path,
            Words(zh="写法不对", en="is of the wrong kind"),
            Words(zh=f"应为 {wanted}", en=f"it should be {wanted}"),
        )

    def _unknown(self, path: str, word: str, known: tuple[str, ...]) -> None:
        close = get_close_matches(word, known, n=1)
        listed = ", ".join(known)
        self.fault(
            path,
            Words(zh=f"不认识 {word}", en=f"{word} is not known"),
            Words(zh=f"是不是 {close[0]}？", en=f"did you mean {close[0]}?")
            if close
            else Words(zh=f"这里只能有 {listed}", en=f"known here: {listed}"),
        )
