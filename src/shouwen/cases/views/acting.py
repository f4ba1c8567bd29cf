"""Acts on a case: each reads a form, calls one operation, and goes back to the page."""

import uuid
from collections.abc import Callable
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from shouwen.access.permission import Action, can
from shouwen.adapters import system_clock
from shouwen.cases import operations
from shouwen.cases.forms import ActForm, PlainWordsForm, RefuseForm
from shouwen.cases.models import Case, CaseLink, Escalation, Handover, Merge, Promise, VoidRequest
from shouwen.cases.queries import standing
from shouwen.cases.views.deeds import DEEDS
from shouwen.cases.views.looking import case_to_act_on
from shouwen.cases.views.refusals import first_error, refused, tried
from shouwen.people.models import Staff
from shouwen.people.requests import person

Done = Callable[[Staff, datetime], object]


@require_POST
def act_on_case(request: HttpRequest, number: str, what: str) -> HttpResponse:
    """One act on a case, named by `what`; see DEEDS."""
    found = case_to_act_on(request, number)
    if what not in DEEDS:
        raise Http404
    deed = DEEDS[what]
    if not can(person(request), deed.action, standing(found)):
        raise PermissionDenied
    form = deed.form(request.POST, request.FILES)
    if not form.is_valid():
        return refused(request, found, first_error(form), status=400, what=what)
    return tried(
        request,
        found,
        lambda: deed.do(request, found, form),
        form=form,
        what=what,
        minds_changes=deed.minds_changes,
    )


@require_POST
def accept(request: HttpRequest, handover: uuid.UUID) -> HttpResponse:
    """Takes an offered case over."""
    form = ActForm(request.POST)
    found = _offered_case(request, handover, Action.ANSWER_HANDOVER)
    return _done(
        request,
        found,
        form,
        "accept",
        lambda by, now: operations.accept_handover(
            act_id=form.act, handover_id=handover, by=by, at=now, now=now
        ),
    )


@require_POST
def refuse(request: HttpRequest, handover: uuid.UUID) -> HttpResponse:
    """Sends an offered case back with a reason."""
    form = RefuseForm(request.POST)
    found = _offered_case(request, handover, Action.ANSWER_HANDOVER)
    return _done(
        request,
        found,
        form,
        "refuse",
        lambda by, now: operations.refuse_handover(
            act_id=form.act,
            handover_id=handover,
            by=by,
            reason=form.cleaned_data["reason"],
            at=now,
            now=now,
        ),
    )


@require_POST
def withdraw(request: HttpRequest, handover: uuid.UUID) -> HttpResponse:
    """The owner, or the supervisor who offered it, takes an offer back."""
    form = ActForm(request.POST)
    found = _offered_case(request, handover, Action.WITHDRAW_HANDOVER)
    return _done(
        request,
        found,
        form,
        "withdraw",
        lambda by, now: operations.withdraw_handover(
            act_id=form.act, handover_id=handover, by=by, at=now, now=now
        ),
    )


@require_POST
def keep(request: HttpRequest, promise: uuid.UUID) -> HttpResponse:
    """Records that a promise has been kept."""
    row = get_object_or_404(Promise.objects.select_related("case"), pk=promise)
    found = _case_for(request, row.case, Action.WORK_ON_CASE)
    form = ActForm(request.POST)
    return _done(
        request,
        found,
        form,
        "keep",
        lambda by, now: operations.keep_promise(
            act_id=form.act, promise_id=promise, by=by, at=now, now=now
        ),
    )


@require_POST
def approve_void(request: HttpRequest, wish: uuid.UUID) -> HttpResponse:
    """Voids a case as somebody else asked."""
    row = get_object_or_404(VoidRequest.objects.select_related("case"), pk=wish)
    found = _case_for(request, row.case, Action.APPROVE_VOID)
    form = ActForm(request.POST)
    return _done(
        request,
        found,
        form,
        "approve-void",
        lambda by, now: operations.approve_void(
            act_id=form.act, request_id=wish, by=by, at=now, now=now
        ),
    )


@require_POST
def refuse_void(request: HttpRequest, wish: uuid.UUID) -> HttpResponse:
    """Leaves a case as it is."""
    row = get_object_or_404(VoidRequest.objects.select_related("case"), pk=wish)
    found = _case_for(request, row.case, Action.APPROVE_VOID)
    form = PlainWordsForm(request.POST)
    return _done(
        request,
        found,
        form,
        "refuse-void",
        lambda by, now: operations.refuse_void(
            act_id=form.act,
            request_id=wish,
            by=by,
            words=form.cleaned_data["words"],
            at=now,
            now=now,
        ),
    )


@require_POST
def undo_merge(request: HttpRequest, merge: uuid.UUID) -> HttpResponse:
    """Makes a merged case one of its own again."""
    row = get_object_or_404(Merge.objects.select_related("case"), pk=merge)
    found = _case_for(request, row.case, Action.MERGE_CASES)
    form = ActForm(request.POST)
    return _done(
        request,
        found,
        form,
        "undo-merge",
        lambda by, now: operations.undo_merge(
            act_id=form.act, merge_id=merge, by=by, at=now, now=now
        ),
    )


@require_POST
def unlink(request: HttpRequest, link: uuid.UUID) -> HttpResponse:
    """Takes a link back; whoever may link either of the two cases may."""
    row = get_object_or_404(CaseLink.objects.select_related("case", "other"), pk=link)
    found = _case_for_either(request, row, Action.LINK_CASES)
    form = ActForm(request.POST)
    return _done(
        request,
        found,
        form,
        "unlink",
        lambda by, now: operations.unlink_cases(
            act_id=form.act, link_id=link, by=by, at=now, now=now
        ),
    )


@require_POST
def escalation_seen(request: HttpRequest, telling: uuid.UUID) -> HttpResponse:
    """The person who was told of a promise in danger has seen it."""
    form = ActForm(request.POST)
    row = get_object_or_404(Escalation, pk=telling)
    if row.staff_id != person(request).pk or not can(person(request), Action.LIST_CASES):
        raise PermissionDenied
    if form.is_valid():
        operations.note_seen(
            act_id=form.act,
            escalation_id=telling,
            by=person(request),
            now=system_clock.now(),
        )
    return redirect("my_work")


def _done(request: HttpRequest, found: Case, form: ActForm, what: str, do: Done) -> HttpResponse:
    if not form.is_valid():
        return refused(request, found, first_error(form), status=400, what=what)
    now = system_clock.now()
    return tried(request, found, lambda: do(person(request), now), form=form, what=what)


def _case_for(request: HttpRequest, case: Case, action: Action) -> Case:
    found = case_to_act_on(request, case.number)
    if not can(person(request), action, standing(found)):
        raise PermissionDenied
    return found


def _case_for_either(request: HttpRequest, link: CaseLink, action: Action) -> Case:
    try:
        return _case_for(request, link.case, action)
    except PermissionDenied:
        return _case_for(request, link.other, action)


def _offered_case(request: HttpRequest, handover: uuid.UUID, action: Action) -> Case:
    """The case of an offer this person can see. An offer that is gone is told by the operation."""
    offer = get_object_or_404(Handover.objects.select_related("case"), pk=handover)
    found = case_to_act_on(request, offer.case.number)
    is_open = offer.state == Handover.State.OFFERED
    if is_open and not can(person(request), action, standing(found)):
        raise PermissionDenied
    return found
