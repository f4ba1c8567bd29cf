"""How moments, days and lengths of time read on a screen, in the language that is active.

Instants come in aware (UTC or any zone) and are shown in Asia/Shanghai. Nothing here reads the clock.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

ZONE: Final = ZoneInfo("Asia/Shanghai")
_HOUR: Final = 3600
_DAY: Final = 86_400


def local(at: datetime) -> datetime:
    """The same instant as people on the premises read it from the wall."""
    return at.astimezone(ZONE)


def local_day(at: datetime) -> date:
    """The day in Asia/Shanghai on which the instant falls."""
    return local(at).date()


def weekday(day: date) -> str:
    """周一 … 周日, Mon … Sun."""
    return (_("周一"), _("周二"), _("周三"), _("周四"), _("周五"), _("周六"), _("周日"))[
        day.weekday()
    ]


def weekday_letter(day: date) -> str:
    """一 … 日, the head of a column that is too narrow for more."""
    letters = (_("一"), _("二"), _("三"), _("四"), _("五"), _("六"), _("日"))
    return letters[day.weekday()]


def day_of_month(day: date) -> str:
    """10月9日, 9 Oct."""
    return _("%(month)s%(day)s日") % {"month": _month(day.month), "day": day.day}


def _month(number: int) -> str:
    return (
        _("1月"), _("2月"), _("3月"), _("4月"), _("5月"), _("6月"),
        _("7月"), _("8月"), _("9月"), _("10月"), _("11月"), _("12月"),
    )[number - 1]  # fmt: skip


def day_text(day: date) -> str:
    """10月9日 周五, Fri 9 Oct."""
    return _("%(day)s %(weekday)s") % {"day": day_of_month(day), "weekday": weekday(day)}


def clock_text(at: datetime) -> str:
    """14:32 on a 24-hour clock."""
    return f"{local(at):%H:%M}"


def moment(at: datetime, *, now: datetime) -> str:
    """14:50 when it is today, 10月10日 09:00 otherwise, with the year when that differs."""
    there, here = local(at), local(now)
    if there.date() == here.date():
        return clock_text(at)
    day = day_of_month(there.date())
    if there.year != here.year:
        day = _("%(year)s年%(day)s") % {"year": there.year, "day": day}
    return f"{day} {clock_text(at)}"


def full_moment(at: datetime) -> str:
    """10月9日 17:30, for titles that must be right on any day."""
    return f"{day_of_month(local_day(at))} {clock_text(at)}"


def length(seconds: float, *, ticking: bool = False, round_up: bool = False) -> str:
    """A length of time: mm:ss below an hour on a call, h:mm below a day, 2 天 4 时 above.

    Time left rounds up and time spent or late rounds down, so that both agree with the minutes
    on the wall: at 14:32:10 a promise for 14:50 has 0:18 left.
    """
    whole = _rounded(seconds, 1, up=round_up)
    if ticking and whole < _HOUR:
        return f"{whole // 60}:{whole % 60:02d}"
    minutes = _rounded(seconds, 60, up=round_up)
    if minutes * 60 < _DAY:
        return f"{minutes // 60}:{minutes % 60:02d}"
    return _("%(days)d 天 %(hours)d 时") % {
        "days": minutes // 1440,
        "hours": minutes % 1440 // 60,
    }


def _rounded(seconds: float, unit: int, *, up: bool) -> int:
    whole = max(0, seconds)
    return int(-(-whole // unit)) if up else int(whole // unit)


def waited(seconds: float) -> str:
    """6 分, 3 时 20 分, 2 天 4 时: how long somebody has been waiting, rounded down."""
    minutes = _rounded(seconds, 60, up=False)
    if minutes < 60:
        return _("%(minutes)d 分") % {"minutes": minutes}
    if minutes < 1440:
        return _("%(hours)d 时 %(minutes)d 分") % {"hours": minutes // 60, "minutes": minutes % 60}
    return length(seconds)


def masked_phone(number: str) -> str:
    """140 **** 2093: the middle hidden, whatever the length; an empty number stays empty."""
    digits = "".join(sign for sign in number if sign.isdigit())
    if len(digits) < 7:
        return "*" * len(digits)
    return f"{digits[:3]} **** {digits[-4:]}"
