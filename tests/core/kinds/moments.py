"""Moments, events and the calendar that the tests of the kinds share."""

from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from shouwen.core.events import Event
from shouwen.core.timing.calendar import Window, WorkingCalendar, YearOfDays

SHANGHAI = ZoneInfo("Asia/Shanghai")
_DAY = (Window(time(8, 30), time(12)), Window(time(13, 30), time(17, 30)))
CALENDAR = WorkingCalendar(
    name="office",
    version="office-1",
    zone=SHANGHAI,
    week=dict.fromkeys(range(5), _DAY),
    years={2026: YearOfDays(2026, {date(2026, 10, 1): "国庆节"}, {}, "tests")},
)


def at(text: str) -> datetime:
    """A local moment: `03-02 08:00` in 2026, or with a year in front."""
    full = text if text.count("-") == 2 else f"2026-{text}"
    return datetime.fromisoformat(full).replace(tzinfo=SHANGHAI).astimezone(UTC)


def event(kind: str, moment: str, /, **data: Any) -> Event:
    """An event at a local moment."""
    return Event(kind, at(moment), data)
