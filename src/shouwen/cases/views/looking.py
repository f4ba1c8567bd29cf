"""Looking at a case: the page, its live body, the phone number in full."""

import uuid
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from shouwen.access.permission import Action, can
from shouwen.adapters import ids, system_clock
from shouwen.cases.models import Case
from shouwen.cases.presenters import Kept, Material, case_page, phone_of
from shouwen.cases.presenters.timeline import FILTERS
from shouwen.cases.queries import (
    case_at_hand,
    case_clocks,
    incident_of,
    links_of,
    merge_of,
    neighbours,
    open_incidents,
    open_requests,
    readable_forms,
    standing,
    story,
    whole_case,
    words_beside,
)
from shouwen.cases.shown import customer_shown, purpose_of
from shouwen.clocks.models import Clock
from shouwen.clocks.presenters import WhyPlace, why_drawer
from shouwen.clocks.queries import active_pack
from shouwen.core.events import Subject
from shouwen.custody.operations import note_read
from shouwen.people.presenters import shell
from shouwen.people.queries import colleagues, departments, off_at
from shouwen.people.requests import frame, person, workstation
from shouwen.standard.pack import Pack
from shouwen.ui.pages import CasePage, MaskedPhone, WhyDrawer
from shouwen.ui.parts import Note


def seen_case(request: HttpRequest, number: str) -> Case:
    """The case with all that its page shows, if it exists and this person may see it; else 404 or 403."""
    return _if_seen(request, whole_case(number=number))


def case_to_act_on(request: HttpRequest, number: str) -> Case:
    """The case without what its page shows, if it exists and this person may see it; else 404 or 403."""
    return _if_seen(request, case_at_hand(number=number))


def _if_seen(request: HttpRequest, found: Case | None) -> Case:
    if found is None:
        raise Http404(_("没有这张工单"))
    if not can(person(request), Action.VIEW_CASE, standing(found)):
        raise PermissionDenied
    return found


@never_cache
@require_GET
def case(request: HttpRequest, number: str) -> HttpResponse:
    """The page of a case; `?why=CLOCK` opens the drawer, which alone answers an htmx request."""
    found = seen_case(request, number)
    if request.htmx and request.GET.get("why"):  # type: ignore[attr-defined]  # set by middleware
        page = page_of(request, found, now=system_clock.now())
        return render(request, "ui/why_drawer.html", {"why": page.why})
    return show_case(request, found)


@never_cache
@require_GET
def case_body(request: HttpRequest, number: str) -> HttpResponse:
    """Everything below the top bar, fetched anew when something happened to the case."""
    found = seen_case(request, number)
    page = page_of(request, found, now=system_clock.now())
    return render(request, "cases/case_body.html", {"page": page})


@never_cache
@require_http_methods(["GET", "POST"])
def reveal_phone(request: HttpRequest, number: str) -> HttpResponse:
    """POST shows the number in full to those who work on the case and journals the read; GET hides it."""
    found = seen_case(request, number)
    if request.method == "GET":
        return render(request, "cases/phone.html", {"phone": phone_of(found, person(request))})
    phone_shown = customer_shown(case=found, viewer=person(request)).phone
    may = can(person(request), Action.REVEAL_PHONE, standing(found))
    if not (may and phone_shown.can_reveal):
        raise PermissionDenied
    now = system_clock.now()
    note_read(
        act_id=ids.uuid7(now),
        subject=Subject("case", found.pk),
        field="phone",
        purpose=purpose_of(found, person(request)),
        by=person(request),
        now=now,
        workstation=workstation(request),
    )
    phone = MaskedPhone(
        text=found.caller_phone,
        note=_("已留痕，30 秒后隐藏"),
        hide_url=reverse("reveal_phone", args=[number]),
    )
    return render(request, "cases/phone.html", {"phone": phone})


def show_case(
    request: HttpRequest,
    found: Case,
    *,
    notice: Note | None = None,
    kept: Kept | None = None,
    status: int = 200,
) -> HttpResponse:
    """The whole page, with a notice when an act was refused."""
    now = system_clock.now()
    page = page_of(request, found, now=now, notice=notice, kept=kept)
    outer = shell(
        frame(request, now=now),
        title=pgettext("one case", "工单"),
        context=found.number,
        current="cases",
        watermark=True,
    )
    return render(request, "cases/case.html", {"shell": outer, "page": page}, status=status)


def page_of(
    request: HttpRequest,
    found: Case,
    *,
    now: datetime,
    notice: Note | None = None,
    kept: Kept | None = None,
) -> CasePage:
    """The page as values, read for this person at `now`."""
    pack = active_pack()
    clocks, promise_clocks = case_clocks(case=found)
    show = request.GET.get("show", "all")
    chosen = _wanted(request)
    incident = incident_of(found)
    near = [] if incident else open_incidents(at=found.premises, place=found.place)
    why = next((clock for clock in [*clocks, *promise_clocks] if clock.pk == chosen), None)
    return case_page(
        Material(
            case=found,
            viewer=person(request),
            clocks=clocks,
            promise_clocks=promise_clocks,
            story=story(case=found),
            colleagues=list(colleagues(of=person(request))),
            departments=list(departments()),
            pack=pack,
            new_id=lambda: ids.uuid7(now),
            now=now,
            show=show if show in FILTERS else "all",
            why=_why(found, why, pack=pack, now=now) if why else None,
            neighbours=neighbours(case=found, actor=person(request)),
            links=links_of(found),
            merge=merge_of(found) if found.merged_into_id else None,
            forms=readable_forms(),
            requests=open_requests(found),
            incident=incident,
            near_incidents=near,
            notice=notice,
            off_at=off_at(staff=[found.owner], now=now),
            kept=kept,
        )
    )


def _why(found: Case, clock: Clock, *, pack: Pack, now: datetime) -> WhyDrawer:
    url = reverse("case", args=[found.number])
    words = words_beside(case_id=found.pk)
    place = WhyPlace(case_text=found.number, case_url=url, close_url=url, words=words)
    return why_drawer(clock, pack=pack, now=now, place=place)


def _wanted(request: HttpRequest) -> uuid.UUID | None:
    try:
        return uuid.UUID(request.GET.get("why", ""))
    except ValueError:
        return None
