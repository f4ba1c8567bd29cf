"""The cockpit: the whole page, and its parts again when something has changed."""

import uuid

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_safe

from shouwen.access.permission import Action, can
from shouwen.adapters import ids, system_clock
from shouwen.custody.policy import policy
from shouwen.hotline.at_desk import colleagues, desk, on_call, stamp_of, state_of
from shouwen.hotline.desk_values import Desk
from shouwen.hotline.presenters.assisting import assist
from shouwen.hotline.presenters.beside import turns, turns_summary
from shouwen.hotline.presenters.idle import (
    asked,
    context,
    idle_screen,
    owed,
    slips,
    status_tag,
)
from shouwen.hotline.presenters.screen import Around, call_screen
from shouwen.people.models import Staff
from shouwen.people.presenters import shell
from shouwen.people.queries import departments
from shouwen.people.requests import frame, person
from shouwen.ui.pages_cockpit import Act, CockpitPage
from shouwen.ui.parts import Note

OVERLAY, REFUSED = "SW-Cockpit", "SW-Refused"


@never_cache
@require_safe
def cockpit(request: HttpRequest) -> HttpResponse:
    """The page."""
    _must_take_calls(request)
    now = system_clock.now()
    page = page_of(request)
    outer = shell(
        frame(request, now=now),
        title=_("坐席"),
        current="cockpit",
        is_fixed=True,
        watermark=True,
        context=page.context,
    )
    return render(request, "hotline/cockpit.html", {"shell": outer, "page": page})


@never_cache
@require_GET
def cockpit_body(request: HttpRequest) -> HttpResponse:
    """The parts; nothing (204) when the screen has them already."""
    _must_take_calls(request)
    seen = request.GET.get("seen")
    if seen and seen == _stamp(person(request)):
        return HttpResponse(status=204)
    return parts(request)


@never_cache
@require_GET
def cockpit_assist(request: HttpRequest, call: uuid.UUID) -> HttpResponse:
    """What helps on the call at this telephone, and what was said on it; nothing (204) on any other call."""
    _must_take_calls(request)
    viewer = person(request)
    state = state_of(viewer)
    if state is None or state.call is None or state.call.pk != call:
        return HttpResponse(status=204)
    seen = on_call(viewer=viewer, call=state.call, now=system_clock.now())
    told = {"assist": assist(seen), "turns": turns(seen), "turns_summary": turns_summary(seen)}
    return render(request, "hotline/cockpit_assist_parts.html", {"call": told})


def parts(
    request: HttpRequest,
    *,
    notice: str = "",
    toast: str = "",
    undo: Act | None = None,
    status: int = 200,
) -> HttpResponse:
    """The answer to an act: the parts to a script, the page to a browser without one."""
    if request.headers.get(OVERLAY) != "1" and request.method == "POST" and not notice:
        return redirect("cockpit")
    page = page_of(request, notice=notice, toast=toast, undo=undo)
    if request.headers.get(OVERLAY) == "1" or request.method == "GET":
        # To a script a refusal is an answer like others, and no fault of the network.
        answer = render(request, "hotline/cockpit_body.html", {"page": page})
        answer[REFUSED] = "1" if notice else ""
        return answer
    outer = shell(
        frame(request, now=system_clock.now()), title=_("坐席"), current="cockpit", is_fixed=True
    )
    context = {"shell": outer, "page": page}
    return render(request, "hotline/cockpit.html", context, status=status)


def page_of(
    request: HttpRequest, *, notice: str = "", toast: str = "", undo: Act | None = None
) -> CockpitPage:
    """The cockpit of whoever asks."""
    now, viewer = system_clock.now(), person(request)
    state = state_of(viewer)
    is_lead = can(viewer, Action.LEAD_CALLS)
    # Before the reading: what changes meanwhile is fetched once more instead of never.
    stamp = stamp_of(viewer=viewer, state=state, is_lead=is_lead)
    found = desk(viewer=viewer, state=state, now=now, is_lead=is_lead)
    return CockpitPage(
        body_url=f"{reverse('cockpit_body')}?seen={stamp}",
        status=status_tag(found),
        call=None
        if found.on_call is None
        else call_screen(found.on_call, _around(request, found, notice=notice)),
        idle=None if found.on_call else idle_screen(found, act_id=ids.uuid7(now)),
        promises=slips(found),
        promises_summary=_("%(n)d 个在走") % {"n": found.promised_count},
        asked=asked(found, found.offers),
        owed=owed(found, new_id=lambda: ids.uuid7(now)),
        toast=toast,
        undo=undo,
        notice=Note(notice, "warn") if notice and found.on_call is None else None,
        said=_announced(found),
        context=context(found),
    )


def _around(request: HttpRequest, found: Desk, *, notice: str) -> Around:
    call = found.on_call.call if found.on_call else None
    return Around(
        people=colleagues(viewer=found.viewer),
        departments=list(departments()),
        act_id=ids.uuid7(found.now),
        crew_phone=_crew_phone(found),
        pop_url=_address("call_pop", call.pk) if call else "",
        knowledge_url=f"{reverse('knowledge_find')}?call={call.pk}" if call else "",
        is_alarm_asked="alarm" in request.GET,
        notice=notice,
    )


def _crew_phone(found: Desk) -> str:
    return policy().crew_phone or (found.pack.organisation.hotline if found.pack else "")


def _address(name: str, *args: object) -> str:
    """The address of a page that another part of the product may bring; "" without it."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


def _announced(found: Desk) -> str:
    """What a live region says when the screen pops up: kind, name, care."""
    seen = found.on_call
    if seen is None:
        return ""
    care = _("特别关照") if seen.customer and seen.customer.special_care else ""
    words = (_("来电"), seen.called or _("号码没有登记"), care)
    return "，".join(word for word in words if word)


def _stamp(viewer: Staff) -> str:
    return stamp_of(viewer=viewer, state=state_of(viewer), is_lead=can(viewer, Action.LEAD_CALLS))


def _must_take_calls(request: HttpRequest) -> None:
    if not can(person(request), Action.TAKE_CALLS):
        raise PermissionDenied
