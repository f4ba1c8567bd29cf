"""Running cases of an old system come in with the time at which the customer first asked."""

import uuid
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from shouwen.adapters.spreadsheets import CellFault, Table
from shouwen.cases.models import Case, CaseKind
from shouwen.cases.operations.opening import NewCase, open_case
from shouwen.core.clause import Words
from shouwen.core.text.numerals import half_width
from shouwen.customers.models import Occupancy
from shouwen.people.models import Department, Staff

_SPACE = uuid.UUID("5d0b6d0e-6a37-5b56-9a0e-0f2a5d1c7e21")
_LONGEST_SAID = 160  # the old number stands behind it
# name in the program → heading, whether it must be filled
COLUMNS: Mapping[str, tuple[str, bool]] = {
    "old_no": ("原编号", True),
    "kind": ("类别", True),
    "said": ("内容", True),
    "reported_at": ("受理时间", True),
    "staff_no": ("首问工号", True),
    "account_no": ("户号", False),
    "caller_name": ("称呼", False),
    "caller_phone": ("电话", False),
    "place": ("地址", False),
    "department": ("承办部门", False),
}
_KINDS = {str(label): str(value) for value, label in CaseKind.choices} | {
    str(value): str(value) for value in CaseKind.values
}


@dataclass(frozen=True, slots=True)
class CheckedCases:
    """The cases of a file, ready to be opened, and everything that is wrong with the file."""

    cases: tuple[NewCase, ...]
    faults: tuple[CellFault, ...]


def check_cases(*, table: Table, now: datetime, zone: ZoneInfo) -> CheckedCases:
    """Reads every row and looks up people, departments and homes. Writes nothing.

    Times without offset are those of `zone`; none may lie after `now`.
    """
    names = {heading: name for name, (heading, _) in COLUMNS.items()} | {n: n for n in COLUMNS}
    places = {names[word]: at for at, word in enumerate(table.heading) if word in names}
    faults = [
        *(_fault(1, word, "不认识这一列", "an unknown column", f"可用：{_headings()}", f"one of {_headings()}")
          for word in table.heading if word not in names),
        *(_fault(1, heading, "缺这一列", "the column is missing", "加上这一列", "add it")
          for name, (heading, needed) in COLUMNS.items() if needed and name not in places),
    ]  # fmt: skip
    if faults:
        return CheckedCases((), tuple(faults))
    reading = _Reading(now=now, zone=zone, known=_known(table, places))
    cases: list[NewCase] = []
    for number, cells in table.rows:
        values = {name: cells[at] for name, at in places.items()}
        wrong = list(reading.faults(number, values))
        faults += wrong
        if not wrong:
            cases.append(reading.case(values))
    return CheckedCases(tuple(cases), tuple(faults))


def import_cases(
    *,
    checked: CheckedCases,
    now: datetime,
    zone: ZoneInfo,
    on_case: Callable[[], None] = lambda: None,
) -> int:
    """Opens every case that is not there yet, each in a transaction of its own. Returns how many.

    Clocks count from the original time; run again it opens what is missing.
    """
    there = set(Case.objects.values_list("pk", flat=True))
    missing = [new for new in checked.cases if new.id not in there]
    for new in missing:
        open_case(new=new, now=now, zone=zone, source="import")
        on_case()
    return len(missing)


@dataclass(frozen=True, slots=True)
class _Known:
    """Who and what the rows name."""

    staff: Mapping[str, Staff]
    departments: Mapping[str, str]
    homes: Mapping[str, Occupancy]


@dataclass(frozen=True, slots=True)
class _Reading:
    """How a row becomes a case."""

    now: datetime
    zone: ZoneInfo
    known: _Known

    def faults(self, number: int, values: Mapping[str, str]) -> Iterator[CellFault]:
        for name, (heading, needed) in COLUMNS.items():
            if needed and not values.get(name):
                yield _fault(number, heading, "空着", "is empty", "补上", "fill it in")
        at, kind, staff = (values.get(name, "") for name in ("reported_at", "kind", "staff_no"))
        if kind and kind not in _KINDS:
            yield _fault(number, "类别", f"没有“{kind}”", f"“{kind}” is no kind", f"写 {'、'.join(_KINDS)}", "one of these")  # fmt: skip
        if staff and staff not in self.known.staff:
            yield _fault(number, "首问工号", f"没有工号 {staff}", f"there is no {staff}", "先建这个工号", "make the staff member first")  # fmt: skip
        moment = self._moment(at)
        if at and (moment is None or moment > self.now):
            yield _fault(number, "受理时间", f"“{at}”不是过去的时间", f"“{at}” is no time in the past", "写成 2026-10-01 09:30", "write 2026-10-01 09:30")  # fmt: skip
        yield from self._unknown(number, values)

    def _unknown(self, number: int, values: Mapping[str, str]) -> Iterator[CellFault]:
        department, account = values.get("department", ""), values.get("account_no", "")
        if department and department not in self.known.departments:
            yield _fault(number, "承办部门", f"没有“{department}”", f"there is no “{department}”", "写部门的名称或代码", "name or code of a department")  # fmt: skip
        if account and account.upper() not in self.known.homes:
            yield _fault(number, "户号", f"没有户号 {account}", f"there is no account {account}", "先导入客户，或留空", "import the customers first or leave it empty")  # fmt: skip

    def case(self, values: Mapping[str, str]) -> NewCase:
        home = self.known.homes.get(values.get("account_no", "").upper())
        old = values["old_no"]
        moment = self._moment(values["reported_at"])
        return NewCase(
            id=uuid.uuid5(_SPACE, old),
            kind=_KINDS[values["kind"]],
            said=f"{values['said'][:_LONGEST_SAID]}（原编号 {old[:30]}）",
            reported_at=moment or self.now,
            first_asked=self.known.staff[values["staff_no"]],
            channel="paper",
            department=self.known.departments.get(values.get("department", ""), ""),
            customer=home.customer if home else None,
            premises=home.premises if home else None,
            caller_name=values.get("caller_name", "")[:60],
            caller_phone=half_width(values.get("caller_phone", ""))[:20],
            place="" if home else values.get("place", "")[:120],
        )

    def _moment(self, text: str) -> datetime | None:
        try:
            moment = datetime.fromisoformat(half_width(text).replace("/", "-"))
        except ValueError:
            return None
        return moment if moment.tzinfo else moment.replace(tzinfo=self.zone)


def _known(table: Table, places: Mapping[str, int]) -> _Known:
    def said(name: str) -> set[str]:
        return {cells[places[name]] for _, cells in table.rows} if name in places else set()

    accounts = [account.upper() for account in said("account_no") if account]
    departments: dict[str, str] = {}
    for code, zh in Department.objects.values_list("code", "name_zh"):
        departments |= {code: code, zh: code}
    stays = Occupancy.objects.filter(
        premises__points__account_no__in=accounts, until__isnull=True
    ).select_related("customer", "premises__estate")
    homes = {
        point.account_no: stay
        for stay in stays.prefetch_related("premises__points")
        for point in stay.premises.points.all()
    }
    staff = {
        person.staff_no: person for person in Staff.objects.filter(staff_no__in=said("staff_no"))
    }
    return _Known(staff, departments, homes)


def _headings() -> str:
    return "、".join(heading for heading, _ in COLUMNS.values())


def _fault(row: int, column: str, zh: str, en: str, do_zh: str, do_en: str) -> CellFault:
    return CellFault(row, column, Words(zh=zh, en=en), Words(zh=do_zh, en=do_en))
