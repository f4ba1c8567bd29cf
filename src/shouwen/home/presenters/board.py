"""The clock board: every running promise of the company, the most urgent first."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from shouwen.cases.queries import Headline
from shouwen.clocks.models import Clock
from shouwen.clocks.presenters import (
    clause_mark,
    clock_chip,
    clock_facts,
    clock_title,
    reason_words,
)
from shouwen.fieldwork.queries import FieldPlace
from shouwen.home.presenters.field_places import place_text, place_url
from shouwen.home.presenters.urgency import group_title, in_groups
from shouwen.people.models import Staff
from shouwen.standard.pack import Pack
from shouwen.ui.pages import ClockBoardPage, ClockGroup, ClockRow, WhyDrawer
from shouwen.ui.parts import Choice, Empty, SumTile
from shouwen.ui.presenters import due_text, state_word

SCOPES = ("all", "mine", "department")
STATES: Mapping[str, tuple[str, ...]] = {
    "missed": ("missed",),
    "warned": ("warned",),
    "running": ("running",),
    "paused": ("paused",),
    "met": ("met",),
    "gap": ("gap", "no_promise"),
}
_LOOKS = {
    "missed": "over",
    "warned": "warn",
    "running": "run",
    "paused": "pause",
    "met": "met",
    "gap": "gap",
}


@dataclass(frozen=True, slots=True)
class Board:
    """What the board shows: clocks with the cases or the field work behind them, counts, what was chosen."""

    clocks: Sequence[Clock]
    headlines: Mapping[uuid.UUID, Headline]
    places: Mapping[uuid.UUID, FieldPlace]
    viewer: Staff
    counts: Mapping[str, int]
    scopes: Sequence[str]
    scope: str
    state: str
    pack: Pack
    now: datetime
    after: str = ""
    why: WhyDrawer | None = None
    chosen: uuid.UUID | None = None


LONGEST_SAID = 12


def shortened(said: str) -> str:
    """What the customer said, cut to one line; the whole stands on the case page."""
    return said if len(said) <= LONGEST_SAID else f"{said[:LONGEST_SAID]}…"


def wanted_states(state: str) -> tuple[str, ...]:
    """The states of clock rows behind a chosen tile; empty for all open ones."""
    return STATES.get(state, ())


def clock_board_page(board: Board) -> ClockBoardPage:
    """The board, or one page of it."""
    groups = tuple(
        ClockGroup(group_title(group, len(rows)), tuple(_row(clock, board) for clock in rows))
        for group, rows in in_groups(board.clocks, now=board.now)
    )
    if board.state == "met":
        rows = tuple(_row(clock, board) for clock in board.clocks)
        groups = (ClockGroup(f"{_('今日已兑现')} {len(rows)}", rows),) if rows else ()
    return ClockBoardPage(
        heading=_("在走的钟"),
        sums=sum_tiles(
            counts=board.counts, chosen=board.state, url=lambda s: _url(board, state=s)
        ),
        choices=_choices(board),
        groups=groups,
        rows_url=f"{reverse('clock_board_rows')}?{_query(board)}",
        why=board.why,
        empty=None if groups else Empty(_("没有在走的钟"), _("一有新的承诺就会出现")),
        more_url=_more(board),
        more_label=_("再往后"),
    )


def sum_tiles(*, counts: Mapping[str, int], chosen: str, url: object) -> tuple[SumTile, ...]:
    """The row of figures; pressing the chosen one again shows all."""
    labels = {name: state_word(name) for name in STATES} | {
        "met": _("今日已兑现"),
        "gap": _("缺口（标准没给期限）"),
    }
    return tuple(
        SumTile(
            look=_LOOKS[name],
            count=sum(counts.get(state, 0) for state in states),
            label=labels[name],
            url=url("" if name == chosen else name),  # type: ignore[operator]  # a function of the page
            is_on=name == chosen,
        )
        for name, states in STATES.items()
    )


def _choices(board: Board) -> tuple[Choice, ...]:
    labels = {"all": _("全部"), "mine": _("我的"), "department": _("本部门")}
    return tuple(
        Choice(labels[scope], _url(board, scope=scope), is_on=scope == board.scope)
        for scope in board.scopes
    )


def _query(board: Board, **changed: str) -> str:
    chosen = {"scope": board.scope, "state": board.state} | changed
    return urlencode({name: value for name, value in chosen.items() if value})


def _url(board: Board, **changed: str) -> str:
    query = _query(board, **changed)
    return f"{reverse('clock_board')}?{query}" if query else reverse("clock_board")


def _more(board: Board) -> str:
    return _url(board, after=board.after) if board.after else ""


def _row(clock: Clock, board: Board) -> ClockRow:
    headline = board.headlines.get(clock.subject_id)
    place = board.places.get(clock.subject_id)
    facts = clock_facts(clock, reasons=reason_words(board.pack))
    sub, url = "", ""
    if place:
        sub, url = place_text(place), place_url(place, board.viewer)
    if headline:
        url = reverse("case", args=[headline.number])
        sub = " · ".join(
            part for part in (shortened(headline.said), headline.called, headline.place) if part
        )
    return ClockRow(
        clock=clock_chip(
            clock, pack=board.pack, now=board.now, width=44, dense=True, is_told=True
        ),
        title=clock_title(clock, pack=board.pack),
        sub=sub,
        clause=clause_mark(clock, pack=board.pack),
        owner=headline.owner if headline else clock.owner_no,
        due_text=due_text(facts, now=board.now),
        why_url=f"{reverse('why', args=[clock.pk])}?{_query(board)}",
        case_url=url,
        is_selected=clock.pk == board.chosen,
        subject_id=str(clock.subject_id),
    )
