"""The frame around every page: rail, top bar, who is signed in, what day it is."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from shouwen.access.permission import Action, can
from shouwen.core.timing.calendar import WorkingCalendar, YearNotPublished
from shouwen.people.models import Department, Staff
from shouwen.people.rail import Waiting
from shouwen.ui import wording
from shouwen.ui.languages import tongue
from shouwen.ui.parts import NavItem, Person, Shell
from shouwen.ui.presenters import initial


@dataclass(frozen=True, slots=True)
class Frame:
    """What the frame needs to know of the request. `path` is where to come back to."""

    staff: Staff
    path: str
    theme: str
    workstation: str
    now: datetime
    calendar: WorkingCalendar | None  # None while the standard cannot be read
    missed: int = 0
    waiting: Mapping[str, Waiting] = field(default_factory=dict)  # by URL name of the entry


def shell(
    frame: Frame,
    *,
    title: str,
    context: str = "",
    current: str = "",
    is_fixed: bool = False,
    watermark: bool = False,
) -> Shell:
    """The frame of a signed-in page. `current` is the URL name of the rail entry to mark."""
    return Shell(
        title=title,
        context=context,
        now_iso=frame.now.isoformat(),
        day_text=day_text(now=frame.now, calendar=frame.calendar),
        clock_text=wording.clock_text(frame.now),
        nav=_nav(frame, current),
        person=Person(frame.staff.name, frame.staff.staff_no, initial(frame.staff.name)),
        language=get_language() or "zh-hans",
        theme=frame.theme,
        preferences_url=reverse("preferences"),
        path=frame.path,
        live_url="/live",
        sign_out_url=reverse("sign_out"),
        search_url=reverse("customers") if can(frame.staff, Action.SEARCH_CUSTOMERS) else "",
        watermark=_watermark(frame) if watermark else "",
        is_fixed=is_fixed,
        ringing_url=reverse("dispatch_ringing") if can(frame.staff, Action.ANSWER_PAGE) else "",
        alarms_url=reverse("letter_alarms") if can(frame.staff, Action.WORK_INBOX) else "",
    )


def department_name(department: Department | None) -> str:
    """The department in the active language; empty for none."""
    if department is None:
        return ""
    return department.name_en if tongue() == "en" else department.name_zh


def day_text(*, now: datetime, calendar: WorkingCalendar | None) -> str:
    """The day with what is special about tomorrow: 10月9日 周五 · 明天调休上班."""
    today = wording.local_day(now)
    tomorrow = today + timedelta(days=1)
    text = wording.day_text(today)
    if calendar is None:
        return _("%(day)s · 标准读不出来") % {"day": text}
    try:
        hint = _tomorrow(
            works=calendar.is_working_day(tomorrow), is_weekend=tomorrow.weekday() >= 5
        )
    except YearNotPublished:
        hint = _("明年日历还没装")
    return f"{text} · {hint}" if hint else text


def _tomorrow(*, works: bool, is_weekend: bool) -> str:
    if works and is_weekend:
        return _("明天调休上班")
    if not works and not is_weekend:
        return _("明天放假")
    return ""


# The rail: who may see an entry, its URL name, its icon, its label.
NAV = (
    (Action.TAKE_CALLS, "cockpit", "headset", gettext_lazy("坐席")),
    (Action.SERVE_COUNTER, "counter", "users", gettext_lazy("窗口")),
    (Action.VIEW_BOARD, "board", "hourglass", gettext_lazy("排队")),
    (Action.VIEW_DISPATCH, "dispatch", "truck", gettext_lazy("调度")),
    (Action.LIST_HAZARDS, "hazards", "alert-triangle", gettext_lazy("隐患")),
    (Action.WORK_OUTSIDE, "field", "route", gettext_lazy("上门")),
    (Action.VIEW_CALL_BACKS, "callbacks", "phone-outgoing", gettext_lazy("回电")),
    (Action.VIEW_COMPONENTS, "my_work", "clipboard-list", gettext_lazy("我的")),
    (Action.LIST_CASES, "cases", "file-text", gettext_lazy("工单")),
    (Action.WORK_INBOX, "inbox", "message-plus", gettext_lazy("来信")),
    (Action.VIEW_CLOCKS, "clock_board", "clock-hour-4", gettext_lazy("时钟")),
    (Action.REVIEW_CALLS, "review_desk", "wave-sine", gettext_lazy("质检")),
    (Action.TAKE_CALLS, "reviews_mine", "eye-check", gettext_lazy("被检")),
    (Action.VIEW_FIGURES, "figures", "chart-histogram", gettext_lazy("看板")),
    (Action.VIEW_CLAUSES, "clauses", "book-2", gettext_lazy("条款")),
    (Action.READ_KNOWLEDGE, "knowledge_find", "bulb", gettext_lazy("知识")),
    (Action.SEARCH_CUSTOMERS, "customers", "users", gettext_lazy("查找")),
    (Action.VIEW_MESSAGES, "messages", "messages", gettext_lazy("消息")),
    (Action.VIEW_JOBS, "dead_jobs", "refresh", gettext_lazy("任务")),
    (Action.VIEW_SHIFTS, "shifts", "user-check", gettext_lazy("排班")),
    (Action.VIEW_CALENDAR, "calendar", "calendar-time", gettext_lazy("日历")),
    (Action.VIEW_EDITIONS, "editions", "rubber-stamp", gettext_lazy("版本")),
    (Action.MANAGE_STAFF, "people", "user-star", gettext_lazy("人员")),
    (Action.REGISTER_DESKS, "desks", "home-check", gettext_lazy("电脑")),
)


def _nav(frame: Frame, current: str) -> tuple[NavItem, ...]:
    items = [
        _nav_item(frame, current, name, icon, str(label))
        for action, name, icon, label in NAV
        if can(frame.staff, action)
    ]
    if can(frame.staff, Action.SEND_ALARM):
        items.append(NavItem("flame", _("报警"), reverse("alarm"), key="F9", is_alarm=True))
    return tuple(items)


def _nav_item(frame: Frame, current: str, name: str, icon: str, label: str) -> NavItem:
    waiting = frame.waiting.get(name)
    if name == "clock_board" and frame.missed:
        waiting = Waiting(frame.missed, _("%(count)s 个已超时") % {"count": frame.missed})
    return NavItem(
        icon=icon,
        label=label,
        url=reverse(name),
        is_current=name == current,
        badge=str(waiting.count) if waiting else "",
        badge_label=waiting.text if waiting else "",
    )


def _watermark(frame: Frame) -> str:
    moment = f"{wording.local(frame.now):%m-%d %H:%M}"
    return f"{frame.staff.name} {frame.staff.staff_no} · {moment} · {frame.workstation}"
