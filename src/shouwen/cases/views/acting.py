"""Acts on a case: each reads a form, calls one operation, and goes back to the page."""

import uuid
from collections.abc import Callable

from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from shouwen.access.permission import Action, can
from shouwen.adapters import system_clock
from shouwen.cases import operations
from shouwen.cases.forms import (
    ActForm,
    AgreeForm,
    AnswerForm,
    OfferForm,
    PauseForm,
    PromiseForm,
    RefuseForm,
    StepForm,
    WordsForm,
)
from shouwen.cases.models import Case, Handover, Promise
from shouwen.cases.queries import standing
from shouwen.cases.views.looking import seen_case, show_case
from shouwen.people.models import Department, Staff
from shouwen.people.requests import person
from shouwen.ui.parts import Note

REFUSALS = (
    operations.CaseClosed,
    operations.NotTheOwner,
    operations.AlreadyOffered,
    operations.HandoverGone,
    operations.NotAddressed,
    operations.PromiseGone,
)


@require_POST
def act_on_case(request: HttpRequest, number: str, what: str) -> HttpResponse:
    """One act on a case, named by `what`; see ACTS."""
    found = seen_case(request, number)
    if what not in ACTS:
        raise Http404
    action = Action.OFFER_HANDOVER if what == "offer" else Action.WORK_ON_CASE
    if not can(person(request), action, standing(found)):
        raise PermissionDenied
    form_class, act = ACTS[what]
    form = form_class(request.POST)
    if not form.is_valid():
        return _refused(request, found, _first_error(form), status=400)
    return _tried(request, found, lambda: act(request, found, form))


@require_POST
def accept(request: HttpRequest, handover: uuid.UUID) -> HttpResponse:
    """Takes an offered case over."""
    form = ActForm(request.POST)
    found = _offered_case(request, handover, Action.ANSWER_HANDOVER)
    if not form.is_valid():
        return _refused(request, found, _first_error(form), status=400)
    now = system_clock.now()
    return _tried(
        request,
        found,
        lambda: operations.accept_handover(
            act_id=form.act, handover_id=handover, by=person(request), at=now, now=now
        ),
    )


@require_POST
def refuse(request: HttpRequest, handover: uuid.UUID) -> HttpResponse:
    """Sends an offered case back with a reason."""
    form = RefuseForm(request.POST)
    found = _offered_case(request, handover, Action.ANSWER_HANDOVER)
    if not form.is_valid():
        return _refused(request, found, _first_error(form), status=400)
    now = system_clock.now()
    return _tried(
        request,
        found,
        lambda: operations.refuse_handover(
            act_id=form.act,
            handover_id=handover,
            by=person(request),
            reason=form.cleaned_data["reason"],
            at=now,
            now=now,
        ),
    )


@require_POST
def withdraw(request: HttpRequest, handover: uuid.UUID) -> HttpResponse:
    """The owner takes an offer back."""
    form = ActForm(request.POST)
    found = _offered_case(request, handover, Action.WITHDRAW_HANDOVER)
    if not form.is_valid():
        return _refused(request, found, _first_error(form), status=400)
    now = system_clock.now()
    return _tried(
        request,
        found,
        lambda: operations.withdraw_handover(
            act_id=form.act, handover_id=handover, by=person(request), at=now, now=now
        ),
    )


@require_POST
def keep(request: HttpRequest, promise: uuid.UUID) -> HttpResponse:
    """What was promised has been done."""
    form = ActForm(request.POST)
    row = get_object_or_404(Promise.objects.select_related("case"), pk=promise)
    found = seen_case(request, row.case.number)
    if not can(person(request), Action.WORK_ON_CASE, standing(found)):
        raise PermissionDenied
    if not form.is_valid():
        return _refused(request, found, _first_error(form), status=400)
    now = system_clock.now()
    return _tried(
        request,
        found,
        lambda: operations.keep_promise(
            act_id=form.act, promise_id=promise, by=person(request), at=now, now=now
        ),
    )


def _answer(request: HttpRequest, found: Case, form: Form) -> None:
    now = system_clock.now()
    operations.answer_customer(
        act_id=form.cleaned_data["act_id"],
        case_id=found.pk,
        by=person(request),
        channel=form.cleaned_data["channel"],
        content=form.cleaned_data["words"],
        at=now,
        now=now,
    )


def _note(request: HttpRequest, found: Case, form: Form) -> None:
    now = system_clock.now()
    operations.note_progress(
        act_id=form.cleaned_data["act_id"],
        case_id=found.pk,
        by=person(request),
        note=form.cleaned_data["words"],
        at=now,
        now=now,
    )


def _offer(request: HttpRequest, found: Case, form: Form) -> None:
    now = system_clock.now()
    kind, _sep, code = form.cleaned_data["to"].partition(":")
    operations.offer_handover(
        act_id=form.cleaned_data["act_id"],
        case_id=found.pk,
        by=person(request),
        to_staff=get_object_or_404(Staff, staff_no=code, is_active=True)
        if kind == "staff"
        else None,
        to_department=get_object_or_404(Department, code=code) if kind == "department" else None,
        note=form.cleaned_data["words"],
        at=now,
        now=now,
    )


def _step(request: HttpRequest, found: Case, form: Form) -> None:
    now = system_clock.now()
    operations.report(
        act_id=form.cleaned_data["act_id"],
        case_id=found.pk,
        what=form.cleaned_data["what"],
        by=person(request),
        at=now,
        now=now,
    )


def _promise(request: HttpRequest, found: Case, form: Form) -> None:
    now = system_clock.now()
    operations.make_promise(
        act_id=form.cleaned_data["act_id"],
        case_id=found.pk,
        by=person(request),
        kind=form.cleaned_data["kind"],
        words=form.cleaned_data["words"],
        due_at=form.cleaned_data["due"],
        at=now,
        now=now,
    )


def _agree(request: HttpRequest, found: Case, form: Form) -> None:
    now = system_clock.now()
    operations.agree_time(
        act_id=form.cleaned_data["act_id"],
        case_id=found.pk,
        by=person(request),
        agreed_at=form.cleaned_data["due"],
        at=now,
        now=now,
    )


def _pause(request: HttpRequest, found: Case, form: Form) -> None:
    now = system_clock.now()
    operations.pause_clocks(
        act_id=form.cleaned_data["act_id"],
        case_id=found.pk,
        by=person(request),
        reason=form.cleaned_data["reason"],
        evidence=form.cleaned_data["words"],
        at=now,
        now=now,
    )


def _resume(request: HttpRequest, found: Case, form: Form) -> None:
    now = system_clock.now()
    operations.resume_clocks(
        act_id=form.cleaned_data["act_id"], case_id=found.pk, by=person(request), at=now, now=now
    )


def _close(request: HttpRequest, found: Case, form: Form) -> None:
    now = system_clock.now()
    operations.close_case(
        act_id=form.cleaned_data["act_id"], case_id=found.pk, by=person(request), at=now, now=now
    )


ACTS: dict[str, tuple[type[ActForm], Callable[[HttpRequest, Case, Form], None]]] = {
    "answer": (AnswerForm, _answer),
    "note": (WordsForm, _note),
    "offer": (OfferForm, _offer),
    "step": (StepForm, _step),
    "promise": (PromiseForm, _promise),
    "agree": (AgreeForm, _agree),
    "pause": (PauseForm, _pause),
    "resume": (ActForm, _resume),
    "close": (ActForm, _close),
}


def _offered_case(request: HttpRequest, handover: uuid.UUID, action: Action) -> Case:
    """The case of an offer this person can see. An offer that is gone is told by the operation."""
    offer = get_object_or_404(Handover.objects.select_related("case"), pk=handover)
    found = seen_case(request, offer.case.number)
    is_open = offer.state == Handover.State.OFFERED
    if is_open and not can(person(request), action, standing(found)):
        raise PermissionDenied
    return found


def _tried(request: HttpRequest, found: Case, act: Callable[[], object]) -> HttpResponse:
    """Does it and goes to the case; an expected refusal comes back as a sentence on the page."""
    try:
        act()
    except REFUSALS as refusal:
        return _refused(request, found, refusal_words(refusal), status=409)
    return redirect("case", number=found.number)


def refusal_words(refusal: Exception) -> str:
    """An expected refusal in a sentence: what is, then what to do."""
    match refusal:
        case operations.CaseClosed():
            return _("工单已经办结，没有改动。要继续办，先重新打开。")
        case operations.NotTheOwner():
            return _("现在的负责人是%(name)s，请他来做。") % {"name": refusal}
        case operations.AlreadyOffered():
            return _("这张工单已经在移交，等对方答复或先撤回。")
        case operations.HandoverGone():
            return _("这次移交已经有结果：%(how)s。") % {"how": refusal}
        case operations.NotAddressed():
            return _("这次移交不是给您的。")
        case _:
            return _("这个承诺已经有结果，没有改动。")


def _refused(request: HttpRequest, found: Case, text: str, *, status: int) -> HttpResponse:
    fresh = seen_case(request, found.number)
    return show_case(request, fresh, notice=Note(text, "warn", "alert-triangle"), status=status)


def _first_error(form: Form) -> str:
    errors = [str(error) for listed in form.errors.values() for error in listed]
    return errors[0] if errors else _("没有填全")
