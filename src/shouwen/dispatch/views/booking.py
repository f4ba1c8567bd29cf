"""Times agreed with customers: booked and moved by whoever serves them, called off, told late."""

from collections.abc import Callable, Mapping
from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from shouwen.access.permission import Action, can
from shouwen.adapters import system_clock
from shouwen.cases.views.refusals import first_error
from shouwen.dispatch.forms import WindowForm
from shouwen.dispatch.views.orders import order_again
from shouwen.fieldwork.models import Order
from shouwen.fieldwork.operations import (
    Booking,
    FieldRefusal,
    NothingAgreed,
    book,
    call_off,
    tell_delay,
)
from shouwen.fieldwork.queries import open_appointment, windows
from shouwen.people.forms import ActForm
from shouwen.people.requests import person
from shouwen.ui.parts import Note


class WindowGone(Exception):
    """Others took the window meanwhile."""


@never_cache
@require_POST
def book_view(request: HttpRequest, number: str, act: str) -> HttpResponse:
    """Does one thing about the time agreed for an order."""
    if not can(person(request), Action.BOOK_VISIT):
        raise PermissionDenied
    deed = _DEEDS.get(act)
    if deed is None:
        raise Http404
    order = get_object_or_404(Order, number=number)
    form = (WindowForm if act == "book" else ActForm)(request.POST)
    if not form.is_valid():
        return order_again(request, number, Note(first_error(form), "warn"), status=400)
    try:
        deed(request, order, form)
    except WindowGone:
        text = _("这一段刚刚被约满，请选别的")
        return order_again(request, number, Note(text, "warn"), status=409)
    except NothingAgreed:
        return order_again(request, number, Note(_("现在没有约定"), "warn"), status=409)
    except FieldRefusal:
        text = _("师傅已在现场，或已经结束，不用再约")
        return order_again(request, number, Note(text, "warn"), status=409)
    return redirect("dispatch_order", number=number)


def _book(request: HttpRequest, order: Order, form: ActForm) -> None:
    now = system_clock.now()
    starts_at, ends_at = form.cleaned_data["window"]
    offered = {
        (each.starts_at, each.ends_at) for each in windows(order=order, now=now) if each.left
    }
    if (starts_at, ends_at) not in offered:
        raise WindowGone
    booking = Booking(starts_at=starts_at, ends_at=ends_at, by=person(request))
    book(act_id=form.act, order_id=order.pk, booking=booking, at=now, now=now)


def _call_off(request: HttpRequest, order: Order, form: ActForm) -> None:
    now = system_clock.now()
    call_off(
        act_id=form.act, order_id=order.pk, by=person(request), reason="customer", at=now, now=now
    )


def _told(request: HttpRequest, order: Order, form: ActForm) -> None:
    now = system_clock.now()
    appointment = open_appointment(order_id=order.pk)
    if appointment is None:
        raise NothingAgreed
    eta = appointment.eta_at or now + timedelta(minutes=30)
    tell_delay(
        act_id=form.act, order_id=order.pk, by=person(request), channel="phone", eta=eta, at=now,
        now=now,
    )  # fmt: skip


_DEEDS: Mapping[str, Callable[[HttpRequest, Order, ActForm], None]] = {
    "book": _book,
    "call_off": _call_off,
    "told": _told,
}
