"""The second step of signing in: a code, a passkey, or setting one up when the role demands it.

Whoever comes here has given the right password and is still a stranger to every page.
"""

import json
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from shouwen.adapters import ids, system_clock
from shouwen.custody import factors
from shouwen.custody.entrance import half_way
from shouwen.custody.operations import note_event
from shouwen.home.forms import CodeForm
from shouwen.home.presenters.signing_in import code_page, codes_page, set_up_page
from shouwen.home.views.doors import Refused, can_alarm, door, tried, wanted
from shouwen.home.views.signing_in import arrived
from shouwen.people.models import Staff
from shouwen.people.requests import workstation

SECRET = "totp_secret"  # the name in the session, not the secret  # noqa: S105


@login_not_required
@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in_code(request: HttpRequest) -> HttpResponse:
    """Asks for the second factor of whoever gave the right password."""
    staff = half_way(request, now=system_clock.now())
    if staff is None or not factors.has_second_factor(staff):
        return _late()
    error = ""
    if request.method == "POST":
        try:
            return arrived(request, staff, second_factor=_proved(request, staff))
        except Refused as refused:
            error = str(refused) or _("验证码不对，再试一次")
    options = factors.passkey_to_prove(staff)
    page = code_page(
        staff=staff,
        wanted=wanted(request),
        error=error,
        passkey=json.dumps(options, default=dict) if options else "",
        can_alarm=can_alarm(request),
    )
    return door(request, page, status=400 if error else 200)


def _proved(request: HttpRequest, staff: Staff) -> str:
    """How the second factor was proved. Raises Refused."""
    now = system_clock.now()
    proved: list[str] = []

    def is_right() -> bool:
        answer = passkey_answer(request)
        form = CodeForm(request.POST)
        code = "".join(form.cleaned_data["code"].split()) if form.is_valid() else ""
        if answer is not None and factors.is_passkey_right(staff, answer, now=now):
            proved.append(factors.PASSKEY)
        elif code and factors.is_totp_right(staff, code, now=now):
            proved.append(factors.TOTP)
        elif code and factors.is_recovery_code_right(staff, code):
            proved.append(factors.RECOVERY)
        return bool(proved)

    tried(request, staff.staff_no, is_right)
    return proved[0]


def passkey_answer(request: HttpRequest) -> dict[str, Any] | None:
    """What the browser says of a passkey."""
    try:
        answer = json.loads(request.POST.get("passkey", ""))
    except ValueError:
        return None
    return answer if isinstance(answer, dict) else None


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in_set_up(request: HttpRequest) -> HttpResponse:
    """Sets an authenticator app up for a role that cannot come in without one."""
    staff = half_way(request, now=system_clock.now())
    if staff is None or factors.has_second_factor(staff):
        return _late()
    error = ""
    if request.method == "POST":
        try:
            codes = set_up(request, staff)
            arrived(request, staff, second_factor=factors.TOTP)
            return door(request, codes_page(staff=staff, codes=codes, onward=wanted(request)))
        except Refused as refused:
            error = str(refused) or _("验证码不对，再试一次")
    page = set_up_page_of(request, staff, reverse("sign_in_set_up"), error=error, is_duty=True)
    return door(request, page, status=400 if error else 200)


def set_up(request: HttpRequest, staff: Staff) -> list[str]:
    """Sets the app of the secret in the session up; fresh recovery codes. Raises Refused."""
    now = system_clock.now()
    form = CodeForm(request.POST)
    secret = request.session.get(SECRET, "")

    def is_right() -> bool:
        code = form.cleaned_data["code"] if form.is_valid() else ""
        return bool(secret) and factors.activate_totp(staff, secret, code, now=now)

    tried(request, staff.staff_no, is_right)
    request.session.pop(SECRET, None)
    note_event(
        kind="staff.second_factor_set",
        staff_no=staff.staff_no,
        act_id=ids.uuid7(now),
        now=now,
        workstation=workstation(request),
        data={"factor": factors.TOTP},
    )
    return factors.new_recovery_codes(staff)


def set_up_page_of(
    request: HttpRequest, staff: Staff, action_url: str, *, error: str, is_duty: bool
) -> Any:
    """The page with the code to scan; the secret stays the same while the session lasts."""
    secret = request.session.get(SECRET) or factors.new_totp_secret()
    request.session[SECRET] = secret
    return set_up_page(
        staff=staff,
        picture=factors.totp_picture(staff, secret),
        secret=secret,
        action_url=action_url,
        wanted=wanted(request),
        error=error,
        is_duty=is_duty,
    )


def _late() -> HttpResponse:
    return redirect(f"{reverse('sign_in')}?{urlencode({'why': 'late'})}")
