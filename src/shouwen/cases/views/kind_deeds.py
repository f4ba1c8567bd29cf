"""Acts on a case that its kind decides: the form, the superior, self-help, referring, incidents."""

from django.forms import Form
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from shouwen.adapters import system_clock
from shouwen.cases import operations
from shouwen.cases.models import Case, Incident
from shouwen.cases.queries import estates_like, readable_forms
from shouwen.cases.views.filling import NotInTheForm, values_in
from shouwen.people.requests import person
from shouwen.standard.forms import Listed
from shouwen.ui.languages import worded


def fill(request: HttpRequest, found: Case, form: Form) -> None:
    """Writes the form of the kind."""
    forms = readable_forms()
    values, fault = values_in(request.POST, forms.of(found.kind))
    if fault:
        raise NotInTheForm(fault)
    now, by = system_clock.now(), person(request)
    filled = operations.fill_form(
        act_id=form.cleaned_data["act_id"],
        case_id=found.pk,
        by=by,
        forms=forms,
        values=values,
        at=now,
        now=now,
    )
    operations.grade_by_homes(case=filled, plan=forms.incident, by=by, at=now, now=now)


def ask(request: HttpRequest, found: Case, form: Form) -> None:
    """Puts a question to the superiors."""
    now = system_clock.now()
    operations.ask_superior(
        act_id=form.cleaned_data["act_id"],
        case_id=found.pk,
        by=person(request),
        question=form.cleaned_data["question"],
        answer=form.cleaned_data["answer"],
        due_at=form.cleaned_data["due"],
        at=now,
        now=now,
    )


def solve(request: HttpRequest, found: Case, form: Form) -> None:
    """Solved with the customer on the telephone: repaired, answered, closed."""
    guide = _listed(readable_forms().self_help.guide, form.cleaned_data["guide"])
    now = system_clock.now()
    operations.solve_on_phone(
        act_id=form.cleaned_data["act_id"],
        case_id=found.pk,
        by=person(request),
        guide=guide.id,
        words=_("电话指导（%(guide)s）：%(words)s")
        % {"guide": worded(guide.title), "words": form.cleaned_data["words"]},
        at=now,
        now=now,
    )


def refer(request: HttpRequest, found: Case, form: Form) -> None:
    """Not ours to repair: told where to turn."""
    plan, told = readable_forms().referral, form.cleaned_data
    why, where = _listed(plan.why, told["why"]), _listed(plan.where, told["where"])
    now = system_clock.now()
    words = (worded(why.title), worded(where.title), told["words"])
    operations.refer_elsewhere(
        act_id=told["act_id"],
        case_id=found.pk,
        by=person(request),
        why=why.id,
        where=where.id,
        words="；".join(part for part in words if part),
        at=now,
        now=now,
    )


def join(request: HttpRequest, found: Case, form: Form) -> None:
    """The case belongs to an incident."""
    incident = get_object_or_404(Incident, pk=form.cleaned_data["incident"])
    now = system_clock.now()
    operations.join_incident(
        act_id=form.cleaned_data["act_id"],
        incident_id=incident.pk,
        case_id=found.pk,
        by=person(request),
        at=now,
        now=now,
    )


def open_incident(request: HttpRequest, found: Case, form: Form) -> None:
    """Makes an incident of the case."""
    told, now = form.cleaned_data, system_clock.now()
    operations.open_incident(
        act_id=told["act_id"],
        case_id=found.pk,
        by=person(request),
        place=told["place"],
        zone=told["zone"],
        estates=estates_like(words=form.names),  # type: ignore[attr-defined]  # of an IncidentForm
        until=told["until"],
        at=now,
        now=now,
    )


def _listed(listed: tuple[Listed, ...], chosen: str) -> Listed:
    found = next((each for each in listed if each.id == chosen), None)
    if found is None:
        raise NotInTheForm(_("从列表里选一个"))
    return found
