"""Asks for every signed-in request whether it may still come in."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.module_loading import import_string

from shouwen.adapters import ids, system_clock
from shouwen.custody.entrance import Admission, Standing, admission, forget_session
from shouwen.custody.operations import lock, seen

View = Callable[..., HttpResponse]
LIVE_HEADER = "SW-Live"  # the page fetched something anew by itself; nobody was at the keys


def reachable_when_locked(view: View) -> View:
    """Marks a view that a locked screen may still use."""
    view.reachable_when_locked = True  # type: ignore[attr-defined]  # read below
    return view


class EntranceMiddleware:
    """Sends an ended sign-in to the door and a locked one to its lock; both with the next request."""

    def __init__(self, get_response: View) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self._get_response(request)

    def process_view(
        self, request: HttpRequest, view: View, args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """None lets the request through."""
        if not getattr(view, "login_required", True) or not request.user.is_authenticated:
            return None
        now = system_clock.now()
        found = admission(request, now=now)
        request.admission = found  # type: ignore[attr-defined]  # for the views of one's own security
        if found.standing is Standing.LOCKED and found.row:
            lock(act_id=ids.uuid7(now), row=found.row, now=now)
            return None if getattr(view, "reachable_when_locked", False) else _locked(request)
        if found.standing is not Standing.IN or not found.row:
            return _refused(request, found)
        if LIVE_HEADER not in request.headers:
            seen(row=found.row, now=now)
        return None


def _refused(request: HttpRequest, found: Admission) -> HttpResponse:
    forget_session(request)
    back = request.get_full_path() if request.method == "GET" else "/"
    query = urlencode({"next": back, "why": found.standing.value})
    return redirect(f"{reverse('sign_in')}?{query}")


def _locked(request: HttpRequest) -> HttpResponse:
    # A fragment answered by the lock page would throw away what is being written around it.
    if request.headers.get("HX-Request"):
        return HttpResponse(status=423)
    locked: HttpResponse = import_string(settings.LOCKED_VIEW)(request)
    return locked
