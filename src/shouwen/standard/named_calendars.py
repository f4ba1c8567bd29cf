"""The further calendars of a pack: other hours, other days, for rules that name them."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import time
from types import MappingProxyType

from shouwen.core.clause import Words
from shouwen.core.organisation import Hours, NamedCalendar
from shouwen.core.timing.calendar import Window, WorkingCalendar, YearOfDays
from shouwen.standard.faults import Fault
from shouwen.standard.reading import suggestion

WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

_NAME = re.compile(r"[a-z][a-z0-9_]{0,11}")
_EVERY_YEAR: Mapping[int, YearOfDays] = MappingProxyType(
    {year: YearOfDays(year, {}, {}, "") for year in range(1990, 2200)}
)


def week_of(hours: Hours) -> dict[int, tuple[Window, ...]]:
    """The hours as windows by weekday (0 = Monday); names that are no weekday are passed over."""
    return {WEEK.index(day): _windows(spans) for day, spans in hours.items() if day in WEEK}


def named(
    calendar: WorkingCalendar, blocks: Mapping[str, NamedCalendar]
) -> Mapping[str, WorkingCalendar]:
    """Each named calendar, with the statutory days of the organisation's where it keeps them."""
    return MappingProxyType(
        {name: _derived(calendar, name, block) for name, block in blocks.items()}
    )


def faults_of_calendars(blocks: Mapping[str, NamedCalendar]) -> list[Fault]:
    """Every fault of meaning in the further calendars."""
    return [
        Fault("pack.toml", path, problem, remedy)
        for name, block in blocks.items()
        for path, problem, remedy in (
            *_of_name(name),
            *faults_of_hours(f"calendars.{name}", block.hours),
        )
    ]


def faults_of_hours(path: str, hours: Hours) -> Iterator[tuple[str, Words, Words]]:
    """Every fault in a table of hours that stands at the path."""
    for day in hours:
        if day not in WEEK:
            yield (
                f"{path}.hours.{day}",
                Words(zh="不是星期", en="not a day of the week"),
                suggestion(day, WEEK),
            )
    if not any(hours.values()):
        yield (
            f"{path}.hours",
            Words(zh="没有工作时间", en="no working hours"),
            Words(zh="至少写一天", en="give at least one day"),
        )


def _derived(calendar: WorkingCalendar, name: str, block: NamedCalendar) -> WorkingCalendar:
    years, version = calendar.years, f"{calendar.version}/{name}"
    if block.holidays == "worked_through":
        years, version = _EVERY_YEAR, name
    elif block.makeup_days == "off":
        years = {year: replace(days, makeup={}) for year, days in years.items()}
    return WorkingCalendar(
        name=block.title.zh,
        version=version,
        zone=calendar.zone,
        week=week_of(block.hours),
        years=years,
        special={day: _windows(spans) for day, spans in block.special.items()},
    )


def _windows(spans: tuple[tuple[time, time], ...]) -> tuple[Window, ...]:
    return tuple(Window(opens, closes) for opens, closes in spans)


def _of_name(name: str) -> Iterator[tuple[str, Words, Words]]:
    if not _NAME.fullmatch(name):
        yield (
            f"calendars.{name}",
            Words(zh="日历的名字不能用", en="not a name for a calendar"),
            Words(
                zh="小写字母开头，只用小写字母、数字和 _，最多 12 个字符",
                en="begin with a small letter; small letters, digits and _, at most 12 characters",
            ),
        )
