"""Reads the file of statutory holidays and make-up days into a working calendar."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from difflib import get_close_matches
from pathlib import Path
from types import MappingProxyType
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from shouwen.core.clause import Words
from shouwen.core.timing.calendar import Window, WorkingCalendar, YearOfDays
from shouwen.standard.faults import Fault, PackFaults

OFFICE_HOURS = (Window(time(8, 30), time(12)), Window(time(13, 30), time(17, 30)))
DEFAULT_WEEK: Mapping[int, tuple[Window, ...]] = MappingProxyType(
    dict.fromkeys(range(5), OFFICE_HOURS)
)
"""Monday to Friday 08:30-12:00 and 13:30-17:30, for when an organisation states no hours."""

_CALENDAR = {"name": str, "version": str, "zone": str, "year": list}
_UPLOAD = {"year": list}
_YEAR = {"year": int, "source": dict, "holiday": list}
_SOURCE = {"title": str, "number": str, "issued_on": date}
_BREAK = {"name": str, "from": date, "to": date}
_MAY_WORK = {"makeup": list}
_TYPE_NAMES = {
    str: Words(zh="文字", en="text"),
    int: Words(zh="整数", en="a whole number"),
    list: Words(zh="列表", en="a list"),
    dict: Words(zh="表", en="a table"),
    date: Words(zh="日期（如 2026-10-01）", en="a date such as 2026-10-01"),
}


def load_calendar(
    path: Path,
    *,
    week: Mapping[int, tuple[Window, ...]] = DEFAULT_WEEK,
    special: Mapping[date, tuple[Window, ...]] = MappingProxyType({}),
) -> WorkingCalendar:
    """The calendar of the file, worked in the hours of `week` and on the house's `special` days.

    Raises PackFaults with every fault of the file. Source of the shipped file: the notices of the
    General Office of the State Council named in it, year by year.
    """
    reading = _Reading(str(path))
    table = _toml(path, reading)
    top = reading.fields(table, "", _CALENDAR) if table is not None else {}
    zone = _zone(top.get("zone"), reading)
    years = _years(top.get("year", []), reading)
    if reading.faults or zone is None:
        raise PackFaults(reading.faults)
    return WorkingCalendar(
        name=top["name"],
        version=top["version"],
        zone=zone,
        week=week,
        years=years,
        special=special,
    )


def read_years(text: str, *, file: str) -> tuple[dict[int, YearOfDays], list[dict[str, Any]]]:
    """The years of an uploaded file, and their tables as they were written.

    The text may be a whole calendar file or only its `[[year]]` tables; name, version and zone are
    passed over. Raises PackFaults with every fault.
    """
    reading = _Reading(file)
    table = _parsed(text, reading)
    top = reading.fields(table, "", _UPLOAD, _CALENDAR) if table is not None else {}
    tables = top.get("year", [])
    years = _years(tables, reading)
    if table is not None and not tables and not reading.faults:
        reading.fault(
            "year",
            Words(zh="一年也没有", en="holds no year"),
            Words(zh="写上至少一个 [[year]]", en="write at least one [[year]]"),
        )
    if reading.faults:
        raise PackFaults(reading.faults)
    return years, tables


@dataclass
class _Reading:
    """A file being read: collects what is wrong instead of stopping at the first fault."""

    file: str
    faults: list[Fault] = field(default_factory=list)

    def fault(self, path: str, problem: Words, remedy: Words) -> None:
        self.faults.append(Fault(file=self.file, path=path, problem=problem, remedy=remedy))

    def fields(
        self,
        table: Any,
        path: str,
        wanted: Mapping[str, type],
        optional: Mapping[str, type] = MappingProxyType({}),
    ) -> dict[str, Any]:
        """The fields that are there and of their type; the others are faults."""
        if not isinstance(table, dict):
            self._wrong_type(path, dict)
            return {}
        known = {**wanted, **optional}
        for key in (key for key in table if key not in known):
            self._unknown(_at(path, key), key, known)
        for key in (key for key in wanted if key not in table):
            self.fault(
                _at(path, key),
                Words(zh="缺少", en="missing"),
                Words(
                    zh=f"补上，应为{_TYPE_NAMES[wanted[key]].zh}",
                    en=f"add it: {_TYPE_NAMES[wanted[key]].en}",
                ),
            )
        return {
            key: table[key]
            for key in known
            if key in table and self._is_a(table[key], known[key], _at(path, key))
        }

    def dates(self, values: list[Any], path: str) -> Iterator[tuple[str, date]]:
        for i, value in enumerate(values):
            if self._is_a(value, date, _at(path, i)):
                yield _at(path, i), value

    def _is_a(self, value: Any, wanted: type, path: str) -> bool:
        # A bool is an int and a datetime is a date, but neither is meant here.
        if isinstance(value, wanted) and not isinstance(value, bool | datetime) and value != "":
            return True
        self._wrong_type(path, wanted)
        return False

    def _wrong_type(self, path: str, wanted: type) -> None:
        name = _TYPE_NAMES[wanted]
        self.fault(
            path,
            Words(zh=f"不是{name.zh}，或是空的", en=f"is not {name.en}, or is empty"),
            Words(zh=f"改成{name.zh}", en=f"make it {name.en}"),
        )

    def _unknown(self, path: str, key: str, known: Mapping[str, type]) -> None:
        close = get_close_matches(key, known, n=1)
        listed = ", ".join(known)
        self.fault(
            path,
            Words(zh="不认识这一项", en="unknown"),
            Words(zh=f"是不是 {close[0]}？", en=f"did you mean {close[0]}?")
            if close
            else Words(zh=f"删去；这里只能有 {listed}", en=f"remove it; known here: {listed}"),
        )


def _toml(path: Path, reading: _Reading) -> dict[str, Any] | None:
    try:
        return _parsed(path.read_text(encoding="utf-8"), reading)
    except FileNotFoundError:
        reading.fault(
            "",
            Words(zh="没有这个文件", en="no such file"),
            Words(
                zh="放上日历文件，或改正位置", en="supply the calendar file or correct its place"
            ),
        )
    except UnicodeDecodeError as error:
        _not_toml(error, reading)
    return None


def _parsed(text: str, reading: _Reading) -> dict[str, Any] | None:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        _not_toml(error, reading)
    return None


def _not_toml(error: ValueError, reading: _Reading) -> None:
    reading.fault(
        "",
        Words(zh=f"不是 UTF-8 编码的 TOML：{error}", en=f"not TOML in UTF-8: {error}"),
        Words(zh="改正所指的那一行", en="correct the line it points at"),
    )


def _zone(name: str | None, reading: _Reading) -> ZoneInfo | None:
    if name is None:
        return None
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        reading.fault(
            "zone",
            Words(zh=f"没有时区 {name}", en=f"there is no time zone {name}"),
            Words(zh="中国用 Asia/Shanghai", en="China is Asia/Shanghai"),
        )
    return None


def _years(tables: list[Any], reading: _Reading) -> dict[int, YearOfDays]:
    years: dict[int, YearOfDays] = {}
    for i, table in enumerate(tables):
        path = _at("year", i)
        fields = reading.fields(table, path, _YEAR)
        source = reading.fields(fields.get("source", {}), _at(path, "source"), _SOURCE)
        year = fields.get("year")
        if year is None or len(source) < len(_SOURCE):
            continue
        if year in years:
            reading.fault(
                _at(path, "year"),
                Words(zh=f"{year} 年写了两次", en=f"the year {year} is there twice"),
                Words(zh="合成一个", en="join them into one"),
            )
        years[year] = _YearReading(year, reading).read(
            fields.get("holiday", []), path, "{title}（{number}，{issued_on}）".format(**source)
        )
    return years


@dataclass
class _YearReading:
    """One year being read: every day may be named once only."""

    year: int
    reading: _Reading
    holidays: dict[date, str] = field(default_factory=dict)
    makeup: dict[date, str] = field(default_factory=dict)

    def read(self, breaks: list[Any], path: str, source: str) -> YearOfDays:
        for i, table in enumerate(breaks):
            self._read_break(table, _at(_at(path, "holiday"), i))
        return YearOfDays(self.year, self.holidays, self.makeup, source)

    def _read_break(self, table: Any, path: str) -> None:
        fields = self.reading.fields(table, path, _BREAK, _MAY_WORK)
        if not fields.keys() >= _BREAK.keys():
            return
        first, last, name = fields["from"], fields["to"], fields["name"]
        if last < first:
            self.reading.fault(
                _at(path, "to"),
                Words(zh=f"{last} 早于 {first}", en=f"{last} is before {first}"),
                Words(zh="对调或改正", en="swap or correct them"),
            )
        for n in range(min((last - first).days + 1, 366)):
            self._take(first + timedelta(days=n), name, path, self.holidays)
        makeup_path = _at(path, "makeup")
        for at, day in self.reading.dates(fields.get("makeup", []), makeup_path):
            self._take(day, name, at, self.makeup)
            if day.weekday() < 5:
                self.reading.fault(
                    at,
                    Words(zh=f"{day} 不是周末", en=f"{day} is not at a weekend"),
                    Words(zh="只写因调休上班的周末", en="only list weekend days that are worked"),
                )

    def _take(self, day: date, name: str, path: str, into: dict[date, str]) -> None:
        if day.year != self.year:
            self.reading.fault(
                path,
                Words(zh=f"{day} 不在 {self.year} 年", en=f"{day} is not in {self.year}"),
                Words(zh="写到它自己的年份里", en="move it to its own year"),
            )
        elif day in self.holidays or day in self.makeup:
            self.reading.fault(
                path,
                Words(zh=f"{day} 已经写过", en=f"{day} is already listed"),
                Words(zh="每一天只写一次", en="list each day once"),
            )
        else:
            into[day] = name


def _at(path: str, key: str | int) -> str:
    return f"{path}.{key}" if path else str(key)
