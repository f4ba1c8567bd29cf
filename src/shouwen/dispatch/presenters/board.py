"""The board: jobs by urgency, everybody's day, whether it holds."""

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from shouwen.clocks.models import Clock
from shouwen.clocks.presenters import clause_mark, clock_chip
from shouwen.clocks.queries import readable_standard
from shouwen.dispatch.presenters.lanes import hours, lane_line, place_css
from shouwen.dispatch.presenters.words import has_care, place_of, skills_text, title_of
from shouwen.dispatch.queries.board import Board, Day, Lane
from shouwen.fieldwork.models import Order, OrderState
from shouwen.people.models import Staff
from shouwen.ui import wording
from shouwen.ui.pages_dispatch import (
    DispatchPage,
    HoldsLine,
    JobCard,
    SchematicMap,
    SuggestionPart,
)
from shouwen.ui.parts import Choice, Empty, Note, Tag


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardMaterial:
    """The board for one viewer. `chosen`: the order whose ghosts are shown. `at_once`: lanes drawn with the
    page, None for all; those behind come when it stands.
    """

    board: Board
    viewer: Staff
    can_send: bool
    new_id: Callable[[], uuid.UUID]
    chosen: uuid.UUID | None = None
    suggestion: SuggestionPart | None = None
    map: SchematicMap | None = None
    holds: tuple[HoldsLine, ...] = ()
    notice: Note | None = None
    is_part: bool = False
    at_once: int | None = None


def board_page(material: BoardMaterial) -> DispatchPage:
    """The page, or the part of it that changed."""
    board, viewer = material.board, material.viewer
    day = board.day
    query = f"?day={day.day.isoformat()}"
    in_order = _in_order(board)
    shows_now = day.is_today and day.begins <= day.now < day.ends
    return DispatchPage(
        choices=day_choices(day.now, chosen=day.day),
        day=day.day.isoformat(),
        jobs=tuple(_job(order, material) for order in board.waiting),
        jobs_heading=_("待派 %(n)d") % {"n": board.waiting_count},
        jobs_more=_more(board),
        hours=hours(day),
        lanes=tuple(
            lane_line(lane, day=day, viewer=viewer) for lane in in_order[: material.at_once]
        ),
        later=tuple(
            (lane.staff.staff_no, lane.staff.name)
            for lane in in_order[material.at_once or len(in_order) :]
        ),
        now_text=wording.clock_text(day.now) if shows_now else "",
        now_css=place_css(day, day.now, day.now) if shows_now else "",
        changed_url=reverse("dispatch_changed") + query,
        aside_url=reverse("dispatch_aside") + query,
        body_url=reverse("dispatch") + query,
        suggestion=material.suggestion,
        map=material.map,
        map_note=map_note(),
        holds=material.holds,
        empty=Empty(_("没有要派的"), _("要上门的工单一立就出现在这里"), icon="truck"),
        lanes_empty=Empty(
            _("这天没有人排班"), _("在“排班”里排好班，在人员资料里填好会什么"), icon="users"
        ),
        notice=material.notice,
        is_part=material.is_part,
    )


def map_note() -> str:
    """Where the places on the map come from."""
    return _("按派工单推出的位置")


def _in_order(board: Board) -> list[Lane]:
    """Whoever works now first, then whoever comes later; the parts of a page keep its order."""
    now = board.day.now

    def rank(lane: Lane) -> int:
        if lane.is_on(now) or lane.current:
            return 0
        return 1 if any(ends > now for _begins, ends in lane.shifts) else 2

    return sorted(board.lanes, key=rank)


def board_summary(board: Board) -> str:
    """在岗 7 · 空闲 3 · 抢修待命 1"""
    now = board.day.now
    on = [lane for lane in board.lanes if lane.is_on(now)]
    idle = [lane for lane in on if not lane.current]
    ready = [lane for lane in idle if "emergency" in lane.skills]
    if not board.day.is_today:
        return _("排班 %(n)d 人") % {"n": sum(bool(lane.shifts) for lane in board.lanes)}
    return _("在岗 %(on)d · 空闲 %(idle)d · 抢修待命 %(ready)d") % {
        "on": len(on),
        "idle": len(idle),
        "ready": len(ready),
    }


def day_choices(now: datetime, *, chosen: date | None) -> tuple[Choice, ...]:
    """Today, tomorrow, this week; None chooses the week."""
    today = wording.local_day(now)
    tomorrow = today + timedelta(days=1)
    url = reverse("dispatch")
    found = [
        Choice(_("今天"), url, is_on=chosen == today),
        Choice(_("明天"), f"{url}?day={tomorrow.isoformat()}", is_on=chosen == tomorrow),
        Choice(_("本周"), reverse("dispatch_week"), is_on=chosen is None),
    ]
    if chosen not in (None, today, tomorrow) and chosen is not None:
        found.append(Choice(wording.day_text(chosen), f"{url}?day={chosen}", is_on=True))
    return tuple(found)


def _more(board: Board) -> str:
    rest = board.waiting_count - len(board.waiting)
    return _("另有 %(n)d 件，派掉前面的就出现") % {"n": rest} if rest > 0 else ""


def _job(order: Order, material: BoardMaterial) -> JobCard:
    board, pack = material.board, readable_standard()
    clock = _clock(order, board)
    now = board.day.now
    leaf = order.case.leaf if order.case else ""
    chip = clock_chip(clock, pack=pack, now=now, width=0, dense=True) if clock and pack else None
    day = f"?day={board.day.day.isoformat()}"
    return JobCard(
        id=str(order.pk),
        number=order.number,
        title=title_of(kind=order.kind, leaf=leaf),
        place=place_of(order, material.viewer),
        sub=_sub(order, board),
        url=f"{reverse('dispatch')}{day}&order={order.pk}",
        suggest_url=reverse("dispatch_suggest", args=[order.pk]) + day,
        detail_url=reverse("dispatch_order", args=[order.number]),
        chip=chip,
        mark=clause_mark(clock, pack=pack) if clock and pack else None,
        look=_look(order, chip.look if chip else ""),
        tags=_tags(order, material.viewer),
        paging=_paging(order, board),
        since_iso=order.made_at.isoformat() if order.urgent else "",
        is_current=order.pk == material.chosen,
    )


def _clock(order: Order, board: Board) -> Clock | None:
    clocks: Sequence[Clock] = board.clocks.get(order.case_id, ()) if order.case_id else ()
    return clocks[0] if clocks else None


def _look(order: Order, look: str) -> str:
    if order.urgent:
        return "over"
    return look if look in ("over", "warn") else ""


def _sub(order: Order, board: Board) -> str:
    appointment = board.appointments.get(order.pk)
    parts = [_("约 %(minutes)d 分钟") % {"minutes": order.minutes}]
    if order.skills:
        parts.append(_("要会%(skills)s") % {"skills": skills_text(order.skills)})
    if appointment:
        parts.append(
            _("约好 %(from)s–%(until)s")
            % {
                "from": wording.moment(appointment.starts_at, now=board.day.now),
                "until": wording.clock_text(appointment.ends_at),
            }
        )
    elif order.state == OrderState.NO_ACCESS:
        parts.append(_("上次没进门，要再约"))
    return " · ".join(parts)


def _tags(order: Order, viewer: Staff) -> tuple[Tag, ...]:
    return (Tag(_("特殊关怀"), "care", "heart-handshake"),) if has_care(order, viewer) else ()


def _paging(order: Order, board: Board) -> str:
    if not order.urgent:
        return ""
    pages = board.pages.get(order.pk, ())
    rung = len({page.step for page in pages})
    if order.assignee:
        text = _("已派%(name)s，等接单") % {"name": order.assignee.name}
    else:
        text = _("还没派人")
    return _("%(text)s · 催了 %(n)d 次") % {"text": text, "n": rung} if rung else text


def is_shown(at: datetime, day: Day) -> bool:
    """Whether an instant lies in the hours shown."""
    return day.begins <= at < day.ends
