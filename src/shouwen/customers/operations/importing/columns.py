"""A row of a file of customers: which columns it may have, and what each must say."""

import difflib
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from shouwen.adapters.spreadsheets import CellFault, Table
from shouwen.core.clause import Words
from shouwen.core.text.home_address import parse_address
from shouwen.core.text.numerals import figure, half_width
from shouwen.customers.models import Customer, CustomerClass, MeterKind, Relation
from shouwen.customers.operations.registering import NotANumber, as_number


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name in the program, its heading, other headings it goes by, its length."""

    name: str
    zh: str
    others: tuple[str, ...]
    longest: int = 60


COLUMNS = (
    Column("account_no", "户号", ("用户编号", "account", "account no"), 24),
    Column("address", "地址", ("用气地址", "address"), 120),
    Column("estate", "小区", ("小区/街道", "街道", "estate")),
    Column("building", "楼", ("楼号", "栋", "building"), 12),
    Column("unit", "单元", ("单元号", "unit"), 12),
    Column("flat", "室", ("室号", "门牌", "房号", "flat"), 12),
    Column("place_name", "地点名称", ("单位地点", "place")),
    Column("customer_class", "用气类别", ("类别", "class"), 16),
    Column("name", "姓名", ("客户名称", "户名", "name")),
    Column("title", "称呼", ("性别", "title"), 8),
    Column("phones", "电话", ("联系电话", "手机", "phone", "phones"), 80),
    Column("relation", "关系", ("relation",), 12),
    Column("since", "入住日期", ("开户日期", "since"), 20),
    Column("customer_ref", "客户编号", ("customer", "customer no"), 40),
    Column("meter_serial", "表号", ("表具编号", "meter"), 40),
    Column("meter_kind", "表型", ("meter kind",), 12),
    Column("meter_on", "装表日期", ("meter since",), 20),
)
HEADINGS = {column.name: column.zh for column in COLUMNS}


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeRow:
    """One customer at one home, read and found to be sound. `number` is its row in the file."""

    number: int
    name: str
    estate: str
    building: str = ""
    unit: str = ""
    flat: str = ""
    place_name: str = ""
    account_no: str = ""
    customer_class: str = "residential"
    title: str = ""
    phones: tuple[str, ...] = ()
    relation: str = "owner"
    since: date
    customer_ref: str = ""
    meter_serial: str = ""
    meter_kind: str = "diaphragm"
    meter_on: date

    @property
    def place(self) -> tuple[str, str, str, str, str]:
        """What tells this home from others."""
        return self.estate, self.building, self.unit, self.flat, self.place_name


def places_of(heading: Sequence[str]) -> tuple[dict[str, int], list[CellFault]]:
    """Which column stands where, and every heading that is unknown, twice there, or missing."""
    known = {_bare(word): c.name for c in COLUMNS for word in (c.name, c.zh, *c.others)}
    places: dict[str, int] = {}
    faults: list[CellFault] = []
    for place, words in enumerate(heading):
        name = known.get(_bare(words))
        if name is None:
            faults.append(_unknown(words, list(known)))
        elif name in places:
            faults.append(
                _fault(
                    1,
                    words,
                    "这一列出现了两次",
                    "the column is there twice",
                    "删掉一列",
                    "delete one",
                )
            )
        else:
            places[name] = place
    if "name" not in places:
        faults.append(_missing("姓名"))
    if not {"estate", "address"} & set(places):
        faults.append(_missing("小区 / 地址"))
    return places, faults


def read_rows(
    table: Table, *, places: Mapping[str, int], today: date, estates: Mapping[str, str]
) -> Iterator[HomeRow | list[CellFault]]:
    """Each row as a value, or everything that is wrong with it.

    `today` stands for a day that was not given; `estates` maps spellings to names of estates.
    """
    for number, cells in table.rows:
        values = {name: cells[place] for name, place in places.items()}
        faults = list(_too_long(number, values))
        if len(cells) > len(table.heading):
            faults.append(
                _fault(number, "…", "表头之外还有内容", "there is content beyond the headings",
                       "删掉多出的单元格，或补上列名", "delete the extra cells or give them a heading")
            )  # fmt: skip
        reading = _Reading(number, values, faults, today, estates)
        row = reading.row()
        yield faults or row


@dataclass(slots=True)
class _Reading:
    """One row being read; faults pile up until every cell has been looked at."""

    number: int
    values: Mapping[str, str]
    faults: list[CellFault]
    today: date
    estates: Mapping[str, str]

    def row(self) -> HomeRow:
        estate, building, unit, flat, place_name = self._place()
        since = self._day("since") or self.today
        return HomeRow(
            number=self.number,
            name=self._required("name"),
            estate=estate,
            building=building,
            unit=unit,
            flat=flat,
            place_name=place_name,
            account_no=self._account(),
            customer_class=self._choice("customer_class", _CLASSES, "residential"),
            title=self._choice("title", _TITLES, ""),
            phones=self._phones(),
            relation=self._choice("relation", _RELATIONS, "owner"),
            since=since,
            customer_ref=self.values.get("customer_ref", ""),
            meter_serial=self.values.get("meter_serial", ""),
            meter_kind=self._choice("meter_kind", _METERS, "diaphragm"),
            meter_on=self._day("meter_on") or since,
        )

    def _place(self) -> tuple[str, str, str, str, str]:
        told = [
            self.values.get(n, "") for n in ("estate", "building", "unit", "flat", "place_name")
        ]
        estate, building, unit, flat, place_name = told
        if not estate and self.values.get("address"):
            return self._parsed(self.values["address"], place_name)
        if not estate:
            self._wrong(
                "estate",
                "没有写小区",
                "no estate",
                "写小区、街道或村的名字",
                "name the estate, street or village",
            )
        elif not flat and not place_name:
            self._wrong(
                "flat",
                "没有门牌也没有地点名称",
                "neither flat nor place",
                "写室号，或在“地点名称”写单位名",
                "give the flat, or the name of the place",
            )
        estate = self.estates.get(half_width(estate), half_width(estate))
        return estate, _figure(building), _figure(unit), _figure(flat), place_name

    def _parsed(self, address: str, place_name: str) -> tuple[str, str, str, str, str]:
        found = parse_address(address, estates=self.estates) or parse_address(address)
        if found is None or not (found.is_complete or (found.estate and place_name)):
            self._wrong("address", f"看不懂地址“{address}”", f"“{address}” is no address we can read",
                        "写成“青梧里3号楼1单元502”，或分成小区、楼、单元、室四列",
                        "write it like 青梧里3号楼1单元502 or in columns")  # fmt: skip
            return "", "", "", "", ""
        place = f"{found.door}号" if found.door else ""
        return found.estate, found.building, found.unit, found.flat, place_name or place

    def _required(self, name: str) -> str:
        value = self.values.get(name, "")
        if not value:
            self._wrong(
                name, "空着", "is empty", "补上，或删掉这一行", "fill it in or delete the row"
            )
        return value

    def _account(self) -> str:
        value = half_width(self.values.get("account_no", "")).upper()
        if value and not re.fullmatch(r"[0-9A-Z-]{4,24}", value):
            self._wrong("account_no", f"户号“{value}”不合格式", f"“{value}” is no account number",
                        "4–24 位数字、字母或短横", "4 to 24 digits, letters or dashes")  # fmt: skip
        return value

    def _phones(self) -> tuple[str, ...]:
        numbers: list[str] = []
        for part in re.split(r"[/、,，;；\s]+", self.values.get("phones", "")):
            if not part:
                continue
            try:
                numbers.append(as_number(half_width(part)))
            except NotANumber:
                self._wrong("phones", f"“{part}”不是电话号码", f"“{part}” is no telephone number",
                            "7–12 位数字；几个号码用顿号隔开", "7 to 12 digits; several parted by 、")  # fmt: skip
        return tuple(dict.fromkeys(numbers))

    def _choice(self, name: str, choices: Mapping[str, str], default: str) -> str:
        value = self.values.get(name, "")
        if not value:
            return default
        found = choices.get(value.lower())
        if found is None:
            allowed = "、".join(word for word in choices if not word.isascii())
            self._wrong(name, f"没有“{value}”这一项", f"“{value}” is not one of the choices",
                        f"写 {allowed}", f"one of {', '.join(choices)}")  # fmt: skip
            return default
        return found

    def _day(self, name: str) -> date | None:
        value = self.values.get(name, "")
        match = re.match(r"^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$", half_width(value))
        try:
            found = date(*(int(part) for part in match.groups())) if match else None
        except ValueError:
            found = None
        if value and found is None:
            self._wrong(
                name,
                f"“{value}”不是日期",
                f"“{value}” is no day",
                "写成 2020-03-01",
                "write it as 2020-03-01",
            )
        elif found and found > self.today:
            self._wrong(
                name,
                f"{value} 还没到",
                f"{value} lies ahead",
                "写已经发生的日期",
                "give a day that has been",
            )
        return found

    def _wrong(self, column: str, zh: str, en: str, do_zh: str, do_en: str) -> None:
        self.faults.append(_fault(self.number, HEADINGS[column], zh, en, do_zh, do_en))


def _table_of(
    choices: type[CustomerClass] | type[MeterKind] | type[Relation], **more: str
) -> dict[str, str]:
    words = {str(label): str(value) for value, label in choices.choices}
    return words | {str(value): str(value) for value, _ in choices.choices} | more


_CLASSES = _table_of(CustomerClass, 民用="residential", 非居民="commercial")
_RELATIONS = _table_of(Relation, 业主="owner", 承租人="tenant")
_METERS = _table_of(MeterKind, 普表="diaphragm", ic卡表="prepaid", 物联网表="remote")
_TITLES = {
    "先生": "先生",
    "女士": "女士",
    "男": "先生",
    "女": "女士",
    "mr": "先生",
    "ms": "女士",
} | {str(Customer.Title.UNKNOWN.label): ""}


def _figure(text: str) -> str:
    """The figure of a part of an address, without 号楼, 单元, 室."""
    bare = re.sub(r"(?:号楼|栋|幢|座|楼|单元|室|号)$", "", half_width(text)).upper()
    return figure(bare) or bare


def _bare(words: str) -> str:
    return re.sub(r"[\s_*（(].*$", "", words.strip().lower()) or words.strip().lower()


def _too_long(number: int, values: Mapping[str, str]) -> Iterator[CellFault]:
    for column in COLUMNS:
        if len(values.get(column.name, "")) > column.longest:
            yield _fault(
                number, column.zh, f"超过 {column.longest} 个字", f"longer than {column.longest}",
                "缩短", "shorten it",
            )  # fmt: skip


def _unknown(words: str, known: list[str]) -> CellFault:
    near = difflib.get_close_matches(_bare(words), known, n=1, cutoff=0.5)
    headings = "、".join(column.zh for column in COLUMNS)
    hint_zh = f"是不是“{near[0]}”？" if near else ""
    hint_en = f"did you mean {near[0]}? " if near else ""
    return _fault(1, words or "（空）", "不认识这一列", "an unknown column",
                  f"{hint_zh}可用：{headings}；用不着就删掉", f"{hint_en}delete it if it is not needed")  # fmt: skip


def _missing(heading: str) -> CellFault:
    return _fault(1, heading, "缺这一列", "the column is missing", "加上这一列", "add it")


def _fault(row: int, column: str, zh: str, en: str, do_zh: str, do_en: str) -> CellFault:
    return CellFault(row, column, Words(zh=zh, en=en), Words(zh=do_zh, en=do_en))


Progress = Callable[[int], None]
