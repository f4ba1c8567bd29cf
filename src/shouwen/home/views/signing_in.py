"""Signing in and out, and the choice of language and theme."""

from django.conf import settings
from django.contrib.auth import authenticate, login, logout
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from shouwen.adapters import ids, system_clock
from shouwen.home.forms import PreferencesForm, SignInForm
from shouwen.home.presenters import sign_in_page, sign_in_shell
from shouwen.people.models import Staff
from shouwen.people.operations import note_refused, note_signed_in, note_signed_out
from shouwen.people.requests import THEME_COOKIE, person, theme, workstation

_YEAR_SECONDS = 365 * 24 * 3600


@login_not_required
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Asks for staff number and password. A refusal does not say which of the two was wrong."""
    form = SignInForm(request.POST or None)
    wanted = request.POST.get("next") or request.GET.get("next") or "/"
    if request.method == "POST" and form.is_valid():
        staff = _known(request, form)
        if staff:
            return redirect(_safe(request, wanted))
    error = _("工号或密码不对，再试一次") if request.method == "POST" else ""
    page = sign_in_page(
        staff_no=request.POST.get("staff_no", ""), wanted=_safe(request, wanted), error=error
    )
    shell = sign_in_shell(now=system_clock.now(), theme=theme(request), path=request.path)
    return render(
        request,
        "home/sign_in.html",
        {"shell": shell, "page": page},
        status=400 if error else 200,
    )


def _known(request: HttpRequest, form: SignInForm) -> Staff | None:
    now = system_clock.now()
    staff_no = form.cleaned_data["staff_no"]
    staff = authenticate(request, username=staff_no, password=form.cleaned_data["password"])
    act_id, where = ids.uuid7(now), workstation(request)
    if staff is None:
        note_refused(staff_no=staff_no, act_id=act_id, now=now, workstation=where)
        return None
    login(request, staff)
    note_signed_in(staff=staff, act_id=act_id, now=now, workstation=where)
    return staff


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Ends the sign-in."""
    now = system_clock.now()
    note_signed_out(
        staff=person(request), act_id=ids.uuid7(now), now=now, workstation=workstation(request)
    )
    logout(request)
    return redirect("sign_in")


@login_not_required
@require_POST
def preferences(request: HttpRequest) -> HttpResponse:
    """Keeps language and theme in the browser and goes back to the page."""
    form = PreferencesForm(request.POST)
    answer = HttpResponseRedirect("/")
    if form.is_valid():
        answer = HttpResponseRedirect(_safe(request, form.cleaned_data["next"] or "/"))
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


def _safe(request: HttpRequest, path: str) -> str:
    """The path if it stays on this server, else the start page."""
    is_ours = url_has_allowed_host_and_scheme(
        path, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return path if is_ours else "/"
