"""Calendars and moments for the timing tests."""

from datetime import date, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

from shouwen.core.timing.calendar import Window, WorkingCalendar
from shouwen.standard.calendars import load_calendar

SHANGHAI = ZoneInfo("Asia/Shanghai")
CN = Path(__file__).parents[3] / "standard" / "calendar" / "cn.toml"

OFFICE = load_calendar(CN)
"""Monday to Friday 08:30-12:00, 13:30-17:30, with the statutory days of 2023 to 2026."""


def windows(*texts: str) -> tuple[Window, ...]:
    """("08:30-12:00", ...) as windows."""
    return tuple(Window(*map(time.fromisoformat, text.split("-"))) for text in texts)


def worked(
    *days: str, special: dict[date, tuple[Window, ...]] | None = None, **weekdays: str
) -> WorkingCalendar:
    """A calendar with the same windows from Monday to Friday, and others for named weekdays."""
    week = dict.fromkeys(range(5), windows(*days)) if days else {}
    names = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
    week |= {names.index(name): windows(*text.split()) for name, text in weekdays.items()}
    return load_calendar(CN, week=week, special=special or {})


NIGHTS = worked("20:00-08:00", sat="22:00-06:00")
OVERLAPPING = worked("20:00-08:30", "08:00-12:00")
ROUND_THE_CLOCK = worked("00:00-00:00", sat="00:00-00:00", sun="00:00-00:00")
SIX_DAYS = worked(
    "08:00-12:00",
    "14:00-18:00",
    sat="09:00-11:30",
    special={date(2025, 3, 12): (), date(2025, 10, 3): windows("09:00-10:00")},
)
CALENDARS = (OFFICE, NIGHTS, OVERLAPPING, ROUND_THE_CLOCK, SIX_DAYS)


def at(text: str) -> datetime:
    """ "2026-09-30 16:40" as a moment in Shanghai."""
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)
