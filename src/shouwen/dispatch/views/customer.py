"""The customer's own page for a visit: when, who comes, confirm, another window. A signed link, no sign-in."""

import uuid
from datetime import timedelta

from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from shouwen.adapters import ids, system_clock
from shouwen.custody.operations import Barred, reserve_try
from shouwen.custody.policy import Limit
from shouwen.dispatch.forms import CustomerVisitForm
from shouwen.dispatch.presenters.customer import customer_page
from shouwen.fieldwork.links import order_named
from shouwen.fieldwork.models import Order
from shouwen.fieldwork.operations import Booking, FieldRefusal, NothingAgreed, book, confirm
from shouwen.fieldwork.queries import open_appointment, windows
from shouwen.people.requests import workstation

_OFTEN = Limit(most=60, window=timedelta(minutes=10))


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def customer_visit(request: HttpRequest, token: str) -> HttpResponse:
    """When somebody comes and who; confirms or moves it."""
    order_id = order_named(token)
    if order_id is None:
        raise Http404
    try:
        with transaction.atomic():
            reserve_try(key=f"visit {workstation(request)}", limit=_OFTEN, now=system_clock.now())
    except Barred:
        return _shown(request, order_id, fault=_("打开得太多了，请过一会儿再看。"), status=429)
    if request.method != "POST":
        return _shown(request, order_id)
    form = CustomerVisitForm(request.POST)
    if not form.is_valid():
        return _shown(request, order_id, fault=_("选一段时间"), status=400)
    try:
        _do(order_id, form)
    except WindowTaken:
        return _shown(request, order_id, fault=_("这一段刚刚被约满，请选别的"), status=409)
    except (FieldRefusal, NothingAgreed):
        return _shown(request, order_id, fault=_("现在不能改了，请打电话给我们。"), status=409)
    return redirect("customer_visit", token=token)


class WindowTaken(Exception):
    """Others took the window meanwhile, or it was never offered."""


def _do(order_id: uuid.UUID, form: CustomerVisitForm) -> None:
    now = system_clock.now()
    if not form.cleaned_data["window"]:
        confirm(act_id=form.act, order_id=order_id, channel="web", at=now, now=now)
        return
    starts_at, ends_at = form.cleaned_data["window"]
    order = Order.objects.get(pk=order_id)
    if not any(
        (each.starts_at, each.ends_at) == (starts_at, ends_at) and each.left
        for each in windows(order=order, now=now)
    ):
        raise WindowTaken
    booking = Booking(starts_at=starts_at, ends_at=ends_at, booked_by="customer", channel="web")
    book(act_id=form.act, order_id=order_id, booking=booking, at=now, now=now)


def _shown(
    request: HttpRequest, order_id: uuid.UUID, *, fault: str = "", status: int = 200
) -> HttpResponse:
    now = system_clock.now()
    order = Order.objects.select_related("assignee").filter(pk=order_id).first()
    if order is None:
        raise Http404
    can_move = order.is_open and not order.urgent and order.state != "on_site"
    page = customer_page(
        order,
        open_appointment(order_id=order.pk),
        windows(order=order, now=now) if can_move else [],
        now=now,
        new_id=lambda: ids.uuid7(now),
        fault=fault,
    )
    return render(request, "dispatch/customer.html", {"page": page}, status=status)
