"""Beside the lanes: the schematic map, and whether what was promised holds as planned."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from functools import lru_cache

from django.urls import reverse
from django.utils.translation import gettext as _

from shouwen.core.schematic import Point, cells
from shouwen.dispatch.presenters.words import place_of_block
from shouwen.dispatch.queries.board import Block, Board, Lane
from shouwen.fieldwork.models import OrderState
from shouwen.people.models import Staff
from shouwen.ui import wording
from shouwen.ui.pages_dispatch import (
    HoldsLine,
    MapCell,
    MapPerson,
    MapPoint,
    MapText,
    SchematicMap,
)
from shouwen.ui.presenters import initial

_WIDTH, _HEIGHT = 286.0, 250.0
_MARGIN = 14.0
_PEOPLE_SHOWN = 40
_JOBS_SHOWN = 60


def schematic_map(board: Board) -> SchematicMap | None:
    """The area with people and jobs; None while nobody said where estates lie."""
    spots = board.places.spots
    if not spots:
        return None
    where = dict(zip(spots, _scaled(tuple(spots.values())), strict=True))
    alarms = [o for o in board.waiting if o.urgent and _estate(o) in where]
    jobs = [o for o in board.waiting if not o.urgent and _estate(o) in where][:_JOBS_SHOWN]
    on = [lane for lane in board.lanes if lane.is_on(board.day.now) or lane.current]
    people = [lane for lane in on if lane.estate in where][:_PEOPLE_SHOWN]
    under_way = [b for lane in board.lanes if (b := lane.current) and b.kind == "alarm"]
    triangles = [where[o.premises.estate_id] for o in alarms if o.premises]
    triangles += [where[b.estate_id] for b in under_way if b.estate_id in where]
    return SchematicMap(
        label=_("服务区示意图：%(people)d 名人员，%(jobs)d 个待办，%(alarms)d 处险情")
        % {"people": len(people), "jobs": len(jobs), "alarms": len(triangles)},
        cells=_cells(board, where),
        names=_names(board, where),
        ways=(),
        jobs=(
            *(MapPoint(*_shift(where[_estate(o)], n)) for n, o in enumerate(jobs)),
            *(MapPoint(x, y, f"M{x} {y - 12}L{x + 12} {y + 10}H{x - 12}Z") for x, y in triangles),
        ),
        people=tuple(_person(lane, where, n) for n, lane in enumerate(people)),
    )


def _estate(order: object) -> int:
    premises = getattr(order, "premises", None)
    return premises.estate_id if premises else 0


def _scaled(points: Sequence[Point]) -> list[Point]:
    xs, ys = [x for x, _y in points], [y for _x, y in points]
    wide, high = (max(xs) - min(xs)) or 1, (max(ys) - min(ys)) or 1
    return [
        (
            round(_MARGIN + (x - min(xs)) / wide * (_WIDTH - 2 * _MARGIN), 1),
            round(_MARGIN + (y - min(ys)) / high * (_HEIGHT - 2 * _MARGIN), 1),
        )
        for x, y in points
    ]


@lru_cache(maxsize=8)
def _ground(points: tuple[Point, ...]) -> tuple[str, ...]:
    found = cells(points=points, width=_WIDTH, height=_HEIGHT)
    return tuple(" ".join(f"{x:.1f},{y:.1f}" for x, y in cell) for cell in found)


def _cells(board: Board, where: dict[int, Point]) -> tuple[MapCell, ...]:
    names = sorted({name for zones in board.places.zones.values() for name in zones})
    ground = _ground(tuple(where.values()))
    return tuple(
        MapCell(points, "sw-m-zone" if _turn(board, estate, names) % 2 else "sw-m-zone2")
        for estate, points in zip(where, ground, strict=True)
        if points
    )


def _turn(board: Board, estate: int, names: Sequence[str]) -> int:
    zones = sorted(board.places.zones.get(estate, ()))
    return names.index(zones[0]) if zones else 0


def _names(board: Board, where: dict[int, Point]) -> tuple[MapText, ...]:
    """The names of zones, each in the middle of its estates."""
    of_zone: dict[str, list[Point]] = {}
    for estate, spot in where.items():
        for name in board.places.zones.get(estate, ()):
            of_zone.setdefault(name, []).append(spot)
    return tuple(
        MapText(
            round(sum(x for x, _y in spots) / len(spots), 1),
            round(sum(y for _x, y in spots) / len(spots), 1),
            name,
        )
        for name, spots in sorted(of_zone.items())
    )


def _shift(spot: Point, n: int) -> Point:
    """Squares are drawn from their corner; several at one place do not hide each other."""
    return (round(spot[0] - 7 + 3 * (n % 3), 1), round(spot[1] - 7 + 3 * (n % 2), 1))


def _person(lane: Lane, where: dict[int, Point], n: int) -> MapPerson:
    x, y = where[lane.estate or 0]
    return MapPerson(
        round(min(_WIDTH - 12, max(12, x + 9 * (n % 3 - 1))), 1),
        round(min(_HEIGHT - 12, max(12, y + 11 * (n % 2) - 5)), 1),
        initial(lane.staff.name),
        lane.current is not None,
    )


# --- does it hold


def holds(board: Board, viewer: Staff) -> tuple[HoldsLine, ...]:
    """What is due that day and what of it holds as planned; the tightest; who is free next."""
    return tuple(
        line
        for line in (
            _due(board),
            _urgent(board),
            _agreed(board),
            _tightest(board, viewer),
            *_late(board, viewer),
            _free(board),
        )
        if line
    )


def _ahead(board: Board) -> Iterator[tuple[Lane, Block]]:
    for lane in board.lanes:
        for block in lane.stops:
            yield lane, block


def _due(board: Board) -> HoldsLine:
    day = board.day
    until = day.midnight + timedelta(days=1)
    planned = [b for _lane, b in _ahead(board) if b.due_at and b.due_at < until]
    waits = [o for o in board.waiting if o.due_at and o.due_at < until]
    kept = sum(b.begins <= b.due_at for b in planned if b.due_at)
    kept += sum(o.due_at > day.now for o in waits if o.due_at)
    count = len(planned) + len(waits)
    return HoldsLine(
        look="met" if kept == count else "warn",
        text=_("当天到期 %(n)d 件") % {"n": count},
        value=_("守得住 %(n)d") % {"n": kept},
        css="" if kept == count else "sw-t-warn",
    )


def _urgent(board: Board) -> HoldsLine | None:
    first = next((o for o in board.waiting if not o.urgent and o.due_at), None)
    if first is None or first.due_at is None:
        return None
    is_late = first.due_at < board.day.now
    text = _("%(at)s 前要派") % {"at": wording.moment(first.due_at, now=board.day.now)}
    return HoldsLine(
        look="over" if is_late else "warn",
        text=_("最急的待派：%(number)s") % {"number": first.number},
        value=_("已过 %(at)s") % {"at": wording.moment(first.due_at, now=board.day.now)}
        if is_late
        else text,
        css="sw-t-over" if is_late else "sw-t-warn",
        url=reverse("dispatch_order", args=[first.number]),
    )


def _agreed(board: Board) -> HoldsLine | None:
    agreed = [b for _lane, b in _ahead(board) if b.appointment]
    if not agreed:
        return None
    late = sum(not b.keeps_appointment for b in agreed)
    return HoldsLine(
        look="warn" if late else "met",
        text=_("约定 %(n)d 个") % {"n": len(agreed)},
        value=_("赶不上 %(n)d 个") % {"n": late} if late else _("都来得及"),
        css="sw-t-warn" if late else "",
    )


def _tightest(board: Board, viewer: Staff) -> HoldsLine | None:
    found = [
        (b.appointment.ends_at - b.begins, lane, b)
        for lane, b in _ahead(board)
        if b.appointment and b.keeps_appointment and b.state != OrderState.ON_SITE
    ]
    if not found:
        return None
    spare, lane, block = min(found, key=lambda each: each[0])
    assert block.appointment is not None  # noqa: S101 - chosen above
    return HoldsLine(
        look="run",
        text=_("最紧的约定：%(name)s %(at)s 前")
        % {"name": lane.staff.name, "at": wording.clock_text(block.appointment.ends_at)},
        value=_("余 %(left)s") % {"left": wording.length(spare.total_seconds())},
        url=reverse("dispatch_order", args=[block.number]),
    )


def _late(board: Board, viewer: Staff) -> Iterator[HoldsLine]:
    late = [(lane, b) for lane, b in _ahead(board) if not b.keeps_appointment]
    for lane, block in late[:3]:
        told = block.appointment is not None and block.appointment.delay_told_at is not None
        at = wording.clock_text(block.begins)
        yield HoldsLine(
            look="warn",
            text=f"{lane.staff.name} {place_of_block(block, viewer)}",
            value=(_("%(at)s 到，已告知") if told else _("%(at)s 到，要告知")) % {"at": at},
            css="" if told else "sw-t-warn",
            url=reverse("dispatch_order", args=[block.number]),
        )


def _free(board: Board) -> HoldsLine | None:
    now = board.day.now
    if not board.day.is_today:
        return None
    busy = [(c.ends, lane) for lane in board.lanes if (c := lane.current) and lane.is_on(now)]
    if not busy:
        return None
    at, lane = min(busy, key=lambda each: each[0])
    return HoldsLine(
        look="run",
        text=_("下一个空出来：%(name)s") % {"name": lane.staff.name},
        value=wording.clock_text(at),
    )
