"""Superiors decide about an answer outside an agent's authority."""

import uuid

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST

from shouwen.access.permission import Action, can
from shouwen.adapters import system_clock
from shouwen.cases import operations
from shouwen.cases.forms import DecideForm, RefuseForm
from shouwen.cases.models import AnswerRequest, Case
from shouwen.cases.queries import standing
from shouwen.cases.views.looking import case_to_act_on
from shouwen.cases.views.refusals import first_error, refused, tried
from shouwen.people.requests import person


@require_POST
def approve_answer(request: HttpRequest, wish: uuid.UUID) -> HttpResponse:
    """The customer may be answered like that, perhaps in other words or at another time."""
    found, form, now = _case(request, wish), DecideForm(request.POST), system_clock.now()
    what = f"approve-{wish}"
    if not form.is_valid():
        return refused(request, found, first_error(form), status=400, what=what)
    told = form.cleaned_data
    return tried(
        request,
        found,
        lambda: operations.approve_answer(
            act_id=form.act,
            request_id=wish,
            by=person(request),
            answer=told["answer"],
            due_at=told["due"],
            at=now,
            now=now,
        ),
        form=form,
        what=what,
    )


@require_POST
def refuse_answer(request: HttpRequest, wish: uuid.UUID) -> HttpResponse:
    """The question goes back to whoever owns the case, with the reason."""
    found, form, now = _case(request, wish), RefuseForm(request.POST), system_clock.now()
    what = f"refuse-{wish}"
    if not form.is_valid():
        return refused(request, found, first_error(form), status=400, what=what)
    return tried(
        request,
        found,
        lambda: operations.refuse_answer(
            act_id=form.act,
            request_id=wish,
            by=person(request),
            reason=form.cleaned_data["reason"],
            at=now,
            now=now,
        ),
        form=form,
        what=what,
    )


def _case(request: HttpRequest, wish: uuid.UUID) -> Case:
    row = get_object_or_404(AnswerRequest.objects.select_related("case"), pk=wish)
    found = case_to_act_on(request, row.case.number)
    if not can(person(request), Action.APPROVE_ANSWER, standing(found)):
        raise PermissionDenied
    return found
