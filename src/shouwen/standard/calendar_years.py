"""Years that an installation adds to the calendar of its standard: read, written, merged, found by line."""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from shouwen.core.timing.calendar import WorkingCalendar, YearOfDays
from shouwen.standard.calendars import read_years
from shouwen.standard.faults import PackFaults

_HEADER = re.compile(r"^\s*\[\[\s*year\s*\]\]", re.MULTILINE)
_SYNTAX_LINE = re.compile(r"at line (\d+)")


@dataclass(frozen=True, slots=True)
class AddedYear:
    """One year as the installation keeps it: its days, the text of its file, the text's SHA-256 (hex)."""

    days: YearOfDays
    text: str
    digest: str

    @property
    def year(self) -> int:
        return self.days.year


def added_years(text: str, *, file: str) -> tuple[AddedYear, ...]:
    """Every year of an uploaded text by number, each with a file of its own. Raises PackFaults."""
    years, tables = read_years(text, file=file)
    texts = {int(table["year"]): _written(table) for table in tables}
    return tuple(_added(years[year], texts[year]) for year in sorted(years))


def kept_years(folder: Path, *, name: str) -> tuple[tuple[AddedYear, ...], tuple[PackFaults, ...]]:
    """The years kept in a folder as `<name>-<year>.toml`, and what is wrong with files that cannot be used."""
    good: list[AddedYear] = []
    bad: list[PackFaults] = []
    for path in year_files(folder, name=name):
        try:
            good += added_years(path.read_text(encoding="utf-8", errors="replace"), file=str(path))
        except PackFaults as error:
            bad.append(error)
    return tuple(good), tuple(bad)


def year_files(folder: Path, *, name: str) -> list[Path]:
    """The files of added years, by year."""
    return sorted(folder.glob(f"{name}-[0-9][0-9][0-9][0-9].toml"))


def year_file(folder: Path, *, name: str, year: int) -> Path:
    """Where an added year is kept."""
    return folder / f"{name}-{year}.toml"


def with_years(calendar: WorkingCalendar, added: Iterable[AddedYear]) -> WorkingCalendar:
    """The calendar with years added or in the place of its own, under a version that names them.

    cn-2026.1 with one more year reads cn-2026.1+2027.a1b2c3, with several cn-2026.1+2027-2028.a1b2c3.
    """
    by_year = {each.year: each for each in added}
    if not by_year:
        return calendar
    years = {**calendar.years, **{year: each.days for year, each in by_year.items()}}
    return replace(calendar, years=years, version=f"{calendar.version}+{_mark(by_year)}")


def line_of(text: str, path: str) -> int | None:
    """The line (from 1) at which a fault's path lies in the text; None when it has no place in it."""
    if not path:
        return None
    keys = path.split(".")
    at = 0
    for key, number in zip(keys, [*keys[1:], ""], strict=True):
        if key.isdigit():
            continue
        found = _place(text, key, at, int(number) if number.isdigit() else None)
        if found is None:
            break
        at = found
    return text.count("\n", 0, at) + 1


def line_of_syntax(problem: str) -> int | None:
    """The line that the TOML reader complained about."""
    found = _SYNTAX_LINE.search(problem)
    return int(found[1]) if found else None


def _place(text: str, key: str, at: int, number: int | None) -> int | None:
    """Where the key stands after `at`; with a number, where the n-th entry under it begins."""
    if key == "year" and number is not None:
        headers = [found.start() for found in _HEADER.finditer(text, at)]
        return headers[number] if number < len(headers) else None
    found = re.compile(rf"\b{re.escape(key)}\s*=").search(text, at)
    if found is None:
        return None
    if key != "holiday" or number is None:
        return found.start()
    entries = [entry.start() for entry in re.compile(r"\{").finditer(text, found.end())]
    return entries[number] if number < len(entries) else found.start()


def _added(days: YearOfDays, text: str) -> AddedYear:
    return AddedYear(days, text, hashlib.sha256(text.encode()).hexdigest())


def _mark(by_year: Mapping[int, AddedYear]) -> str:
    first, last = min(by_year), max(by_year)
    if first == last:
        return f"{first}.{by_year[first].digest[:6]}"
    joined = "".join(by_year[year].digest for year in sorted(by_year))
    return f"{first}-{last}.{hashlib.sha256(joined.encode()).hexdigest()[:6]}"


def _written(table: Mapping[str, Any]) -> str:
    """One year as TOML: equal tables give equal texts, so that the digest names the content."""
    source = ", ".join(f"{key} = {_value(table['source'][key])}" for key in _SOURCE_KEYS)
    lines = ["[[year]]", f"year = {table['year']}", f"source = {{ {source} }}", "holiday = ["]
    for entry in table["holiday"]:
        fields = ", ".join(f"{key} = {_value(entry[key])}" for key in _BREAK_KEYS if key in entry)
        lines.append(f"  {{ {fields} }},")
    return "\n".join([*lines, "]", ""])


_SOURCE_KEYS = ("title", "number", "issued_on")
_BREAK_KEYS = ("name", "from", "to", "makeup")


def _value(value: Any) -> str:
    if isinstance(value, list):
        return f"[{', '.join(_value(each) for each in value)}]"
    # A basic string of TOML escapes as JSON does.
    return value.isoformat() if isinstance(value, date) else json.dumps(value, ensure_ascii=False)
