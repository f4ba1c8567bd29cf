"""My work: a hand-over to answer, cases and promises by urgency; and the same page with nothing to do."""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import gettext as _

from shouwen.ui.pages import MyWorkPage, SignInPage, WorkGroup, WorkRow
from shouwen.ui.parts import Choice, ClauseMark, Empty, Field, SumTile, Tag
from shouwen.ui.presenters import state_word
from shouwen.ui.samples.case import handover
from shouwen.ui.samples.scene import at, clock, paused, since

_WORK = "/ui/pages/work/"
_CASE = "/ui/pages/case/"


def work() -> MyWorkPage:
    """A normal afternoon."""
    return MyWorkPage(
        sums=_sums((1, 2, 4, 1, 6)),
        handovers=(handover(),),
        heading=_("我的工单与承诺"),
        choices=(
            Choice(_("全部"), _WORK, is_on=True),
            Choice(_("工单"), _WORK),
            Choice(_("承诺"), _WORK),
        ),
        groups=_groups(),
        rows_url="/ui/pages/work/rows/",
    )


def idle() -> MyWorkPage:
    """Nothing open."""
    return MyWorkPage(
        sums=_sums((0, 0, 0, 0, 9)),
        handovers=(),
        heading=_("我的工单与承诺"),
        groups=(),
        rows_url="/ui/pages/work/rows/",
        empty=Empty(_("手上没有没做完的事"), _("今天已兑现 %(count)d 件") % {"count": 9}),
    )


def _sums(counts: tuple[int, int, int, int, int]) -> tuple[SumTile, ...]:
    looks = (
        ("over", _("已超时")),
        ("warn", _("将到期")),
        ("run", _("计时中")),
        ("pause", state_word("paused")),
        ("met", _("今日已兑现")),
    )
    return tuple(
        SumTile(look, count, label, _WORK)
        for (look, label), count in zip(looks, counts, strict=True)
    )


def _groups() -> tuple[WorkGroup, ...]:
    wait, wait_due = paused(
        "等客户", started=at("18:00", day=8), left=timedelta(hours=9, minutes=40)
    )
    late = since(at("14:06", day=6), at("14:06"))
    two_days = since(at("16:40", day=8), at("19:10", day=11), state="running")
    care = Tag(_("高龄独居"), "care", "heart-handshake")
    return (
        WorkGroup(_("已超时 %(count)d") % {"count": 1}, (
            WorkRow("case", "安检员未按约到门", "投诉 · 姚先生 · 北巷坊 2-1-403", _CASE, late, "14:06",
                    ClauseMark("2.2.6", "/ui/"), next_text=_("答复客户"), also=_("另 %(count)d 个钟") % {"count": 1}),
        )),
        WorkGroup(_("1 小时内 %(count)d") % {"count": 2}, (
            WorkRow("promise", "14:50 前告诉配件价钱", "约定回电 · 阮女士 · 青梧里 3-1-502", _CASE,
                    clock("warned", "13:20", "14:50"), "14:50", ClauseMark("5.2.9", "/ui/"), next_text=_("回电")),
            WorkRow("case", "灶具打不着火，换了电池也不行，老人一个人在家不敢动", "报修 · 欧阳先生 · 松鹤新村 11-3-201", _CASE,
                    clock("warned", "09:12", "15:12"), "15:12", ClauseMark("2.2.4", "/ui/"), tags=(care,), next_text=_("派人")),
        )),
        WorkGroup(_("今天 %(count)d") % {"count": 1}, (
            WorkRow("case", "热水器不点火，家里没有热水", "报修 · 阮女士 · 青梧里 3-1-502", _CASE,
                    clock("running", "12:10", "18:00"), "18:00", ClauseMark("6.1.4", "/ui/"), next_text=_("上门")),
        )),
        WorkGroup(_("以后 %(count)d") % {"count": 1}, (
            WorkRow("case", "过户要带的资料", "咨询 · 池女士 · 禾风小区 4-2-601", _CASE,
                    two_days, "10月11日 19:10", ClauseMark("5.3.4", "/ui/"), next_text=_("答复客户")),
        )),
        WorkGroup(_("暂停 %(count)d") % {"count": 1}, (
            WorkRow("case", "换表", "报修 · 邓先生 · 松鹤新村 4-1-502", _CASE, wait, wait_due,
                    ClauseMark("2.2.4", "/ui/")),
        )),
    )  # fmt: skip


def sign_in(*, failed: bool) -> SignInPage:
    """The sign-in page, as it comes and after a wrong password."""
    return SignInPage(
        company="安泰燃气公司",
        action_url="/ui/pages/sign-in/",
        fields=(
            Field("staff_no", _("工号"), autocomplete="username"),
            Field("password", _("密码"), "password", autocomplete="current-password"),
        ),
        error=_("工号或密码不对。再试一次，或请班长重设密码。") if failed else "",
    )
