"""Alarms that ring somebody until they are accepted: on top of every screen of theirs."""

import uuid

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from shouwen.access.permission import Action, can
from shouwen.adapters import system_clock
from shouwen.dispatch.presenters.ringing import ringing_lines
from shouwen.fieldwork.models import Order
from shouwen.fieldwork.operations import FieldRefusal, accept
from shouwen.fieldwork.queries import ringing_for
from shouwen.people.forms import ActForm
from shouwen.people.models import Staff
from shouwen.people.requests import person


@never_cache
@require_GET
def ringing(request: HttpRequest) -> HttpResponse:
    """What rings this person, for the top of every screen."""
    viewer = _called(request)
    lines = ringing_lines(ringing_for(staff=viewer), viewer=viewer, now=system_clock.now())
    return render(request, "dispatch/ringing.html", {"lines": lines})


@never_cache
@require_POST
def accept_view(request: HttpRequest, order: uuid.UUID) -> HttpResponse:
    """Whoever was sent accepts from wherever they are; what has moved on meanwhile is simply gone."""
    viewer, now = _called(request), system_clock.now()
    found = get_object_or_404(Order, pk=order)
    form = ActForm(request.POST)
    if form.is_valid():
        try:
            accept(act_id=form.act, order_id=found.pk, by=viewer, at=now, now=now)
        except FieldRefusal:
            return redirect("my_work")
    return redirect("my_work")


def _called(request: HttpRequest) -> Staff:
    viewer = person(request)
    if not can(viewer, Action.ANSWER_PAGE):
        raise PermissionDenied
    return viewer
