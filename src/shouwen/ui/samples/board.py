"""The clock board as in the mock-up, with the drawer that explains a due time over a holiday week."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from django.utils.translation import gettext as _

from shouwen.ui import wording
from shouwen.ui.pages import (
    ClockBoardPage,
    ClockGroup,
    ClockRow,
    SaidPart,
    WhyDrawer,
)
from shouwen.ui.parts import Action, Choice, ClauseMark, Field, Note, Option, SumTile, WhyStep
from shouwen.ui.presenters import ClockChip, ClockFacts, chip, state_word
from shouwen.ui.samples.scene import NOW, at, clock, paused, since
from shouwen.ui.strips import DayKind, DayStrip, HourLine, StripDay, day_strip, hour_line

_BOARD = "/ui/pages/clocks/"
_CASE = "/ui/pages/case/"


def board(*, with_why: bool) -> ClockBoardPage:
    """The full board; with the drawer open when asked."""
    return ClockBoardPage(
        heading=_("在走的钟"),
        sums=sums(),
        choices=(
            Choice(_("全部"), _BOARD, is_on=True),
            Choice(_("我的"), _BOARD),
            Choice(_("本班组"), _BOARD),
        ),
        groups=_groups(),
        rows_url="/ui/pages/clocks/rows/",
        why=why() if with_why else None,
    )


def sums() -> tuple[SumTile, ...]:
    """The row of figures above the board."""
    figures = (
        ("over", 2, _("已超时")),
        ("warn", 5, _("将到期")),
        ("run", 61, _("计时中")),
        ("pause", 4, state_word("paused")),
        ("met", 38, _("今日已兑现")),
        ("gap", 3, _("缺口（标准没给期限）")),
    )
    return tuple(SumTile(look, count, label, _BOARD) for look, count, label in figures)


def _groups() -> tuple[ClockGroup, ...]:
    sept30, oct6 = at("16:40", day=30, month=9), at("14:06", day=6)
    wait, wait_due = paused(
        "等客户", started=at("18:00", day=8), left=timedelta(hours=9, minutes=40)
    )
    gap = chip(ClockFacts(state="gap"), now=NOW, width=44)
    late = since(oct6, at("14:06"))
    return (
        ClockGroup(_("已超时 %(count)d") % {"count": 2}, (
            _row(late, "投诉答复 72 小时", "安检员未按约到门 · 姚先生 · 北巷坊 2-1-403", "2.2.6", "郑岚", "14:06"),
            _row(clock("missed", "14:09", "14:24"), "投诉立即转办", "收费有疑问 · 申女士 · 禾风小区 9-2-102", "5.4.1", "林晓", "14:24"),
        )),
        ClockGroup(_("1 小时内 %(count)d") % {"count": 3}, (
            _row(clock("warned", "13:20", "14:50"), "约定回电", "热水器配件价 · 阮女士 · 青梧里 3-1-502", "5.2.9", "林晓", "14:50"),
            _row(clock("warned", "09:12", "15:12"), "报修 6 小时内处理", "灶具打不着火 · 符先生 · 松鹤新村 11-3-201", "2.2.4", "孙立", "15:12"),
            _row(clock("warned", "11:30", "15:30"), "管网一般故障 4 小时", "调压箱异响 · 云栈路与北巷口", "2.2.3", "赵振海", "15:30"),
        )),
        ClockGroup(_("今天 %(count)d") % {"count": 17}, (
            replace(
                _row(since(sept30, at("17:30"), state="warned"), "咨询 2 个工作日答复",
                     "过户要带的资料 · 欧阳先生 · 柳溪雅苑 5-1-902", "5.3.4", "林晓", "17:30"),
                is_selected=True,
            ),
            _row(clock("running", "12:10", "18:00"), "约定上门", "带控制板再修 · 阮女士 · 青梧里 3-1-502", "6.1.4", "高岩", "18:00"),
            _row(clock("running", "11:34", "19:34"), "咨询回访", "随机抽中 · 池女士 · 禾风小区 4-2-601", "5.3.6", "冯雨", "19:34"),
        )),
        ClockGroup(_("暂停 %(count)d") % {"count": 4}, (
            _row(wait, "报修 24 小时内修复", "换表 · 邓先生 · 松鹤新村 4-1-502", "2.2.4", "高岩", wait_due),
        )),
        ClockGroup(_("缺口 %(count)d") % {"count": 3}, (
            _row(gap, "配件到货", "热水器控制板 · 阮女士", "2.2.4", "物资科", "—"),
        )),
    )  # fmt: skip


def _row(shown: ClockChip, title: str, sub: str, clause: str, owner: str, due: str) -> ClockRow:
    return ClockRow(
        clock=shown,
        title=title,
        sub=sub,
        clause=ClauseMark(clause, "/ui/"),
        owner=owner,
        due_text=due,
        why_url="/ui/pages/clocks/?why=1",
        case_url=_CASE,
    )


def why() -> WhyDrawer:
    """Two working days over the National Day week."""
    facts = ClockFacts(state="warned", started_at=at("16:40", day=30, month=9), due_at=at("17:30"))
    calendar = _("日历 %(version)s") % {"version": "2026.2"}
    return WhyDrawer(
        title=_("为什么 %(moment)s 到期") % {"moment": wording.full_moment(at("17:30"))},
        clock=chip(facts, now=NOW, width=60),
        case_text="20260930-0117 · 欧阳先生",
        case_url=_CASE,
        wording=(
            SaidPart("当场答复不了的咨询，"),
            SaidPart("两个工作日内", marked=True),
            SaidPart("答复客户，不越权答复。"),
        ),
        clause=ClauseMark("5.3.4", "/ui/"),
        version_text=_("%(day)s 起用") % {"day": "2025-03-01"},
        days=_strip(),
        line=None,
        steps=(
            WhyStep("9月30日 16:40 客户来电，没能当场答复", _("记录")),
            WhyStep("从次日开始数", _("读法：收到日不算")),
            WhyStep("10月1日—7日放假，跳过", calendar),
            WhyStep("10月8日 周四，第 1 个工作日", "08:30–17:30"),
            WhyStep("10月9日 周五，第 2 个工作日", "08:30–17:30"),
            WhyStep("没有暂停，没有例外，没有另约", _("记录")),
            WhyStep("到最后一个工作日下班：10月9日 17:30", _("读法：下班时刻")),
        ),
        check=Note(_("%(at)s 从记录重算，结果一致") % {"at": "14:32"}, "met"),
        actions=_actions(),
        close_url=_BOARD,
    )


def _strip() -> DayStrip | None:
    kinds: list[tuple[int, int, DayKind, int]] = [(9, 30, "received", 0)]
    kinds += [(10, day, "off", 0) for day in range(1, 8)]
    kinds += [(10, 8, "counted", 1), (10, 9, "counted", 2)]
    return day_strip(
        [StripDay(date(2026, month, day), kind, n) for month, day, kind, n in kinds],
        received_at=at("16:40", day=30, month=9),
        due_at=at("17:30"),
        off_text=_("%(name)s放假 %(days)d 天，不算工作日") % {"name": "国庆节", "days": 7},
        label="9月30日收到，10月1日至7日放假不算，8日第1个工作日，9日第2个工作日，17:30到期",
    )


def hours() -> HourLine:
    """Six hours with a pause between."""
    return hour_line(
        started_at=at("09:12"),
        due_at=at("16:02"),
        pauses=((at("10:10"), at("11:00")),),
        now=NOW,
        label="09:12 收到，10:10 至 11:00 暂停，16:02 到期",
    )


def _actions() -> tuple[Action, ...]:
    reasons = (Option("awaiting_customer", _("等客户定时间"), selected=True),)
    return (
        Action("answer", _("答复客户"), _CASE, is_link=True, key="A", look="primary"),
        Action(
            "pause",
            _("暂停"),
            _BOARD,
            question=_("暂停“%(promise)s”？") % {"promise": "咨询 2 个工作日答复"},
            text=_("客户看得到原因。最长暂停 %(days)d 天，到时自动恢复。") % {"days": 7},
            fields=(
                Field("reason", _("原因（必选）"), "select", options=reasons),
                Field("evidence", _("凭据"), value="10:02 通话，客户说周日在家"),
            ),
        ),
        hand_over_action(),
    )


def hand_over_action() -> Action:
    """移交…: to whom, and what is passed on."""
    people = (Option("3305", "高岩"), Option("2016", "周敏"))
    return Action(
        "hand-over",
        _("移交"),
        _CASE,
        icon="arrows-exchange",
        question=_("移交给谁？"),
        text=_("对方接收前，责任仍在您。"),
        fields=(
            Field("receiver", _("接手的人"), "select", options=people),
            Field("said", _("交代"), "textarea", placeholder=_("例：客户在家到 20:00")),
        ),
    )
