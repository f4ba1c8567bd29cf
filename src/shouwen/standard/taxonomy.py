"""Reads the case taxonomy of a standard (`taxonomy.tsv`): one leaf a line, every fault named at once."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from shouwen.core.clause import Words
from shouwen.core.facts import CASE_KINDS, FACTS
from shouwen.core.text.taxonomy import Leaf
from shouwen.standard.faults import Fault, PackFaults
from shouwen.standard.reading import suggestion

TAXONOMY = "taxonomy.tsv"
COLUMNS = (
    "code", "level1_zh", "level1_en", "level2_zh", "level2_en", "kind", "department", "clauses",
    "side", "share_pct", "keywords_zh", "danger_zh", "priority",
)  # fmt: skip
PRIORITIES = ("P0", "P1", "P2", "P3", "N")
_MAY_BE_EMPTY = frozenset({"danger_zh", "clauses"})
_SHARES_ADD_UP_TO = 100.0
_ROUNDING = 0.5


def load_taxonomy(
    path: Path,
    *,
    departments: Collection[str] | None = None,
    clauses: Collection[str] | None = None,
) -> tuple[Leaf, ...]:
    """The leaves of a taxonomy file in the order of the file.

    `departments` (codes) and `clauses` (ids) are checked when they are given. `path` is the file
    or the directory of a pack. Raises PackFaults with every fault of the file, each with its
    line and column.
    """
    file = path / TAXONOMY if path.is_dir() else path
    reading = _Reading(file.name, _choices(departments), clauses)
    leaves = reading.leaves(_lines(file, reading))
    reading.check_shares(leaves)
    if reading.faults:
        raise PackFaults(reading.faults)
    return tuple(leaves)


@dataclass
class _Reading:
    """A file being read; faults pile up until every line has been looked at."""

    file: str
    choices: Mapping[str, Collection[str]]
    clauses: Collection[str] | None
    faults: list[Fault] = field(default_factory=list)

    def leaves(self, lines: list[str]) -> list[Leaf]:
        """Every readable leaf."""
        if not lines or not self._is_header(lines[0]):
            return []
        read = [
            self._leaf(number, line)
            for number, line in enumerate(lines[1:], start=2)
            if line.strip()
        ]
        leaves = [leaf for leaf in read if leaf is not None]
        self._check_codes(leaves)
        return leaves

    def check_shares(self, leaves: Iterable[Leaf]) -> None:
        """The shares are of all calls: together they are all calls."""
        total = sum(leaf.share for leaf in leaves)
        if not self.faults and abs(total - _SHARES_ADD_UP_TO) > _ROUNDING:
            self.fault(
                "share_pct",
                Words(zh=f"占比合计 {total:g}%", en=f"the shares add up to {total:g} %"),
                Words(zh="应合计 100%", en="make them add up to 100 %"),
            )

    def fault(self, path: str, problem: Words, remedy: Words) -> None:
        """Note one thing that is wrong."""
        self.faults.append(Fault(self.file, path, problem, remedy))

    def _is_header(self, line: str) -> bool:
        columns = tuple(line.split("\t"))
        for missing in (column for column in COLUMNS if column not in columns):
            self.fault(
                f"1.{missing}",
                Words(zh=f"缺少列 {missing}", en=f"column {missing} is missing"),
                Words(zh=f"首行应为：{' '.join(COLUMNS)}", en=f"first line: {' '.join(COLUMNS)}"),
            )
        for unknown in (column for column in columns if column not in COLUMNS):
            problem = Words(zh=f"未知列 {unknown}", en=f"unknown column {unknown}")
            self.fault(f"1.{unknown}", problem, suggestion(unknown, COLUMNS))
        if not self.faults and columns != COLUMNS:
            self.fault(
                "1",
                Words(zh="列的顺序不对", en="the columns are in another order"),
                Words(zh=f"首行应为：{' '.join(COLUMNS)}", en=f"first line: {' '.join(COLUMNS)}"),
            )
        return not self.faults

    def _leaf(self, number: int, line: str) -> Leaf | None:
        cells = line.split("\t")
        if len(cells) != len(COLUMNS):
            self.fault(
                str(number),
                Words(zh=f"有 {len(cells)} 列", en=f"{len(cells)} columns"),
                Words(
                    zh=f"应为 {len(COLUMNS)} 列，用制表符分隔",
                    en=f"{len(COLUMNS)}, parted by tabs",
                ),
            )
            return None
        row = {name: cell.strip() for name, cell in zip(COLUMNS, cells, strict=True)}
        faults_before = len(self.faults)
        self._check(number, row)
        return _as_leaf(row) if len(self.faults) == faults_before else None

    def _check(self, number: int, row: Mapping[str, str]) -> None:
        for name, cell in row.items():
            if not cell and name not in _MAY_BE_EMPTY:
                self.fault(
                    f"{number}.{name}",
                    Words(zh="空着", en="empty"),
                    Words(zh="填上它", en="fill it in"),
                )
            elif cell and name in self.choices and cell not in self.choices[name]:
                problem = Words(zh=f"未知取值 {cell}", en=f"unknown: {cell}")
                self.fault(f"{number}.{name}", problem, suggestion(cell, self.choices[name]))
        if row["share_pct"] and _share(row["share_pct"]) is None:
            self.fault(
                f"{number}.share_pct",
                Words(zh=f"不是占比：{row['share_pct']}", en=f"not a share: {row['share_pct']}"),
                Words(zh="写 0 到 100 的数", en="write a number from 0 to 100"),
            )
        for clause in self._unknown_clauses(row["clauses"]):
            problem = Words(zh=f"没有条款 {clause}", en=f"there is no clause {clause}")
            self.fault(f"{number}.clauses", problem, suggestion(clause, self.clauses or ()))

    def _unknown_clauses(self, cell: str) -> list[str]:
        if self.clauses is None:
            return []
        return [clause for clause in _listed(cell, ";") if clause not in self.clauses]

    def _check_codes(self, leaves: Iterable[Leaf]) -> None:
        seen: set[str] = set()
        for leaf in leaves:
            if leaf.code in seen:
                self.fault(
                    leaf.code,
                    Words(zh=f"编码 {leaf.code} 出现两次", en=f"code {leaf.code} is there twice"),
                    Words(zh="改成未用过的编码", en="use a code that is free"),
                )
            seen.add(leaf.code)


def _lines(file: Path, reading: _Reading) -> list[str]:
    try:
        return file.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        reading.fault(
            "", Words(zh="没有这个文件", en="no such file"), Words(zh="补上它", en="supply it")
        )
    except UnicodeDecodeError:
        remedy = Words(zh="另存为 UTF-8", en="save it as UTF-8")
        reading.fault("", Words(zh="不是 UTF-8 编码", en="not UTF-8"), remedy)
    return []


def _choices(departments: Collection[str] | None) -> Mapping[str, Collection[str]]:
    choices: dict[str, Collection[str]] = {
        "kind": CASE_KINDS, "side": FACTS["side"].values, "priority": PRIORITIES,
    }  # fmt: skip
    if departments is not None:
        choices["department"] = departments
    return choices


def _share(cell: str) -> float | None:
    try:
        share = float(cell)
    except ValueError:
        return None
    return share if 0 <= share <= _SHARES_ADD_UP_TO else None


def _listed(cell: str, separator: str | None = None) -> tuple[str, ...]:
    return tuple(word.strip() for word in cell.split(separator) if word.strip())


def _as_leaf(row: Mapping[str, str]) -> Leaf:
    return Leaf(
        code=row["code"],
        group=Words(zh=row["level1_zh"], en=row["level1_en"]),
        title=Words(zh=row["level2_zh"], en=row["level2_en"]),
        kind=row["kind"],
        department=row["department"],
        clauses=_listed(row["clauses"], ";"),
        side=row["side"],
        share=_share(row["share_pct"]) or 0.0,
        keywords=_listed(row["keywords_zh"]),
        danger=_listed(row["danger_zh"]),
        priority=row["priority"],
    )
