"""Where a rule lives in the product: workplaces, what happens there, which part it plays."""

from collections.abc import Mapping, Sequence

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shouwen.clauses.presenters.pages import Place
from shouwen.core.clause import Words
from shouwen.core.events import EVENTS
from shouwen.core.kinds import Rule
from shouwen.standard.judging import CaseRule
from shouwen.standard.living import CALL_JUDGED, Way
from shouwen.standard.needs import Emitters, Lived, lived
from shouwen.ui.languages import listed, worded

# A workplace: its icon, its name, the page to go to.
APPS: Mapping[str, tuple[str, LazyText, str]] = {
    "cases": ("file-text", gettext_lazy("工单"), "cases"),
    "hotline": ("headset", gettext_lazy("热线"), ""),
    "clocks": ("clock-hour-4", gettext_lazy("时钟"), "clock_board"),
    "customers": ("users", gettext_lazy("客户"), "customers"),
    "people": ("user-star", gettext_lazy("人员"), ""),
    "custody": ("shield-lock", gettext_lazy("安全"), ""),
    "messages": ("messages", gettext_lazy("消息"), "messages"),
    "journal": ("note", gettext_lazy("日志"), ""),
    "jobs": ("refresh", gettext_lazy("任务"), ""),
    "editions": ("flask", gettext_lazy("版本"), ""),
}
# What a page on which something is recorded is called.
PAGES: Mapping[str, LazyText] = {
    "act_on_case": gettext_lazy("工单页"),
    "reclassify": gettext_lazy("工单页"),
    "accept_handover": gettext_lazy("接收移交"),
    "refuse_handover": gettext_lazy("接收移交"),
    "withdraw_handover": gettext_lazy("撤回移交"),
    "accept_shift": gettext_lazy("接班"),
    "hand_over_shift": gettext_lazy("交班"),
    "enter_late": gettext_lazy("补录纸单"),
    "approve_void": gettext_lazy("批准作废"),
    "refuse_void": gettext_lazy("批准作废"),
    "keep_promise": gettext_lazy("兑现承诺"),
    "alarm": gettext_lazy("报警"),
    "act_on_care": gettext_lazy("特别关照登记"),
    "act_on_customer": gettext_lazy("客户页"),
    "act_on_premises": gettext_lazy("用气地址页"),
    "register_customer": gettext_lazy("登记客户"),
    "register_premises": gettext_lazy("登记地址"),
    "undo_merge": gettext_lazy("撤销合并"),
    "lock": gettext_lazy("锁屏"),
}
_OTHER: Mapping[str, LazyText] = {
    "job": gettext_lazy("自动"),
    "command": gettext_lazy("导入与重放"),
}


def places(rule: Rule, *, recorded: Emitters, figure_url: str) -> tuple[Place, ...]:
    """Every place of a rule: where its events are recorded, where its clock runs, its figure."""
    found: dict[tuple[str, str], list[Lived]] = {}
    for each in lived(rule, emitters=recorded):
        found.setdefault((each.emitter.app, each.event), []).append(each)
    shown = [_place(app, event, parts) for (app, event), parts in found.items()]
    if isinstance(rule, CaseRule) and rule.versions[-1].begins_on:
        shown.append(
            Place(
                "clock-hour-4",
                f"{_('时钟')} · {worded(rule.title)}",
                _("起算、提醒、为什么这时到期"),
                reverse("clock_board"),
            )
        )
    if figure_url:
        shown.append(
            Place(
                "chart-histogram",
                f"{_('指标')} · {worded(rule.title)}",
                _("按天、部门、人和阶段"),
                figure_url,
            )
        )
    return tuple(shown)


def step_text(app: str, event: str) -> str:
    """工单 · 答复客户."""
    named = APPS.get(app)
    return f"{named[1] if named else app} · {event_text(event)}"


def event_text(event: str) -> str:
    """What happens, in the trade's words."""
    if event == CALL_JUDGED:
        return _("听通话")
    kind = EVENTS.get(event)
    return worded(Words(zh=kind.zh, en=kind.en)) if kind else event


def address(name: str, *args: str) -> str:
    """The address of a page that may not be there yet; empty when it is not."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


def _place(app: str, event: str, parts: Sequence[Lived]) -> Place:
    icon, _name, page = APPS.get(app, ("note", "", ""))
    roles = dict.fromkeys(worded(each.need.part) for each in parts)
    where = dict.fromkeys(_way(way) for each in parts for way in each.ways)
    told = " / ".join(name for name in where if name)
    return Place(
        icon,
        step_text(app, event),
        " · ".join(part for part in (listed(roles), told) if part),
        address(page) if page else "",
    )


def _way(way: Way) -> str:
    return str(PAGES.get(way.name, "")) if way.kind == "page" else str(_OTHER[way.kind])
