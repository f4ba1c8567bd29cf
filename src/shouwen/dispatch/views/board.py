"""The board, the parts of it that change, what it would mean to send somebody, sending."""

import uuid
from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from shouwen.access.permission import Action, can
from shouwen.adapters import ids, system_clock
from shouwen.cases.views.refusals import first_error
from shouwen.dispatch.forms import AssignForm, DayForm
from shouwen.dispatch.presenters.aside import holds, schematic_map
from shouwen.dispatch.presenters.board import (
    BoardMaterial,
    board_page,
    board_summary,
    map_note,
)
from shouwen.dispatch.presenters.suggesting import suggestion_part
from shouwen.dispatch.presenters.week import week_page
from shouwen.dispatch.queries import Board, Day, board, day_of, lanes_of, load_places, suggestion
from shouwen.dispatch.queries.board import some_lanes
from shouwen.dispatch.queries.week import week_of
from shouwen.dispatch.views.refusals import said
from shouwen.fieldwork.models import Order
from shouwen.fieldwork.operations import FieldRefusal, assign
from shouwen.people.models import Staff
from shouwen.people.presenters import shell
from shouwen.people.requests import frame, person
from shouwen.ui import wording
from shouwen.ui.pages_dispatch import AsidePart, SuggestionPart
from shouwen.ui.parts import Note

_MOST_NAMED = 60
LANES_AT_ONCE = 40


@never_cache
@require_GET
def board_view(request: HttpRequest) -> HttpResponse:
    """The board of a day."""
    return _page(request)


@never_cache
@require_GET
def changed(request: HttpRequest) -> HttpResponse:
    """The jobs that wait, and the lanes named or touched by the orders and cases named."""
    viewer, day = _viewer(request), _day(request)
    numbers = _names(request, "lanes") | _touched(_names(request, "ids"))
    found = some_lanes(day=day, staff_nos=sorted(numbers)[:_MOST_NAMED])
    page = board_page(_material(request, found, viewer, is_part=True))
    return render(request, "dispatch/changed.html", {"page": page})


@never_cache
@require_GET
def aside(request: HttpRequest) -> HttpResponse:
    """The map and whether it holds, fetched again when something moved."""
    viewer, day = _viewer(request), _day(request)
    found = board(day=day)
    page = AsidePart(schematic_map(found), map_note(), holds(found, viewer))
    return render(request, "dispatch/aside.html", {"page": page})


@never_cache
@require_GET
def suggest(request: HttpRequest, order: uuid.UUID) -> HttpResponse:
    """What it would mean to send each person to an order."""
    viewer, day = _viewer(request), _day(request)
    found = get_object_or_404(_orders(), pk=order)
    part = _suggestion(found, day, viewer, lanes=None)
    return render(request, "dispatch/suggestion.html", {"part": part})


@never_cache
@require_GET
def week_view(request: HttpRequest) -> HttpResponse:
    """Who works when this week, and how full it is."""
    viewer, now = _viewer(request), system_clock.now()
    page = week_page(week_of(now=now), now=now)
    outer = shell(frame(request, now=now), title=_("调度"), current="dispatch", watermark=True)
    return render(request, "dispatch/week.html", {"shell": outer, "page": page, "viewer": viewer})


@never_cache
@require_POST
def assign_view(request: HttpRequest, order: uuid.UUID) -> HttpResponse:
    """Sends somebody. Whoever comes second is told who was first and when."""
    by = person(request)
    if not can(by, Action.DISPATCH):
        raise PermissionDenied
    found = get_object_or_404(_orders(), pk=order)
    form = AssignForm(request.POST)
    if not form.is_valid():
        return _told(request, Note(first_error(form), "warn"), status=400)
    to = get_object_or_404(Staff, staff_no=form.cleaned_data["to"], is_active=True)
    now = system_clock.now()
    day = day_of(day=form.cleaned_data["day"] or wording.local_day(now), now=now)
    planned, reasons = _place(found, to, day)
    try:
        assign(
            act_id=form.act, order_id=found.pk, version=form.cleaned_data["version"], to=to, by=by,
            at=now, now=now, planned_from=planned, reasons=reasons,
        )  # fmt: skip
    except FieldRefusal as refusal:
        return _told(request, Note(said(refusal), "warn"), status=409)
    text = _("%(number)s 已派给%(to)s") % {"number": found.number, "to": to.name}
    return _told(request, Note(text, "met"), status=200)


def _place(order: Order, to: Staff, day: Day) -> tuple[datetime, tuple[str, ...]]:
    """When it stands in their day, and what spoke for them."""
    places = load_places()
    lanes = lanes_of(day=day, places=places, staff_nos=[to.staff_no])
    found = suggestion(order=order, lanes=lanes, places=places, day=day).offers
    if not found or found[0].arrives is None:
        return day.plans_from, ()
    return found[0].arrives, tuple(reason.code for reason in found[0].reasons)


def _told(request: HttpRequest, note: Note, *, status: int) -> HttpResponse:
    """The note alone for a page that moves by itself, else the board again."""
    if request.headers.get("SW-Live"):
        # Being second is no fault of the page: it is told, not thrown.
        told = 200 if status == 409 else status
        return render(request, "dispatch/told.html", {"note": note}, status=told)
    if status == 200:
        return redirect("dispatch")
    return _page(request, notice=note, status=status)


def _page(request: HttpRequest, *, notice: Note | None = None, status: int = 200) -> HttpResponse:
    viewer, day = _viewer(request), _day(request)
    found = board(day=day)
    # So many that the page would be late: what is not seen at first comes when it stands.
    is_large = len(found.lanes) > LANES_AT_ONCE
    material = _material(request, found, viewer, notice=notice, has_aside=not is_large)
    page = board_page(material)
    outer = shell(
        frame(request, now=day.now),
        title=_("调度"),
        context=board_summary(found),
        current="dispatch",
        is_fixed=True,
        watermark=True,
    )
    return render(request, "dispatch/board.html", {"shell": outer, "page": page}, status=status)


def _material(
    request: HttpRequest,
    found: Board,
    viewer: Staff,
    *,
    notice: Note | None = None,
    is_part: bool = False,
    has_aside: bool = False,
) -> BoardMaterial:
    is_large = len(found.lanes) > LANES_AT_ONCE
    chosen = None if is_part else _chosen(request, found)
    return BoardMaterial(
        board=found,
        viewer=viewer,
        can_send=can(viewer, Action.DISPATCH),
        new_id=lambda: ids.uuid7(found.day.now),
        chosen=chosen.pk if chosen else None,
        suggestion=_suggestion(chosen, found.day, viewer, lanes=found)
        if chosen and not is_large
        else None,
        at_once=LANES_AT_ONCE if is_large and not is_part else None,
        map=schematic_map(found) if has_aside else None,
        holds=holds(found, viewer) if has_aside else (),
        notice=notice,
        is_part=is_part,
    )


def _chosen(request: HttpRequest, found: Board) -> Order | None:
    form = DayForm(request.GET)
    wanted = form.cleaned_data["order"] if form.is_valid() else None
    named = next((order for order in found.waiting if order.pk == wanted), None)
    return named or (found.waiting[0] if found.waiting else None)


def _suggestion(order: Order, day: Day, viewer: Staff, *, lanes: Board | None) -> SuggestionPart:
    places = lanes.places if lanes else load_places()
    people = lanes.lanes if lanes else lanes_of(day=day, places=places)
    return suggestion_part(
        suggestion(order=order, lanes=people, places=places, day=day),
        day=day,
        viewer=viewer,
        can_send=can(viewer, Action.DISPATCH),
        new_id=ids.uuid7(day.now),
    )


def _touched(subjects: set[str]) -> set[str]:
    """Whose days the orders named, or those of the cases named, belong to."""
    known = [uuid.UUID(each) for each in subjects if _is_uuid(each)]
    rows = Order.objects.filter(pk__in=known) | Order.objects.filter(case__in=known)
    return {number for number in rows.values_list("assignee__staff_no", flat=True) if number}


def _names(request: HttpRequest, name: str) -> set[str]:
    given = (part.strip() for part in request.GET.get(name, "").split(","))
    return set([part for part in given if part][:_MOST_NAMED])


def _is_uuid(text: str) -> bool:
    try:
        uuid.UUID(text)
    except ValueError:
        return False
    return True


def _viewer(request: HttpRequest) -> Staff:
    viewer = person(request)
    if not can(viewer, Action.VIEW_DISPATCH):
        raise PermissionDenied
    return viewer


def _day(request: HttpRequest) -> Day:
    form, now = DayForm(request.GET), system_clock.now()
    named: date | None = form.cleaned_data.get("day") if form.is_valid() else None
    return day_of(day=named or wording.local_day(now), now=now)


def _orders() -> QuerySet[Order]:
    return Order.objects.select_related(
        "case__customer", "case__premises__estate", "premises__estate", "assignee"
    )
