"""The case of the mock-up: a water heater, a repair under way, a hand-over that waits for an answer."""

from __future__ import annotations

from dataclasses import replace

from django.utils.translation import gettext as _

from shouwen.ui.pages import (
    CaseClock,
    CaseHeader,
    CasePage,
    Facts,
    HandOver,
    KeyValue,
    MaskedPhone,
    PromiseLine,
    Timeline,
    TimelineDay,
    TimelineEntry,
)
from shouwen.ui.parts import Action, Choice, ClauseMark, Empty, Field, Note, Tag
from shouwen.ui.presenters import ClockFacts, OwnerFact, OwnerLink, chip, owner_chain
from shouwen.ui.samples.board import hand_over_action, why
from shouwen.ui.samples.scene import NOW, at, clock
from shouwen.ui.wording import day_of_month, masked_phone

_CASE = "/ui/pages/case/"


def mark(number: str) -> ClauseMark:
    """A clause mark that leads back to the components."""
    return ClauseMark(number, "/ui/")


def case(*, with_why: bool = False) -> CasePage:
    """The case page in full."""
    return CasePage(
        number="20261009-0031",
        subject_id="0199c5a0-0000-7000-8000-000000000031",
        live_url="/ui/pages/case/body/",
        header=_header(),
        chain=chain(),
        chain_clause=mark("5.2.2"),
        clocks=_clocks(),
        timeline=_timeline(),
        promises=promises(),
        promises_summary=_("兑现 %(kept)d · 在走 %(open)d") % {"kept": 1, "open": 2},
        boxes=(_customer(), _record()),
        handover=handover(),
        gaps=(Note(_("记录还差：%(fields)s。问到就补上，不影响派人。") % {"fields": "户主姓名"}, "warn", "flag"),),
        why=replace(why(), actions=(), close_url=_CASE) if with_why else None,
    )  # fmt: skip


def fresh_case() -> CasePage:
    """A case that was opened a moment ago: nothing promised, nobody asked to take it over."""
    full = case()
    return CasePage(
        number="20261009-0032",
        subject_id="",
        live_url=full.live_url,
        header=CaseHeader(
            title="厨房有味道，像是臭鸡蛋味",
            tags=(Tag(_("报警"), "over", "urgent"),),
            origin=_("来自热线"),
            customer=_("没有找到这位客户"),
            address=_("地址还没问到"),
            phone=MaskedPhone("138 **** 0000", reveal_url=_CASE),
        ),
        chain=full.chain[:1],
        chain_clause=None,
        clocks=(),
        timeline=Timeline((), (), Empty(_("还没有记录"), _("接起电话就开始记"))),
        promises=(),
        promises_summary="",
        boxes=(full.boxes[1],),
        gaps=full.gaps,
        notice=Note(_("这张工单刚刚有人改过，请看过再做一次。"), "warn"),
    )


def chain() -> tuple[OwnerLink, ...]:
    """First asked, dispatch, the present owner, the one who should accept."""
    return owner_chain(
        (
            OwnerFact(name="林晓", staff_no="2031", duty=_("首问"), since=at("09:12")),
            OwnerFact(
                name="周敏", staff_no="2016", duty=_("调度"), since=at("09:14"), took_for=60
            ),
            OwnerFact(
                name="孙立", staff_no="3102", duty="", since=at("09:21"), off_at=at("15:00")
            ),
            OwnerFact(name="高岩", staff_no="3305", duty="", since=at("14:26"), waiting=True),
        ),
        viewer_no="3305",
        now=NOW,
    )


def phone(*, revealed: bool) -> MaskedPhone:
    """The caller's number, hidden or shown for a while."""
    number, address = "14000422093", "/ui/pages/phone/"
    if revealed:
        return MaskedPhone(number, note=_("已留痕，30 秒后隐藏"), hide_url=address)
    return MaskedPhone(masked_phone(number), reveal_url=address)


def _header() -> CaseHeader:
    return CaseHeader(
        title="热水器不点火，家里没有热水",
        tags=(Tag(_("报修 · 客户侧"), "flame", "tool"), Tag(_("家有病人"), "care", "heart-handshake")),
        origin=_("第 %(n)d 次%(kind)s · 来自热线") % {"n": 1, "kind": _("报修")},
        customer="阮女士",
        address="青梧里 3 号楼 1 单元 502",
        phone=phone(revealed=False),
        actions=(
            Action("call-back", _("回电"), _CASE, icon="phone-outgoing", key="C", look="primary"),
            Action(
                "note", _("记一笔"), _CASE, icon="message-plus", key="N", question=_("记一笔"),
                fields=(Field("text", _("写什么"), "textarea"),), confirm=_("存下"),
            ),
            hand_over_action(),
            Action("agree", _("另约时间"), _CASE, icon="calendar-time", question=_("和客户约了什么时间？"),
                   fields=(Field("at", _("约定时间"), "datetime-local"),)),
            Action("resume", _("恢复计时"), _CASE, icon="player-play"),
        ),
    )  # fmt: skip


def _clocks() -> tuple[CaseClock, ...]:
    repair = ClockFacts(
        state="running",
        started_at=at("09:12"),
        due_at=at("09:12", day=10),
        milestones=(at("03:12", day=10),),
    )
    gap = chip(ClockFacts(state="gap"), now=NOW, width=0)
    return (
        CaseClock(_("派人"), clock("met", "09:12", "09:42", stopped="09:20", width=0), mark("2.2.4")),
        CaseClock("6 小时处理", clock("met", "09:12", "15:12", stopped="09:52", width=0), mark("2.2.4")),
        CaseClock("24 小时修复", chip(repair, now=NOW, width=64, dense=True), mark("2.2.4"), f"{_CASE}?why=1"),
        CaseClock("上门约定", clock("running", "10:02", "18:00", width=0), mark("6.1.4")),
        CaseClock("配件到货", gap),
    )  # fmt: skip


def _timeline() -> Timeline:
    entries = (
        TimelineEntry("14:26", "arrows-exchange", "孙立", "移交给高岩：下班前配件到不了，晚班带件上门。",
                      "已交代：控制板型号、客户在家到 20:00、老人卧床请轻声。", clause=mark("5.2.2")),
        TimelineEntry("13:05", "package", "物资科", "控制板已从库房发出，约 16:30 到站。"),
        TimelineEntry("10:02", "phone-outgoing", "林晓", "回电阮女士：今天 18:00 前带件再上门，客户同意。",
                      "阮女士，我能做到的是今天 18:00 前请师傅带配件再来。", spoken=True, clause=mark("4.2.4")),
        TimelineEntry("09:52", "map-pin-check", "孙立", "到场。按铃 2 次，间隔 7 秒，客户开门。", clause=mark("6.2.2")),
        TimelineEntry("09:21", "user-check", "孙立", "接收工单，出发。"),
        TimelineEntry("09:20", "truck", "周敏", "派孙立：2.3 公里，空闲，会修热水器。", clause=mark("2.2.4")),
        TimelineEntry("09:14", "arrows-exchange", "林晓", "转调度，周敏 1 分钟内接收。", clause=mark("5.5.1")),
        TimelineEntry("09:12", "phone-incoming", "", "热线来电，林晓响 2 声接起，通话 2:41。地址、姓氏已核。",
                      clause=mark("5.2.3"), link_url=_CASE, link_label=_("听录音")),
    )  # fmt: skip
    return Timeline(
        choices=(
            Choice(_("全部 %(count)d") % {"count": 8}, _CASE, is_on=True),
            Choice(_("对客户说的 %(count)d") % {"count": 3}, _CASE),
            Choice(_("查看记录 %(count)d") % {"count": 6}, _CASE),
        ),
        days=(TimelineDay(_("今天 %(day)s") % {"day": day_of_month(NOW.date())}, entries),),
    )


def promises() -> tuple[PromiseLine, ...]:
    """What the customer was told to expect, one kept and two open."""
    done = Action("kept-1", _("已回电"), _CASE, icon="check")
    return (
        PromiseLine(clock("running", "10:02", "18:00"), "今天 18:00 前带配件上门", "孙立，移交高岩中", mark("6.1.4")),
        PromiseLine(clock("warned", "13:20", "14:50"), "14:50 前告诉配件价钱", "林晓", mark("5.2.9"), (done,)),
        PromiseLine(clock("met", "09:40", "10:30", stopped="10:02", width=0), "10:30 前回电说明检查结果", "林晓", mark("5.2.9")),
    )  # fmt: skip


def handover(*, prefix: str = "") -> HandOver:
    """An offer to the person who looks at the page."""
    reason = Field(
        "reason",
        _("为什么不能接收"),
        "textarea",
        placeholder=_("例：在别处换表，17:10 才完"),
    )
    return HandOver(
        title=_("%(name)s移交给您") % {"name": "孙立"},
        case_number="20261009-0031",
        case_title="热水器不点火，家里没有热水",
        case_url=_CASE,
        who="阮女士 · 青梧里 3-1-502",
        said="控制板型号、客户在家到 20:00、老人卧床请轻声。",
        waited_text=_("已等 %(time)s · %(limit)d 分提醒班长") % {"time": _("%(minutes)d 分") % {"minutes": 6}, "limit": 10},
        is_late=False,
        clock=None,
        clause=mark("5.2.2"),
        consequence=_("接收后，%(what)s归您") % {"what": "上门承诺"},
        accept=Action(f"{prefix}accept", _("接收"), _CASE, icon="check", look="primary"),
        refuse=Action(f"{prefix}refuse", _("退回"), _CASE, question=_("退回给 %(name)s？") % {"name": "孙立"}, fields=(reason,)),
    )  # fmt: skip


def _customer() -> Facts:
    return Facts(
        title=_("客户与地址"),
        clause=mark("2.2.7"),
        rows=(
            KeyValue(_("称呼"), "阮女士（户主之女）"),
            KeyValue(_("特别关照"), "父亲卧床，2026-02 登记，本人同意"),
            KeyValue(_("用气设备"), "热水器（强排，2021）、双眼灶"),
            KeyValue(_("安检"), "2026-04-22 合格，无隐患"),
            KeyValue(_("同址工单"), "3 件，近一年", link_url=_CASE, link_label=_("看全部")),
        ),
    )


def _record() -> Facts:
    return Facts(
        title=_("记录"),
        clause=mark("5.2.8"),
        summary=_("还差 %(count)d 项") % {"count": 1},
        rows=(
            KeyValue(_("姓名"), _("没问到"), missing=True),
            KeyValue(_("电话"), masked_phone("14000422093")),
            KeyValue(_("内容"), "热水器不点火，家里没有热水"),
        ),
    )
