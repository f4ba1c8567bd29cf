"""The timeline of a case: what happened, who did it, what was said."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import groupby

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shouwen.cases.queries import Story
from shouwen.core.events import Event
from shouwen.standard.pack import Pack
from shouwen.ui import wording
from shouwen.ui.languages import worded
from shouwen.ui.pages import Timeline, TimelineDay, TimelineEntry
from shouwen.ui.parts import Choice, ClauseMark, Empty

# kind of event → icon of the sprite, sentence after the person's name
SENTENCES = {
    "case.reported": ("phone-incoming", gettext_lazy("接到客户来电，工单开出")),
    "case.recorded": ("note", gettext_lazy("记下客户资料")),
    "case.gap_flagged": ("flag", gettext_lazy("标出一项没问到的资料")),
    "case.classified": ("clipboard-list", gettext_lazy("重新分类")),
    "case.handover_offered": ("arrows-exchange", gettext_lazy("提出移交")),
    "case.handover_accepted": ("user-check", gettext_lazy("接收了工单")),
    "case.handover_refused": ("arrow-back-up", gettext_lazy("退回了移交")),
    "case.handover_withdrawn": ("arrow-back-up", gettext_lazy("撤回了移交")),
    "case.routed": ("send", gettext_lazy("转给承办部门")),
    "case.investigation_started": ("search", gettext_lazy("开始调查")),
    "case.deferred": ("hourglass", gettext_lazy("不能当场答复，留待答复")),
    "case.answered": ("phone-outgoing", gettext_lazy("答复了客户")),
    "case.agreed_time": ("calendar-time", gettext_lazy("和客户另约了时间")),
    "case.dispatched": ("truck", gettext_lazy("派人上门")),
    "case.accepted": ("user-check", gettext_lazy("接单")),
    "case.departed": ("truck", gettext_lazy("出发")),
    "case.arrived": ("map-pin-check", gettext_lazy("到场")),
    "case.handled": ("tool", gettext_lazy("现场开始处理")),
    "case.repaired": ("check", gettext_lazy("修好了")),
    "case.cleared": ("check", gettext_lazy("故障排除，恢复供气")),
    "case.out_of_scope_found": ("ban", gettext_lazy("发现不在维修范围或没有配件")),
    "case.referred": ("route", gettext_lazy("告知客户其它报修渠道")),
    "case.paused": ("player-pause", gettext_lazy("暂停计时")),
    "case.resumed": ("player-play", gettext_lazy("恢复计时")),
    "case.noted": ("message-plus", gettext_lazy("记了一笔")),
    "case.closed": ("check", gettext_lazy("办结")),
    "case.reopened": ("refresh", gettext_lazy("重新打开")),
    "case.voided": ("ban", gettext_lazy("作废")),
    "promise.made": ("calendar-time", gettext_lazy("向客户作出承诺")),
    "promise.kept": ("check", gettext_lazy("兑现了承诺")),
    "clock.warned": ("alert-triangle", gettext_lazy("临近期限，已提醒负责人")),
    "clock.missed": ("urgent", gettext_lazy("过了期限")),
    "data.read": ("eye", gettext_lazy("看了客户电话")),
}
SPOKEN = frozenset({"case.answered", "promise.made", "case.referred", "case.agreed_time"})
READS = frozenset({"data.read"})
# Said once by a plainer entry of the same act.
HIDDEN = frozenset(
    {
        "case.owner_set",
        "case.recorded",
        "clock.started",
        "clock.facts_set",
        "clock.met",
        "clock.judged",
    }
)
FILTERS = ("all", "said", "reads")


def timeline(
    *,
    story: Story,
    pack: Pack,
    stopped: Mapping[str, datetime],
    chosen: str,
    url: str,
    now: datetime,
) -> Timeline:
    """All that happened, newest first, by days; `chosen` is one of FILTERS.

    `stopped` says by rule when its clock stopped: what was reminded of or found missed before a
    late entry told that it had been done is left out (the journal keeps it).
    """
    shown = [
        event
        for event in story.events
        if event.kind not in HIDDEN and not _is_overtaken(event, stopped)
    ]
    chosen_events = [event for event in shown if _is_chosen(event, chosen)]
    chosen_events.sort(key=lambda event: event.at, reverse=True)
    days = tuple(
        TimelineDay(_day_title(day, now), tuple(_entry(event, story, pack) for event in events))
        for day, events in groupby(chosen_events, key=lambda event: wording.local_day(event.at))
    )
    empty = None if days else Empty(_("这里还没有记录"), _("一有动静就会出现"))
    return Timeline(choices=_choices(shown, chosen, url), days=days, empty=empty)


def _is_overtaken(event: Event, stopped: Mapping[str, datetime]) -> bool:
    if event.kind not in ("clock.warned", "clock.missed"):
        return False
    ended_at = stopped.get(str(event.data.get("rule", "")))
    return ended_at is not None and ended_at <= event.at


def without_numbers(words: str) -> str:
    """What was said or written, with every mobile number in it masked: seeing one is a read of its own."""
    return _MOBILE.sub(lambda number: wording.masked_phone(number[0]), words)


_MOBILE = re.compile(r"(?<!\d)1\d{10}(?!\d)")


def _is_chosen(event: Event, chosen: str) -> bool:
    if chosen == "said":
        return event.kind in SPOKEN
    if chosen == "reads":
        return event.kind in READS
    return event.kind not in READS


def _choices(events: Sequence[Event], chosen: str, url: str) -> tuple[Choice, ...]:
    labels = {"all": _("全部"), "said": _("对客户说的"), "reads": _("查看记录")}
    return tuple(
        Choice(
            label=f"{labels[name]} {sum(_is_chosen(event, name) for event in events)}",
            url=f"{url}?show={name}",
            is_on=name == chosen,
        )
        for name in FILTERS
    )


def _day_title(day: object, now: datetime) -> str:
    today = wording.local_day(now)
    text = wording.day_text(day)  # type: ignore[arg-type]  # groupby forgets the key's type
    return _("今天 %(day)s") % {"day": text} if day == today else text


def _entry(event: Event, story: Story, pack: Pack) -> TimelineEntry:
    icon, sentence = SENTENCES.get(event.kind, ("info-circle", event.kind))
    rule = pack.rules.get(str(event.data.get("rule", "")))
    return TimelineEntry(
        time=wording.clock_text(event.at),
        icon=icon,
        actor=story.names.get(event.by, event.by) or _("系统"),
        text=f"{sentence}：{worded(rule.title)}" if rule else str(sentence),
        said=without_numbers(story.words.get(event.id, "")),
        spoken=event.kind in SPOKEN,
        clause=ClauseMark(rule.clause) if rule else None,
        at_iso=event.at.isoformat(),
    )
