"""Every component in every state, for the page on which a build is compared with the design."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.utils.translation import gettext as _

from shouwen.ui.pages import (
    Facts,
    HandOver,
    MaskedPhone,
    PromiseLine,
    SaidPart,
    TimelineDay,
    WhyDrawer,
)
from shouwen.ui.parts import (
    Action,
    Choice,
    ClauseMark,
    Empty,
    Field,
    Note,
    Option,
    SumTile,
    Tag,
    Toast,
)
from shouwen.ui.presenters import ClockChip, ClockFacts, OwnerLink, chip
from shouwen.ui.samples import board, case
from shouwen.ui.samples.scene import NOW, at
from shouwen.ui.strips import HourLine

_HERE = "/ui/"


@dataclass(frozen=True, slots=True)
class Gallery:
    """One of each; see the template for the order."""

    clocks: tuple[ClockChip, ...]
    dense_clocks: tuple[ClockChip, ...]
    call_clocks: tuple[ClockChip, ...]
    clauses: tuple[ClauseMark, ...]
    tags: tuple[Tag, ...]
    phones: tuple[MaskedPhone, ...]
    actions: tuple[Action, ...]
    small_actions: tuple[Action, ...]
    choices: tuple[Choice, ...]
    spoken: tuple[SaidPart, ...]
    empties: tuple[Empty, ...]
    fields: tuple[Field, ...]
    ask: Action
    toast: Toast
    notes: tuple[Note, ...]
    first_clause: ClauseMark
    chain: tuple[OwnerLink, ...]
    sums: tuple[SumTile, ...]
    why: WhyDrawer
    hours: HourLine
    timeline: tuple[TimelineDay, ...]
    promises: tuple[PromiseLine, ...]
    offer: HandOver
    record: Facts


def gallery() -> Gallery:
    """All of it, at the fixed moment of the samples."""
    full = case.case()
    return Gallery(
        clocks=_clocks(width=72, dense=False),
        dense_clocks=_clocks(width=44, dense=True),
        call_clocks=_call_clocks(),
        clauses=_clauses(),
        tags=_tags(),
        phones=_phones(),
        actions=_actions(),
        small_actions=(Action("list", _("看名单"), _HERE, is_link=True),),
        choices=(Choice(_("全部"), _HERE, is_on=True), Choice(_("我的"), _HERE)),
        spoken=(SaidPart("您是"), SaidPart("柳溪雅苑 7 号楼", marked=True), SaidPart("的宋先生吗？")),
        empties=_empties(),
        fields=_fields(),
        ask=_ask(),
        toast=Toast(_("已移交%(name)s，等他接收") % {"name": "高岩"}, _HERE),
        notes=_notes(),
        first_clause=ClauseMark("5.2.4", _HERE),
        chain=case.chain(),
        sums=board.sums(),
        why=board.why(),
        hours=board.hours(),
        timeline=full.timeline.days,
        promises=full.promises,
        offer=case.handover(prefix="gallery-"),
        record=full.boxes[1],
    )  # fmt: skip


def _clocks(*, width: int, dense: bool) -> tuple[ClockChip, ...]:
    nine, half_past_five = at("09:00"), at("17:30")
    every = (
        ClockFacts(state="running", started_at=at("12:30"), due_at=half_past_five),
        ClockFacts(state="warned", started_at=at("13:20"), due_at=at("14:50")),
        ClockFacts(state="missed", started_at=nine, due_at=at("14:06")),
        ClockFacts(state="met", started_at=nine, due_at=at("11:00"), stopped_at=at("09:40")),
        ClockFacts(state="running", started_at=nine, due_at=NOW + timedelta(days=2, hours=4)),
        ClockFacts(
            state="paused", started_at=nine, paused_at=at("11:00"), remaining_seconds=9000, reason=_("等客户")
        ),
        ClockFacts(state="gap"),
        ClockFacts(state="not_applicable", reason=_("当场答复")),
    )  # fmt: skip
    return tuple(chip(facts, now=NOW, width=width, dense=dense) for facts in every)


def _call_clocks() -> tuple[ClockChip, ...]:
    begun = NOW - timedelta(seconds=48)
    facts = (
        ClockFacts(state="running", started_at=begun, due_at=begun + timedelta(minutes=3)),
        ClockFacts(state="warned", started_at=begun, due_at=begun + timedelta(minutes=1)),
    )
    return tuple(chip(each, now=NOW, width=72, ticking=True) for each in facts)


def _clauses() -> tuple[ClauseMark, ...]:
    return (
        ClauseMark("5.2.9", _HERE),
        ClauseMark("5.2.9", _HERE, "now"),
        ClauseMark("5.2.9", _HERE, "kept"),
        ClauseMark("5.2.9", _HERE, "broken"),
        ClauseMark("5.2.9", _HERE, "todo"),
        ClauseMark("5.2.9"),
    )


def _tags() -> tuple[Tag, ...]:
    return (
        Tag(_("商业用户")),
        Tag(_("高龄独居"), "care", "heart-handshake"),
        Tag(_("报修"), "flame"),
        Tag(_("未约"), "warn"),
        Tag(_("现行"), "met"),
        Tag(_("报警"), "over"),
        Tag(_("公司设定"), "line"),
    )


def _phones() -> tuple[MaskedPhone, ...]:
    return (
        MaskedPhone("140 **** 2093", reveal_url=_HERE),
        MaskedPhone("14000422093", note=_("已留痕，30 秒后隐藏")),
    )


def _actions() -> tuple[Action, ...]:
    return (
        Action("g-answer", _("答复客户"), _HERE, is_link=True, key="A", look="primary"),
        _ask(),
        Action("g-try", _("试改规则"), _HERE, is_link=True, look="quiet"),
        Action(
            "g-alarm", _("立即派警"), _HERE, is_link=True, icon="urgent", key="F9", look="alarm"
        ),
    )


def _ask() -> Action:
    return Action(
        "g-pause",
        _("暂停"),
        _HERE,
        question=_("暂停“%(promise)s”？") % {"promise": "24 小时修复"},
        text=_("客户看得到原因。最长暂停 %(days)d 天，到时自动恢复。") % {"days": 7},
        fields=_fields()[:2],
    )


def _fields() -> tuple[Field, ...]:
    reason = Option("awaiting_customer", _("等客户定时间"))
    return (
        Field("reason", _("原因（必选）"), "select", options=(reason,)),
        Field("evidence", _("凭据"), value="10:02 通话，客户说周日在家"),
        Field("said", _("交代"), "textarea", placeholder=_("例：客户在家到 20:00")),
        Field("staff_no", _("工号"), value="33O5", error=_("没有这个工号")),
    )


def _empties() -> tuple[Empty, ...]:
    return (
        Empty(_("没有将到期的承诺"), _("最近一个在 %(at)s 到期") % {"at": "15:12"}),
        Empty(
            _("没连上时钟服务"),
            _("下面是 %(at)s 的数据。派警、存记录不受影响。") % {"at": "14:29"},
            "plug-connected-x",
            _HERE,
            _("再试"),
        ),
    )


def _notes() -> tuple[Note, ...]:
    return (
        Note(_("普通说明")),
        Note(_("同楼 %(minutes)d 分钟内 %(count)d 个来电") % {"minutes": 30, "count": 1}, "flame"),
        Note(_("%(count)d 条要您看") % {"count": 1}, "warn", "git-merge"),
        Note(_("重大隐患：三样一样不少"), "over"),
        Note(_("重算一致"), "met"),
    )
