"""A visit as its customer sees it: nothing about the home, only when, who, and what can be changed."""

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from shouwen.clocks.queries import readable_standard
from shouwen.fieldwork.models import Appointment, Order, OrderState
from shouwen.fieldwork.queries import WindowOffer
from shouwen.ui import wording

_MOST = 10


@dataclass(frozen=True, slots=True)
class CustomerVisitPage:
    """What stands on the page. `windows`: value and words of each that can be chosen."""

    heading: str
    when: str
    late: str
    who: str
    check: str
    confirmed: str
    can_confirm: bool
    confirm_id: str
    windows: tuple[tuple[str, str, str], ...]
    phone: str
    fault: str = ""


def customer_page(
    order: Order,
    appointment: Appointment | None,
    windows: Sequence[WindowOffer],
    *,
    now: datetime,
    new_id: Callable[[], uuid.UUID],
    fault: str = "",
) -> CustomerVisitPage:
    """The page."""
    pack = readable_standard()
    free = [each for each in windows if each.left][:_MOST]
    staff = order.assignee
    return CustomerVisitPage(
        heading=_("上门服务 %(number)s") % {"number": order.number},
        when=_when(order, appointment, now),
        late=_("会晚一些，预计 %(at)s 到") % {"at": wording.moment(appointment.eta_at, now=now)}
        if appointment and appointment.eta_at
        else "",
        who=_("来的师傅：%(name)s，工号 %(number)s")
        % {"name": staff.name, "number": staff.staff_no}
        if staff
        else _("师傅排定后，这里写出姓名和工号。"),
        check=_("开门前请看工牌：姓名、工号与这里一致再开门；不一致就打电话给我们。"),
        confirmed=_("您已确认这个时间。") if appointment and appointment.confirmed_at else "",
        can_confirm=appointment is not None and appointment.confirmed_at is None,
        confirm_id=str(new_id()),
        windows=tuple(
            (
                f"{each.starts_at.isoformat()}/{each.ends_at.isoformat()}",
                f"{wording.day_text(wording.local_day(each.starts_at))} "
                f"{wording.clock_text(each.starts_at)}–{wording.clock_text(each.ends_at)}",
                str(new_id()),
            )
            for each in free
        ),
        phone=pack.organisation.hotline if pack else "",
        fault=fault,
    )


def _when(order: Order, appointment: Appointment | None, now: datetime) -> str:
    if appointment:
        return _("%(from)s–%(until)s") % {
            "from": wording.full_moment(appointment.starts_at),
            "until": wording.clock_text(appointment.ends_at),
        }
    if order.state == OrderState.DONE:
        return _("已经办好，谢谢您。")
    if not order.is_open:
        return _("这次上门已经取消。")
    return _("还没有约时间，请选一段。")
