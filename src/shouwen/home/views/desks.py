"""The register of workstations. Registering puts a token into the browser that asks."""

import uuid

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from shouwen.access.permission import Action, can
from shouwen.adapters import ids, system_clock
from shouwen.custody import queries
from shouwen.custody.entrance import DESK_COOKIE, TOLD, desk_at
from shouwen.custody.models import Desk
from shouwen.custody.operations import NameTaken, register_desk, revoke_desk
from shouwen.home.forms import DeskForm
from shouwen.home.presenters.security import desks_page
from shouwen.people.presenters import shell
from shouwen.people.requests import frame, person, workstation
from shouwen.ui.parts import Note

_AS_LONG_AS_A_BROWSER_KEEPS = 400 * 24 * 3600  # seconds; renewed whenever the alarm page is opened


@never_cache
@require_GET
def desks(request: HttpRequest) -> HttpResponse:
    """All registered workstations."""
    _allowed(request)
    return _page(request)


@never_cache
@require_POST
def register(request: HttpRequest) -> HttpResponse:
    """Registers the workstation in front of the administrator."""
    _allowed(request)
    form = DeskForm(request.POST)
    now = system_clock.now()
    if not form.is_valid():
        return _page(request, Note(_("名称和位置都要填"), "warn"), status=400)
    try:
        desk, token = register_desk(
            act_id=ids.uuid7(now),
            name=form.cleaned_data["name"],
            place=form.cleaned_data["place"],
            by=person(request),
            now=now,
            workstation=workstation(request),
        )
    except NameTaken:
        return _page(request, Note(_("已有一台叫这个名称，换一个"), "warn"), status=409)
    request.session[TOLD] = _("%(name)s 已登记，不登录也能报警") % {"name": desk.name}
    answer = redirect("desks")
    keep_token(answer, token)
    return answer


@require_POST
def revoke(request: HttpRequest, desk: uuid.UUID) -> HttpResponse:
    """Takes a workstation off the register."""
    _allowed(request)
    now = system_clock.now()
    try:
        revoke_desk(
            act_id=ids.uuid7(now),
            desk_id=desk,
            by=person(request),
            now=now,
            workstation=workstation(request),
        )
    except Desk.DoesNotExist as missing:
        raise Http404 from missing
    return redirect("desks")


def keep_token(answer: HttpResponse, token: str) -> None:
    """Leaves the token of a desk in the browser, out of reach of scripts and other sites."""
    answer.set_cookie(
        DESK_COOKIE,
        token,
        max_age=_AS_LONG_AS_A_BROWSER_KEEPS,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )


def _allowed(request: HttpRequest) -> None:
    if not can(person(request), Action.REGISTER_DESKS):
        raise PermissionDenied


def _page(request: HttpRequest, notice: Note | None = None, *, status: int = 200) -> HttpResponse:
    now = system_clock.now()
    page = desks_page(
        desks=queries.desks(),
        here=desk_at(request),
        now=now,
        notice=notice,
        values=(request.POST.get("name", ""), request.POST.get("place", "")),
        is_open=notice is not None,
    )
    outer = shell(frame(request, now=now), title=_("值班电脑"), current="desks")
    return render(request, "home/desks.html", {"shell": outer, "page": page}, status=status)
