"""The queue board, live: everybody at the telephones sees it, those who lead act on it."""

import uuid

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from shouwen.access.permission import Action, can
from shouwen.adapters import ids, system_clock
from shouwen.cases.views.refusals import first_error
from shouwen.hotline.exchanges.queues import queues
from shouwen.hotline.forms import MoveForm, SetStatusForm
from shouwen.hotline.models import Call
from shouwen.hotline.operations import ExtensionTaken, OnACall, control, set_status
from shouwen.hotline.operations.duty import NotChecked, go_ready
from shouwen.hotline.presenters.board import BoardMaterial, board_page
from shouwen.hotline.queries import readable_cockpit
from shouwen.hotline.queries.board import queue_board
from shouwen.people.models import Staff
from shouwen.people.presenters import shell
from shouwen.people.requests import frame, person
from shouwen.ui.languages import worded
from shouwen.ui.pages_calls import BoardPage
from shouwen.ui.parts import Note


@never_cache
@require_GET
def board(request: HttpRequest) -> HttpResponse:
    """The board; with `?wall` in figures that are read from across the room."""
    return _page(request)


@never_cache
@require_GET
def board_body(request: HttpRequest) -> HttpResponse:
    """The board without its frame, fetched again when something moved."""
    return render(request, "hotline/board_body.html", {"page": _read(request)})


@never_cache
@require_POST
def board_move(request: HttpRequest, call: uuid.UUID) -> HttpResponse:
    """Sends a waiting call to another agent or to a queue."""
    by = _lead(request)
    found = get_object_or_404(Call, pk=call)
    form = MoveForm(request.POST)
    if not form.is_valid():
        return _refused(request, first_error(form), status=400)
    to, queue = form.cleaned_data["to"]
    if queue and queue not in queues():
        return _refused(request, _("没有这个队列"), status=400)
    agent = get_object_or_404(Staff, staff_no=to, is_active=True) if to else None
    try:
        control.redirect(
            act_id=form.act, call=found, by=by, to=agent, queue=queue, now=system_clock.now()
        )
    except control.NotControllable as refusal:
        return _refused(request, worded(refusal.said), status=409)
    return redirect("board")


@never_cache
@require_POST
def board_status(request: HttpRequest, staff_no: str) -> HttpResponse:
    """Sets an agent's status in their place, with a reason."""
    by, now = _lead(request), system_clock.now()
    agent = get_object_or_404(Staff, staff_no=staff_no, is_active=True)
    form = SetStatusForm(request.POST)
    known = {each.id for each in readable_cockpit().set_reason}
    if not form.is_valid():
        return _refused(request, first_error(form), status=400)
    status, reason = form.cleaned_data["status"], form.cleaned_data["reason"]
    if known and reason not in known:
        return _refused(request, _("选一个原因"), status=400)
    try:
        if status == "ready":
            go_ready(act_id=form.act, staff=agent, now=now, by=by, reason=reason)
        else:
            set_status(act_id=form.act, staff=agent, status=status, reason=reason, now=now, by=by)
    except NotChecked:
        text = _("%(name)s 还没做班前检查，请本人先做") % {"name": agent.name}
        return _refused(request, text, status=409)
    except OnACall as refusal:
        text = _("%(name)s 现在是“%(s)s”，通话结束再改") % {"name": agent.name, "s": refusal}
        return _refused(request, text, status=409)
    except ExtensionTaken as refusal:
        return _refused(request, _("分机上坐着%(who)s") % {"who": refusal}, status=409)
    return redirect("board")


def _lead(request: HttpRequest) -> Staff:
    by = person(request)
    if not can(by, Action.LEAD_CALLS):
        raise PermissionDenied
    return by


def _refused(request: HttpRequest, text: str, *, status: int) -> HttpResponse:
    return _page(request, notice=Note(text, "warn"), status=status)


def _page(request: HttpRequest, *, notice: Note | None = None, status: int = 200) -> HttpResponse:
    page = _read(request, notice=notice)
    outer = shell(
        frame(request, now=system_clock.now()),
        title=_("排队看板"),
        context=page.agents_summary,
        current="board",
        is_fixed=True,
        watermark=True,
    )
    return render(request, "hotline/board.html", {"shell": outer, "page": page}, status=status)


def _read(request: HttpRequest, *, notice: Note | None = None) -> BoardPage:
    viewer, now = person(request), system_clock.now()
    if not can(viewer, Action.VIEW_BOARD):
        raise PermissionDenied
    is_wall = "wall" in request.GET
    return board_page(
        BoardMaterial(
            board=queue_board(now=now),
            viewer=viewer,
            is_lead=can(viewer, Action.LEAD_CALLS) and not is_wall,
            queues=queues(),
            new_id=lambda: ids.uuid7(now),
            is_wall=is_wall,
            notice=notice,
        )
    )
