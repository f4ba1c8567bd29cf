"""The list of cases."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from shouwen.access.permission import Action, can
from shouwen.adapters import system_clock
from shouwen.cases.models import CaseKind
from shouwen.cases.presenters.listing import Listing, after_mark, list_page
from shouwen.cases.queries import CaseFilter, case_list, most_urgent_clocks
from shouwen.clocks.queries import active_pack
from shouwen.people.presenters import shell
from shouwen.people.queries import departments
from shouwen.people.requests import frame, person
from shouwen.ui.pages_casework import CaseListPage

ROWS = 50
STATES = ("open", "settled", "all")


@never_cache
@require_GET
def cases(request: HttpRequest) -> HttpResponse:
    """The cases this person may see, the latest first: open or settled, by kind and department."""
    now = system_clock.now()
    page = _page(request, now)
    outer = shell(
        frame(request, now=now),
        title=_("工单"),
        context=_("按受理时间排"),
        current="cases",
        watermark=True,
    )
    return render(request, "cases/list.html", {"shell": outer, "page": page})


@never_cache
@require_GET
def cases_rows(request: HttpRequest) -> HttpResponse:
    """The list alone, fetched anew when something moved."""
    return render(request, "cases/list_rows.html", {"page": _page(request, system_clock.now())})


def _page(request: HttpRequest, now: datetime) -> CaseListPage:
    staff = person(request)
    if not can(staff, Action.LIST_CASES):
        raise PermissionDenied
    chosen, mark = _chosen(request), request.GET.get("after", "")
    found = case_list(actor=staff, chosen=chosen, after=after_mark(mark), limit=ROWS + 1)
    shown = found[:ROWS]
    return list_page(
        Listing(
            viewer=staff,
            cases=shown,
            clocks=most_urgent_clocks(case_ids=[case.pk for case in shown]),
            departments=list(departments()),
            chosen=chosen,
            pack=active_pack(),
            now=now,
            has_more=len(found) > ROWS,
            after=mark,
        )
    )


def _chosen(request: HttpRequest) -> CaseFilter:
    state = request.GET.get("state", "open")
    kind = request.GET.get("kind", "")
    return CaseFilter(
        state={"all": ""}.get(state, state if state in STATES else "open"),
        kind=kind if kind in CaseKind.values else "",
        department=request.GET.get("department", "")[:40],
        is_mine=request.GET.get("mine") == "1",
    )
