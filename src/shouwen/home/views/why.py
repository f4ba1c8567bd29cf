"""Why a clock is due when it is due: the drawer, on the board, or a page of its own to read and print."""

import uuid
from datetime import datetime
from urllib.parse import urlsplit

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from shouwen.access.permission import Action, can
from shouwen.adapters import system_clock
from shouwen.cases.models import Case
from shouwen.cases.queries import case_of_clock, headlines, standing, words_beside
from shouwen.clocks.models import Clock
from shouwen.clocks.presenters import WhyPlace, why_drawer
from shouwen.clocks.queries import active_pack
from shouwen.fieldwork.queries import field_places
from shouwen.home.presenters.field_places import place_text, place_url
from shouwen.home.views.clock_board import board, scopes_of
from shouwen.people.models import Staff
from shouwen.people.presenters import shell
from shouwen.people.requests import frame, person
from shouwen.ui.pages import WhyDrawer


@never_cache
@require_GET
def why(request: HttpRequest, clock: uuid.UUID) -> HttpResponse:
    """The drawer alone for htmx, the board with the drawer for a link of the board, else a page."""
    found = get_object_or_404(Clock, pk=clock)
    case = case_of_clock(clock=found)
    if not _may_see(person(request), found, case):
        raise PermissionDenied
    now = system_clock.now()
    drawer = _drawer(request, found, now=now)
    if request.htmx:  # type: ignore[attr-defined]  # set by middleware
        return render(request, "ui/why_drawer.html", {"why": drawer})
    if "scope" in request.GET:
        return board(request, chosen=found, drawer=drawer)
    outer = shell(frame(request, now=now), title=_("为什么"), context=drawer.title, watermark=True)
    return render(request, "ui/why_page.html", {"shell": outer, "page": drawer})


def _may_see(staff: Staff, clock: Clock, case: Case | None) -> bool:
    """Whoever sees the clock on the board, and whoever sees the case it runs for."""
    if case is not None and can(staff, Action.VIEW_CASE, standing(case)):
        return True
    scopes = scopes_of(staff) if can(staff, Action.VIEW_CLOCKS) else ()
    if "all" in scopes or clock.owner_no == staff.staff_no:
        return bool(scopes)
    return "department" in scopes and clock.department == staff.department_code


def _drawer(request: HttpRequest, clock: Clock, *, now: datetime) -> WhyDrawer:
    subjects = [(clock.subject_kind, clock.subject_id)]
    found = headlines(subjects=subjects, viewer=person(request)).get(clock.subject_id)
    if found is None:
        outside = field_places(subjects=subjects).get(clock.subject_id)
        if outside is None:
            raise Http404
        place = WhyPlace(
            case_text=place_text(outside),
            case_url=place_url(outside, person(request)),
            close_url=_back(request),
        )
        return why_drawer(clock, pack=active_pack(), now=now, place=place)
    place = WhyPlace(
        case_text=" · ".join(
            part
            for part in (_("工单 %(number)s") % {"number": found.number}, found.called)
            if part
        ),
        case_url=reverse("case", args=[found.number]),
        close_url=_back(request),
        words=words_beside(case_id=found.case_id),
    )
    return why_drawer(clock, pack=active_pack(), now=now, place=place)


def _back(request: HttpRequest) -> str:
    """The page that the reader came from; the board, as it was filtered, when nobody tells."""
    board_url = reverse("clock_board")
    if "scope" in request.GET:
        return f"{board_url}?{request.GET.urlencode()}"
    came = request.headers.get("HX-Current-URL") or request.headers.get("Referer") or ""
    if not came or not url_has_allowed_host_and_scheme(came, allowed_hosts={request.get_host()}):
        return board_url
    parts = urlsplit(came)
    path = f"{parts.path}?{parts.query}" if parts.query else parts.path
    return board_url if parts.path == request.path else path
