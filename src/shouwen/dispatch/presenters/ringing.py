"""Alarms that ring somebody, as lines on top of a screen."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from shouwen.access.permission import Action, can
from shouwen.adapters import ids
from shouwen.dispatch.presenters.words import place_of, title_of
from shouwen.fieldwork.models import Order
from shouwen.people.models import Staff


@dataclass(frozen=True, slots=True)
class RingingLine:
    """One alarm. `url` opens it; `accept_url` is there for whoever was sent."""

    text: str
    sub: str
    url: str
    since_iso: str
    accept_url: str = ""
    act_id: str = ""


def ringing_lines(
    orders: Sequence[Order], *, viewer: Staff, now: datetime
) -> tuple[RingingLine, ...]:
    """The alarms that ring this person, the oldest first."""
    return tuple(_line(order, viewer, now) for order in orders)


def _line(order: Order, viewer: Staff, now: datetime) -> RingingLine:
    is_mine = order.assignee_id == viewer.pk
    leaf = order.case.leaf if order.case else ""
    can_look = can(viewer, Action.VIEW_DISPATCH)
    if is_mine:
        sub = _("派给您了，请接单出发")
    elif order.assignee:
        sub = _("已派%(name)s，还没接单") % {"name": order.assignee.name}
    else:
        sub = _("还没派人")
    return RingingLine(
        text=f"{title_of(kind=order.kind, leaf=leaf)} {place_of(order, viewer)}".strip(),
        sub=sub,
        url=f"{reverse('dispatch')}?order={order.pk}" if can_look else "",
        since_iso=order.made_at.isoformat(),
        accept_url=reverse("dispatch_accept", args=[order.pk]) if is_mine else "",
        act_id=str(ids.uuid7(now)),
    )
