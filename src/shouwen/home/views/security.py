"""One's own password, second factors and sign-ins. Every change asks for the password once more."""

import json
import uuid

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shouwen.access.permission import Action, can
from shouwen.adapters import ids, system_clock
from shouwen.custody import factors
from shouwen.custody.entrance import keep_session, sign_in_of
from shouwen.custody.models import SignIn
from shouwen.custody.operations import end_all_others, end_sign_in, note_event
from shouwen.custody.policy import policy
from shouwen.custody.queries import open_sign_ins
from shouwen.home.forms import NewPasswordForm, PasswordForm
from shouwen.home.presenters.security import Safety, security_page
from shouwen.home.presenters.signing_in import codes_page, passkey_page
from shouwen.home.views.doors import Refused, door, tried
from shouwen.home.views.second_factor import passkey_answer, set_up, set_up_page_of
from shouwen.people.models import Staff
from shouwen.people.presenters import shell
from shouwen.people.requests import frame, person, workstation
from shouwen.ui.parts import Note


@never_cache
@require_GET
def security(request: HttpRequest) -> HttpResponse:
    """The page."""
    _allowed(request)
    return _page(request)


@never_cache
@sensitive_post_parameters()
@require_POST
def change_password(request: HttpRequest) -> HttpResponse:
    """A new password; every other sign-in of the person ends."""
    staff = _allowed(request)
    form = NewPasswordForm(request.POST)
    try:
        _same_person(request, staff)
        password = _new_password(form, staff)
    except Refused as refused:
        return _page(request, Note(str(refused) or _("密码不对，再试一次"), "warn"), status=400)
    now, row = system_clock.now(), sign_in_of(request)
    staff.set_password(password)
    staff.save(update_fields=["password"])
    keep_session(request, staff, row)
    end_all_others(act_id=ids.uuid7(now), staff=staff, keep=row, end=SignIn.End.REFUSED, now=now)
    _note(request, staff, "staff.password_changed")
    return _page(request, Note(_("密码换好了，别处的登录已结束"), "met"))


def _new_password(form: NewPasswordForm, staff: Staff) -> str:
    if not form.is_valid():
        raise Refused(_("三个格子都要填"))
    new: str = form.cleaned_data["new"]
    if new != form.cleaned_data["again"]:
        raise Refused(_("两次输入的新密码不一样"))
    try:
        validate_password(new, staff)
    except ValidationError as error:
        raise Refused(" ".join(error.messages)) from error
    return new


@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
def set_up_app(request: HttpRequest) -> HttpResponse:
    """Sets an authenticator app up, in the place of an earlier one; shows fresh recovery codes."""
    staff = _allowed(request)
    error = ""
    if request.method == "POST":
        try:
            codes = set_up(request, staff)
            return door(request, codes_page(staff=staff, codes=codes, onward=reverse("security")))
        except Refused as refused:
            error = str(refused) or _("验证码不对，再试一次")
    page = set_up_page_of(request, staff, reverse("set_up_app"), error=error, is_duty=False)
    return door(request, page, status=400 if error else 200)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def add_passkey(request: HttpRequest) -> HttpResponse:
    """Adds a passkey; the first second factor brings recovery codes."""
    staff = _allowed(request)
    error = ""
    if request.method == "POST":
        name = request.POST.get("name", "").strip()[:40] or _("通行密钥")
        is_first = not factors.has_second_factor(staff)
        answer = passkey_answer(request)
        if answer and factors.add_passkey(staff, name, answer):
            _note(request, staff, "staff.second_factor_set", factor=factors.PASSKEY)
            if not is_first:
                return redirect("security")
            codes = factors.new_recovery_codes(staff)
            return door(request, codes_page(staff=staff, codes=codes, onward=reverse("security")))
        error = _("没有创建成功，再试一次")
    options = json.dumps(factors.passkey_to_make(staff), default=dict)
    page = passkey_page(staff=staff, options=options, error=error)
    return door(request, page, status=400 if error else 200)


@never_cache
@sensitive_post_parameters("password")
@require_POST
def new_codes(request: HttpRequest) -> HttpResponse:
    """A fresh set of recovery codes, shown once."""
    staff = _allowed(request)
    try:
        _same_person(request, staff)
    except Refused as refused:
        return _page(request, Note(str(refused) or _("密码不对，再试一次"), "warn"), status=400)
    codes = factors.new_recovery_codes(staff)
    _note(request, staff, "staff.second_factor_set", factor=factors.RECOVERY)
    return door(request, codes_page(staff=staff, codes=codes, onward=reverse("security")))


@never_cache
@sensitive_post_parameters("password")
@require_POST
def remove_factor(request: HttpRequest, factor: int) -> HttpResponse:
    """Takes a second factor away; the last one stays with those whose role demands it."""
    staff = _allowed(request)
    try:
        _same_person(request, staff)
    except Refused as refused:
        return _page(request, Note(str(refused) or _("密码不对，再试一次"), "warn"), status=400)
    own = [f for f in factors.factors_of(staff) if f.type != factors.RECOVERY]
    if factor not in [f.pk for f in own]:
        raise Http404
    if len(own) == 1 and _must_have(staff):
        return _page(request, Note(_("您的岗位至少要留一种验证"), "warn"), status=409)
    kind = factors.remove_factor(staff, factor)
    _note(request, staff, "staff.second_factor_removed", factor=kind)
    return redirect("security")


@require_POST
def end_others(request: HttpRequest) -> HttpResponse:
    """Ends every other sign-in of the person."""
    staff = _allowed(request)
    now = system_clock.now()
    end_all_others(
        act_id=ids.uuid7(now),
        staff=staff,
        keep=sign_in_of(request),
        end=SignIn.End.ENDED,
        now=now,
    )
    return redirect("security")


@require_POST
def end_one(request: HttpRequest, row: uuid.UUID) -> HttpResponse:
    """Ends one other sign-in of the person; another person's is not there."""
    staff = _allowed(request)
    found = open_sign_ins(staff=staff).filter(pk=row).first()
    if found is None:
        raise Http404
    now = system_clock.now()
    end_sign_in(act_id=ids.uuid7(now), row=found, end=SignIn.End.ENDED, now=now)
    return redirect("security")


def _allowed(request: HttpRequest) -> Staff:
    if not can(person(request), Action.GUARD_OWN_SIGN_IN):
        raise PermissionDenied
    return person(request)


def _same_person(request: HttpRequest, staff: Staff) -> None:
    """Asks for the password again. Raises Refused."""
    form = PasswordForm(request.POST)
    tried(
        request,
        staff.staff_no,
        lambda: form.is_valid() and staff.check_password(form.cleaned_data["password"]),
    )


def _must_have(staff: Staff) -> bool:
    return bool(staff.role_set & policy().second_factor)


def _note(request: HttpRequest, staff: Staff, kind: str, **data: str) -> None:
    now = system_clock.now()
    note_event(
        kind=kind,
        staff_no=staff.staff_no,
        act_id=ids.uuid7(now),
        now=now,
        workstation=workstation(request),
        data=data,
    )


def _page(request: HttpRequest, notice: Note | None = None, *, status: int = 200) -> HttpResponse:
    now, staff = system_clock.now(), person(request)
    page = security_page(
        Safety(
            factors=factors.factors_of(staff),
            codes_left=factors.recovery_codes_left(staff),
            must_have=_must_have(staff),
            sign_ins=list(open_sign_ins(staff=staff)),
            row=sign_in_of(request),
            now=now,
            notice=notice,
        )
    )
    outer = shell(frame(request, now=now), title=_("登录与安全"), context=str(staff))
    return render(request, "home/security.html", {"shell": outer, "page": page}, status=status)
