"""The clerk's screen: sitting down, calling, who waits; the display of the hall."""

import uuid
from collections.abc import Callable

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from shouwen.access.permission import Action, can
from shouwen.adapters import ids, system_clock
from shouwen.cases.views.refusals import first_error
from shouwen.counter import forms, operations, queries
from shouwen.counter.at_counter import finished, served
from shouwen.counter.presenters.desk import Around, counter_page
from shouwen.counter.presenters.hall import wall_page
from shouwen.counter.presenters.pages import CounterPage
from shouwen.counter.presenters.serving import at_counter
from shouwen.counter.views.hall import at_hall, is_for_clerks, must_be_at_hall
from shouwen.people.forms import ActForm
from shouwen.people.presenters import shell
from shouwen.people.queries import departments
from shouwen.people.requests import frame, person


class Refused(Exception):
    """The act cannot be done; the text says why and what to do."""


@at_hall
@require_GET
def counter(request: HttpRequest) -> HttpResponse:
    """The clerk's screen; with `?wall` the display of the hall, which fetches itself again."""
    return counter_shown(request) if is_for_clerks(request) else _wall(request)


def _wall(request: HttpRequest) -> HttpResponse:
    must_be_at_hall(request)
    now = system_clock.now()
    page = wall_page(
        hall=queries.readable_hall(),
        at_counters=queries.at_counters(now=now),
        waiting=queries.waiting(now=now),
        now=now,
    )
    answer = render(request, "counter/wall.html", {"page": page})
    answer["Refresh"] = "5"
    return answer


def counter_shown(request: HttpRequest, *, notice: str = "", status: int = 200) -> HttpResponse:
    """The screen, with what could not be done."""
    must_serve(request)
    now = system_clock.now()
    outer = shell(
        frame(request, now=now),
        title=_("窗口"),
        current="counter",
        is_fixed=True,
        watermark=True,
    )
    context = {"shell": outer, "page": _page(request, notice=notice)}
    return render(request, "counter/counter.html", context, status=status)


@never_cache
@require_GET
def counter_queue(request: HttpRequest) -> HttpResponse:
    """Who waits, fetched again when something moved."""
    must_serve(request)
    return render(request, "counter/queue.html", {"page": _page(request)})


def _page(request: HttpRequest, *, notice: str = "") -> CounterPage:
    now, viewer = system_clock.now(), person(request)
    ticket = queries.own_ticket(viewer)
    around = Around(
        seat=queries.seat_of(viewer),
        seats=queries.seats(),
        waiting=queries.waiting(now=now),
        not_come=queries.not_come(now=now),
        figures=queries.figures(now=now),
        finished=[] if ticket else finished(viewer=viewer, now=now),
        hall=queries.readable_hall(),
        act_id=ids.uuid7(now),
        now=now,
        notice=notice,
    )
    if ticket is None:
        return counter_page(around, None)
    seen = served(viewer=viewer, ticket=ticket, now=now)
    serving = at_counter(seen, departments=list(departments()), act_id=ids.uuid7(now))
    return counter_page(around, serving)


def must_serve(request: HttpRequest) -> None:
    """Refuses everybody who does not serve at a counter."""
    if not can(person(request), Action.SERVE_COUNTER):
        raise PermissionDenied


@never_cache
@require_POST
def counter_act(request: HttpRequest, what: str) -> HttpResponse:
    """Does one thing with the queue, and shows the screen again."""
    must_serve(request)
    deed = DEEDS.get(what)
    if deed is None:
        raise Http404
    try:
        deed(request)
    except Refused as refusal:
        return counter_shown(request, notice=str(refusal), status=422)
    except operations.CounterTaken as taken:
        text = _("%(name)s 已坐在这个窗口。请选别的窗口。") % {"name": taken}
        return counter_shown(request, notice=text, status=409)
    except operations.NotWaiting:
        return counter_shown(request, notice=_("现在没有人等这个窗口。"), status=409)
    except operations.NoCounter:
        return counter_shown(request, notice=_("先选一个窗口坐下，再叫号。"), status=409)
    except operations.Gone:
        text = _("这位客户已不在这一步：可能刚在别的页面办了。看一眼再办。")
        return counter_shown(request, notice=text, status=409)
    return redirect("counter")


def act_of(request: HttpRequest) -> uuid.UUID:
    """The id of the act; a fresh one when the page sent none."""
    form = ActForm(request.POST)
    return form.act if form.is_valid() else ids.uuid7(system_clock.now())


def _sit(request: HttpRequest) -> None:
    form = forms.SeatForm(request.POST)
    if not form.is_valid():
        raise Refused(first_error(form))
    try:
        operations.open_counter(
            act_id=form.act,
            counter=form.cleaned_data["counter"],
            by=person(request),
            now=system_clock.now(),
        )
    except LookupError:
        raise Refused(_("选一个窗口")) from None


def _leave(request: HttpRequest) -> None:
    operations.leave_counter(act_id=act_of(request), by=person(request), now=system_clock.now())


def _next(request: HttpRequest) -> None:
    operations.call_next(act_id=act_of(request), by=person(request), now=system_clock.now())


def _again(request: HttpRequest) -> None:
    operations.call_again(act_id=act_of(request), by=person(request), now=system_clock.now())


def _not_come(request: HttpRequest) -> None:
    operations.note_not_come(act_id=act_of(request), by=person(request), now=system_clock.now())


def _back(request: HttpRequest) -> None:
    form = forms.BackForm(request.POST)
    if not form.is_valid():
        raise Refused(first_error(form))
    operations.come_back(
        act_id=form.act,
        ticket_id=form.cleaned_data["ticket"],
        by=person(request),
        now=system_clock.now(),
    )


DEEDS: dict[str, Callable[[HttpRequest], None]] = {
    "sit": _sit,
    "leave": _leave,
    "next": _next,
    "again": _again,
    "not_come": _not_come,
    "back": _back,
}
