"""Incidents: those under way, one with its cases, saying anew until when, ending it."""

from collections.abc import Callable

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from shouwen.access.permission import Action, can
from shouwen.adapters import ids, system_clock
from shouwen.cases import operations
from shouwen.cases.crews import crews_of
from shouwen.cases.forms import ActForm, PlainWordsForm, UntilForm
from shouwen.cases.models import Incident
from shouwen.cases.presenters.incidents import IncidentSeen, incident_page, list_page
from shouwen.cases.queries import (
    homes_of,
    incidents,
    members_of,
    readable_forms,
    standing,
    whole_incident,
)
from shouwen.cases.views.refusals import first_error, refusal_words
from shouwen.clocks.queries import active_pack, clocks_of
from shouwen.core.events import Subject
from shouwen.people.presenters import shell
from shouwen.people.requests import frame, person
from shouwen.ui.parts import Note


@never_cache
@require_GET
def incident_list(request: HttpRequest) -> HttpResponse:
    """The incidents under way, then the last ones that have ended."""
    if not can(person(request), Action.LIST_CASES):
        raise PermissionDenied
    now = system_clock.now()
    found = [*incidents(is_open=True), *incidents(is_open=False, limit=20)]
    outer = shell(frame(request, now=now), title=_("管网事件"), current="cases", watermark=True)
    context = {"shell": outer, "page": list_page(found, now=now)}
    return render(request, "cases/incidents.html", context)


@never_cache
@require_GET
def incident(request: HttpRequest, number: str) -> HttpResponse:
    """One incident: where, until when, its cases, and what each customer was told."""
    return _show(request, _seen(request, number))


@never_cache
@require_GET
def incident_body(request: HttpRequest, number: str) -> HttpResponse:
    """The same below the top bar, fetched anew when something happened."""
    context = {"page": _page(request, _seen(request, number))}
    return render(request, "cases/incident_body.html", context)


@require_POST
def incident_until(request: HttpRequest, number: str) -> HttpResponse:
    """Says anew when supply is expected back."""
    found, form, now = _run(request, number), UntilForm(request.POST), system_clock.now()
    return _done(
        request,
        found,
        form,
        lambda: operations.change_incident(
            act_id=form.act,
            incident_id=found.pk,
            by=person(request),
            until=form.cleaned_data["until"],
            now=now,
        ),
    )


@require_POST
def incident_end(request: HttpRequest, number: str) -> HttpResponse:
    """The fault is cleared: every customer of it gets an answer."""
    found, form, now = _run(request, number), PlainWordsForm(request.POST), system_clock.now()
    usual = readable_forms().incident.over.replace("{place}", found.place)
    return _done(
        request,
        found,
        form,
        lambda: operations.end_incident(
            act_id=form.act,
            incident_id=found.pk,
            by=person(request),
            outcome=form.cleaned_data["words"].strip() or usual,
            at=now,
            now=now,
        ),
    )


def _seen(request: HttpRequest, number: str) -> Incident:
    if not can(person(request), Action.LIST_CASES):
        raise PermissionDenied
    found = whole_incident(number=number)
    if found is None:
        raise Http404(_("没有这个管网事件"))
    return found


def _run(request: HttpRequest, number: str) -> Incident:
    found = _seen(request, number)
    if not can(person(request), Action.RUN_INCIDENT, standing(found.lead)):
        raise PermissionDenied
    return found


def _done(
    request: HttpRequest, found: Incident, form: ActForm, act: Callable[[], object]
) -> HttpResponse:
    if not form.is_valid():
        return _show(request, found, text=first_error(form), status=400)
    try:
        act()
    except operations.IncidentOver as refusal:
        return _show(request, found, text=refusal_words(refusal), status=409)
    return redirect("incident", number=found.lead.number)


def _show(
    request: HttpRequest, found: Incident, *, text: str = "", status: int = 200
) -> HttpResponse:
    outer = shell(
        frame(request, now=system_clock.now()),
        title=_("管网事件"),
        context=found.lead.number,
        current="cases",
        watermark=True,
    )
    notice = Note(text, "warn") if text else None
    context = {"shell": outer, "page": _page(request, found, notice=notice)}
    return render(request, "cases/incident.html", context, status=status)


def _page(request: HttpRequest, found: Incident, *, notice: Note | None = None) -> object:
    now, viewer = system_clock.now(), person(request)
    return incident_page(
        IncidentSeen(
            incident=found,
            members=members_of(incident=found, actor=viewer),
            count=found.members.count(),
            homes=homes_of(incident=found),
            viewer=viewer,
            may_run=can(viewer, Action.RUN_INCIDENT, standing(found.lead)),
            plan=readable_forms().incident,
            new_id=lambda: ids.uuid7(now),
            now=now,
            pack=active_pack(),
            clocks=clocks_of(subject=Subject("case", found.lead_id)),
            crews=crews_of(list(found.members.values_list("case_id", flat=True))),
        ),
        notice=notice,
    )
