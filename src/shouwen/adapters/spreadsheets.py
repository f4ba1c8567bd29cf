"""Reads tables that people hand in: xlsx and csv, with everything dangerous or unclear refused.

Nothing is repaired in silence: a file in another encoding, one that unpacks to more than it may,
or one with formulas is refused with a sentence that says what to do.
"""

import csv
import hashlib
import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import IO

from python_calamine import CalamineError, CalamineWorkbook, PasswordError

from shouwen.core.clause import Words

MOST_BYTES = 64 * 2**20
MOST_UNPACKED = 512 * 2**20
MOST_RATIO = 200  # a sheet of customers packs to a tenth; a bomb to a thousandth
MOST_ENTRIES = 2000
MOST_ROWS = 500_000
MOST_FORMULAS = 50  # named in one go
_FORMULA = re.compile(rb'<c\b[^>]*?\br="([A-Z]+)([0-9]+)"[^>]*>\s*<f\b')
_LOOKS_LIKE_A_FORMULA = re.compile(r"^(?:[=@]|[+-](?![\d\s().-]*$))")
_PIECE = 2**20


@dataclass(frozen=True, slots=True)
class CellFault:
    """What is wrong in one cell. `row` counts from 1 with the heading, `column` is its heading."""

    row: int
    column: str
    problem: Words
    remedy: Words


class Unreadable(Exception):
    """The file as a whole cannot be taken: why, and what to do."""

    def __init__(self, problem: Words, remedy: Words) -> None:
        self.problem = problem
        self.remedy = remedy
        super().__init__(f"{problem.en}; {remedy.en}")


class HasFormulas(Exception):
    """Cells compute their value; a register takes only what was typed."""

    def __init__(self, faults: Iterable[CellFault]) -> None:
        self.faults = tuple(faults)
        super().__init__(f"{len(self.faults)} cells with formulas")


@dataclass(frozen=True, slots=True)
class Table:
    """A heading and the rows under it as text: pairs of row number (heading is 1) and cells.

    Empty rows are left out; every row is as long as the heading. `digest` stands for the content.
    """

    heading: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    digest: str


def read_table(path: Path, *, sheet: int = 0) -> Table:
    """The table in an xlsx or csv file. Raises Unreadable, HasFormulas."""
    if path.stat().st_size > MOST_BYTES:
        raise _too_big(path.stat().st_size)
    if path.suffix.lower() == ".csv":
        return _table(_csv_rows(path))
    if path.suffix.lower() == ".xlsx":
        return _table(_xlsx_rows(path, sheet))
    raise Unreadable(
        Words(
            zh=f"不认识 {path.suffix or '没有扩展名'} 的文件",
            en=f"{path.suffix or 'no suffix'} is not read",
        ),
        Words(zh="在 Excel 里另存为 .xlsx，或“CSV UTF-8”", en="save it as .xlsx or as CSV UTF-8"),
    )


def _table(found: Iterable[Sequence[str]]) -> Table:
    rows = iter(found)
    heading = tuple(cell.strip() for cell in next(rows, ()))
    while heading and not heading[-1]:
        heading = heading[:-1]
    if not heading:
        raise Unreadable(
            Words(zh="表是空的", en="the table is empty"),
            Words(
                zh="第一行写列名，第二行起每行一户", en="headings in row 1, one home a row below"
            ),
        )
    kept: list[tuple[int, tuple[str, ...]]] = []
    digest = hashlib.sha256("\x1f".join(heading).encode())
    for number, row in enumerate(rows, start=2):
        cells = tuple(cell.strip() for cell in row)
        if any(cells):
            kept.append((number, _fitted(cells, len(heading))))
            digest.update(("\x1e" + "\x1f".join(cells)).encode())
        if len(kept) > MOST_ROWS:
            raise _too_many_rows()
    return Table(heading, tuple(kept), digest.hexdigest())


def _fitted(cells: tuple[str, ...], length: int) -> tuple[str, ...]:
    """As long as the heading; what stands beyond it is kept as one more cell, so that it is found."""
    beyond = "".join(cells[length:])
    padded = (*cells[:length], *[""] * (length - len(cells)))
    return (*padded, beyond) if beyond else padded


# --- csv ------------------------------------------------------------------------------------------


def _csv_rows(path: Path) -> Iterator[list[str]]:
    text = _decoded(path.read_bytes())
    rows = list(csv.reader(io.StringIO(text, newline="")))
    faults = [
        _formula(number, _letters(place))
        for number, row in enumerate(rows, start=1)
        for place, cell in enumerate(row)
        if cell and _LOOKS_LIKE_A_FORMULA.match(cell)
    ]
    if faults:
        raise HasFormulas(faults[:MOST_FORMULAS])
    yield from rows


def _decoded(content: bytes) -> str:
    if content[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\x00" in content[:4096]:
        raise _not_utf8("UTF-16", "UTF-16")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    try:
        content.decode("gb18030")
    except UnicodeDecodeError:
        raise _not_utf8("不认识的", "an unknown") from None
    raise _not_utf8("GBK", "GBK")


def _not_utf8(zh: str, en: str) -> Unreadable:
    return Unreadable(
        Words(zh=f"文件是 {zh} 编码，不是 UTF-8", en=f"the file is in {en} encoding, not UTF-8"),
        Words(
            zh="在 Excel 或 WPS 里打开，另存为“CSV UTF-8（逗号分隔）”或 .xlsx，再导入",
            en="open it in Excel or WPS, save it as “CSV UTF-8” or .xlsx, then import that file",
        ),
    )


# --- xlsx -----------------------------------------------------------------------------------------


def _xlsx_rows(path: Path, sheet: int) -> Iterator[list[str]]:
    _refuse_bombs(path)
    faults = list(_formulas(path))
    if faults:
        raise HasFormulas(faults)
    try:
        with CalamineWorkbook.from_path(str(path)) as book:
            if sheet >= len(book.sheet_names):
                raise Unreadable(
                    Words(zh=f"没有第 {sheet + 1} 张表", en=f"there is no sheet {sheet + 1}"),
                    Words(zh="核对工作表的张数", en="check how many sheets the workbook has"),
                )
            for row in book.get_sheet_by_index(sheet).iter_rows():
                yield [_text(cell) for cell in row]
    except PasswordError:
        raise Unreadable(
            Words(zh="文件有密码", en="the file has a password"),
            Words(zh="去掉密码再导入", en="save it without a password"),
        ) from None
    except (CalamineError, OSError) as error:
        raise _broken(error) from None


def _refuse_bombs(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as packed:
            entries = packed.infolist()
    except zipfile.BadZipFile as error:
        raise _broken(error) from None
    unpacked = sum(entry.file_size for entry in entries)
    packed_size = max(1, sum(entry.compress_size for entry in entries))
    if (
        len(entries) > MOST_ENTRIES
        or unpacked > MOST_UNPACKED
        or (unpacked > _PIECE and unpacked / packed_size > MOST_RATIO)
    ):
        raise Unreadable(
            Words(
                zh=f"文件展开后有 {unpacked // 2**20} MB、{len(entries)} 个部分，超过上限，像是压缩炸弹",
                en=f"the file unpacks to {unpacked // 2**20} MB in {len(entries)} parts, like a zip bomb",
            ),
            Words(
                zh="只留需要的列，另存为新的 .xlsx 再导入",
                en="copy the columns you need into a new workbook and import that",
            ),
        )


def _formulas(path: Path) -> Iterator[CellFault]:
    """Cells that compute, in every sheet: read as a stream, since a sheet may be large."""
    count = 0
    with zipfile.ZipFile(path) as packed:
        for entry in packed.infolist():
            if not entry.filename.startswith("xl/worksheets/"):
                continue
            with packed.open(entry) as sheet:
                for match in _matches(sheet):
                    yield _formula(int(match[2]), match[1].decode())
                    count += 1
                    if count >= MOST_FORMULAS:
                        return


def _matches(sheet: IO[bytes]) -> Iterator[re.Match[bytes]]:
    tail = b""
    while piece := sheet.read(_PIECE):
        text = tail + piece
        end = 0
        for match in _FORMULA.finditer(text):
            yield match
            end = match.end()
        # A cell may be cut in two by the end of the piece.
        tail = text[max(end, len(text) - 512) :]


def _text(cell: object) -> str:
    if isinstance(cell, bool):
        return "1" if cell else "0"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        # A day typed into Excel comes as midnight.
        return (
            cell.date().isoformat() if cell.time() == datetime.min.time() else cell.isoformat(" ")
        )
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def _letters(place: int) -> str:
    """The letters of a column: 0 → A, 26 → AA."""
    name = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def _formula(row: int, column: str) -> CellFault:
    return CellFault(
        row,
        column,
        Words(zh="单元格是公式", en="the cell is a formula"),
        Words(zh="复制整列，选择性粘贴为“数值”", en="copy the column and paste it as values"),
    )


def _broken(error: Exception) -> Unreadable:
    return Unreadable(
        Words(zh=f"文件打不开：{error}", en=f"the file cannot be opened: {error}"),
        Words(zh="在 Excel 里打开并另存为 .xlsx", en="open it in Excel and save it as .xlsx"),
    )


def _too_big(size: int) -> Unreadable:
    return Unreadable(
        Words(
            zh=f"文件有 {size // 2**20} MB，超过 64 MB",
            en=f"{size // 2**20} MB is more than 64 MB",
        ),
        Words(zh="分成几个文件导入", en="split it into several files"),
    )


def _too_many_rows() -> Unreadable:
    return Unreadable(
        Words(zh=f"超过 {MOST_ROWS} 行", en=f"more than {MOST_ROWS} rows"),
        Words(zh="分成几个文件导入", en="split it into several files"),
    )
