"""Puts the steps of a verdict into sentences, each with its source, from a catalogue per
language.
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal
from zoneinfo import ZoneInfo

from shouwen.core.clause import Words
from shouwen.core.timing.steps import Param, Step

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = ("zh", "en")
SHANGHAI = ZoneInfo("Asia/Shanghai")

_WEEKDAYS = MappingProxyType({"zh": "一二三四五六日", "en": "Mon Tue Wed Thu Fri Sat Sun"})
_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
_PARTS_OF_TIME = MappingProxyType(
    {"zh": (" 天", " 小时", " 分", " 秒"), "en": (" d", " h", " min", " s")}
)
_NAMED_IN = MappingProxyType({"channel": "channels", "per": "periods", "occasion": "occasions"})
_NO_NAMES: Mapping[str, Words] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class WordedStep:
    """One sentence of an explanation and its source: reading, calendar, clause, journal."""

    text: str
    source: str


def worded(
    steps: Sequence[Step],
    language: Language,
    *,
    zone: ZoneInfo = SHANGHAI,
    reasons: Mapping[str, Words] = _NO_NAMES,
    this_year: int | None = None,
) -> list[WordedStep]:
    """The steps as sentences.

    Times are shown in `zone`, days of `this_year` without their year; `reasons` names the
    pack's pause reasons.
    """
    calendar = next((str(s.params["version"]) for s in steps if s.code == "calendar"), "")
    teller = _Teller(language, zone, reasons, calendar, this_year)
    return [teller.told(step) for step in steps]


@lru_cache(maxsize=4)
def catalogue(language: Language) -> Mapping[str, Mapping[str, Any]]:
    """The wording of every step code, unit and name in a language, from all its files."""
    tables: dict[str, dict[str, Any]] = {}
    for path in sorted((Path(__file__).parent / "wording").glob(f"{language}*.toml")):
        for table, entries in tomllib.loads(path.read_text(encoding="utf-8")).items():
            tables.setdefault(table, {}).update(entries)
    return MappingProxyType(tables)


@dataclass(frozen=True, slots=True)
class _Teller:
    language: Language
    zone: ZoneInfo
    reasons: Mapping[str, Words]
    calendar: str
    this_year: int | None = None

    def told(self, step: Step) -> WordedStep:
        shape = self._entry(_variant(step))
        said = {name: self._said(name, value, step) for name, value in step.params.items()}
        said |= {"calendar": self.calendar, "limit": self._limit(step)}
        return WordedStep(shape["text"].format_map(said), shape["source"].format_map(said))

    def _entry(self, code: str) -> Any:
        return catalogue(self.language)["steps"][code]

    def _said(self, name: str, value: Param, step: Step) -> str:
        if isinstance(value, Words):
            return str(getattr(value, self.language))
        if isinstance(value, datetime):
            return self._moment(value)
        if isinstance(value, date):
            return self._day(value)
        if name in _NAMED_IN:
            return str(catalogue(self.language)[_NAMED_IN[name]].get(str(value), value))
        if name == "seconds":
            return self._length(float(str(value)))
        if name == "reason":
            named = self.reasons.get(str(value))
            return getattr(named, self.language) if named else str(value)
        if name in ("by", "evidence") and step.code == "paused":
            return str(self._entry(name).format_map({name: value})) if value else ""
        return str(self._entry(str(value))) if name == "why" else str(value)

    def _limit(self, step: Step) -> str:
        if "unit" not in step.params:
            return ""
        shape = catalogue(self.language)["units"][str(step.params["unit"])]
        return str(shape.format(n=f"{float(str(step.params['value'])):g}"))

    def _moment(self, at: datetime) -> str:
        local = at.astimezone(self.zone)
        clock = f"{local:%H:%M:%S}" if local.second else f"{local:%H:%M}"
        return f"{self._day(local.date())} {clock}"

    def _day(self, day: date) -> str:
        is_this_year = day.year == self.this_year
        if self.language == "zh":
            year = "" if is_this_year else f"{day.year}年"
            return f"{year}{day.month}月{day.day}日 周{_WEEKDAYS['zh'][day.weekday()]}"
        shown = f"{day.day} {_MONTHS[day.month - 1]}" if is_this_year else day.isoformat()
        return f"{_WEEKDAYS['en'].split()[day.weekday()]} {shown}"

    def _length(self, seconds: float) -> str:
        whole = int(seconds)
        numbers = (whole // 86400, whole // 3600 % 24, whole // 60 % 60, whole % 60)
        told = [
            f"{n}{unit}"
            for n, unit in zip(numbers, _PARTS_OF_TIME[self.language], strict=True)
            if n
        ]
        return " ".join(told) or f"0{_PARTS_OF_TIME[self.language][-1]}"


def _variant(step: Step) -> str:
    """A few codes are said in two ways, depending on their parameters."""
    params = step.params
    if step.code in ("skipped_holiday", "skipped_weekend") and params["from"] == params["to"]:
        return step.code.replace("skipped_", "skipped_one_")
    if step.code == "paused" and params["open"]:
        return "paused_open"
    if step.code == "working_day" and params.get("seconds"):
        return "working_time"
    return step.code
