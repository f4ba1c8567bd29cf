"""The ticket machine, a ticket, the display of the hall."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from shouwen.clocks.queries import readable_standard
from shouwen.counter.models import Ticket
from shouwen.counter.presenters.pages import (
    BusinessKey,
    MachinePage,
    TicketPage,
    WallLine,
    WallPage,
)
from shouwen.counter.queries import Opening
from shouwen.guiding.safety import safety_words
from shouwen.standard.hall import Hall
from shouwen.ui import wording
from shouwen.ui.languages import worded
from shouwen.ui.parts import Note

_NEW_FOR = timedelta(seconds=20)
_SHOWN_NEXT = 8


def machine_page(
    *,
    hall: Hall,
    waiting: Sequence[Ticket],
    opening: Opening,
    act_id: UUID,
    now: datetime,
    is_staffed: bool = False,
    notice: str = "",
) -> MachinePage:
    """The keys of the ticket machine, the leak first. `is_staffed`: a person gives the tickets, at any hour."""
    keys = [
        BusinessKey(
            id=each.id,
            letter=each.letter,
            title=worded(each.title),
            is_alarm=each.is_alarm,
            waiting=_("前面 %(count)d 人")
            % {"count": sum(ticket.business == each.id for ticket in waiting)},
        )
        for each in hall.business
        if each.is_alarm or opening.is_open or is_staffed
    ]
    return MachinePage(
        title=worded(hall.name),
        act_id=str(act_id),
        keys=tuple(sorted(keys, key=lambda key: not key.is_alarm)),
        care=worded(hall.care),
        closed=_closed(opening, now),
        notice=Note(notice, "warn") if notice else None,
    )


def _closed(opening: Opening, now: datetime) -> str:
    if opening.is_open:
        return ""
    if opening.opens_at is None:
        return _("现在不取号")
    return _("现在不取号，%(at)s 开门") % {"at": wording.moment(opening.opens_at, now=now)}


def ticket_page(*, ticket: Ticket, hall: Hall, ahead: int, crew: str) -> TicketPage:
    """The ticket; with the safety words where gas may be escaping."""
    business, pack = hall.business_of(ticket.business), readable_standard()
    is_alarm = bool(business and business.is_alarm)
    do, leave = safety_words() if is_alarm else ((), ())
    return TicketPage(
        hall=worded(hall.name),
        company=pack.organisation.short_name if pack else "",
        number=ticket.number,
        title=worded(business.title) if business else ticket.business,
        time=wording.full_moment(ticket.taken_at),
        ahead=_("马上请您到窗口") if is_alarm else _("前面还有 %(count)d 人") % {"count": ahead},
        care=_("优先") if ticket.needs_care else "",
        again_url=reverse("ticket_new"),
        do=tuple(worded(words) for words in do),
        leave=tuple(worded(words) for words in leave),
        crew=crew if is_alarm else "",
    )


def wall_page(
    *, hall: Hall, at_counters: Sequence[Ticket], waiting: Sequence[Ticket], now: datetime
) -> WallPage:
    """Whom the hall calls."""
    called = [ticket for ticket in at_counters if ticket.called_at]
    first = called[0] if called else None
    return WallPage(
        hall=worded(hall.name),
        clock=wording.clock_text(now),
        calls=tuple(_call(ticket, hall, now) for ticket in called),
        next=tuple(ticket.number for ticket in waiting[:_SHOWN_NEXT]),
        waiting=_("等候 %(count)d 人") % {"count": len(waiting)},
        said=_("请 %(number)s 到 %(counter)s")
        % {"number": first.number, "counter": counter_name(hall, first.counter)}
        if first and _is_new(first, now)
        else "",
    )


def counter_name(hall: Hall, counter_id: str) -> str:
    """A counter as it is written above it."""
    found = hall.counter_of(counter_id)
    return worded(found.title) if found else counter_id


def _call(ticket: Ticket, hall: Hall, now: datetime) -> WallLine:
    return WallLine(ticket.number, counter_name(hall, ticket.counter), _is_new(ticket, now))


def _is_new(ticket: Ticket, now: datetime) -> bool:
    called = ticket.called_at or ticket.taken_at
    return ticket.state == Ticket.State.CALLED and now - called < _NEW_FOR
