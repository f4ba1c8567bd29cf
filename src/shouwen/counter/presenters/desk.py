"""The clerk's screen around the customer: where they sit, who waits, whom they served."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from shouwen.counter.at_counter import Finished
from shouwen.counter.models import Seat, Ticket
from shouwen.counter.presenters.hall import counter_name
from shouwen.counter.presenters.pages import AtCounter, CounterPage, QueueLine, ServedLine
from shouwen.counter.queries import Figures, may_serve
from shouwen.standard.hall import Hall
from shouwen.ui import wording
from shouwen.ui.languages import worded
from shouwen.ui.pages_cockpit import Act
from shouwen.ui.parts import Empty, KeyLabel, Note, Option, Tag


@dataclass(frozen=True, slots=True)
class Around:
    """What surrounds the customer: the seat, all seats, who waits, who missed the call, the day."""

    seat: Seat | None
    seats: Sequence[Seat]
    waiting: Sequence[Ticket]
    not_come: Sequence[Ticket]
    figures: Figures
    finished: Sequence[Finished]
    hall: Hall
    act_id: UUID
    now: datetime
    notice: str = ""


def counter_page(around: Around, serving: AtCounter | None) -> CounterPage:
    """The page as values."""
    seat, hall = around.seat, around.hall
    taken = {each.counter for each in around.seats}
    return CounterPage(
        seat=counter_name(hall, seat.counter) if seat else "",
        seats=tuple(
            Option(each.id, worded(each.title)) for each in hall.counter if each.id not in taken
        ),
        sit=Act(_("坐到这个窗口"), act_url("sit"), look="primary", values=_same(around)),
        acts=() if serving or seat is None else _acts(around),
        serving=serving,
        queue=queue(around),
        queue_url=reverse("counter_queue"),
        queue_sub=_("等候 %(count)d 人") % {"count": len(around.waiting)},
        missed=tuple(_missed(ticket, around) for ticket in around.not_come),
        figures=_figures(around.figures),
        served=tuple(_served(each, hall) for each in around.finished),
        empty=None if around.finished else Empty(_("今天还没接待"), icon="users"),
        notice=Note(around.notice, "warn") if around.notice else None,
    )


def act_url(what: str) -> str:
    """Where an act of the clerk is posted to."""
    return reverse("counter_act", args=[what])


def _same(around: Around) -> tuple[tuple[str, str], ...]:
    return (("act_id", str(around.act_id)),)


def _acts(around: Around) -> tuple[Act, ...]:
    values = _same(around)
    return (
        Act(_("叫下一位"), act_url("next"), "F2", "phone-incoming", "primary", values),
        Act(_("离开窗口"), act_url("leave"), icon="logout", look="quiet", values=values),
    )


def queue(around: Around) -> tuple[QueueLine, ...]:
    """Who waits, in order; those whom this counter does not take say so."""
    hall = around.hall
    plan = hall.counter_of(around.seat.counter) if around.seat else None
    return tuple(
        _line(ticket, around, is_ours=plan is None or may_serve(ticket, plan, hall))
        for ticket in around.waiting
    )


def _line(ticket: Ticket, around: Around, *, is_ours: bool) -> QueueLine:
    hall = around.hall
    business = hall.business_of(ticket.business)
    tags = [Tag(_("优先"), "care")] if ticket.needs_care else []
    if ticket.turns:
        tags.append(Tag(_("转来"), "line"))
    if not is_ours:
        tags.append(Tag(_("别的窗口"), "line"))
    waited = (around.now - ticket.taken_at).total_seconds()
    return QueueLine(
        number=ticket.number,
        title=worded(business.title) if business else ticket.business,
        sub=wording.waited(waited),
        tags=tuple(tags),
        is_alarm=bool(business and business.is_alarm),
    )


def _missed(ticket: Ticket, around: Around) -> QueueLine:
    values = (*_same(around), ("ticket", str(ticket.pk)))
    called = ticket.called_at or ticket.taken_at
    return QueueLine(
        number=ticket.number,
        title=_("%(at)s 叫过") % {"at": wording.clock_text(called)},
        sub="",
        act=Act(_("来了"), act_url("back"), look="quiet", values=values),
    )


def _figures(figures: Figures) -> tuple[KeyLabel, ...]:
    return (
        KeyLabel(_("取号"), str(figures.taken)),
        KeyLabel(_("办完"), str(figures.served)),
        KeyLabel(_("过号"), str(figures.not_come)),
        KeyLabel(_("平均等候"), length(figures.mean_wait)),
        KeyLabel(_("最长等候"), length(figures.longest_wait)),
        KeyLabel(_("平均办理"), length(figures.mean_service)),
    )


def length(span: timedelta | None) -> str:
    """6 分 20 秒; a dash for none."""
    if span is None:
        return "—"
    seconds = int(span.total_seconds())
    if seconds >= 3600:
        return wording.waited(seconds)
    return _("%(minutes)d 分 %(seconds)02d 秒") % {
        "minutes": seconds // 60,
        "seconds": seconds % 60,
    }


def _served(each: Finished, hall: Hall) -> ServedLine:
    ticket, told = each.ticket, each.phrased
    business = hall.business_of(ticket.business)
    service = ticket.ended_at - ticket.began_at if ticket.ended_at and ticket.began_at else None
    words = _("用语 %(kept)d 做到") % {"kept": told.kept}
    if told.broken:
        words = _("用语 %(broken)d 没做到") % {"broken": told.broken}
    return ServedLine(
        number=ticket.number,
        title=worded(business.title) if business else ticket.business,
        wait=length(ticket.waited),
        service=length(service),
        phrases=Tag(words, "over" if told.broken else "met"),
        case=ticket.case.number if ticket.case else "",
        url=reverse("case", args=[ticket.case.number]) if ticket.case else "",
    )
