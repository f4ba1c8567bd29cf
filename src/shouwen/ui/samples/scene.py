"""The fixed moment of the samples, and short ways to write times and clocks in them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.utils.translation import gettext as _

from shouwen.ui import wording
from shouwen.ui.parts import NavItem, Person, Shell
from shouwen.ui.presenters import ClockChip, ClockFacts, ClockState, chip, due_text

NOW: Final = datetime(2026, 10, 9, 14, 32, tzinfo=wording.ZONE)


def at(text: str, *, day: int = 9, month: int = 10) -> datetime:
    """An instant of the sample month: at("14:26"), at("16:40", day=30, month=9)."""
    hour, minute = text.split(":")
    return NOW.replace(month=month, day=day, hour=int(hour), minute=int(minute))


def clock(
    state: ClockState, start: str, due: str = "", *, stopped: str = "", width: int = 44
) -> ClockChip:
    """A dense chip between two times of today."""
    facts = ClockFacts(
        state=state,
        started_at=at(start),
        due_at=at(due) if due else None,
        stopped_at=at(stopped) if stopped else None,
    )
    return chip(facts, now=NOW, width=width, dense=state != "met")


def since(start: datetime, due: datetime, *, state: ClockState = "missed") -> ClockChip:
    """A dense chip of a clock that began on another day."""
    return chip(
        ClockFacts(state=state, started_at=start, due_at=due), now=NOW, width=44, dense=True
    )


def paused(reason: str, *, started: datetime, left: timedelta) -> tuple[ClockChip, str]:
    """A paused chip and the text of its due column."""
    facts = ClockFacts(
        state="paused", started_at=started, remaining_seconds=left.total_seconds(), reason=reason
    )
    return chip(facts, now=NOW, width=44, dense=True), due_text(facts, now=NOW)


def shell(
    *, title: str, current: str, context: str = "", language: str, theme: str, path: str
) -> Shell:
    """The frame of a sample page; `current` is the address of the rail's entry."""
    entries = (
        ("user-star", _("我的"), "/ui/pages/work/"),
        ("clock-hour-4", _("时钟"), "/ui/pages/clocks/"),
        ("clipboard-list", _("工单"), "/ui/pages/case/"),
        ("flask", _("组件"), "/ui/"),
    )
    return Shell(
        title=title,
        context=context,
        now_iso=NOW.isoformat(),
        day_text=f"{wording.day_text(NOW.date())} · {_('明天调休上班')}",
        clock_text=wording.clock_text(NOW),
        nav=tuple(_entry(*entry, current=current) for entry in entries),
        person=Person("高岩", "3305", "高"),
        language=language,
        theme=theme,
        preferences_url="/ui/preferences/",
        path=path,
        live_url="",
    )


def _entry(icon: str, label: str, url: str, *, current: str) -> NavItem:
    late = "2" if icon == "clock-hour-4" else ""
    return NavItem(
        icon=icon,
        label=label,
        url=url,
        is_current=url == current,
        badge=late,
        badge_label=_("%(count)s 个已超时") % {"count": late} if late else "",
    )
