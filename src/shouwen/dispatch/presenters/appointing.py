"""The time agreed for an order, and the windows that can still be offered."""

import uuid
from collections.abc import Callable, Sequence
from datetime import datetime
from itertools import groupby

from django.urls import reverse
from django.utils.translation import gettext as _

from shouwen.fieldwork.models import Appointment, Order
from shouwen.fieldwork.queries import WindowOffer
from shouwen.ui import wording
from shouwen.ui.pages_dispatch import WindowDay, WindowLine
from shouwen.ui.parts import Action, Field

_FEW = 2


def agreed_text(appointment: Appointment | None, *, now: datetime) -> str:
    """10月9日 14:00–16:00; what to do while nothing is agreed."""
    if appointment is None:
        return _("还没约时间，从下面选一段")
    return _("%(from)s–%(until)s") % {
        "from": wording.moment(appointment.starts_at, now=now),
        "until": wording.clock_text(appointment.ends_at),
    }


def agreed_sub(appointment: Appointment | None, *, now: datetime) -> str:
    """Who booked it, confirmed, reminded, told to be late."""
    if appointment is None:
        return ""
    who = str(Appointment.BookedBy(appointment.booked_by).label)
    parts = [_("%(who)s约的") % {"who": who}]
    if appointment.moved_from_id:
        parts.append(_("改过约"))
    if appointment.confirmed_at:
        parts.append(_("客户已确认"))
    if appointment.reminded_at:
        parts.append(_("已提醒"))
    if appointment.eta_at:
        at = wording.moment(appointment.eta_at, now=now)
        told = _("已告知") if appointment.delay_told_at else _("还没告知")
        parts.append(_("预计 %(at)s 到，%(told)s") % {"at": at, "told": told})
    return " · ".join(parts)


def agreed_actions(
    appointment: Appointment | None, order: Order, new_id: Callable[[], uuid.UUID]
) -> tuple[Action, ...]:
    """What can be done with the time agreed."""
    if appointment is None:
        return ()
    found = [
        Action(
            id="call-off",
            verb=_("取消约定"),
            url=reverse("dispatch_book", args=[order.number, "call_off"]),
            look="quiet",
            question=_("取消这个约定？"),
            text=_("先和客户说好。派工单还在，要再约或直接派。"),
            fields=(Field("act_id", "", kind="hidden", value=str(new_id())),),
        )
    ]
    if appointment.eta_at and appointment.delay_told_at is None:
        found.insert(
            0,
            Action(
                id="told",
                verb=_("已电话告知"),
                url=reverse("dispatch_book", args=[order.number, "told"]),
                icon="phone",
                look="primary",
                fields=(Field("act_id", "", kind="hidden", value=str(new_id())),),
            ),
        )
    return tuple(found)


def window_days(
    windows: Sequence[WindowOffer], order: Order, new_id: Callable[[], uuid.UUID]
) -> tuple[WindowDay, ...]:
    """The windows by day; full ones are left out."""
    free = [each for each in windows if each.left]
    by_day = groupby(free, key=lambda each: wording.local_day(each.starts_at))
    url = reverse("dispatch_book", args=[order.number, "book"])
    return tuple(
        WindowDay(
            title=wording.day_text(day),
            windows=tuple(_line(each, url, str(new_id())) for each in each_day),
        )
        for day, each_day in by_day
    )


def _line(offer: WindowOffer, url: str, act_id: str) -> WindowLine:
    few = offer.left <= _FEW
    return WindowLine(
        text=f"{wording.clock_text(offer.starts_at)}–{wording.clock_text(offer.ends_at)}",
        left=_("还剩 %(n)d 个") % {"n": offer.left},
        act_url=url,
        value=f"{offer.starts_at.isoformat()}/{offer.ends_at.isoformat()}",
        act_id=act_id,
        look="warn" if few else "",
    )
