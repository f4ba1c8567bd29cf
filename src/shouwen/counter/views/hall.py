"""The ticket machine and its tickets, at a registered computer or by whoever receives customers."""

import uuid
from collections.abc import Callable
from functools import wraps
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from shouwen.access.permission import Action, can
from shouwen.adapters import ids, system_clock
from shouwen.cases.views.refusals import first_error
from shouwen.clocks.queries import readable_standard
from shouwen.counter import forms, operations, queries
from shouwen.counter.models import Ticket
from shouwen.counter.presenters.hall import machine_page, ticket_page
from shouwen.custody.entrance import Standing, admission, desk_at
from shouwen.custody.policy import policy
from shouwen.people.requests import person

View = Callable[..., HttpResponse]


def at_hall(view: View) -> View:
    """A page that a registered computer of the hall opens without a sign-in, before anything else is asked."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        return _turned_away(request) or view(request, *args, **kwargs)

    return never_cache(login_not_required(guarded))


def is_for_clerks(request: HttpRequest) -> bool:
    """The clerk's screen is no page of the hall; its display is."""
    return request.path == reverse("counter") and "wall" not in request.GET


def _turned_away(request: HttpRequest) -> HttpResponse | None:
    """Leads a stranger to the sign-in; None for whoever is signed in, or at a registered computer."""
    if not is_for_clerks(request) and desk_at(request):
        return None
    standing = Standing.ENDED
    if request.user.is_authenticated:
        standing = admission(request, now=system_clock.now()).standing
    if standing is Standing.IN:
        return None
    if standing is Standing.LOCKED:
        locked: HttpResponse = import_string(settings.LOCKED_VIEW)(request)
        return locked
    return redirect(f"{reverse('sign_in')}?{urlencode({'next': request.get_full_path()})}")


def must_be_at_hall(request: HttpRequest) -> None:
    """Refuses whoever has no business at the hall."""
    is_staff = request.user.is_authenticated and can(person(request), Action.GIVE_TICKETS)
    if not is_staff and not desk_at(request):
        raise PermissionDenied


@at_hall
@require_http_methods(["GET", "HEAD", "POST"])
def ticket_new(request: HttpRequest) -> HttpResponse:
    """The keys of the ticket machine; a press gives a ticket."""
    must_be_at_hall(request)
    if request.method != "POST":
        return _machine(request)
    form = forms.TicketForm(request.POST)
    if not form.is_valid():
        return _machine(request, notice=first_error(form), status=422)
    by = person(request).staff_no if request.user.is_authenticated else ""
    try:
        ticket = operations.take_ticket(
            act_id=form.act,
            business=form.cleaned_data["business"],
            needs_care=form.cleaned_data["needs_care"],
            now=system_clock.now(),
            by=by,
        )
    except operations.HallClosed:
        return _machine(request, notice=_("现在不是营业时间，不能取号。"), status=409)
    except LookupError:
        return _machine(request, notice=_("选一项业务"), status=422)
    return redirect("ticket", ticket.pk)


def _machine(request: HttpRequest, *, notice: str = "", status: int = 200) -> HttpResponse:
    now = system_clock.now()
    page = machine_page(
        hall=queries.readable_hall(),
        waiting=queries.waiting(now=now),
        opening=queries.opening(now=now),
        act_id=ids.uuid7(now),
        now=now,
        is_staffed=request.user.is_authenticated,
        notice=notice,
    )
    return render(request, "counter/machine.html", {"page": page}, status=status)


@at_hall
@require_GET
def ticket(request: HttpRequest, ticket: uuid.UUID) -> HttpResponse:
    """A ticket to look at and to print; the machine shows its keys again after a while."""
    must_be_at_hall(request)
    found = get_object_or_404(Ticket, pk=ticket)
    page = ticket_page(
        ticket=found,
        hall=queries.readable_hall(),
        ahead=queries.ahead_of(found),
        crew=_crew_phone(),
    )
    answer = render(request, "counter/ticket.html", {"page": page})
    if not page.do:
        answer["Refresh"] = f"20;url={reverse('ticket_new')}"
    return answer


def _crew_phone() -> str:
    pack = readable_standard()
    return policy().crew_phone or (pack.organisation.hotline if pack else "")
