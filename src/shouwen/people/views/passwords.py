"""Choosing a password through a link. Open to strangers: the link is what lets them in."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from shouwen.adapters import ids, system_clock
from shouwen.clocks.queries import readable_standard
from shouwen.people.forms import PasswordForm
from shouwen.people.models import Staff
from shouwen.people.operations import Act, LinkDead, owner_of
from shouwen.people.operations import set_password as keep_password
from shouwen.people.presenters.register import set_password_page
from shouwen.people.requests import theme, workstation


@login_not_required
@never_cache
@sensitive_post_parameters("password", "again")
@require_http_methods(["GET", "HEAD", "POST"])
def set_password(request: HttpRequest, token: str) -> HttpResponse:
    """Asks for a new password, twice; then the sign-in page."""
    now = system_clock.now()
    try:
        staff = owner_of(token=token, now=now)
    except LinkDead:
        return _asked(request, None, None)
    form = PasswordForm(request.POST or None, staff=staff)
    if request.method != "POST" or not form.is_valid():
        return _asked(request, staff, form)
    try:
        keep_password(
            token=token,
            password=form.cleaned_data["password"],
            act=Act(id=ids.uuid7(now), workstation=workstation(request)),
            now=now,
        )
    except LinkDead:
        return _asked(request, None, None)
    return redirect("sign_in")


def _asked(request: HttpRequest, staff: Staff | None, form: PasswordForm | None) -> HttpResponse:
    errors = (
        {name: [str(each) for each in told] for name, told in form.errors.items()} if form else {}
    )
    standard = readable_standard()
    page = set_password_page(
        company=standard.organisation.short_name if standard else "",
        who=staff,
        path=request.path,
        errors=errors,
    )
    status = 410 if staff is None else 400 if errors else 200
    context = {"page": page, "theme": theme(request)}
    return render(request, "people/set_password.html", context, status=status)
