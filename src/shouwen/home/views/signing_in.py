"""Signing in and out, and the choice of language and theme."""

from typing import cast
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from shouwen.adapters import ids, system_clock
from shouwen.custody.entrance import TOLD, come_in, go_half_way, go_out
from shouwen.custody.factors import has_second_factor, needs_second_factor
from shouwen.custody.middleware import reachable_when_locked
from shouwen.home.forms import PreferencesForm, SignInForm
from shouwen.home.presenters import sign_in_page, sign_in_shell
from shouwen.home.views.doors import Refused, can_alarm, has_password, safe, tried, wanted
from shouwen.people.models import Staff
from shouwen.people.requests import THEME_COOKIE, theme

_YEAR_SECONDS = 365 * 24 * 3600


@login_not_required
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Asks for staff number and password. A refusal does not say which of the two was wrong."""
    error = ""
    form = SignInForm(request.POST or None)
    if request.method == "POST":
        try:
            return _signed_in(request, _known(request, form))
        except Refused as refused:
            error = str(refused) or _("工号或密码不对，再试一次")
    page = sign_in_page(
        staff_no=request.POST.get("staff_no", ""),
        wanted=wanted(request),
        error=error,
        why=request.GET.get("why", ""),
        can_alarm=can_alarm(request),
    )
    shell = sign_in_shell(now=system_clock.now(), theme=theme(request), path=request.path)
    return render(
        request,
        "home/sign_in.html",
        {"shell": shell, "page": page},
        status=400 if error else 200,
    )


def _known(request: HttpRequest, form: SignInForm) -> Staff:
    """The person of this form. Raises Refused."""
    if not form.is_valid():
        raise Refused
    staff_no, password = form.cleaned_data["staff_no"], form.cleaned_data["password"]
    found: list[Staff | None] = []

    def is_right() -> bool:
        found.append(has_password(request, staff_no, password))
        return found[0] is not None

    tried(request, staff_no, is_right)
    return cast("Staff", found[0])


def _signed_in(request: HttpRequest, staff: Staff) -> HttpResponse:
    """In, or half-way in when a second factor is still to come."""
    now = system_clock.now()
    if not needs_second_factor(staff):
        return arrived(request, staff, second_factor="")
    go_half_way(request, staff, now=now)
    onward = "sign_in_code" if has_second_factor(staff) else "sign_in_set_up"
    return redirect(f"{reverse(onward)}?{urlencode({'next': wanted(request)})}")


def arrived(request: HttpRequest, staff: Staff, *, second_factor: str) -> HttpResponse:
    """Signs the person in and leads on; says so when that ended a sign-in elsewhere."""
    now = system_clock.now()
    ended = come_in(request, staff, second_factor=second_factor, act_id=ids.uuid7(now), now=now)
    if ended:
        request.session[TOLD] = _("您在另一台电脑上的登录已结束")
    return redirect(wanted(request))


@reachable_when_locked
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Ends the sign-in."""
    now = system_clock.now()
    go_out(request, act_id=ids.uuid7(now), now=now)
    return redirect("sign_in")


@login_not_required
@require_POST
def preferences(request: HttpRequest) -> HttpResponse:
    """Keeps language and theme in the browser and goes back to the page."""
    form = PreferencesForm(request.POST)
    answer = HttpResponseRedirect("/")
    if form.is_valid():
        answer = HttpResponseRedirect(safe(request, form.cleaned_data["next"] or "/"))
        _keep(answer, settings.LANGUAGE_COOKIE_NAME, form.cleaned_data["language"])
        _keep(answer, THEME_COOKIE, form.cleaned_data["theme"])
    return answer


def _keep(answer: HttpResponse, name: str, value: str) -> None:
    if value:
        answer.set_cookie(
            name,
            value,
            max_age=_YEAR_SECONDS,
            httponly=True,
            samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE,
        )
