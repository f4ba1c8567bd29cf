"""Tables that people fill in with a spreadsheet program: read with every fault by row and column, and written."""

import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

import xlsxwriter
from python_calamine import CalamineError, CalamineWorkbook

from shouwen.core.clause import Words

MOST_BYTES = 5_000_000
MOST_UNPACKED = 60_000_000
MOST_ROWS = 5_000


@dataclass(frozen=True, slots=True)
class Column:
    """One column: the name used in the program, its headings, and what the template explains."""

    name: str
    title: Words
    hint: Words
    required: bool = False
    width: int = 16


@dataclass(frozen=True, slots=True)
class SheetFault:
    """One thing wrong: row as the spreadsheet numbers it (0: the whole file), heading, problem, remedy."""

    row: int
    column: str
    problem: Words
    remedy: Words

    def worded(self, language: str) -> str:
        """One line: row, column, what is wrong, what to do."""
        problem, remedy = (
            (self.problem.en, self.remedy.en)
            if language == "en"
            else (self.problem.zh, self.remedy.zh)
        )
        if language == "en":
            place = f"row {self.row}, {self.column}: " if self.row else ""
            return f"{place}{problem}; {remedy}"
        place = f"第 {self.row} 行，{self.column}：" if self.row else ""
        return f"{place}{problem}。{remedy}"


class SheetFaults(Exception):
    """The table cannot be used; `faults` names everything that is wrong, by row."""

    def __init__(self, faults: Sequence[SheetFault]) -> None:
        self.faults = tuple(sorted(faults, key=lambda fault: (fault.row, fault.column)))
        super().__init__("\n".join(fault.worded("en") for fault in self.faults))


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One filled row: its number in the spreadsheet, and the text of each column ("" where empty)."""

    number: int
    cells: Mapping[str, str]


def read_sheet(content: bytes, *, columns: Sequence[Column]) -> list[SheetRow]:
    """The filled rows of the first sheet. Headings may be in either language and in any order.

    Raises SheetFaults for a file that is no xlsx, too large, or lacks a heading.
    """
    rows = _rows(content)
    places = _places([_text(cell) for cell in rows[0]] if rows else [], columns)
    filled = [
        SheetRow(number, {name: _cell(row, place) for name, place in places.items()})
        for number, row in enumerate(rows[1:], start=2)
        if any(_text(cell) for cell in row)
    ]
    if not filled:
        raise SheetFaults(
            [
                _whole(
                    "一行也没有填", "has no filled row", "从第 2 行起填写", "fill in from row 2 on"
                )
            ]
        )
    return filled


def missing_cells(rows: Sequence[SheetRow], columns: Sequence[Column]) -> Iterator[SheetFault]:
    """A fault for every empty cell of a required column."""
    for row in rows:
        for column in columns:
            if column.required and not row.cells[column.name]:
                yield fault(
                    row,
                    column,
                    Words(zh="是空的", en="is empty"),
                    Words(zh="填上", en="fill it in"),
                )


def fault(row: SheetRow, column: Column, problem: Words, remedy: Words) -> SheetFault:
    """A fault in a cell, under the column's heading."""
    return SheetFault(row.number, f"{column.title.zh} {column.title.en}", problem, remedy)


def template(columns: Sequence[Column], *, examples: Sequence[Sequence[str]] = ()) -> bytes:
    """An xlsx to fill in: bilingual headings, a note on each, examples in a sheet of their own."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        head = book.add_format({"bold": True, "bg_color": "#DCEBEE", "border": 1})
        plain = book.add_format({"num_format": "@"})
        _write_sheet(book.add_worksheet("填写 fill in"), columns, head, plain, rows=())
        if examples:
            _write_sheet(book.add_worksheet("示例 examples"), columns, head, plain, rows=examples)
    return file.getvalue()


def _write_sheet(
    sheet: Any, columns: Sequence[Column], head: Any, plain: Any, *, rows: Sequence[Sequence[str]]
) -> None:
    for place, column in enumerate(columns):
        sheet.set_column(place, place, column.width, plain)
        sheet.write_string(0, place, f"{column.title.zh} {column.title.en}", head)
        sheet.write_comment(0, place, f"{column.hint.zh}\n{column.hint.en}")
    for number, row in enumerate(rows, start=1):
        for place, value in enumerate(row):
            sheet.write_string(number, place, value, plain)
    sheet.freeze_panes(1, 0)


def _rows(content: bytes) -> list[list[Any]]:
    if len(content) > MOST_BYTES or _unpacked(content) > MOST_UNPACKED:
        raise SheetFaults(
            [_whole("太大", "is too large", "拆成几个文件", "split it into several files")]
        )
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        rows: list[list[Any]] = book.get_sheet_by_index(0).to_python(skip_empty_area=False)
    except (CalamineError, IndexError, ValueError) as error:
        raise SheetFaults(
            [
                _whole(
                    "读不了这个文件",
                    f"cannot be read ({type(error).__name__})",
                    "另存为 .xlsx 再试",
                    "save it as .xlsx and try again",
                )
            ]
        ) from error
    if len(rows) > MOST_ROWS + 1:
        raise SheetFaults(
            [
                _whole(
                    f"超过 {MOST_ROWS} 行",
                    f"has more than {MOST_ROWS} rows",
                    "拆成几个文件",
                    "split it into several files",
                )
            ]
        )
    return rows


def _unpacked(content: bytes) -> int:
    """What the archive claims to unpack to, before anything is unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return sum(item.file_size for item in archive.infolist())
    except zipfile.BadZipFile:
        return 0


def _places(headings: Sequence[str], columns: Sequence[Column]) -> dict[str, int]:
    found: dict[str, int] = {}
    faults = []
    for column in columns:
        names = {
            column.title.zh,
            column.title.en.lower(),
            f"{column.title.zh} {column.title.en}".lower(),
            column.name,
        }
        place = next((i for i, text in enumerate(headings) if text.lower() in names), None)
        if place is not None:
            found[column.name] = place
        else:
            found[column.name] = -1
            if column.required:
                faults.append(
                    SheetFault(
                        1,
                        f"{column.title.zh} {column.title.en}",
                        Words(zh="没有这一列", en="there is no such column"),
                        Words(
                            zh="第 1 行写上列名，或用模板",
                            en="name it in row 1, or use the template",
                        ),
                    )
                )
    if faults:
        raise SheetFaults(faults)
    return found


def _cell(row: Sequence[Any], place: int) -> str:
    return _text(row[place]) if 0 <= place < len(row) else ""


def _text(value: Any) -> str:
    """A cell as typed: numbers that a spreadsheet made of staff numbers lose their .0 again."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return f"{value:%H:%M}"
    return str(value).strip() if value is not None else ""


def _whole(zh: str, en: str, remedy_zh: str, remedy_en: str) -> SheetFault:
    return SheetFault(0, "", Words(zh=zh, en=f"the file {en}"), Words(zh=remedy_zh, en=remedy_en))
