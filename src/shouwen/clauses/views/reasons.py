"""Why a ruling is what it is: its clock tells, or what was found on the call, the visit, the answer."""

import uuid
from urllib.parse import urlsplit

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from shouwen.access.figures import figures_scope
from shouwen.access.permission import Action, can
from shouwen.adapters import system_clock
from shouwen.cases.queries import standing
from shouwen.clauses.presenters import Told, reasons
from shouwen.clauses.queries import found_behind, has_clock
from shouwen.clocks.models import Ruling
from shouwen.clocks.queries import active_pack
from shouwen.people.models import Staff
from shouwen.people.presenters import shell
from shouwen.people.requests import frame, person


@never_cache
@require_GET
def ruling_why(request: HttpRequest, ruling: uuid.UUID) -> HttpResponse:
    """The reasons of a ruling: those of its clock, or of what was found on what it is about.

    For htmx the drawer alone, else a page.
    """
    found = get_object_or_404(Ruling, pk=ruling)
    if has_clock(ruling=found):
        return redirect("why", clock=found.pk)
    pack = active_pack()
    behind = found_behind(ruling=found, pack=pack)
    if behind is None:
        raise Http404
    case = behind.case
    may_open = case is not None and can(person(request), Action.VIEW_CASE, standing(case))
    if not (may_open or _is_in_figures(person(request), found)):
        raise PermissionDenied
    now = system_clock.now()
    drawer = reasons(
        Told(
            ruling=found,
            behind=behind,
            case_number=case.number if case and may_open else "",
            case_url=reverse("case", args=[case.number]) if case and may_open else "",
            close_url=_back(request),
            pack=pack,
            now=now,
        )
    )
    if request.htmx:  # type: ignore[attr-defined]  # set by middleware
        return render(request, "ui/why_drawer.html", {"why": drawer})
    outer = shell(frame(request, now=now), title=_("为什么"), context=drawer.title, watermark=True)
    return render(request, "ui/why_page.html", {"shell": outer, "page": drawer})


def _is_in_figures(staff: Staff, ruling: Ruling) -> bool:
    """Whether this person sees the figure that the ruling counts in, and what stands behind it."""
    scope = figures_scope(staff) if can(staff, Action.VIEW_BEHIND_FIGURES) else None
    if scope is None:
        return False
    return scope.narrowed(department=ruling.department, staff_no=ruling.staff_no) is not None


def _back(request: HttpRequest) -> str:
    """The page that the reader came from; the standard when nobody tells."""
    came = request.headers.get("HX-Current-URL") or request.headers.get("Referer") or ""
    parts = urlsplit(came)
    is_ours = url_has_allowed_host_and_scheme(came, allowed_hosts={request.get_host()})
    if not came or not is_ours or parts.path == request.path:
        return reverse("clauses")
    return f"{parts.path}?{parts.query}" if parts.query else parts.path
