"""The timeline of a case: what happened, who did it, what was said."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import groupby
from typing import Any, Protocol

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shouwen.cases.models import Attachment, Case
from shouwen.cases.presenters import reasons
from shouwen.cases.queries import Story
from shouwen.clocks.presenters import mark_of
from shouwen.core.events import Event, Scalar
from shouwen.people.models import Staff
from shouwen.standard.pack import Pack
from shouwen.ui import wording
from shouwen.ui.languages import worded
from shouwen.ui.pages import Timeline, TimelineDay, TimelineEntry
from shouwen.ui.parts import Choice, Empty

# What was judged: its reasons are one click away.
VERDICTS = ("clock.started", "clock.warned", "clock.missed", "clock.met")
# kind of event → icon of the sprite, sentence after the person's name
SENTENCES = {
    "case.reported": ("phone-incoming", gettext_lazy("受理，工单开出")),
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
    "case.reassigned": ("users", gettext_lazy("改派，原负责人不在")),
    "case.void_asked": ("rubber-stamp", gettext_lazy("提出作废")),
    "case.void_refused": ("arrow-back-up", gettext_lazy("不批准作废")),
    "case.attached": ("file-text", gettext_lazy("添了附件")),
    "case.linked": ("route", gettext_lazy("关联了工单")),
    "case.unlinked": ("route", gettext_lazy("解除了关联")),
    "case.merged": ("git-merge", gettext_lazy("并入了")),
    "case.absorbed": ("git-merge", gettext_lazy("并进来")),
    "case.unmerged": ("arrow-back-up", gettext_lazy("撤销合并")),
    "case.entered_late": ("note", gettext_lazy("从纸单补录")),
    "case.escalated": ("urgent", gettext_lazy("按时限逐级提醒")),
    "case.escalation_seen": ("eye-check", gettext_lazy("看到了升级提醒")),
    "case.printed": ("note", gettext_lazy("打印了工单")),
    "case.details_filled": ("clipboard-list", gettext_lazy("填了业务表单")),
    "case.material_told": ("bulb", gettext_lazy("告知了资料渠道")),
    "case.material_sent": ("send", gettext_lazy("把资料渠道发给了客户")),
    "case.papers_sent": ("send", gettext_lazy("把报装资料清单发给了客户")),
    "case.solved_on_phone": ("phone", gettext_lazy("电话里教会客户，解决了")),
    "case.approval_asked": ("rubber-stamp", gettext_lazy("请示上级")),
    "case.approval_given": ("check", gettext_lazy("批准了答复")),
    "case.approval_refused": ("arrow-back-up", gettext_lazy("没有批准，退回")),
    "case.joined_incident": ("git-merge", gettext_lazy("并入管网事件")),
    "promise.withdrawn": ("ban", gettext_lazy("承诺随作废撤回")),
    "promise.made": ("calendar-time", gettext_lazy("向客户作出承诺")),
    "promise.kept": ("check", gettext_lazy("兑现了承诺")),
    "promise.tried": ("phone-outgoing", gettext_lazy("回了一次电话")),
    "promise.tries_over": ("alert-triangle", gettext_lazy("回电没有打通，已告诉班长")),
    "promise.call_given": ("users", gettext_lazy("请人代打回电")),
    "clock.warned": ("alert-triangle", gettext_lazy("临近期限，已提醒负责人")),
    "clock.missed": ("urgent", gettext_lazy("过了期限")),
    "data.read": ("eye", gettext_lazy("看了客户电话")),
}
SPOKEN = frozenset(
    {
        "case.answered",
        "promise.made",
        "case.referred",
        "case.agreed_time",
        "case.material_told",
        "case.solved_on_phone",
    }
)
READS = frozenset({"data.read", "case.printed", "case.escalation_seen"})
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


class Call(Protocol):
    """A telephone call of the case, as the hotline keeps it."""

    direction: str
    rang_at: datetime
    answered_at: datetime | None
    ended_at: datetime | None
    rings: int

    @property
    def staff(self) -> Staff | None: ...

    @property
    def pk(self) -> Any: ...

    @property
    def recordings(self) -> Any: ...


def timeline(
    *,
    case: Case,
    story: Story,
    pack: Pack,
    stopped: Mapping[str, datetime],
    chosen: str,
    url: str,
    now: datetime,
) -> Timeline:
    """All that happened, newest first, by days; `chosen` is one of FILTERS.

    `stopped` says of each clock by its id when it stopped: what was reminded of or found missed before a
    late entry told that it had been done is left out (the journal keeps it).
    """
    shown = [
        event
        for event in story.events
        if event.kind not in HIDDEN and not _is_overtaken(event, stopped)
    ]
    chosen_events = [event for event in shown if _is_chosen(event, chosen)]
    told = [(event.at, _entry(event, case, story, pack)) for event in chosen_events]
    if chosen == "all":
        told += [(call.rang_at, _call(call)) for call in case.calls.all()]
    told.sort(key=lambda pair: pair[0], reverse=True)
    days = tuple(
        TimelineDay(_day_title(day, now), tuple(entry for _at, entry in entries))
        for day, entries in groupby(told, key=lambda pair: wording.local_day(pair[0]))
    )
    empty = None if days else Empty(_("这里还没有记录"), _("一有动静就会出现"))
    calls = len(case.calls.all())
    return Timeline(choices=_choices(shown, calls, chosen, url), days=days, empty=empty)


def _is_overtaken(event: Event, stopped: Mapping[str, datetime]) -> bool:
    if event.kind not in ("clock.warned", "clock.missed"):
        return False
    ended_at = stopped.get(str(event.data.get("clock", "")))
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


def _choices(events: Sequence[Event], calls: int, chosen: str, url: str) -> tuple[Choice, ...]:
    labels = {"all": _("全部"), "said": _("对客户说的"), "reads": _("查看记录")}
    return tuple(
        Choice(
            label=f"{labels[name]} {_count(events, name) + (calls if name == 'all' else 0)}",
            url=f"{url}?show={name}",
            is_on=name == chosen,
        )
        for name in FILTERS
    )


def _day_title(day: object, now: datetime) -> str:
    today = wording.local_day(now)
    text = wording.day_text(day)  # type: ignore[arg-type]  # groupby forgets the key's type
    return _("今天 %(day)s") % {"day": text} if day == today else text


def _count(events: Sequence[Event], name: str) -> int:
    return sum(_is_chosen(event, name) for event in events)


def _entry(event: Event, case: Case, story: Story, pack: Pack) -> TimelineEntry:
    icon, sentence = SENTENCES.get(event.kind, ("info-circle", event.kind))
    if event.data.get("field") == "attachment":
        sentence = _("下载了附件")
    rule = pack.rules.get(str(event.data.get("rule", "")))
    other = str(
        event.data.get("other") or event.data.get("into") or event.data.get("through") or ""
    )
    attachment = _attachment(event, case)
    text = " ".join(part for part in (str(sentence), detail(event)) if part)
    return TimelineEntry(
        time=wording.clock_text(event.at),
        icon=icon,
        actor=story.names.get(event.by, event.by) or _("系统"),
        text=f"{sentence}：{worded(rule.title)}" if rule else text,
        said=without_numbers(story.words.get(event.id, "")),
        spoken=event.kind in SPOKEN,
        clause=mark_of(rule.clause) if rule else None,
        link_url=_link(event, other, attachment, case),
        link_label=_label(event, other, attachment),
        at_iso=event.at.isoformat(),
    )


def detail(event: Event) -> str:
    """What the facts of an event add to its sentence."""
    data = event.data
    match event.kind:
        case "case.classified":
            parts = (
                reasons.case_kinds().get(str(data.get("kind")), ""),
                reasons.sides().get(str(data.get("side")), "") if data.get("side") else "",
                reasons.severities().get(str(data["severity"]), "")
                if data.get("severity")
                else "",
            )
            return in_brackets(" · ".join(part for part in parts if part))
        case "case.reopened":
            return _in_brackets(reasons.reopen_reasons(), data)
        case "case.voided" | "case.void_asked":
            return _in_brackets(reasons.void_reasons(), data)
        case "case.reassigned":
            return _in_brackets(reasons.absences(), data)
        case "promise.tried":
            return _in_brackets(reasons.outcomes(), {"reason": data.get("outcome", "")})
        case "case.linked" | "case.unlinked":
            return reasons.link_kinds().get(str(data.get("kind")), "")
        case _:
            return in_brackets(_("随合并的工单")) if data.get("through") else ""


def _in_brackets(words: Mapping[str, str], data: Mapping[str, Scalar]) -> str:
    return in_brackets(words.get(str(data.get("reason")), ""))


def in_brackets(text: str) -> str:
    """The text in the brackets of the active language; nothing for nothing."""
    return _("（%(text)s）") % {"text": text} if text else ""


def _attachment(event: Event, case: Case) -> Attachment | None:
    wanted = event.id if event.kind == "case.attached" else event.data.get("attachment")
    return next((each for each in case.attachments.all() if str(each.pk) == wanted), None)


def _label(event: Event, other: str, attachment: Attachment | None) -> str:
    if event.kind in VERDICTS and event.data.get("clock"):
        return _("为什么")
    return other or (without_numbers(attachment.original_name)[:40] if attachment else "")


def _link(event: Event, other: str, attachment: Attachment | None, case: Case) -> str:
    if event.kind in VERDICTS and event.data.get("clock"):
        return reverse("why", args=[event.data["clock"]])
    if other:
        return reverse("case", args=[other])
    if attachment:
        return reverse("attachment", args=[case.number, attachment.pk])
    return ""


def _call(call: Call) -> TimelineEntry:
    has_sound = bool(call.recordings.all())
    lasted = ""
    if call.answered_at and call.ended_at:
        seconds = (call.ended_at - call.answered_at).total_seconds()
        lasted = _("通话 %(time)s") % {"time": wording.length(seconds, ticking=True)}
    rang = _("响 %(count)s 声接起") % {"count": call.rings} if call.rings else ""
    if call.answered_at is None:
        rang = _("没有接通")
    is_in = call.direction == "inbound"
    parts = (_("客户来电") if is_in else _("打给客户"), rang if is_in else "", lasted)
    return TimelineEntry(
        time=wording.clock_text(call.rang_at),
        icon="phone-incoming" if is_in else "phone-outgoing",
        actor=call.staff.name if call.staff else "",
        text="，".join(part for part in parts if part),
        at_iso=call.rang_at.isoformat(),
        link_url=reverse("call", args=[call.pk]),
        link_label=_("这通电话"),
        more_url=reverse("call_sounds", args=[call.pk]) if has_sound else "",
        more_label=_("录音"),
    )
