"""One order: what it is, what happened to it, what can be done with it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from shouwen.access.permission import Action, can
from shouwen.adapters import ids, system_clock
from shouwen.cases.views.refusals import first_error
from shouwen.dispatch.forms import CancelForm, VersionForm
from shouwen.dispatch.presenters.order import OrderMaterial, order_page
from shouwen.dispatch.queries.order import order_story
from shouwen.dispatch.views.refusals import said
from shouwen.fieldwork.models import Order
from shouwen.fieldwork.operations import FieldRefusal, cancel_order, withdraw
from shouwen.fieldwork.queries import WindowOffer, windows
from shouwen.people.forms import ActForm
from shouwen.people.models import Staff
from shouwen.people.presenters import shell
from shouwen.people.requests import frame, person
from shouwen.ui.parts import Note


@never_cache
@require_GET
def order_view(request: HttpRequest, number: str) -> HttpResponse:
    """One order."""
    return _page(request, number)


@never_cache
@require_GET
def of_case(request: HttpRequest, case: str) -> HttpResponse:
    """The last order of a case."""
    viewer = person(request)
    if not (can(viewer, Action.VIEW_DISPATCH) or can(viewer, Action.BOOK_VISIT)):
        raise PermissionDenied
    order = Order.objects.filter(case__number=case).order_by("made_at").last()
    if order is None:
        raise Http404
    return redirect("dispatch_order", number=order.number)


@dataclass(frozen=True, slots=True)
class _Deed:
    form: type[ActForm]
    do: Callable[[HttpRequest, Order, ActForm], object]


@never_cache
@require_POST
def act_view(request: HttpRequest, number: str, act: str) -> HttpResponse:
    """Does one thing with an order."""
    if not can(person(request), Action.DISPATCH):
        raise PermissionDenied
    deed = _DEEDS.get(act)
    if deed is None:
        raise Http404
    order = get_object_or_404(Order, number=number)
    form = deed.form(request.POST)
    if not form.is_valid():
        return _page(request, number, notice=Note(first_error(form), "warn"), status=400)
    try:
        deed.do(request, order, form)
    except FieldRefusal as refusal:
        return _page(request, number, notice=Note(said(refusal), "warn"), status=409)
    return redirect("dispatch_order", number=number)


def _withdraw(request: HttpRequest, order: Order, form: ActForm) -> None:
    now = system_clock.now()
    withdraw(
        act_id=form.act, order_id=order.pk, version=form.cleaned_data["version"],
        by=person(request), at=now, now=now,
    )  # fmt: skip


def _cancel(request: HttpRequest, order: Order, form: ActForm) -> None:
    now = system_clock.now()
    cancel_order(
        act_id=form.act, order_id=order.pk, by=person(request),
        reason=form.cleaned_data["reason"], at=now, now=now,
    )  # fmt: skip


_DEEDS: Mapping[str, _Deed] = {
    "withdraw": _Deed(VersionForm, _withdraw),
    "cancel": _Deed(CancelForm, _cancel),
}


def order_again(request: HttpRequest, number: str, notice: Note, *, status: int) -> HttpResponse:
    """The page once more, with what was not done and why."""
    return _page(request, number, notice=notice, status=status)


def _page(
    request: HttpRequest, number: str, *, notice: Note | None = None, status: int = 200
) -> HttpResponse:
    viewer, now = person(request), system_clock.now()
    if not (can(viewer, Action.VIEW_DISPATCH) or can(viewer, Action.BOOK_VISIT)):
        raise PermissionDenied
    story = order_story(number=number)
    if story is None:
        raise Http404
    page = order_page(
        OrderMaterial(
            story=story,
            viewer=viewer,
            now=now,
            new_id=lambda: ids.uuid7(now),
            windows=_windows(story.order, viewer, now),
            notice=notice,
        )
    )
    outer = shell(frame(request, now=now), title=page.heading, current="dispatch", watermark=True)
    return render(request, "dispatch/order.html", {"shell": outer, "page": page}, status=status)


def _windows(order: Order, viewer: Staff, now: datetime) -> Sequence[WindowOffer]:
    """What can be offered; nothing for an alarm, or to somebody who books nothing."""
    can_book = can(viewer, Action.BOOK_VISIT) and order.is_open and not order.urgent
    return windows(order=order, now=now) if can_book and order.state != "on_site" else ()
