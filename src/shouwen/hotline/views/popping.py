"""The screen-pop of a call: who it is, which home, the number in full, what billing knows."""

import uuid

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shouwen.access.masks import Purpose
from shouwen.access.permission import Action, can
from shouwen.adapters import ids, system_clock
from shouwen.customers.billing import look_up
from shouwen.hotline import operations
from shouwen.hotline.forms import HomeForm
from shouwen.hotline.operations import Look
from shouwen.hotline.presenters import PopMaterial, billing_box, phone_of, pop_page
from shouwen.hotline.queries import CalledBy, called_by, pop, readable_standard
from shouwen.people.presenters import shell
from shouwen.people.requests import frame, person, workstation
from shouwen.ui.pages import MaskedPhone
from shouwen.ui.parts import Note


@never_cache
@require_GET
def call_pop(request: HttpRequest, call: uuid.UUID) -> HttpResponse:
    """Who is calling; a fragment for the cockpit, a page for a browser. The read is journalled once."""
    return _pop(request, seen_call(request, call), look_of(request, call))


@require_POST
def call_choose_home(request: HttpRequest, call: uuid.UUID) -> HttpResponse:
    """Says which home is meant, and shows the pop-up as it is then."""
    found, look = seen_call(request, call), look_of(request, call)
    form = HomeForm(request.POST)
    if not form.is_valid():
        text = "；".join(str(error) for errors in form.errors.values() for error in errors)
        return _pop(request, found, look, notice=Note(text, "warn"), status=400)
    customer, premises = form.cleaned_data["home"]
    try:
        operations.choose_home(
            act_id=form.cleaned_data["act_id"],
            look=look,
            version=form.cleaned_data["version"],
            customer_id=customer,
            premises_id=premises,
        )
    except operations.NoSuchHome:
        notice = Note(_("这一户已不在册，请重新选"), "warn")
        return _pop(request, found, look, notice=notice, status=409)
    except operations.ChosenMeanwhile:
        notice = Note(_("刚才有人先选了，请看现在的选择"), "warn")
        return _pop(request, seen_call(request, call), look, notice=notice, status=409)
    return _pop(request, seen_call(request, call), look)


@never_cache
@require_http_methods(["GET", "POST"])
def call_phone(request: HttpRequest, call: uuid.UUID) -> HttpResponse:
    """The number of the call masked (GET) or in full (POST); the latter is journalled."""
    found = seen_call(request, call)
    masked = phone_of(found, person(request), Purpose.OWN_CASE)
    if request.method == "POST" and masked.reveal_url:
        operations.note_read(look=look_of(request, call), field="phone")
        masked = MaskedPhone(
            text=found.number,
            note=_("已留痕，30 秒后隐藏"),
            hide_url=reverse("call_phone", args=[call]),
        )
    return render(request, "hotline/phone.html", {"phone": masked})


@never_cache
@require_GET
def call_billing(request: HttpRequest, call: uuid.UUID) -> HttpResponse:
    """Balance, meter and card of the home that is meant, loaded beside the page; journalled."""
    found, look = seen_call(request, call), look_of(request, call)
    account = pop(call=found, now=look.now).known.account_no
    answer = look_up(account_no=account, now=look.now)
    operations.note_read(look=look, field="billing")
    box = billing_box(answer, viewer=look.staff, purpose=_purpose(found, look), now=look.now)
    return render(request, "hotline/billing.html", {"box": box})


def seen_call(request: HttpRequest, call: uuid.UUID) -> CalledBy:
    """The call, if this person may look; else 403, or 404 when there is none."""
    found = called_by(call_id=call, viewer=person(request), now=system_clock.now())
    if found is None:
        if not can(person(request), Action.SEARCH_CUSTOMERS):
            raise PermissionDenied
        raise Http404(_("没有这通电话"))
    if not can(person(request), Action.POP_CALL, found.standing):
        raise PermissionDenied
    return found


def look_of(request: HttpRequest, call: uuid.UUID) -> Look:
    """This person looking at this call, now."""
    return Look(call, person(request), system_clock.now(), workstation(request))


def _purpose(found: CalledBy, look: Look) -> Purpose:
    is_theirs = look.staff.staff_no == found.standing.agent or bool(found.standing.offered)
    return Purpose.OWN_CASE if is_theirs else Purpose.CASE


def _pop(
    request: HttpRequest,
    found: CalledBy,
    look: Look,
    *,
    notice: Note | None = None,
    status: int = 200,
) -> HttpResponse:
    popped = pop(call=found, now=look.now)
    operations.note_popped(call=found, look=look)
    page = pop_page(
        PopMaterial(
            popped=popped,
            viewer=look.staff,
            now=look.now,
            act_id=ids.uuid7(look.now),
            pack=readable_standard(),
            notice=notice,
        )
    )
    if request.htmx:  # type: ignore[attr-defined]  # set by middleware
        return render(request, "hotline/pop.html", {"page": page}, status=status)
    outer = shell(frame(request, now=look.now), title=_("来电"), watermark=True)
    return render(request, "hotline/pop_page.html", {"shell": outer, "page": page}, status=status)
