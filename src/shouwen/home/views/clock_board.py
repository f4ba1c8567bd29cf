"""The clock board."""

import base64
import binascii
import uuid
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from shouwen.access.permission import Action, can
from shouwen.access.roles import SEES_ALL_CASES, SEES_DEPARTMENT_CASES
from shouwen.adapters import system_clock
from shouwen.cases.queries import headlines
from shouwen.clocks.models import Clock
from shouwen.clocks.queries import After, active_pack, counts_by_state, kept_today, open_clocks
from shouwen.fieldwork.queries import field_places
from shouwen.home.presenters import clock_board_page, wanted_states
from shouwen.home.presenters.board import Board
from shouwen.people.models import Staff
from shouwen.people.presenters import shell
from shouwen.people.requests import frame, person
from shouwen.ui.pages import WhyDrawer

ROWS = 60


@never_cache
@require_GET
def clock_board(request: HttpRequest) -> HttpResponse:
    """Every running promise this person may see, the most urgent first."""
    return board(request, chosen=None)


@never_cache
@require_GET
def clock_board_rows(request: HttpRequest) -> HttpResponse:
    """The rows alone, fetched anew when something moved."""
    page = clock_board_page(_read(request, now=system_clock.now()))
    return render(request, "home/clock_board_rows.html", {"page": page})


def board(
    request: HttpRequest, *, chosen: Clock | None, drawer: WhyDrawer | None = None
) -> HttpResponse:
    """The page of the board, with the drawer of a chosen clock open on it."""
    now = system_clock.now()
    read = _read(request, now=now, chosen=chosen, drawer=drawer)
    outer = shell(
        frame(request, now=now),
        title=_("时钟"),
        context=_("按剩余时间排"),
        current="clock_board",
        is_fixed=True,
        watermark=True,
    )
    return render(
        request, "home/clock_board.html", {"shell": outer, "page": clock_board_page(read)}
    )


def _read(
    request: HttpRequest,
    *,
    now: datetime,
    chosen: Clock | None = None,
    drawer: WhyDrawer | None = None,
) -> Board:
    staff = person(request)
    if not can(staff, Action.VIEW_CLOCKS):
        raise PermissionDenied
    scopes = scopes_of(staff)
    scope = request.GET.get("scope", scopes[0])
    scope = scope if scope in scopes else scopes[0]
    owner = staff.staff_no if scope == "mine" else None
    department = staff.department_code if scope == "department" else None
    state = request.GET.get("state", "")
    clocks = _clocks(state, owner=owner, department=department, request=request, now=now)
    more = clocks[ROWS - 1] if len(clocks) > ROWS else None
    clocks = clocks[:ROWS]
    subjects = [(clock.subject_kind, clock.subject_id) for clock in clocks]
    return Board(
        clocks=clocks,
        headlines=headlines(subjects=subjects, viewer=staff),
        places=field_places(subjects=subjects),
        viewer=staff,
        counts=counts_by_state(now=now, owner=owner, department=department),
        scopes=scopes,
        scope=scope,
        state=state,
        pack=active_pack(),
        now=now,
        after=_mark(more) if more else "",
        why=drawer,
        chosen=chosen.pk if chosen else None,
    )


def scopes_of(staff: Staff) -> tuple[str, ...]:
    """What a person may look at: the widest first."""
    roles = staff.role_set
    if roles & SEES_ALL_CASES:
        return ("all", "mine", "department")
    if roles & SEES_DEPARTMENT_CASES and staff.department_code:
        return ("department", "mine")
    return ("mine",)


def _clocks(
    state: str,
    *,
    owner: str | None,
    department: str | None,
    request: HttpRequest,
    now: datetime,
) -> list[Clock]:
    if state == "met":
        return kept_today(now=now, owner=owner, department=department, limit=ROWS)
    return open_clocks(
        owner=owner,
        department=department,
        states=wanted_states(state),
        limit=ROWS + 1,
        after=_after(request.GET.get("after", "")),
    )


def _mark(clock: Clock) -> str:
    """Where a page of clocks ended, as one word for an address."""
    text = f"{clock.urgency_at.isoformat()} {clock.pk}"
    return base64.urlsafe_b64encode(text.encode()).decode()


def _after(mark: str) -> After | None:
    try:
        moment, pk = base64.urlsafe_b64decode(mark.encode()).decode().split(" ")
        return datetime.fromisoformat(moment), uuid.UUID(pk)
    except (ValueError, binascii.Error):
        return None
