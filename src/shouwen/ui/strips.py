"""The drawing of the explain drawer: a strip of days, or a line of hours for short limits.

Positions are in SVG units of a drawing `width` wide; the templates only print them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, Literal

from django.utils.translation import gettext as _

from shouwen.ui import wording

_WIDTH: Final = 404
_MOST_DAYS: Final = 16
_CIRCLED: Final = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"

DayKind = Literal["received", "off", "counted", "uncounted"]


@dataclass(frozen=True, slots=True)
class StripDay:
    """One day between receipt and due: what it counted as, and its number when it counted.

    received   the day of receipt (it may count as well: give it a number then)
    off        a weekend or holiday that was skipped
    counted    a working day with its number n
    uncounted  a working day that did not count, such as a paused one
    """

    day: date
    kind: DayKind
    n: int = 0


@dataclass(frozen=True, slots=True)
class DayCell:
    """One box of the strip: left edge, width, middle, texts, css look (from, off, on, un)."""

    x: float
    width: float
    middle: float
    weekday: str
    number: str
    note: str
    look: str


@dataclass(frozen=True, slots=True)
class DayStrip:
    """The strip of days; `label` says the whole of it in one sentence for screen readers."""

    width: int
    cells: tuple[DayCell, ...]
    received_text: str
    received_x: float
    flag_x: float
    flag_text: str
    flag_text_x: float
    off_from: float
    off_to: float
    off_middle: float
    off_text: str
    label: str

    @property
    def view_box(self) -> str:
        return f"0 0 {self.width} 92"


def day_strip(
    days: Sequence[StripDay], *, received_at: datetime, due_at: datetime, off_text: str, label: str
) -> DayStrip | None:
    """The strip from the day of receipt to the due day; None when it would be too long to read.

    `off_text` stands under the longest run of skipped days (国庆节放假 7 天，不算工作日).
    """
    if not 1 < len(days) <= _MOST_DAYS:
        return None
    pitch = _WIDTH / max(len(days), 7)
    cells = tuple(_cell(day, index=index, pitch=pitch) for index, day in enumerate(days))
    first, last = cells[0], cells[-1]
    off_from, off_to = _longest_off(cells)
    flag_x = _r(last.x + last.width * _share_of_day(due_at))
    return DayStrip(
        width=_WIDTH,
        cells=cells,
        received_text=wording.clock_text(received_at),
        received_x=first.middle,
        flag_x=flag_x,
        flag_text=wording.clock_text(due_at),
        flag_text_x=_r(min(flag_x, _WIDTH - 22)),
        off_from=off_from,
        off_to=off_to,
        off_middle=_r((off_from + off_to) / 2),
        off_text=off_text if off_to > off_from else "",
        label=label,
    )


def _cell(day: StripDay, *, index: int, pitch: float) -> DayCell:
    x = _r(1 + index * pitch)
    width = _r(pitch - 3)
    return DayCell(
        x=x,
        width=width,
        middle=_r(x + width / 2),
        weekday=wording.weekday_letter(day.day),
        number=str(day.day.day),
        note=_note(day),
        look={"received": "from", "off": "off", "counted": "on", "uncounted": "un"}[day.kind],
    )


def _note(day: StripDay) -> str:
    if 0 < day.n <= len(_CIRCLED):
        return _CIRCLED[day.n - 1]
    return _("收") if day.kind == "received" else ""


def _share_of_day(at: datetime) -> float:
    """Where a time of day stands in its box: 8:00 at the left edge, 20:00 at the right."""
    there = wording.local(at)
    hours = there.hour + there.minute / 60
    return min(0.96, max(0.04, (hours - 8) / 12))


def _longest_off(cells: Sequence[DayCell]) -> tuple[float, float]:
    longest: tuple[float, float] = (0.0, 0.0)
    run: tuple[float, float] | None = None
    for cell in cells:
        if cell.look != "off":
            run = None
            continue
        run = (run[0] if run else cell.x, _r(cell.x + cell.width))
        if run[1] - run[0] > longest[1] - longest[0]:
            longest = run
    return longest


@dataclass(frozen=True, slots=True)
class LinePiece:
    """A piece of the hour line; look is run, pause or late."""

    x1: float
    x2: float
    look: str


@dataclass(frozen=True, slots=True)
class HourLine:
    """From start to due with the pauses between, for limits in hours or minutes."""

    width: int
    pieces: tuple[LinePiece, ...]
    start_text: str
    due_x: float
    due_text: str
    due_text_x: float
    now_x: float
    now_text_x: float
    now_text: str
    label: str

    @property
    def view_box(self) -> str:
        return f"0 0 {self.width} 54"


def hour_line(
    *,
    started_at: datetime,
    due_at: datetime,
    pauses: Sequence[tuple[datetime, datetime]] = (),
    now: datetime,
    label: str,
) -> HourLine:
    """The line of a limit in hours; `pauses` are ended or cut at `now`, in order, not overlapping."""
    last = max(due_at, min(now, due_at + (due_at - started_at) / 3))
    whole = max(1.0, (last - started_at).total_seconds())

    def x(at: datetime) -> float:
        share = (at - started_at).total_seconds() / whole
        return _r(4 + min(1.0, max(0.0, share)) * (_WIDTH - 8))

    return HourLine(
        width=_WIDTH,
        pieces=tuple(
            LinePiece(x(a), x(b), look) for a, b, look in _pieces(started_at, due_at, pauses, last)
        ),
        start_text=wording.moment(started_at, now=now),
        due_x=x(due_at),
        due_text=wording.moment(due_at, now=now),
        due_text_x=_r(min(x(due_at), _WIDTH - 2)),
        now_x=x(now),
        now_text_x=_r(min(max(x(now), 14), _WIDTH - 14)),
        now_text=_("现在"),
        label=label,
    )


def _pieces(
    started_at: datetime,
    due_at: datetime,
    pauses: Sequence[tuple[datetime, datetime]],
    last: datetime,
) -> list[tuple[datetime, datetime, str]]:
    pieces: list[tuple[datetime, datetime, str]] = []
    at = started_at
    for begin, end in pauses:
        pieces += [(at, begin, "run"), (begin, end, "pause")]
        at = end
    pieces += [(at, due_at, "run")]
    if last > due_at:
        pieces.append((due_at, last, "late"))
    return [piece for piece in pieces if piece[1] > piece[0]]


def _r(value: float) -> float:
    return round(value, 1)
