"""Every act on a case that its page offers: the form it reads, the operation it calls."""

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from shouwen.access.permission import Action, can
from shouwen.adapters import system_clock
from shouwen.adapters.attachments import AttachmentStore
from shouwen.cases import forms, operations
from shouwen.cases.models import Case
from shouwen.cases.queries import standing, whole_case
from shouwen.cases.views import kind_deeds
from shouwen.cases.views.refusals import NoSuchCase
from shouwen.people.models import Department, Staff
from shouwen.people.requests import person


@dataclass(frozen=True, slots=True)
class Deed:
    """One act: its form, what it does, who may, and whether changes by others get in its way."""

    form: type[forms.ActForm]
    do: Callable[[HttpRequest, Case, Form], None]
    action: Action = Action.WORK_ON_CASE
    minds_changes: bool = True


def addressee(form: Form) -> dict[str, Staff | Department | None]:
    """The person or the department that a form names, as the operations take it."""
    kind, _sep, code = form.cleaned_data["to"].partition(":")
    if kind == "staff":
        return {"to_staff": get_object_or_404(Staff, staff_no=code, is_active=True)}
    return {"to_department": get_object_or_404(Department, code=code)}


def other_case(request: HttpRequest, form: Form, action: Action) -> Case:
    """The case that a form names. Raises NoSuchCase, also when this person may not see it."""
    number = form.cleaned_data["other"].strip()
    found = whole_case(number=number)
    if found is None or not can(person(request), Action.VIEW_CASE, standing(found)):
        raise NoSuchCase(number)
    if not can(person(request), action, standing(found)):
        raise PermissionDenied
    return found


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
    operations.offer_handover(
        act_id=form.cleaned_data["act_id"],
        case_id=found.pk,
        by=person(request),
        note=form.cleaned_data["words"],
        at=now,
        now=now,
        **addressee(form),  # type: ignore[arg-type]  # one of the two, under its own name
    )


def _reassign(request: HttpRequest, found: Case, form: Form) -> None:
    now = system_clock.now()
    operations.reassign(
        act_id=form.cleaned_data["act_id"],
        case_id=found.pk,
        by=person(request),
        reason=form.cleaned_data["reason"],
        note=form.cleaned_data["words"],
        at=now,
        now=now,
        **addressee(form),  # type: ignore[arg-type]  # one of the two, under its own name
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


def _void(request: HttpRequest, found: Case, form: Form) -> None:
    now = system_clock.now()
    operations.void_case(
        act_id=form.cleaned_data["act_id"],
        case_id=found.pk,
        by=person(request),
        reason=form.cleaned_data["reason"],
        words=form.cleaned_data["words"],
        at=now,
        now=now,
    )


def _reopen(request: HttpRequest, found: Case, form: Form) -> None:
    now = system_clock.now()
    operations.reopen_case(
        act_id=form.cleaned_data["act_id"],
        case_id=found.pk,
        by=person(request),
        reason=form.cleaned_data["reason"],
        words=form.cleaned_data["words"],
        at=now,
        now=now,
    )


def _link(request: HttpRequest, found: Case, form: Form) -> None:
    other = other_case(request, form, Action.VIEW_CASE)
    now = system_clock.now()
    operations.link_cases(
        act_id=form.cleaned_data["act_id"],
        case_id=found.pk,
        other_id=other.pk,
        kind=form.cleaned_data["kind"],
        by=person(request),
        at=now,
        now=now,
    )


def _merge(request: HttpRequest, found: Case, form: Form) -> None:
    into = other_case(request, form, Action.MERGE_CASES)
    now = system_clock.now()
    operations.merge_cases(
        act_id=form.cleaned_data["act_id"],
        case_id=found.pk,
        into_id=into.pk,
        by=person(request),
        note=form.cleaned_data["words"],
        at=now,
        now=now,
    )


def _attach(request: HttpRequest, found: Case, form: Form) -> None:
    now = system_clock.now()
    sent = form.cleaned_data["file"]
    operations.attach(
        act_id=form.cleaned_data["act_id"],
        case_id=found.pk,
        by=person(request),
        upload=operations.Upload(name=sent.name or "", content=sent.read()),
        store=attachment_store(),
        at=now,
        now=now,
    )


def attachment_store() -> AttachmentStore:
    """Where this installation keeps the files of cases."""
    return AttachmentStore(settings.SHOUWEN_ATTACHMENTS_DIR)


DEEDS: dict[str, Deed] = {
    "answer": Deed(forms.AnswerForm, _answer),
    "note": Deed(forms.WordsForm, _note, minds_changes=False),
    "offer": Deed(forms.OfferForm, _offer, Action.OFFER_HANDOVER),
    "step": Deed(forms.StepForm, _step),
    "promise": Deed(forms.PromiseForm, _promise),
    "agree": Deed(forms.AgreeForm, _agree),
    "pause": Deed(forms.PauseForm, _pause),
    "resume": Deed(forms.ActForm, _resume),
    "close": Deed(forms.ActForm, _close),
    "void": Deed(forms.VoidForm, _void, Action.VOID_CASE),
    "reopen": Deed(forms.ReopenForm, _reopen, Action.REOPEN_CASE),
    "reassign": Deed(forms.ReassignForm, _reassign, Action.REASSIGN_CASE),
    "link": Deed(forms.LinkForm, _link, Action.LINK_CASES, minds_changes=False),
    "merge": Deed(forms.MergeForm, _merge, Action.MERGE_CASES),
    "details": Deed(forms.ActForm, kind_deeds.fill, minds_changes=False),
    "ask": Deed(forms.AskForm, kind_deeds.ask, minds_changes=False),
    "solve": Deed(forms.SolveForm, kind_deeds.solve),
    "refer": Deed(forms.ReferForm, kind_deeds.refer),
    "join": Deed(forms.JoinForm, kind_deeds.join, minds_changes=False),
    "incident": Deed(forms.IncidentForm, kind_deeds.open_incident, minds_changes=False),
    "attach": Deed(forms.UploadForm, _attach, Action.ATTACH_FILE, minds_changes=False),
}
