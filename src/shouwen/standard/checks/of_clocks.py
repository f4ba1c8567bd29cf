"""Checks of the values that clocks are made of."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import time
from typing import Any

from shouwen.core.clause import AllowedException, Limit, Words
from shouwen.core.events import EVENTS
from shouwen.core.kinds.clock import (
    RULE_MET,
    RULE_MISSED,
    Agreed,
    AllowedPause,
    Appointment,
    ClockVersion,
    DueBy,
    FromDay,
    LimitFrom,
    Reading,
    Start,
    Trigger,
    Until,
)
from shouwen.core.kinds.routing import RoutingVersion
from shouwen.core.timing.wall_clock import DayPoint, HourRow
from shouwen.standard.checks.common import Check, Names, event, events, number, signals
from shouwen.standard.checks.of_clock_versions import clock_version
from shouwen.standard.reading import suggestion

_NATURAL = ("seconds", "minutes", "hours", "days")
_TURNS = (RULE_MET, RULE_MISSED)


# --- triggers


def _trigger(trigger: Trigger, _: Names) -> Check:
    if bool(trigger.on) == bool(trigger.all_of):
        yield from _one_of(trigger, "on", "all_of")
    for place in ("on", "all_of"):
        for i, name in enumerate(getattr(trigger, place)):
            yield from event(name, place, str(i))
    is_turn = bool(set(trigger.events) & set(_TURNS))
    if trigger.rule and not is_turn:
        yield (
            ("rule",),
            Words(zh="只用于 clock.met 和 clock.missed", en="only for clock.met and clock.missed"),
            Words(zh="删去，或写上其中一个事件", en="remove it, or name one of these events"),
        )
    if is_turn and not trigger.rule:
        yield (
            ("rule",),
            Words(zh="没有写是哪条规则", en="it does not say which rule"),
            Words(zh='写 rule = "规则编号"', en='add rule = "the id of the rule"'),
        )


def _start(start: Start, names: Names) -> Check:
    yield from _trigger(start, names)
    if start.after is not None and start.from_day is not None:
        yield from _one_of(start, "after", "from_day")


def _from_day(day: FromDay, _: Names) -> Check:
    if day.day < 1:
        yield number("day", str(day.day), "1 或更大", "1 or more")


def _agreed(agreed: Agreed, _: Names) -> Check:
    yield from event(agreed.on, "on")


def _one_of(value: Any, one: str, other: str) -> Check:
    both = bool(getattr(value, one)) and bool(getattr(value, other))
    yield (
        (),
        Words(zh=f"{one} 和 {other} 写了两个", en=f"both {one} and {other}")
        if both
        else Words(zh=f"{one} 和 {other} 一个也没有", en=f"neither {one} nor {other}"),
        Words(zh="写一个，也只写一个", en="give exactly one of them"),
    )


# --- limits


def _limit(limit: Limit, _: Names) -> Check:
    if limit.value <= 0:
        yield number("value", f"{limit.value:g}", "大于 0", "more than 0")
    elif limit.unit == "working_days" and limit.value * 2 != int(limit.value * 2):
        yield number("value", f"{limit.value:g}", "整日或半日", "whole or half working days")


def _limit_from(said: LimitFrom, _: Names) -> Check:
    yield from _field(said.field, said.on, "field")
    if said.at_least < 0:
        yield number("at_least", f"{said.at_least:g}", "0 或更大", "0 or more")
    if said.at_most <= max(said.at_least, 0):
        yield number("at_most", f"{said.at_most:g}", "大于 at_least", "more than at_least")


def _until(said: Until, _: Names) -> Check:
    yield from events(said.on, "on")
    yield from _field(said.field, said.on, "field")


def _appointment(said: Appointment, _: Names) -> Check:
    yield from _field(said.opens, said.on, "opens")
    yield from _field(said.closes, said.on, "closes")
    yield from _natural(said.early, "early")
    yield from _natural(said.late, "late")


def _field(name: str, on: Sequence[str], place: str) -> Check:
    """A field that none of the events carries; those of the start are looked at with the version."""
    for i, kind in enumerate(on):
        yield from event(kind, "on", str(i))
    known = {field for kind in on if kind in EVENTS for field in EVENTS[kind].fields}
    if known and name not in known:
        yield (
            (place,),
            Words(zh=f"{'、'.join(on)} 没有 {name}", en=f"{', '.join(on)} has no {name}"),
            suggestion(name, known),
        )


def _natural(limit: Limit | None, place: str) -> Check:
    if limit is not None and limit.unit not in _NATURAL:
        yield (
            (place, "unit"),
            Words(zh=f"这里不能用 {limit.unit}", en=f"{limit.unit} cannot be used here"),
            Words(zh="这里只用自然时间", en=f"use one of {', '.join(_NATURAL)}"),
        )


# --- the wall clock


def _day_point(point: DayPoint, _: Names) -> Check:
    if point.day < 0:
        yield number("day", str(point.day), "0 或更大", "0 or more")
    if point.ends == "close_of_business" and point.unit != "working_days":
        yield (
            ("ends",),
            Words(zh="休息日没有下班时间", en="a day off has no close of business"),
            Words(zh='写 unit = "working_days"', en='write unit = "working_days"'),
        )


def _due_by(table: DueBy, _: Names) -> Check:
    if not table.rows:
        yield (
            ("rows",),
            Words(zh="一行也没有", en="no row"),
            Words(zh="至少写一行", en="write at least one row"),
        )
    for i, (row, expected) in enumerate(zip(table.rows, _beginnings(table.rows), strict=True)):
        if row.from_ != expected:
            yield (
                ("rows", str(i), "from"),
                Words(
                    zh=f"从 {row.from_:%H:%M} 开始，上一行到 {expected:%H:%M}",
                    en=f"begins at {row.from_:%H:%M}, the row before ends at {expected:%H:%M}",
                ),
                Words(
                    zh=f'写 from = "{expected:%H:%M}"：各行首尾相接，盖满一天',
                    en=f'write from = "{expected:%H:%M}": rows follow each other and cover the day',
                ),
            )
    yield from _ends_of_rows(table.rows)


def _beginnings(rows: Sequence[HourRow]) -> Iterator[time]:
    expected = time()
    for row in rows:
        yield expected
        expected = row.before or time()


def _ends_of_rows(rows: Sequence[HourRow]) -> Check:
    for i, row in enumerate(rows):
        place = ("rows", str(i))
        is_last = i == len(rows) - 1
        if (row.before is None) != is_last or (row.before is not None and row.before <= row.from_):
            yield (
                (*place, "before"),
                Words(zh="这一行没有写对到几点", en="this row does not end as it should"),
                Words(zh="最后一行不写 before", en="leave before out in the last row")
                if is_last
                else Words(zh="写下一行开始的时刻", en="write when the next row begins"),
            )
        if row.day == 0 and row.unit == "days" and row.at is not None and _is_past(row, row.at):
            yield (
                (*place, "at"),
                Words(
                    zh=f"{row.at:%H:%M} 在这一行的末尾之前，报得晚的当时就过期",
                    en=f"{row.at:%H:%M} lies before the end of the row: late reports are due before they come",
                ),
                Words(zh="写 day = 1，或改 at", en="write day = 1, or a later at"),
            )


def _is_past(row: HourRow, at: time) -> bool:
    return row.before is None or at < row.before


# --- what moves a clock


def _allowed_pause(pause: AllowedPause, names: Names) -> Check:
    if pause.reason not in names.pause_reasons:
        yield (
            ("reason",),
            Words(zh=f"没有这个暂停原因：{pause.reason}", en=f"no such reason: {pause.reason}"),
            suggestion(pause.reason, names.pause_reasons),
        )
    yield from _natural(pause.altogether, "altogether")


def _allowed_exception(allowed: AllowedException, names: Names) -> Check:
    if allowed.reason not in names.exception_reasons:
        yield (
            ("reason",),
            Words(
                zh=f"没有这个例外原因：{allowed.reason}",
                en=f"no such reason for an exception: {allowed.reason}",
            ),
            suggestion(allowed.reason, names.exception_reasons),
        )


def _reading(reading: Reading, _: Names) -> Check:
    if reading.limit_ends == "same_time_of_day" and reading.day_of_receipt == "included":
        yield (
            (),
            Words(
                zh="收到日算第一天时，不能到同一时刻为止",
                en="with the day of receipt included it cannot end at the same time of day",
            ),
            Words(
                zh='改 day_of_receipt = "excluded"，或 limit_ends = "close_of_last_working_day"',
                en='write day_of_receipt = "excluded", or limit_ends = "close_of_last_working_day"',
            ),
        )


def _routing(version: RoutingVersion, names: Names) -> Check:
    yield from events(version.owner_from, "owner_from")
    yield from events(version.owner_until, "owner_until")
    yield from signals(version, names)


CHECKS: Mapping[type, Callable[[Any, Names], Check]] = {
    Trigger: _trigger,
    Start: _start,
    FromDay: _from_day,
    Agreed: _agreed,
    AllowedPause: _allowed_pause,
    AllowedException: _allowed_exception,
    Limit: _limit,
    LimitFrom: _limit_from,
    Until: _until,
    Appointment: _appointment,
    DayPoint: _day_point,
    HourRow: _day_point,
    DueBy: _due_by,
    Reading: _reading,
    ClockVersion: clock_version,
    RoutingVersion: _routing,
}
