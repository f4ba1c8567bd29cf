"""How far the standard is carried."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from shouwen.access.permission import Action, can
from shouwen.adapters import system_clock
from shouwen.clauses.presenters import FILTERS, coverage_page
from shouwen.clocks.queries import active_pack
from shouwen.people.presenters import shell
from shouwen.people.requests import frame, person
from shouwen.standard.coverage import coverage as rows_of


@never_cache
@require_GET
def coverage(request: HttpRequest) -> HttpResponse:
    """One line for each clause; `?show=` keeps those that are not judged, not lived, or have a gap."""
    if not can(person(request), Action.VIEW_CLAUSES):
        raise PermissionDenied
    pack = active_pack()
    chosen = request.GET.get("show", "")
    rows = rows_of(pack)
    page = coverage_page(rows, pack=pack, chosen=chosen if chosen in FILTERS else "")
    outer = shell(
        frame(request, now=system_clock.now()),
        title=_("标准覆盖"),
        context=_("%(standard)s · %(count)s 条")
        % {"standard": pack.organisation.standard, "count": len(rows)},
        current="clauses",
    )
    return render(request, "clauses/coverage.html", {"shell": outer, "page": page})
