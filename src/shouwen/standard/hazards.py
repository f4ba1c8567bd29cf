"""Reads the hazard catalogue of a pack: `hazards.tsv`, one hazard a line, and `hazards.toml`, its readings,
actions, form items and reminders. Both may be missing; every fault is named with its line or place.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Final, Literal, cast

from shouwen.core.clause import Words
from shouwen.core.hazards import (
    Finding,
    Grade,
    NotAReading,
    ReadingPlan,
    Stands,
    Stop,
    Written,
    stop_of,
    written_notice_is_due,
)
from shouwen.standard.beside import beside_pack, strangers
from shouwen.standard.faults import Fault, PackFaults
from shouwen.standard.reading import read_text, suggestion

CATALOGUE: Final = "hazards.tsv"
PLAN: Final = "hazards.toml"
COLUMNS: Final = (
    "code", "group_zh", "group_en", "title_zh", "title_en", "scope", "grade", "grade3",
    "written_notice", "actions", "due", "due_zh", "who", "photo", "reading", "limit_zh",
    "found_how_zh", "recheck_zh", "basis_zh", "sure",
)  # fmt: skip
_NEEDED: Final = (
    "code", "group_zh", "group_en", "title_zh", "title_en", "scope", "grade", "actions", "who",
    "photo", "sure",
)  # fmt: skip
_CHOICES: Final[Mapping[str, tuple[str, ...]]] = {
    "scope": ("R", "N", "ALL"),
    "grade": ("major", "ordinary"),
    "grade3": ("1", "2", "3"),
    "written_notice": ("required", "check"),
    "who": ("USER", "COMPANY", "BOTH"),
    "photo": ("Y", "N"),
}
_CODE: Final = re.compile(r"[A-Z]{2}-[A-Z]\d{2}", re.ASCII)
_DUE_WORDS: Final = ("now", "spot", "")
_LONGEST_DUE: Final = 366
_NUMBER: Final = re.compile(r"\{year\}.*\{count(:0\d+d)?\}", re.ASCII)

_NOTHING: Final = Words(zh="", en="")

Scope = Literal["R", "N", "ALL"]
Who = Literal["USER", "COMPANY", "BOTH"]


@dataclass(frozen=True, slots=True, kw_only=True)
class HazardKind:
    """One hazard of the catalogue. `due_days`: days to put it right; 0 at once, None for no fixed time.

    `on_the_spot`: put right while somebody is there.
    """

    code: str
    group: Words
    title: Words
    scope: Scope
    grade: Grade
    degree: int
    written: Written
    actions: tuple[str, ...]
    due_days: int | None
    on_the_spot: bool
    due_zh: str
    who: Who
    photo: bool
    readings: tuple[str, ...]
    limit_zh: str = ""
    found_how_zh: str = ""
    recheck_zh: str = ""
    basis_zh: str = ""
    sure: str = ""

    @property
    def stop(self) -> Stop:
        """The widest stop that its actions ask for."""
        return stop_of(self.actions)

    @property
    def needs_notice(self) -> bool:
        """Whether it is closed only with proof of written notice."""
        return written_notice_is_due(written=self.written, actions=self.actions)

    @property
    def needs_photo(self) -> bool:
        """Whether it is closed only with a photo: major ones that ask for one."""
        return self.photo and self.grade == "major"

    def finding(self, stands: Stands = "ok") -> Finding:
        """What somebody who found it found."""
        return Finding(
            code=self.code, grade=self.grade, degree=self.degree, stop=self.stop,
            written=self.written, stands=stands,
        )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class FormItem:
    """A question of an inspection form; `fails`: the hazard that an answer opens by itself."""

    id: str
    title: Words
    scope: tuple[Scope, ...]
    fails: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminder:
    """A message so many days before or after the day in the notice. `message`: id of the text."""

    days: int
    before: bool
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeWords:
    """What every written notice says besides what was found. `{hotline}` is filled in."""

    opening: Words = _NOTHING
    overdue: Words = _NOTHING
    gas_back: Words = _NOTHING
    recheck: Words = _NOTHING
    choice: Words = _NOTHING
    refused: Words = _NOTHING


@dataclass(frozen=True, slots=True, kw_only=True)
class HazardPlan:
    """Everything that stands in `hazards.toml`."""

    notice_number: str = "HZ{year}{count:06d}"
    reminders: tuple[Reminder, ...] = ()
    notice: NoticeWords = field(default_factory=NoticeWords)
    reading: tuple[ReadingPlan, ...] = ()
    item: tuple[FormItem, ...] = ()
    actions: Mapping[str, Words] = field(default_factory=dict)


@dataclass(frozen=True)
class Hazards:
    """The catalogue and its settings, checked."""

    kinds: tuple[HazardKind, ...] = ()
    plan: HazardPlan = field(default_factory=HazardPlan)

    @cached_property
    def by_code(self) -> Mapping[str, HazardKind]:
        """The catalogue by code."""
        return {each.code: each for each in self.kinds}

    @cached_property
    def readings(self) -> Mapping[str, ReadingPlan]:
        """The readings by code."""
        return {each.code: each for each in self.plan.reading}

    @cached_property
    def items(self) -> Mapping[str, FormItem]:
        """The items of the forms by id."""
        return {each.id: each for each in self.plan.item}

    def action(self, code: str) -> Words:
        """How an action is called; its code for one that the pack does not name any more."""
        return self.plan.actions.get(code, Words(zh=code, en=code))


def opened_by(
    hazards: Hazards, *, readings: Mapping[str, str], answers: Mapping[str, str]
) -> tuple[Finding, ...]:
    """The hazards that readings (by code) and answers (by form item) open by themselves, the worst first.

    What the catalogue does not know is passed over, what cannot be read opens nothing; each hazard once.
    """
    found: dict[str, Finding] = {}
    for code, stands in _opened(hazards, readings, answers):
        kind = hazards.by_code.get(code)
        if kind is not None and (code not in found or stands == "danger"):
            found[code] = kind.finding(stands)
    return tuple(
        sorted(found.values(), key=lambda each: (each.grade != "major", each.degree, each.code))
    )


def _opened(
    hazards: Hazards, readings: Mapping[str, str], answers: Mapping[str, str]
) -> Iterator[tuple[str, Stands]]:
    for name, value in readings.items():
        plan = hazards.readings.get(name)
        if plan is None:
            continue
        try:
            stands = plan.stands(value)
        except NotAReading:
            continue
        yield plan.opens(stands), stands
    for name, answer in answers.items():
        item = hazards.items.get(name)
        if item is not None and answer in item.fails:
            yield item.fails[answer], "ok"


def load_hazards(path: Path) -> Hazards:
    """The catalogue of the pack in a directory; an empty one without its files. Raises PackFaults."""
    faults: list[Fault] = []
    plan = HazardPlan()
    try:
        plan = beside_pack(path, file=PLAN, of=HazardPlan)
    except PackFaults as error:
        faults += error.faults
    kinds: tuple[HazardKind, ...] = ()
    if (path / CATALOGUE).exists():
        kinds = _catalogue(path / CATALOGUE, plan, faults)
    faults += _faults_of_plan(plan, {each.code for each in kinds})
    if faults:
        raise PackFaults(faults)
    return Hazards(kinds, plan)


def _catalogue(file: Path, plan: HazardPlan, faults: list[Fault]) -> tuple[HazardKind, ...]:
    text = read_text(file, file=CATALOGUE, faults=faults)
    lines = text.splitlines() if text is not None else []
    if not lines or not _is_header(lines[0], faults):
        return ()
    found: dict[str, HazardKind] = {}
    for number, line in enumerate(lines[1:], start=2):
        row = _row(number, line, faults) if line.strip() else None
        if row is None:
            continue
        wrong = list(_faults_of_row(number, row, plan))
        if row["code"] in found:
            zh, en = f"编号 {row['code']} 出现两次", f"code {row['code']} is there twice"
            wrong.append(_fault(f"{number}.code", zh, en, "改成没用过的编号", "use a free code"))
        faults += wrong
        if not wrong:
            found[row["code"]] = _kind(row)
    return tuple(found.values())


def _is_header(line: str, faults: list[Fault]) -> bool:
    columns = tuple(line.split("\t"))
    if columns == COLUMNS:
        return True
    remedy = Words(zh=f"首行应为：{' '.join(COLUMNS)}", en=f"first line: {' '.join(COLUMNS)}")
    missing = [name for name in COLUMNS if name not in columns]
    unknown = [name for name in columns if name not in COLUMNS]
    for name in missing:
        problem = Words(zh=f"缺少列 {name}", en=f"column {name} is missing")
        faults.append(Fault(CATALOGUE, f"1.{name}", problem, remedy))
    for name in unknown:
        problem = Words(zh=f"未知列 {name}", en=f"unknown column {name}")
        faults.append(Fault(CATALOGUE, f"1.{name}", problem, suggestion(name, COLUMNS)))
    if not missing and not unknown:
        problem = Words(zh="列的顺序不对", en="the columns are in another order")
        faults.append(Fault(CATALOGUE, "1", problem, remedy))
    return False


def _row(number: int, line: str, faults: list[Fault]) -> dict[str, str] | None:
    cells = line.split("\t")
    if len(cells) != len(COLUMNS):
        zh, en = f"有 {len(cells)} 列", f"{len(cells)} columns"
        many = len(COLUMNS)
        told = f"应为 {many} 列，用制表符分隔", f"{many}, parted by tabs"
        faults.append(_fault(str(number), zh, en, *told))
        return None
    return {name: cell.strip() for name, cell in zip(COLUMNS, cells, strict=True)}


def _faults_of_row(number: int, row: Mapping[str, str], plan: HazardPlan) -> Iterator[Fault]:
    for name in _NEEDED:
        if not row[name]:
            yield _fault(f"{number}.{name}", "空着", "empty", "填上它", "fill it in")
    if row["code"] and not _CODE.fullmatch(row["code"]):
        zh, en = f"编号不对：{row['code']}", f"not a code: {row['code']}"
        yield _fault(f"{number}.code", zh, en, "写成 HZ-A01", "such as HZ-A01")
    for name, choices in _CHOICES.items():
        if row[name] and row[name] not in choices:
            problem = Words(zh=f"未知取值 {row[name]}", en=f"unknown: {row[name]}")
            yield Fault(CATALOGUE, f"{number}.{name}", problem, suggestion(row[name], choices))
    if row["due"] not in _DUE_WORDS and _days(row["due"]) is None:
        zh, en = f"期限不是天数：{row['due']}", f"not a number of days: {row['due']}"
        told = "写天数、now、spot，或空着", "write days, now or spot, or leave it empty"
        yield _fault(f"{number}.due", zh, en, *told)
    yield from _unknown(f"{number}.actions", _listed(row["actions"], "+"), plan.actions)
    known = [each.code for each in plan.reading]
    yield from _unknown(f"{number}.reading", _listed(row["reading"], ";"), known)


def _unknown(place: str, names: Iterable[str], known: Collection[str]) -> Iterator[Fault]:
    return iter(strangers([(place, name) for name in names], known, file=CATALOGUE))


def _faults_of_plan(plan: HazardPlan, codes: Collection[str]) -> Iterator[Fault]:
    if not _NUMBER.search(plan.notice_number):
        zh, en = "通知单编号里要有 {year} 和 {count}", "the number must have {year} and {count}"
        told = '如 "HZ{year}{count:06d}"', 'such as "HZ{year}{count:06d}"'
        yield _fault("notice_number", zh, en, *told, file=PLAN)
    yield from _twice("reading", [each.code for each in plan.reading])
    yield from _twice("item", [each.id for each in plan.item])
    named = [
        (f"reading.{each.code}.{name}", code)
        for each in plan.reading
        for name, code in (("on_warn", each.on_warn), ("on_danger", each.on_danger))
    ]
    named += [
        (f"item.{each.id}.fails.{answer}", code)
        for each in plan.item
        for answer, code in each.fails.items()
    ]
    yield from strangers(named, codes, file=PLAN)
    for each in plan.reading:
        yield from _faults_of_reading(each)


def _faults_of_reading(plan: ReadingPlan) -> Iterator[Fault]:
    place = f"reading.{plan.code}"
    yield from strangers(
        [(f"{place}.failed_on", word) for word in plan.failed_on], plan.choices, file=PLAN
    )
    if plan.ok_from is not None and plan.ok_to is not None and plan.ok_to < plan.ok_from:
        zh, en = "范围的上限比下限小", "the range ends before it begins"
        yield _fault(f"{place}.ok_to", zh, en, "改大 ok_to", "make ok_to larger", file=PLAN)
    warn = min((n for n in (plan.warn_over, plan.warn_from) if n is not None), default=None)
    danger = min((n for n in (plan.danger_over, plan.danger_from) if n is not None), default=None)
    if warn is not None and danger is not None and danger < warn:
        zh, en = "危险限值比警示限值还低", "danger begins below the warning"
        told = "改大危险限值", "make the danger limit larger"
        yield _fault(f"{place}.danger_over", zh, en, *told, file=PLAN)


def _twice(part: str, names: Iterable[str]) -> Iterator[Fault]:
    seen: set[str] = set()
    for name in names:
        if name in seen:
            zh, en = f"{name} 出现两次", f"{name} is there twice"
            yield _fault(f"{part}.{name}", zh, en, "只留一个", "keep one of them", file=PLAN)
        seen.add(name)


def _fault(
    place: str, zh: str, en: str, do_zh: str, do_en: str, *, file: str = CATALOGUE
) -> Fault:
    return Fault(file, place, Words(zh=zh, en=en), Words(zh=do_zh, en=do_en))


def _listed(cell: str, separator: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in cell.split(separator) if word.strip())


def _days(cell: str) -> int | None:
    days = int(cell) if cell.isascii() and cell.isdigit() else 0
    return days if 0 < days <= _LONGEST_DUE else None


def _kind(row: Mapping[str, str]) -> HazardKind:
    due = row["due"]
    return HazardKind(
        code=row["code"],
        group=Words(zh=row["group_zh"], en=row["group_en"]),
        title=Words(zh=row["title_zh"], en=row["title_en"]),
        scope=cast("Scope", row["scope"]),
        grade=cast("Grade", row["grade"]),
        degree=int(row["grade3"] or 0),
        written=cast("Written", row["written_notice"]),
        actions=_listed(row["actions"], "+"),
        due_days=0 if due in ("now", "spot") else _days(due),
        on_the_spot=due == "spot",
        due_zh=row["due_zh"],
        who=cast("Who", row["who"]),
        photo=row["photo"] == "Y",
        readings=_listed(row["reading"], ";"),
        limit_zh=row["limit_zh"],
        found_how_zh=row["found_how_zh"],
        recheck_zh=row["recheck_zh"],
        basis_zh=row["basis_zh"],
        sure=row["sure"],
    )
