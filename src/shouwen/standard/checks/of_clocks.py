"""Checks of the values that clocks are made of."""

from collections.abc import Callable, Mapping
from typing import Any

from shouwen.core.clause import Limit, Words
from shouwen.core.kinds.clock import Agreed, AllowedPause, ClockVersion, Trigger
from shouwen.core.kinds.routing import RoutingVersion
from shouwen.standard.checks.common import Check, Names, event, events, number, signals
from shouwen.standard.reading import suggestion


def _trigger(trigger: Trigger, _: Names) -> Check:
    return events(trigger.on, "on")


def _agreed(agreed: Agreed, _: Names) -> Check:
    return event(agreed.on, "on")


def _allowed_pause(pause: AllowedPause, names: Names) -> Check:
    if pause.reason not in names.pause_reasons:
        yield (
            ("reason",),
            Words(zh=f"没有这个暂停原因：{pause.reason}", en=f"no such reason: {pause.reason}"),
            suggestion(pause.reason, names.pause_reasons),
        )


def _limit(limit: Limit, _: Names) -> Check:
    if limit.value <= 0:
        yield number("value", f"{limit.value:g}", "大于 0", "more than 0")
    elif limit.unit == "working_days" and limit.value * 2 != int(limit.value * 2):
        yield number("value", f"{limit.value:g}", "整日或半日", "whole or half working days")


def _clock(version: ClockVersion, _: Names) -> Check:
    if not 0 < version.warn_at < 1:
        yield number("warn_at", f"{version.warn_at:g}", "0 与 1 之间", "between 0 and 1")
    if version.reading != type(version.reading)() and version.limit.unit != "working_days":
        yield (
            ("reading",),
            Words(zh="只用于工作日", en="only means something for working days"),
            Words(
                zh="删去，或把单位改为 working_days", en="remove it, or make the unit working_days"
            ),
        )


def _routing(version: RoutingVersion, names: Names) -> Check:
    yield from events(version.owner_from, "owner_from")
    yield from events(version.owner_until, "owner_until")
    yield from signals(version, names)


CHECKS: Mapping[type, Callable[[Any, Names], Check]] = {
    Trigger: _trigger,
    Agreed: _agreed,
    AllowedPause: _allowed_pause,
    Limit: _limit,
    ClockVersion: _clock,
    RoutingVersion: _routing,
}
