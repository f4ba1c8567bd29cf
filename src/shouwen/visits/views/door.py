"""Who is at my door: open to everybody, counted by address."""

from datetime import timedelta

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from shouwen.adapters import system_clock
from shouwen.clocks.queries import readable_standard
from shouwen.custody.operations import Barred, reserve_try
from shouwen.custody.policy import Limit
from shouwen.people.requests import workstation
from shouwen.visits import queries
from shouwen.visits.forms import CodeForm
from shouwen.visits.models import Pass
from shouwen.visits.presenters.desk import visitor_page

_OFTEN = Limit(10, timedelta(minutes=10))


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def verify(request: HttpRequest) -> HttpResponse:
    """The code on the badge or the phone: name, number, what for, if it is valid now."""
    if request.method != "POST":
        return _shown(request, None, asked=False)
    form = CodeForm(request.POST)
    if not form.is_valid():
        return _shown(request, None, asked=False, fault=_("输入八位数字"), status=400)
    now = system_clock.now()
    try:
        reserve_try(key=f"verify {workstation(request)}", limit=_OFTEN, now=now)
    except Barred:
        text = _("查得太多了，请过十分钟再查，或者打电话问。")
        return _shown(request, None, asked=False, fault=text, status=429)
    return _shown(request, queries.pass_with(code=form.code, now=now), asked=True)


def _shown(
    request: HttpRequest, found: Pass | None, *, asked: bool, fault: str = "", status: int = 200
) -> HttpResponse:
    pack = readable_standard()
    page = visitor_page(
        found, company=pack.organisation.short_name if pack else "",
        hotline=pack.organisation.hotline if pack else "", asked=asked, fault=fault,
    )  # fmt: skip
    return render(request, "visits/verify.html", {"page": page}, status=status)
