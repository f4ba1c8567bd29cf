"""Words for the registers in the active language: classes, relations, kinds, days, history."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import groupby

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from shouwen.access.permission import Action as Allowed
from shouwen.access.permission import can
from shouwen.core.events import EVENTS, Event
from shouwen.people.models import Staff
from shouwen.ui import wording
from shouwen.ui.languages import tongue
from shouwen.ui.pages import Timeline, TimelineDay, TimelineEntry
from shouwen.ui.parts import Choice, Empty, Option, Tag

WORDS = {
    "residential": gettext_lazy("居民"),
    "commercial": gettext_lazy("商业"),
    "industrial": gettext_lazy("工业"),
    "heating": gettext_lazy("采暖"),
    "public": gettext_lazy("公福"),
    "owner": gettext_lazy("户主"),
    "tenant": gettext_lazy("租户"),
    "contact": gettext_lazy("联系人"),
    "elderly": gettext_lazy("老"),
    "frail": gettext_lazy("弱"),
    "ill": gettext_lazy("病"),
    "disabled": gettext_lazy("残"),
    "signed": gettext_lazy("书面签字"),
    "hall": gettext_lazy("营业厅当面"),
    "phone": gettext_lazy("电话（有录音）"),
    "visit": gettext_lazy("上门当面"),
    "urban": gettext_lazy("城区"),
    "rural": gettext_lazy("乡村"),
    "remote": gettext_lazy("偏远"),
    "on": gettext_lazy("在用"),
    "off": gettext_lazy("停用"),
    "sealed": gettext_lazy("封停"),
    "indoors": gettext_lazy("户内"),
    "outdoors": gettext_lazy("户外"),
    "diaphragm": gettext_lazy("膜式表"),
    "prepaid": gettext_lazy("IC 卡表"),
    "remote_meter": gettext_lazy("远传表"),
    "industrial_meter": gettext_lazy("流量计"),
    "cooker": gettext_lazy("灶具"),
    "water_heater": gettext_lazy("热水器"),
    "boiler": gettext_lazy("壁挂炉"),
    "alarm": gettext_lazy("报警器"),
    "hose": gettext_lazy("连接软管"),
    "other": gettext_lazy("其他"),
    "customer_class": gettext_lazy("用气类别"),
    "zone": gettext_lazy("区域"),
    "supply": gettext_lazy("供气状态"),
    "meter_place": gettext_lazy("表的位置"),
    "name": gettext_lazy("姓名"),
    "surname": gettext_lazy("姓"),
    "title": gettext_lazy("称呼"),
    "phones": gettext_lazy("电话"),
}
METER_WORDS = {
    "diaphragm": "diaphragm",
    "prepaid": "prepaid",
    "remote": "remote_meter",
    "industrial": "industrial_meter",
}
_ICONS = {
    "customer": "users",
    "care": "heart-handshake",
    "premises": "home-check",
    "data": "eye",
}


def word(code: str) -> str:
    """The word for a code of the registers; the code itself when it is not known."""
    return str(WORDS.get(code, code))


def day_words(day: date) -> str:
    """2026-10-09: days of a history are compared, so they stand in full."""
    return day.isoformat()


def span_words(since: date, until: date | None) -> str:
    """2020-03-01 起, 2020-03-01 至 2024-05-01."""
    if until is None:
        return _("%(day)s 起") % {"day": day_words(since)}
    return _("%(from)s 至 %(to)s") % {"from": day_words(since), "to": day_words(until)}


def options(codes: Iterable[str], *, chosen: str = "") -> tuple[Option, ...]:
    """Options of a select with the words for codes."""
    return tuple(Option(code, word(code), selected=code == chosen) for code in codes)


def care_tag(kind: str) -> Tag:
    """The mark of somebody who needs special care."""
    return Tag(_("特别关照 · %(kind)s") % {"kind": word(kind)}, "care", "heart-handshake")


def tabs(viewer: Staff, *, current: str, urls: Mapping[str, str]) -> tuple[Choice, ...]:
    """Search, register of special care, estates: the pages of this theme that the viewer may open."""
    labels = {"customers": _("查找"), "care_register": _("特别关照"), "estates": _("小区别名")}
    keeps = can(viewer, Allowed.KEEP_REGISTERS)
    names = labels if keeps else {"customers": labels["customers"]}
    if len(names) == 1:
        return ()
    return tuple(Choice(labels[name], urls[name], name == current) for name in names)


def history(events: Sequence[Event], *, names: Mapping[str, str], more_url: str = "") -> Timeline:
    """What happened to a customer or premises, the newest first."""
    ordered = sorted(events, key=lambda event: event.at, reverse=True)
    days = tuple(
        TimelineDay(wording.day_text(day), tuple(_entry(event, names) for event in of_day))
        for day, of_day in groupby(ordered, key=lambda event: wording.local_day(event.at))
    )
    empty = Empty(_("还没有记录"), icon="note") if not days else None
    return Timeline(choices=(), days=days, empty=empty, more_url=more_url)


def _entry(event: Event, names: Mapping[str, str]) -> TimelineEntry:
    kind = EVENTS[event.kind]
    return TimelineEntry(
        time=wording.clock_text(event.at),
        icon=_ICONS.get(event.kind.partition(".")[0], "note"),
        actor=names.get(event.by, event.by),
        text=_sentence(kind.en if tongue() == "en" else kind.zh, event),
        at_iso=event.at.isoformat(),
    )


def _sentence(text: str, event: Event) -> str:
    told = [
        "、".join(word(part) for part in str(value).split(","))
        if tongue() == "zh"
        else ", ".join(word(part) for part in str(value).split(","))
        for name, value in event.data.items()
        if name in ("fields", "kind", "relation", "name", "value", "since", "until", "on")
    ]
    return f"{text}{pgettext('between', '：')}{' · '.join(told)}" if told else text
