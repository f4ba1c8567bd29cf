"""Call records as the exchanges of vendors write them: one row a call, headings and words of their own.

A mapping file says which heading is which; what it does not name is not known of any call, and what
is not known is never guessed.
"""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

from shouwen.adapters.spreadsheets import CellFault, Table
from shouwen.core.clause import Words
from shouwen.core.telephony import LineEvent, Side

COLUMNS: Mapping[str, str] = {
    "call": "通话编号",
    "direction": "方向",
    "number": "客户号码",
    "queue": "队列",
    "staff_no": "工号",
    "extension": "分机",
    "arrived": "来电时间",
    "offered": "振铃时间",
    "answered": "接听时间",
    "ended": "挂机时间",
    "by": "挂机方",
    "cause": "挂机原因",
    "recording": "录音文件",
}
"""What a record can tell, and the heading it has when no mapping file says another."""
TIMES = ("arrived", "offered", "answered", "ended")
LONGEST = {"call": 80, "number": 20, "queue": 40, "staff_no": 16, "extension": 20, "cause": 40}
_SIDES: Mapping[str, Side] = {
    "customer": "customer", "agent": "agent", "exchange": "exchange",
    "客户": "customer", "坐席": "agent", "客服": "agent", "系统": "exchange", "": "",
}  # fmt: skip
_DIRECTIONS: Mapping[str, str] = {
    "inbound": "inbound", "outbound": "outbound", "呼入": "inbound", "呼出": "outbound",
    "": "inbound",
}  # fmt: skip


class BadMapping(ValueError):
    """The mapping file cannot be used; the text names place and remedy in both languages."""


@dataclass(frozen=True, slots=True)
class Layout:
    """How one exchange writes its records: headings, the form of its times, its words for sides."""

    columns: Mapping[str, str] = field(default_factory=lambda: dict(COLUMNS))
    time: str = ""
    directions: Mapping[str, str] = field(default_factory=lambda: dict(_DIRECTIONS))
    sides: Mapping[str, Side] = field(default_factory=lambda: dict(_SIDES))


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One call of a file; `row` counts from 1 with the heading. `tells_answer`: it would say an answer."""

    row: int
    texts: Mapping[str, str]
    times: Mapping[str, datetime]
    direction: str
    by: Side
    tells_answer: bool

    @property
    def call(self) -> str:
        """The exchange's name of the call."""
        return self.texts["call"]


def read_layout(path: Path) -> Layout:
    """The mapping in a TOML file. Raises BadMapping."""
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise BadMapping(f"{path.name}: 读不出来 / cannot be read ({error})") from None
    columns, values = found.get("columns", {}), found.get("values", {})
    for name in columns.keys() - COLUMNS.keys():
        listed = ", ".join(COLUMNS)
        raise BadMapping(f"{path.name}: columns.{name}: 没有这一列，可用 / unknown, use {listed}")
    directions, sides = values.get("direction", {}), values.get("by", {})
    for place, given, known in (("direction", directions, _DIRECTIONS), ("by", sides, _SIDES)):
        wrong = [word for word in given.values() if word not in known.values()]
        if wrong:
            listed = ", ".join(sorted({word for word in known.values() if word}))
            raise BadMapping(f"{path.name}: values.{place}: {wrong[0]!r}；可用 / use {listed}")
    if "call" not in columns or not set(TIMES) & columns.keys():
        raise BadMapping(
            f"{path.name}: columns: 至少要有 call 和一个时间 / call and one time are needed"
        )
    return Layout(
        columns=columns,
        time=str(found.get("time", "")),
        directions={**_DIRECTIONS, **directions},
        sides={**_SIDES, **sides},
    )


def read_records(
    table: Table, layout: Layout, *, zone: ZoneInfo, now: datetime
) -> tuple[list[Record], list[CellFault]]:
    """The records of a table and every fault in it; times without an offset are those of `zone`."""
    places, faults = _places(table, layout)
    if faults:
        return [], faults
    records: list[Record] = []
    seen: dict[str, int] = {}
    for number, cells in table.rows:
        row = _Row(number, {name: cells[place] for name, place in places.items()}, layout)
        found = row.read(zone=zone, now=now)
        if found.call in seen:
            row.fault("call", f"与第 {seen[found.call]} 行相同", f"the same as row {seen[found.call]}",
                      "每通电话一行", "write one row a call")  # fmt: skip
        elif found.call:
            seen[found.call] = number
        faults += row.faults
        records.append(found)
    return records, faults


def events_of(record: Record, *, media: str = "") -> Iterator[LineEvent]:
    """What a record tells, as the events of its call. A field left out is an event never told."""
    texts, times, call = record.texts, record.times, record.call
    offer = f"{call}:1" if "offered" in times or "answered" in times else ""
    agent = {"offer": offer, "staff_no": texts["staff_no"], "extension": texts["extension"]}
    direction: Mapping[str, str] = {"direction": record.direction}
    if "arrived" in times:
        yield LineEvent(
            id=f"{call}:arrived", call=call, type="arrived", at=times["arrived"],
            number=texts["number"], queue=texts["queue"], **direction,  # type: ignore[arg-type]
        )  # fmt: skip
    if "offered" in times:
        yield LineEvent(
            id=f"{call}:offered", call=call, type="offered", at=times["offered"],
            number=texts["number"], queue=texts["queue"], **direction, **agent,  # type: ignore[arg-type]
        )  # fmt: skip
    if "answered" in times:
        yield LineEvent(
            id=f"{call}:answered", call=call, type="answered", at=times["answered"],
            number=texts["number"], **direction, **agent,  # type: ignore[arg-type]
        )  # fmt: skip
    if "ended" in times:
        yield LineEvent(
            id=f"{call}:hung_up",
            call=call,
            type="hung_up",
            at=times["ended"],
            by=record.by,
            cause=texts["cause"],
            unanswered=record.tells_answer and "answered" not in times,
        )
    if media:
        at = max(times.values())
        yield LineEvent(
            id=f"{call}:recorded:{media}", call=call, type="recorded", at=at, media=media
        )


def _places(table: Table, layout: Layout) -> tuple[dict[str, int], list[CellFault]]:
    """Where each column is. Without a mapping file a column may be missing, with one it may not."""
    is_given = dict(layout.columns) != dict(COLUMNS)
    places = {
        name: table.heading.index(heading)
        for name, heading in layout.columns.items()
        if heading in table.heading
    }
    needed = list(layout.columns) if is_given else ["call"]
    missing = [name for name in needed if name not in places]
    if not missing and not set(TIMES) & places.keys():
        missing = ["arrived"]
    listed = "、".join(table.heading)
    return places, [
        CellFault(
            row=1,
            column=layout.columns[name],
            problem=Words(zh="没有这一列", en="no such column"),
            remedy=Words(
                zh=f"在对照文件里改成表里的列名：{listed}",
                en=f"name one of the table's in the mapping file: {listed}",
            ),
        )
        for name in missing
    ]


class _Row:
    """One row while it is read; collects every fault."""

    def __init__(self, number: int, cells: Mapping[str, str], layout: Layout) -> None:
        self.faults: list[CellFault] = []
        self._number = number
        self._cells = cells
        self._layout = layout

    def fault(self, column: str, zh: str, en: str, zh_remedy: str, en_remedy: str) -> None:
        heading = self._layout.columns.get(column, COLUMNS[column])
        self.faults.append(
            CellFault(
                self._number, heading, Words(zh=zh, en=en), Words(zh=zh_remedy, en=en_remedy)
            )
        )

    def read(self, *, zone: ZoneInfo, now: datetime) -> Record:
        texts = {name: self._cells.get(name, "") for name in COLUMNS}
        for name, longest in LONGEST.items():
            if len(texts[name]) > longest:
                self.fault(
                    name, f"超过 {longest} 个字", f"longer than {longest}", "写短", "shorten it"
                )
        if not texts["call"]:
            self.fault(
                "call",
                "缺通话编号",
                "the call has no name",
                "填交换机的编号",
                "write the exchange's",
            )
        if not texts["number"].removeprefix("+").isdigit() and texts["number"]:
            self.fault("number", f"“{texts['number']}”不是号码", f"{texts['number']!r} is no number",
                       "只写数字", "write digits only")  # fmt: skip
        return Record(
            row=self._number,
            texts=texts,
            times=self._times(zone, now),
            direction=self._word("direction", self._layout.directions),
            by=self._side(),
            tells_answer="answered" in self._cells,
        )

    def _side(self) -> Side:
        given = self._cells.get("by", "")
        if given not in self._layout.sides:
            self._unknown("by", given)
        return self._layout.sides.get(given, "")

    def _word(self, name: str, words: Mapping[str, str]) -> str:
        given = self._cells.get(name, "")
        if given not in words:
            self._unknown(name, given)
        return words.get(given, "inbound")

    def _unknown(self, name: str, given: str) -> None:
        self.fault(name, f"不认识“{given}”", f"{given!r} is not known",
                   f"在对照文件的 [values.{name}] 里写明", f"say what it is under [values.{name}]")  # fmt: skip

    def _times(self, zone: ZoneInfo, now: datetime) -> dict[str, datetime]:
        times: dict[str, datetime] = {}
        for name in TIMES:
            given = self._cells.get(name, "")
            moment = self._moment(given, zone) if given else None
            if given and moment is None:
                self.fault(name, f"“{given}”不是时间", f"{given!r} is no time",
                           "写成 2026-10-09 09:12:00", "write 2026-10-09 09:12:00")  # fmt: skip
            elif moment is not None and moment > now:
                self.fault(
                    name, "在将来", "in the future", "核对时间和时区", "check time and zone"
                )
            elif moment is not None:
                times[name] = moment
        if not times and not self.faults:
            self.fault(
                "arrived", "一个时间也没有", "no time at all", "至少写一个", "write at least one"
            )
        self._must_follow(times)
        return times

    def _moment(self, given: str, zone: ZoneInfo) -> datetime | None:
        form = self._layout.time
        try:
            found = datetime.strptime(given, form) if form else datetime.fromisoformat(given)  # noqa: DTZ007 - its zone follows
        except ValueError:
            return None
        return found if found.tzinfo else found.replace(tzinfo=zone)

    def _must_follow(self, times: Mapping[str, datetime]) -> None:
        there: Sequence[str] = [name for name in TIMES if name in times]
        for before, after in pairwise(there):
            if times[after] < times[before]:
                columns = self._layout.columns
                self.fault(after, f"早于{columns[before]}", f"before {columns[before]}",
                           "核对两个时间", "check both times")  # fmt: skip
