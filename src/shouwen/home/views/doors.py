"""What the views at the doors share: tries, rendering, where to go afterwards."""

from collections.abc import Callable

from django.contrib.auth import authenticate
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from shouwen.adapters import ids, system_clock
from shouwen.custody.entrance import desk_at
from shouwen.custody.operations import Barred, forget_tries, note_event, reserve_try
from shouwen.custody.policy import policy
from shouwen.home.presenters import sign_in_shell
from shouwen.people.models import Staff
from shouwen.people.requests import theme, workstation
from shouwen.ui import wording
from shouwen.ui.pages_security import DoorPage


class Refused(Exception):
    """The password or code was wrong, or it was not even looked at. The message is for the person."""


def tried(request: HttpRequest, staff_no: str, is_right: Callable[[], bool]) -> None:
    """Looks at a password or code at most so often. Raises Refused; both outcomes are journalled."""
    now = system_clock.now()
    where = workstation(request)
    key = f"{staff_no[:16]} {where}"
    try:
        is_last = reserve_try(key=key, limit=policy().tries, now=now)
    except Barred as barred:
        until = wording.clock_text(barred.until)
        raise Refused(
            _("错的次数太多，%(until)s 以后再试。报警不受影响。") % {"until": until}
        ) from barred
    if is_right():
        forget_tries(key=key)
        return
    kinds = ["staff.sign_in_refused", *(["staff.sign_in_barred"] if is_last else [])]
    for kind in kinds:
        note_event(kind=kind, staff_no=staff_no, act_id=ids.uuid7(now), now=now, workstation=where)
    raise Refused("")


def has_password(request: HttpRequest, staff_no: str, password: str) -> Staff | None:
    """The person with this number and password."""
    return authenticate(request, username=staff_no, password=password)


def door(
    request: HttpRequest, page: DoorPage, *, title: str = "", status: int = 200
) -> HttpResponse:
    """A page at the door."""
    shell = sign_in_shell(
        now=system_clock.now(),
        theme=theme(request),
        path=request.path,
        title=title or page.heading,
    )
    return render(request, "home/door.html", {"shell": shell, "page": page}, status=status)


def can_alarm(request: HttpRequest) -> bool:
    """Whether this browser may send alarms without a sign-in."""
    return desk_at(request) is not None


def wanted(request: HttpRequest) -> str:
    """Where the person was going, if that is on this server; else the start page."""
    return safe(request, request.POST.get("next") or request.GET.get("next") or "/")


def safe(request: HttpRequest, path: str) -> str:
    """The path if it stays on this server, else the start page."""
    is_ours = url_has_allowed_host_and_scheme(
        path, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return path if is_ours else "/"
