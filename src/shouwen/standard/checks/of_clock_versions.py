"""Checks of a clock as a whole: one way to give the limit, one to remind, nothing that does nothing."""

from collections.abc import Iterator

from shouwen.core.clause import Limit, Words
from shouwen.core.events import EVENTS
from shouwen.core.kinds.clock import (
    PLAIN_WAYS,
    WAYS,
    Appointment,
    Claim,
    ClockVersion,
    LimitFrom,
    Reading,
    SaysLimit,
    Start,
    ways_used,
)
from shouwen.standard.checks.common import Check, Names, number
from shouwen.standard.reading import suggestion

_SECONDS = {"seconds": 1, "minutes": 60, "hours": 3600, "days": 86400}
_FIXED = ("until", "window", "gap")


def clock_version(version: ClockVersion, names: Names) -> Check:
    """Every fault of a dated wording that shows only when its parts are looked at together."""
    yield from _one_way(version, WAYS)
    yield from _claims(version)
    yield from _reminder(version)
    yield from _without_effect(version)
    yield from _readings(version)
    yield from _fields_of_start(version)
    if version.calendar and version.calendar not in names.calendars:
        yield (
            ("calendar",),
            Words(
                zh=f"没有这个日历：{version.calendar}", en=f"no such calendar: {version.calendar}"
            ),
            suggestion(version.calendar, names.calendars)
            if names.calendars
            else Words(
                zh="在 pack.toml 里写 [calendars.名字]，或删去这一行",
                en="add [calendars.NAME] to pack.toml, or remove this line",
            ),
        )


def _one_way(said: ClockVersion | Claim, ways: tuple[str, ...], *place: str) -> Check:
    used = ways_used(said, ways)
    if len(used) != 1:
        yield (
            place,
            Words(zh=f"时限写了几种：{'、'.join(used)}", en=f"several limits: {', '.join(used)}")
            if used
            else Words(zh="没有写时限", en="no limit"),
            Words(
                zh=f"写一种，也只写一种：{'、'.join(ways)}",
                en=f"give exactly one of {', '.join(ways)}",
            ),
        )


def _claims(version: ClockVersion) -> Check:
    if bool(version.limits) != bool(version.choose):
        yield (
            ("choose",),
            Words(zh="limits 和 choose 要一起写", en="limits and choose go together"),
            Words(
                zh='写 choose = "earliest" 或 "latest"，或两样都删去',
                en='write choose = "earliest" or "latest", or remove both',
            ),
        )
    if len(version.limits) == 1:
        yield (
            ("limits",),
            Words(zh="只有一个，没有可选的", en="only one: nothing to choose from"),
            Words(zh="直接写 limit，或再写一个", en="write limit itself, or give another one"),
        )
    ids = [claim.id for claim in version.limits]
    for i, claim in enumerate(version.limits):
        yield from _one_way(claim, PLAIN_WAYS, "limits", str(i))
        if claim.id in ids[:i]:
            yield (
                ("limits", str(i), "id"),
                Words(zh=f"{claim.id} 写了两次", en=f"{claim.id} is there twice"),
                Words(zh="换一个编号", en="choose another id"),
            )


def _reminder(version: ClockVersion) -> Check:
    if not 0 < version.warn_at < 1:
        yield number("warn_at", f"{version.warn_at:g}", "0 与 1 之间", "between 0 and 1")
    if version.warn_after is not None and version.warn_before is not None:
        yield (
            ("warn_before",),
            Words(zh="提醒写了两种", en="two ways to remind"),
            Words(zh="warn_after、warn_before 只留一个", en="keep one of warn_after, warn_before"),
        )
    for name in ("warn_after", "soft"):
        length = getattr(version, name)
        if length is not None and version.limit is not None and _is_longer(length, version.limit):
            yield (
                (name,),
                Words(zh="不比时限短", en="not shorter than the limit"),
                Words(zh="写得比 limit 短", en="make it shorter than limit"),
            )
    if version.warn_before is not None and version.warn_before.unit not in _SECONDS:
        yield (
            ("warn_before", "unit"),
            Words(zh="这里只用自然时间", en="only natural time here"),
            Words(zh="用 minutes、hours 或 days", en=f"use one of {', '.join(_SECONDS)}"),
        )


def _is_longer(length: Limit, limit: Limit) -> bool:
    """Whether it is as long as the limit at least; lengths of different kinds are not compared."""
    if length.unit == limit.unit:
        return length.value >= limit.value
    if length.unit not in _SECONDS or limit.unit not in _SECONDS:
        return False
    return length.value * _SECONDS[length.unit] >= limit.value * _SECONDS[limit.unit]


def _without_effect(version: ClockVersion) -> Check:
    """Parts that cannot move a limit given in this way."""
    way = next(iter(ways_used(version)), "")
    said = {
        "pauses": bool(version.pauses) and way in _FIXED,
        "agreed": version.agreed is not None and way in ("window", "gap"),
        "soft": version.soft is not None and way in ("window", "gap"),
    }
    for name, is_idle in said.items():
        if is_idle:
            yield (
                (name,),
                Words(zh=f"对 {way} 不起作用", en=f"has no effect on {way}"),
                Words(zh="删去", en="remove it"),
            )


def _readings(version: ClockVersion) -> Check:
    days = [limit for limit in _limits_of(version) if limit.unit == "working_days"]
    if version.reading != Reading() and not days:
        yield (
            ("reading",),
            Words(zh="只用于工作日", en="only means something for working days"),
            Words(
                zh="删去，或把单位改为 working_days", en="remove it, or make the unit working_days"
            ),
        )
    is_half = any(isinstance(limit, Limit) and limit.value % 1 for limit in days)
    if version.reading.limit_ends == "same_time_of_day" and is_half:
        yield (
            ("reading", "limit_ends"),
            Words(zh="半日不能到同一时刻为止", en="half a day cannot end at the same time of day"),
            Words(zh="改为 close_of_last_working_day", en="write close_of_last_working_day"),
        )


def _limits_of(version: ClockVersion) -> Iterator[Limit | LimitFrom]:
    """Every length that the reading of working days bears upon."""
    claims: list[SaysLimit] = [version, *version.limits]
    for said in claims:
        lengths = (said.limit, said.limit_from, said.limit_from and said.limit_from.otherwise)
        yield from (length for length in lengths if length is not None)
    yield from (each for each in (version.soft, version.warn_after) if each is not None)


def _fields_of_start(version: ClockVersion) -> Check:
    """Fields that are looked for in the start event, which does not carry them."""
    yield from _missing_field(version.limit_from, version.start, "limit_from", "field")
    yield from _missing_field(version.window, version.start, "window", "opens")
    yield from _missing_field(version.window, version.start, "window", "closes")
    for i, claim in enumerate(version.limits):
        start = claim.start or version.start
        yield from _missing_field(claim.limit_from, start, "limits", str(i), "limit_from", "field")


def _missing_field(said: LimitFrom | Appointment | None, start: Start, *place: str) -> Check:
    if said is None or said.on:
        return
    name = getattr(said, place[-1])
    kinds = [kind for kind in start.events if kind in EVENTS]
    known = {field for kind in kinds for field in EVENTS[kind].fields}
    if kinds and name not in known:
        yield (
            place,
            Words(zh=f"开始的事件没有 {name}", en=f"the start event has no {name}"),
            suggestion(name, known)
            if known
            else Words(zh="用 on 写明哪个事件有它", en="name the event that has it with on"),
        )
