"""Hazards: the list, one with its chain, putting one on record, its photos and sealed papers."""

import uuid

from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shouwen.access.masks import Purpose
from shouwen.access.permission import Action, can
from shouwen.adapters import ids, system_clock
from shouwen.clocks.models import Clock
from shouwen.clocks.presenters import WhyPlace, why_drawer
from shouwen.clocks.queries import active_pack
from shouwen.custody.operations import note_read
from shouwen.customers.models import Estate, ServicePoint
from shouwen.fieldwork.forms import FindForm
from shouwen.fieldwork.models import Hazard, HazardNotice, HazardPhoto, NoticePaper, Zone
from shouwen.fieldwork.operations import hazards as operations
from shouwen.fieldwork.presenters.hazard_list import (
    HazardListing,
    after_mark,
    find_page,
    hazards_page,
)
from shouwen.fieldwork.presenters.hazards import HazardSeen, hazard_page
from shouwen.fieldwork.queries.hazards import (
    HazardFilter,
    hazard_clocks,
    hazard_list,
    hazard_story,
    standing_of,
    urgent_hazard_clocks,
    whole_hazard,
)
from shouwen.fieldwork.views.hazard_deeds import (
    DEEDS,
    Refused,
    give,
    hazard_files,
    make_paper,
    tried,
)
from shouwen.people.presenters import shell
from shouwen.people.requests import frame, person, workstation
from shouwen.ui.pages import WhyDrawer
from shouwen.ui.pages_hazards import HazardPage, HazardsPage
from shouwen.ui.parts import Note

ROWS = 50
STATES = ("open", "overdue", "closed", "all")


@never_cache
@require_GET
def hazard_list_page(request: HttpRequest) -> HttpResponse:
    """The hazards this person may see, the latest first: open, overdue, by grade, station and zone."""
    now = system_clock.now()
    page = _list(request)
    outer = shell(frame(request, now=now), title=_("隐患"), current="hazards", watermark=True)
    return render(request, "fieldwork/hazards.html", {"shell": outer, "page": page})


@never_cache
@require_GET
def hazard_rows(request: HttpRequest) -> HttpResponse:
    """The list alone, fetched anew when something moved."""
    return render(request, "fieldwork/hazard_rows.html", {"page": _list(request)})


@never_cache
@require_GET
def hazard(request: HttpRequest, number: str) -> HttpResponse:
    """One hazard; `?why=CLOCK` opens the drawer, which alone answers an htmx request."""
    found = _seen(request, number)
    if request.htmx and request.GET.get("why"):  # type: ignore[attr-defined]  # set by middleware
        return render(request, "ui/why_drawer.html", {"why": _page(request, found).why})
    return _show(request, found)


@never_cache
@require_GET
def hazard_body(request: HttpRequest, number: str) -> HttpResponse:
    """The same below the top bar, fetched anew when something happened."""
    page = _page(request, _seen(request, number))
    return render(request, "fieldwork/hazard_body.html", {"page": page})


@never_cache
@require_http_methods(["GET", "POST"])
def find_hazard(request: HttpRequest) -> HttpResponse:
    """The office puts a hazard on record."""
    if not can(person(request), Action.FIND_HAZARD):
        raise PermissionDenied
    if request.method == "GET":
        return _form(request)
    form = FindForm(request.POST)
    if not form.is_valid():
        text = next(iter(form.errors.values()))[0]
        return _form(request, text=str(text), status=400)
    data, now = form.cleaned_data, system_clock.now()
    point = ServicePoint.objects.filter(account_no=data["account"]).first()
    if data["account"] and point is None:
        return _form(request, text=_("没有这个户号"), status=400)
    new = operations.NewHazard(
        id=form.act, code=data["code"], found_by=person(request), found_at=now,
        premises=point.premises if point else None, place=data["place"], where=data["where"],
        remark=data["remark"], contact=data["contact"], grade=data["grade"], channel="office",
    )  # fmt: skip
    try:
        found = operations.find(new=new, now=now)
    except operations.UnknownHazard:
        return _form(request, text=_("隐患目录里没有这一种"), status=400)
    return redirect("hazard", number=found.number)


@require_POST
def act_on_hazard(request: HttpRequest, number: str, what: str) -> HttpResponse:
    """One act on a hazard, named by `what`; see DEEDS."""
    found = _seen(request, number)
    if what not in DEEDS:
        raise Http404
    deed = DEEDS[what]
    if not can(person(request), deed.action, standing_of(found)):
        raise PermissionDenied
    form = deed.form(request.POST, request.FILES)
    if not form.is_valid():
        return _show(request, found, text=str(next(iter(form.errors.values()))[0]), status=400)
    try:
        tried(lambda: deed.do(request, found, form))
    except Refused as refusal:
        return _show(request, _seen(request, number), text=str(refusal), status=409)
    return redirect("hazard", number=number)


@require_POST
def act_on_notice(request: HttpRequest, number: str, notice: uuid.UUID, what: str) -> HttpResponse:
    """A notice is given, with proof, or its PDF made again."""
    found = _seen(request, number)
    deeds = {"give": give, "paper": make_paper}
    if what not in deeds:
        raise Http404
    if not can(person(request), Action.WORK_ON_HAZARD, standing_of(found)):
        raise PermissionDenied
    row = get_object_or_404(HazardNotice, pk=notice, hazards=found)
    try:
        tried(lambda: deeds[what](request, row))
    except Refused as refusal:
        return _show(request, _seen(request, number), text=str(refusal), status=409)
    return redirect("hazard", number=number)


@never_cache
@require_GET
def hazard_photo(request: HttpRequest, number: str, photo: uuid.UUID) -> HttpResponseBase:
    """A photo, as a download; the read is journalled."""
    found = _seen(request, number)
    row = get_object_or_404(HazardPhoto, pk=photo, hazard=found)
    suffix = row.stored_name.rpartition(".")[2]
    return _file(request, found, row.stored_name, f"{found.number}.{suffix}", row.media_type)


@never_cache
@require_GET
def hazard_paper(request: HttpRequest, number: str, paper: uuid.UUID) -> HttpResponseBase:
    """A sealed PDF, as a download; the read is journalled."""
    found = _seen(request, number)
    row = get_object_or_404(NoticePaper, pk=paper, notice__hazards=found)
    name = f"{row.notice.number}-{row.ordinal}.pdf"
    return _file(request, found, row.stored_name, name, "application/pdf")


def _file(
    request: HttpRequest, found: Hazard, stored: str, name: str, media_type: str
) -> FileResponse:
    now = system_clock.now()
    try:
        content = hazard_files().open(stored)
    except FileNotFoundError as error:
        raise Http404(_("文件不在了，请管理员从备份找回")) from error
    note_read(
        act_id=ids.uuid7(now), subject=found.subject, field="attachment", purpose=Purpose.CASE,
        by=person(request), now=now, workstation=workstation(request),
    )  # fmt: skip
    answer = FileResponse(content, as_attachment=True, filename=name, content_type=media_type)
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer


def _list(request: HttpRequest) -> HazardsPage:
    staff, now = person(request), system_clock.now()
    if not can(staff, Action.LIST_HAZARDS):
        raise PermissionDenied
    chosen, mark = _chosen(request), request.GET.get("after", "")
    found = hazard_list(
        actor=staff, chosen=chosen, now=now, after=after_mark(mark), limit=ROWS + 1
    )
    shown = found[:ROWS]
    stations = Estate.objects.exclude(station="").values_list("station", flat=True)
    return hazards_page(
        HazardListing(
            viewer=staff,
            hazards=shown,
            clocks=urgent_hazard_clocks(ids=[each.pk for each in shown]),
            stations=list(stations.distinct().order_by("station")),
            zones=list(Zone.objects.values_list("name", flat=True)),
            chosen=chosen,
            pack=active_pack(),
            now=now,
            has_more=len(found) > ROWS,
            after=mark,
        )
    )


def _chosen(request: HttpRequest) -> HazardFilter:
    state = request.GET.get("state", "open")
    grade = request.GET.get("grade", "")
    return HazardFilter(
        state={"all": ""}.get(state, state if state in STATES else "open"),
        grade=grade if grade in ("major", "ordinary") else "",
        station=request.GET.get("station", "")[:40],
        zone=request.GET.get("zone", "")[:40],
    )


def _seen(request: HttpRequest, number: str) -> Hazard:
    if not can(person(request), Action.LIST_HAZARDS):
        raise PermissionDenied
    found = whole_hazard(number=number)
    if found is None:
        raise Http404(_("没有这处隐患"))
    if not can(person(request), Action.VIEW_HAZARD, standing_of(found)):
        raise PermissionDenied
    return found


def _show(
    request: HttpRequest, found: Hazard, *, text: str = "", status: int = 200
) -> HttpResponse:
    now = system_clock.now()
    outer = shell(
        frame(request, now=now), title=_("隐患"), context=found.number, current="hazards",
        watermark=True,
    )  # fmt: skip
    page = _page(request, found, notice=Note(text, "warn") if text else None)
    context = {"shell": outer, "page": page}
    return render(request, "fieldwork/hazard.html", context, status=status)


def _page(request: HttpRequest, found: Hazard, *, notice: Note | None = None) -> HazardPage:
    now = system_clock.now()
    clocks = hazard_clocks(hazard=found)
    events, names = hazard_story(hazard=found)
    return hazard_page(
        HazardSeen(
            hazard=found, viewer=person(request), clocks=clocks, events=events, names=names,
            pack=active_pack(), new_id=lambda: ids.uuid7(now), now=now,
            why=_why(request, found, clocks), notice=notice,
        )
    )  # fmt: skip


def _why(request: HttpRequest, found: Hazard, clocks: list[Clock]) -> WhyDrawer | None:
    wanted = request.GET.get("why", "")
    clock = next((each for each in clocks if str(each.pk) == wanted), None)
    if clock is None:
        return None
    url = request.path
    place = WhyPlace(case_text=found.number, case_url=url, close_url=url)
    return why_drawer(clock, pack=active_pack(), now=system_clock.now(), place=place)


def _form(request: HttpRequest, *, text: str = "", status: int = 200) -> HttpResponse:
    now = system_clock.now()
    outer = shell(frame(request, now=now), title=_("登记隐患"), current="hazards", watermark=True)
    page = find_page(
        new_id=lambda: ids.uuid7(now),
        given={key: str(value) for key, value in request.POST.items()},
        notice=Note(text, "warn") if text else None,
    )
    context = {"shell": outer, "page": page}
    return render(request, "fieldwork/find_hazard.html", context, status=status)
