"""Times as they are promised on the telephone: 今天下班前, 明天下午两点到四点, 七十二小时以内."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from types import MappingProxyType
from typing import Literal
from zoneinfo import ZoneInfo

from shouwen.core.text.numerals import half_width, number
from shouwen.core.timing.calendar import WorkingCalendar
from shouwen.core.timing.deadlines import due_at
from shouwen.core.timing.durations import WorkingDays

MomentCode = Literal["within", "working_days", "close_of_business", "day", "part_of_day", "clock"]
SHANGHAI = ZoneInfo("Asia/Shanghai")


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """A time as it was said. Instants are UTC, `day` is a day of the zone asked for.

    `ends_at` is None where only a working calendar can tell: for `working_days` (`number` of
    them) and `close_of_business` (of `day`). `starts_at` is None when anything up to the end
    was promised.
    """

    code: MomentCode
    words: str
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    day: date | None = None
    number: float | None = None

    @property
    def needs_calendar(self) -> bool:
        """Whether a working calendar has to say when this ends."""
        return self.ends_at is None


def moments(text: str, *, said_at: datetime, zone: tzinfo = SHANGHAI) -> tuple[Moment, ...]:
    """The times in `text`, from left to right, counted from `said_at` (aware).

    Times of day without 上午 or 下午 are read as office hours (三点 is 15:00). Parts of a day are
    read as 上午 08–12, 中午 11–13, 下午 13–18, 晚上 18–22. Raises ValueError for a naive `said_at`.
    """
    if said_at.utcoffset() is None:
        raise ValueError("said_at must be aware")
    plain = half_width(text)
    now = said_at.astimezone(zone)
    found = [*_spans(plain, now), *_closings(plain, now), *_times(plain, now)]
    return tuple(moment for _, moment in _without_overlaps(found))


def end_of(*, moment: Moment, said_at: datetime, calendar: WorkingCalendar) -> datetime:
    """When `moment`, said at `said_at` (aware), is over, in UTC; done exactly then is in time.

    Working days are counted from the day after; the close of business of a day off is that of
    the next working day. Raises YearNotPublished.
    """
    if moment.ends_at is not None:
        return moment.ends_at
    if moment.code == "working_days":
        days = WorkingDays(max(1, int(moment.number or 1)))
        return due_at(start=said_at, duration=days, calendar=calendar, now=said_at)
    day = moment.day or calendar.day_of(said_at)
    if not calendar.is_working_day(day):
        day = calendar.next_working_day(day)
    return calendar.openings(day)[-1][1].astimezone(UTC)


_NUM = r"[0-9]{1,4}|[零一二两三四五六七八九十百]{1,7}"
_WITHIN = r"(?:之内|以内|内)"
_SPAN = re.compile(
    rf"(?:(?P<half>半)|(?P<count>{_NUM}))个?(?P<and_half>半)?(?P<unit>分钟|小时|钟头|天|日|星期|礼拜|周)"
    rf"(?:{_WITHIN}|(?:左右)?(?:就|能|准)?到(?![0-9零一二三四五六七八九十]))"
)
_WORKING_DAYS = re.compile(rf"(?P<count>{_NUM})个?工作日")
_SECONDS = MappingProxyType(
    {
        "分钟": 60,
        "小时": 3600,
        "钟头": 3600,
        "天": 86400,
        "日": 86400,
        "星期": 604800,
        "礼拜": 604800,
        "周": 604800,
    }
)
# Nobody promises an answer in more than a year: such a figure is something else.
_LONGEST = 366 * 86400

_DAY = (
    rf"(?:今天|今日|今晚|今儿|明天|明日|明晚|明早|明儿|后天|大后天|(?:本|这|下)?(?:周|星期|礼拜)[一二三四五六日天]"
    rf"|(?:(?:{_NUM})月)?(?:{_NUM})[号日](?!楼|线|窗|键)|本周内|这周内|这一?周之?内)"
)
_PART = r"(?:早上|早晨|上午|中午|下午|傍晚|(?<![一整])晚上|夜里|白天|全天)"
_CLOCK = rf"(?:(?:{_NUM})点(?:半|[一三]刻|钟|(?:{_NUM})分?)?|[0-9]{{1,2}}[:：][0-9]{{2}})"
_CLOSING = re.compile(rf"(?P<day>{_DAY})?(?:我们)?下班(?:之前|以前|前)")
_TIME = re.compile(
    rf"(?P<day>{_DAY})?的?\s*(?P<part>{_PART})?\s*"
    rf"(?:(?P<from>{_CLOCK})(?:\s*(?:到|至|-|~)\s*(?P<to>{_CLOCK}))?)?(?P<before>之前|以前|前)?"
)
_PARTS = MappingProxyType(
    {
        "早上": (6, 9), "早晨": (6, 9), "上午": (8, 12), "中午": (11, 13), "下午": (13, 18), "傍晚": (17, 19),
        "晚上": (18, 22), "夜里": (22, 24), "白天": (8, 18), "全天": (0, 24), "": (0, 24),
    }
)  # fmt: skip
# 中午前 means before twelve, not before eleven.
_BEFORE = MappingProxyType({"中午": 12, "": 0})
_AFTER_NOON = frozenset({"下午", "傍晚", "晚上", "夜里"})
_DAYS_AHEAD = MappingProxyType({"今": 0, "明": 1, "后": 2, "大": 3})
_WEEKDAYS = "一二三四五六日"


def _without_overlaps(found: list[tuple[int, Moment]]) -> Iterator[tuple[int, Moment]]:
    end = -1
    for start, moment in sorted(found, key=lambda pair: (pair[0], -len(pair[1].words))):
        if start >= end:
            end = start + len(moment.words)
            yield start, moment


def _spans(text: str, now: datetime) -> Iterator[tuple[int, Moment]]:
    for match in _WORKING_DAYS.finditer(text):
        days = number(match["count"])
        yield match.start(), Moment(code="working_days", words=match[0], number=days)
    for match in _SPAN.finditer(text):
        count = 0.5 if match["half"] else float(number(match["count"]) or 0)
        count += 0.5 if match["and_half"] else 0
        seconds = count * _SECONDS[match["unit"]]
        if seconds <= _LONGEST:
            ends = now + timedelta(seconds=seconds)
            yield match.start(), _moment("within", match[0], now.date(), None, ends, count)


def _closings(text: str, now: datetime) -> Iterator[tuple[int, Moment]]:
    for match in _CLOSING.finditer(text):
        day = _day(match["day"] or "", now.date())
        yield match.start(), Moment(code="close_of_business", words=match[0], day=day)


def _times(text: str, now: datetime) -> Iterator[tuple[int, Moment]]:
    for match in _TIME.finditer(text):
        exact = match["from"] and (match["day"] or match["part"] or match["to"] or match["before"])
        if not (match["day"] or match["part"] or exact):
            continue
        moment = _time(match, now)
        if moment is not None:
            yield match.start() + len(match[0]) - len(match[0].lstrip(" 的")), moment


def _time(match: re.Match[str], now: datetime) -> Moment | None:
    words, day = match[0].strip(" 的"), _day(match["day"] or "", now.date())
    part = match["part"] or ("晚上" if "晚" in (match["day"] or "") else "")
    part = part or ("早上" if match["day"] == "明早" else "")
    if day is None:
        return None
    if match["from"]:
        first, last = _clock(match["from"], part), _clock(match["to"] or match["from"], part)
        if first is None or last is None:
            return None
        starts, ends = _at(day, first, now), _at(day, last, now)
        return _moment("clock", words, day, None if match["before"] else starts, ends)
    opens, closes = _PARTS[part]
    code: MomentCode = "part_of_day" if part else "day"
    if match["before"]:
        return _moment(code, words, day, None, _at(day, _BEFORE.get(part, opens) * 60, now))
    return _moment(code, words, day, _at(day, opens * 60, now), _at(day, closes * 60, now))


def _moment(
    code: MomentCode, words: str, day: date, starts: datetime | None, ends: datetime,
    count: float | None = None,
) -> Moment:  # fmt: skip
    return Moment(
        code=code,
        words=words,
        day=day,
        starts_at=None if starts is None else starts.astimezone(UTC),
        ends_at=ends.astimezone(UTC),
        number=count,
    )


def _at(day: date, minutes: int, now: datetime) -> datetime:
    return datetime.combine(day, time(), tzinfo=now.tzinfo) + timedelta(minutes=minutes)


def _clock(words: str, part: str) -> int | None:
    """Minutes after midnight of 八点半, 14:30, 三点; None when no hour of a day."""
    heard = re.match(rf"({_NUM})[点:：](.*)", words)
    hour = number(heard[1]) if heard else None
    if heard is None or hour is None:
        return None
    late = part in _AFTER_NOON or (not part and hour <= 6 and "点" in words)
    hour += 12 if late and hour < 12 else 0
    minutes = _minutes(heard[2])
    return hour * 60 + minutes if hour <= 24 and minutes < 60 else None


def _minutes(words: str) -> int:
    fixed = {"半": 30, "一刻": 15, "三刻": 45, "钟": 0, "": 0}
    return fixed[words] if words in fixed else number(words.removesuffix("分")) or 0


def _day(words: str, today: date) -> date | None:
    """The day meant, today for no words; None for a day that does not exist (二月三十号)."""
    if not words:
        return today
    if words[0] in _DAYS_AHEAD:
        return today + timedelta(days=_DAYS_AHEAD[words[0]])
    if words.endswith("内"):
        return today + timedelta(days=6 - today.weekday())
    if words[-1] in "号日" and not re.match(r"[本这下周星礼]", words):
        return _day_of_month(words, today)
    return _weekday(words, today)


def _weekday(words: str, today: date) -> date:
    wanted = _WEEKDAYS.index(words[-1].replace("天", "日"))
    monday = today - timedelta(days=today.weekday())
    if words[0] == "下":
        return monday + timedelta(days=7 + wanted)
    day = monday + timedelta(days=wanted)
    passed = day < today and words[0] not in "本这"
    return day + timedelta(days=7) if passed else day


def _day_of_month(words: str, today: date) -> date | None:
    """The next such day: a promise is never about the past."""
    month_words, _, day_words = words[:-1].rpartition("月")
    month, day = number(month_words) if month_words else today.month, number(day_words)
    if month is None or day is None:
        return None
    try:
        meant = date(today.year, month, day)
        if meant >= today:
            return meant
        if month_words:
            return date(today.year + 1, month, day)
        return date(today.year + today.month // 12, today.month % 12 + 1, day)
    except ValueError:
        return None
