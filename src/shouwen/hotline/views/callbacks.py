"""Promised calls: the queue, dialling, what became of an attempt, who is asked to call."""

import uuid

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from shouwen.access.permission import Action, can
from shouwen.adapters import ids, system_clock
from shouwen.cases.models import Promise
from shouwen.cases.operations import reassign
from shouwen.cases.presenters.listing import after_mark
from shouwen.cases.queries import standing
from shouwen.cases.views.refusals import REFUSALS, first_error, refusal_words
from shouwen.clocks.queries import active_pack
from shouwen.hotline.forms import GiveForm, OutcomeForm, ReassignOwnerForm
from shouwen.hotline.operations import control
from shouwen.hotline.operations.attempts import NotACall, NoWords, TimePassed, tell_outcome
from shouwen.hotline.operations.dialling import OutcomeOwed, dial_promise, give_call
from shouwen.hotline.presenters.call_backs import DueMaterial, call_backs_page
from shouwen.hotline.queries.board import agents_at_work
from shouwen.hotline.queries.call_backs import call_backs, promise_with, standing_of_promise
from shouwen.people.forms import ActForm
from shouwen.people.models import Staff
from shouwen.people.presenters import shell
from shouwen.people.requests import frame, person
from shouwen.ui.languages import worded
from shouwen.ui.pages_calls import CallBacksPage
from shouwen.ui.parts import Note

ROWS = 40
CALL_REFUSALS = (
    NotACall, NoWords, TimePassed, OutcomeOwed, control.NotControllable, *REFUSALS,
)  # fmt: skip


@never_cache
@require_GET
def callbacks(request: HttpRequest) -> HttpResponse:
    """The queue: the own calls first, by due time."""
    return _page(request)


@never_cache
@require_GET
def callbacks_rows(request: HttpRequest) -> HttpResponse:
    """The list alone, fetched anew when something moved."""
    return render(request, "hotline/callbacks_rows.html", {"page": _read(request)})


@never_cache
@require_POST
def callback_dial(request: HttpRequest, promise: uuid.UUID) -> HttpResponse:
    """Dials the number at this person's telephone and goes to the cockpit, where the call is."""
    found = promised(request, promise, Action.CALL_BACK)
    form = ActForm(request.POST)
    if not form.is_valid():
        return _refused(request, first_error(form), status=400)
    try:
        dial_promise(
            act_id=form.act, promise_id=found.pk, by=person(request), now=system_clock.now()
        )
    except CALL_REFUSALS as refusal:
        return _refused(request, call_refusal(refusal), status=409)
    return redirect("cockpit" if can(person(request), Action.TAKE_CALLS) else "callbacks")


@never_cache
@require_POST
def callback_outcome(request: HttpRequest, promise: uuid.UUID) -> HttpResponse:
    """What became of an attempt."""
    found = promised(request, promise, Action.CALL_BACK)
    form = OutcomeForm(request.POST)
    if not form.is_valid():
        return _refused(request, first_error(form), status=400)
    try:
        say_outcome(request, found, form)
    except CALL_REFUSALS as refusal:
        return _refused(request, call_refusal(refusal), status=409)
    return redirect("callbacks")


@never_cache
@require_POST
def callback_give(request: HttpRequest, promise: uuid.UUID) -> HttpResponse:
    """Asks somebody else to make the call."""
    found = promised(request, promise, Action.GIVE_CALL_BACK)
    form = GiveForm(request.POST)
    if not form.is_valid():
        return _refused(request, first_error(form), status=400)
    to = get_object_or_404(Staff, staff_no=form.cleaned_data["to"], is_active=True)
    if not can(to, Action.VIEW_CALL_BACKS):
        return _refused(request, _("%(name)s 不打电话，另选一位") % {"name": to.name}, status=409)
    try:
        give_call(
            act_id=form.act, promise_id=found.pk, by=person(request), to=to,
            now=system_clock.now(),
        )  # fmt: skip
    except CALL_REFUSALS as refusal:
        return _refused(request, call_refusal(refusal), status=409)
    return redirect("callbacks")


@never_cache
@require_POST
def callback_reassign(request: HttpRequest, promise: uuid.UUID) -> HttpResponse:
    """Offers the matter to another owner in the place of the present one, who stays until it is accepted."""
    found = promised(request, promise, Action.GIVE_CALL_BACK)
    if not can(person(request), Action.REASSIGN_CASE, standing(found.case)):
        raise PermissionDenied
    form = ReassignOwnerForm(request.POST)
    if not form.is_valid():
        return _refused(request, first_error(form), status=400)
    now = system_clock.now()
    to = get_object_or_404(Staff, staff_no=form.cleaned_data["to"], is_active=True)
    try:
        reassign(
            act_id=form.act,
            case_id=found.case_id,
            by=person(request),
            reason=form.cleaned_data["reason"],
            note=form.cleaned_data["words"],
            at=now,
            now=now,
            to_staff=to,
        )
    except CALL_REFUSALS as refusal:
        return _refused(request, call_refusal(refusal), status=409)
    return redirect("callbacks")


def promised(request: HttpRequest, pk: uuid.UUID, action: Action) -> Promise:
    """The promised call, if this person may do that with it; else 403, or 404 when there is none."""
    found = promise_with(pk=pk)
    if found is None:
        if not can(person(request), Action.VIEW_CALL_BACKS):
            raise PermissionDenied
        raise Http404(_("没有这个承诺"))
    if not can(person(request), action, standing_of_promise(found)):
        raise PermissionDenied
    return found


def say_outcome(request: HttpRequest, found: Promise, form: OutcomeForm) -> None:
    """Writes down what the form says. Raises what `tell_outcome` raises."""
    tell_outcome(
        act_id=form.act,
        promise_id=found.pk,
        by=person(request),
        told=form.told,
        now=system_clock.now(),
        attempt_id=form.cleaned_data["attempt"],
    )


def call_refusal(refusal: Exception) -> str:
    """An expected refusal in a sentence."""
    match refusal:
        case control.NotControllable():
            return worded(refusal.said)
        case NotACall():
            return _("这个承诺已经有结果（%(text)s），不用再打") % {"text": refusal}
        case OutcomeOwed():
            return _("%(name)s 打过还没说结果，先说上一通打得怎样") % {"name": refusal}
        case TimePassed():
            return _("约的时间要在现在以后")
        case NoWords():
            return _("写一句答了什么")
        case _:
            return refusal_words(refusal)


def _refused(request: HttpRequest, text: str, *, status: int) -> HttpResponse:
    return _page(request, notice=Note(text, "warn"), status=status)


def _page(request: HttpRequest, *, notice: Note | None = None, status: int = 200) -> HttpResponse:
    page = _read(request, notice=notice)
    outer = shell(
        frame(request, now=system_clock.now()),
        title=_("回电"),
        context=_("按到期时间排"),
        current="callbacks",
        watermark=True,
    )
    return render(request, "hotline/callbacks.html", {"shell": outer, "page": page}, status=status)


def _read(request: HttpRequest, *, notice: Note | None = None) -> CallBacksPage:
    viewer, now = person(request), system_clock.now()
    if not can(viewer, Action.VIEW_CALL_BACKS):
        raise PermissionDenied
    is_lead = can(viewer, Action.LEAD_CALLS)
    scope = request.GET.get("scope", "team" if is_lead else "mine")
    scope = scope if scope in ("mine", "team") else "mine"
    mark = request.GET.get("after", "")
    due = call_backs(viewer=viewer, scope=scope, after=after_mark(mark), limit=ROWS + 1)
    has_more = len(due.promises) > ROWS
    if has_more:
        due = due.first(ROWS)
    return call_backs_page(
        DueMaterial(
            due=due,
            viewer=viewer,
            scope=scope,
            people=agents_at_work() if is_lead else (),
            pack=active_pack(),
            new_id=lambda: ids.uuid7(now),
            now=now,
            after=mark,
            has_more=has_more,
            notice=notice,
        )
    )
