"""The lock of a screen that was left alone."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from shouwen.adapters import ids, system_clock
from shouwen.custody.entrance import sign_in_of
from shouwen.custody.middleware import reachable_when_locked
from shouwen.custody.operations import lock, unlock
from shouwen.home.presenters.signing_in import go_on_page, lock_page
from shouwen.home.views.doors import Refused, door, tried, wanted
from shouwen.people.requests import person

OVERLAY = "SW-Overlay"  # the page stays underneath and asks by itself
_KEPT = "kept-"
_MOST_KEPT = 60


@reachable_when_locked
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def lock_screen(request: HttpRequest) -> HttpResponse:
    """Locks (a POST without a password), shows the lock, or opens it with the password."""
    if request.method != "POST":
        return locked(request)
    if "password" not in request.POST:
        return _lock_now(request)
    staff = person(request)
    try:
        tried(
            request, staff.staff_no, lambda: staff.check_password(request.POST.get("password", ""))
        )
    except Refused as refused:
        return _still_locked(request, str(refused) or _("密码不对，再试一次"))
    row = sign_in_of(request)
    if row:
        now = system_clock.now()
        unlock(act_id=ids.uuid7(now), row=row, now=now)
    if OVERLAY in request.headers:
        return HttpResponse(status=204)
    kept = _kept(request)
    if kept:
        return door(request, go_on_page(staff=staff, wanted=wanted(request), kept=kept))
    return redirect(wanted(request))


def locked(request: HttpRequest, error: str = "") -> HttpResponse:
    """The lock page, in the place of whatever was asked. A form that was being sent is kept in it."""
    row = sign_in_of(request)
    is_lock = request.resolver_match is not None and request.resolver_match.url_name == "lock"
    page = lock_page(
        staff=person(request),
        since=(row.locked_at if row else None) or system_clock.now(),
        wanted=wanted(request) if is_lock else request.get_full_path(),
        error=error,
        kept=_kept(request) if is_lock else _sent(request),
    )
    return door(request, page, status=400 if error else 200 if is_lock else 423)


@require_POST
def awake(request: HttpRequest) -> HttpResponse:
    """Somebody is typing, though nothing was sent yet. The middleware has taken note."""
    return HttpResponse(status=204)


def _lock_now(request: HttpRequest) -> HttpResponse:
    row = sign_in_of(request)
    if row:
        now = system_clock.now()
        lock(act_id=ids.uuid7(now), row=row, now=now)
    return HttpResponse(status=204) if OVERLAY in request.headers else redirect("lock")


def _still_locked(request: HttpRequest, error: str) -> HttpResponse:
    if OVERLAY in request.headers:
        return HttpResponse(error, content_type="text/plain; charset=utf-8")
    return locked(request, error)


def _sent(request: HttpRequest) -> dict[str, str]:
    """The fields of the form that came while the screen was locked; files are not kept."""
    if request.method != "POST":
        return {}
    fields = [name for name in request.POST if name != "csrfmiddlewaretoken"][:_MOST_KEPT]
    return {name: request.POST[name] for name in fields}


def _kept(request: HttpRequest) -> dict[str, str]:
    """The same fields, come back with the password."""
    names = [name for name in request.POST if name.startswith(_KEPT)][:_MOST_KEPT]
    return {name.removeprefix(_KEPT): request.POST[name] for name in names}
