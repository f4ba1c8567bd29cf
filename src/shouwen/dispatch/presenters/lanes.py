"""Everybody's day as pieces on a grid of quarter hours."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from shouwen.dispatch.presenters.words import place_of_block, skills_text, title_of
from shouwen.dispatch.queries.board import HOURS, Block, Day, Lane
from shouwen.fieldwork.models import OrderState
from shouwen.people.models import Staff
from shouwen.ui import wording
from shouwen.ui.pages_dispatch import HourHead, LaneLine, Piece

COLUMNS = 4 * HOURS
_WIDEST = 24
_QUARTER = 900.0


def hours(day: Day) -> tuple[HourHead, ...]:
    """The heads of the hours."""
    return tuple(
        HourHead(f"sw-s{4 * n + 1}", f"{wording.local(day.begins + timedelta(hours=n)):%H}")
        for n in range(HOURS)
    )


def place_css(day: Day, begins: datetime, ends: datetime) -> str:
    """The classes that put something at its quarter hours; empty for what lies outside."""
    first, last = _column(day, begins), _column(day, ends)
    if last < 0 or first >= COLUMNS or ends < day.begins:
        return ""
    start = max(0, min(COLUMNS - 1, first))
    width = max(1, min(_WIDEST, COLUMNS - start, round(last - start)))
    return f"sw-s{start + 1} sw-w{width}"


def _column(day: Day, at: datetime) -> int:
    return int((at - day.begins).total_seconds() // _QUARTER)


def lane_line(lane: Lane, *, day: Day, viewer: Staff) -> LaneLine:
    """One person's line."""
    state, word = _state(lane, day)
    shows_now = day.is_today and day.begins <= day.now < day.ends
    pieces = [*_off(lane, day), *_blocks(lane, day, viewer)]
    return LaneLine(
        id=f"lane-{lane.staff.staff_no}",
        staff_no=lane.staff.staff_no,
        name=lane.staff.name,
        sub=_sub(lane),
        state=state,
        state_word=word,
        load=_load(lane),
        pieces=tuple(pieces),
        now_css=f"sw-s{_column(day, day.now) + 1}" if shows_now else "",
    )


def _state(lane: Lane, day: Day) -> tuple[str, str]:
    current = lane.current
    if current and day.is_today:
        return "busy", _("在途") if current.state == OrderState.ON_WAY else _("在现场")
    if day.is_today and not lane.is_on(day.now):
        return "off", _("不在班")
    return "idle", _("空闲")


def _sub(lane: Lane) -> str:
    return skills_text(lane.skills, most=2) or _("没填会什么")


def _load(lane: Lane) -> str:
    """3/5 件: done of all."""
    done = sum(block.is_over for block in lane.blocks)
    return _("%(done)d/%(all)d 件") % {"done": done, "all": len(lane.blocks)}


def _off(lane: Lane, day: Day) -> Iterator[Piece]:
    """The hours in which somebody does not work."""
    at = day.begins
    for begins, ends in (*lane.shifts, (day.ends, day.ends)):
        until = min(begins, day.ends)
        while at < until:
            part = min(until, at + timedelta(hours=_WIDEST // 4))
            yield Piece(f"sw-blk-off {place_css(day, at, part)}")
            at = part
        at = max(at, ends)


_READABLE = timedelta(minutes=75)


def _blocks(lane: Lane, day: Day, viewer: Staff) -> Iterator[Piece]:
    in_turn = sorted(lane.blocks, key=lambda block: block.begins)
    for n, block in enumerate(in_turn):
        # Short ones are drawn wide enough to read, as far as what follows leaves room.
        room = in_turn[n + 1].begins if n + 1 < len(in_turn) else day.ends
        ends = max(block.ends, min(room, block.begins + _READABLE))
        css = place_css(day, block.begins, ends)
        if not css:
            continue
        title = title_of(kind=block.kind, leaf=block.leaf)
        place = place_of_block(block, viewer)
        first = _first(block, title)
        times = f"{wording.clock_text(block.begins)}–{wording.clock_text(block.ends)}"
        state = OrderState(block.state).label
        yield Piece(
            css=f"sw-blk {css} {_look(block)}".strip(),
            first=first,
            second=place,
            label=f"{title} {place} {times} {state}",
            url=reverse("dispatch_order", args=[block.number]),
            id=str(block.id),
        )


def _first(block: Block, title: str) -> str:
    if block.appointment and not block.is_over:
        at = wording.clock_text(block.appointment.starts_at)
        return _("约 %(at)s %(title)s") % {"at": at, "title": title}
    words = {OrderState.ON_WAY: _("在途"), OrderState.OFFERED: _("待接")}
    word = words.get(OrderState(block.state), "")
    return f"{title} {word}".strip()


def _look(block: Block) -> str:
    if block.is_over:
        return "sw-blk--done"
    if block.kind == "alarm":
        return "sw-blk--alarm"
    if not block.keeps_appointment:
        return "sw-blk--late"
    if block.appointment:
        return "sw-blk--appt"
    return "sw-blk--offered" if block.state == OrderState.OFFERED else ""
