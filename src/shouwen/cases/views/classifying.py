"""Classifying a case anew: first which clocks move, then the act."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from shouwen.access.permission import Action, can
from shouwen.adapters import ids, system_clock
from shouwen.cases import operations
from shouwen.cases.forms import ClassificationForm, ReclassifyForm
from shouwen.cases.models import Case
from shouwen.cases.operations import Classification
from shouwen.cases.presenters.classifying import reclassify_page
from shouwen.cases.queries import foreseen_clocks, standing
from shouwen.cases.views.looking import seen_case
from shouwen.cases.views.refusals import REFUSALS, first_error, refusal_words
from shouwen.clocks.queries import active_pack
from shouwen.people.presenters import shell
from shouwen.people.queries import departments
from shouwen.people.requests import frame, person
from shouwen.ui.parts import Note


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def reclassify(request: HttpRequest, number: str) -> HttpResponse:
    """GET shows the choice and, once made, what it moves; POST does it."""
    found = seen_case(request, number)
    if not can(person(request), Action.RECLASSIFY_CASE, standing(found)):
        raise PermissionDenied
    if request.method == "POST":
        return _do(request, found)
    if "kind" not in request.GET:
        return _show(request, found, chosen=operations.classification_of(found))
    form = ClassificationForm(request.GET)
    if not form.is_valid():
        now_is = operations.classification_of(found)
        return _show(request, found, chosen=now_is, text=first_error(form), status=400)
    return _show(request, found, chosen=form.classification, is_chosen=True)


def _do(request: HttpRequest, found: Case) -> HttpResponse:
    form = ReclassifyForm(request.POST)
    if not form.is_valid():
        now_is = operations.classification_of(found)
        return _show(request, found, chosen=now_is, text=first_error(form), status=400)
    now, by = system_clock.now(), person(request)
    version = form.cleaned_data["version"]
    shown = found.version if version is None else version
    try:
        with operations.as_shown(case_id=found.pk, version=shown, by=by.staff_no):
            operations.reclassify(
                act_id=form.act, case_id=found.pk, by=by, to=form.classification, at=now, now=now
            )
    except REFUSALS as refusal:
        fresh = seen_case(request, found.number)
        return _show(
            request,
            fresh,
            chosen=form.classification,
            is_chosen=True,
            text=refusal_words(refusal),
            status=409,
        )
    return redirect("case", number=found.number)


def _show(
    request: HttpRequest,
    found: Case,
    *,
    chosen: Classification,
    is_chosen: bool = False,
    text: str = "",
    status: int = 200,
) -> HttpResponse:
    now = system_clock.now()
    seen = foreseen_clocks(case=found, to=chosen, now=now) if is_chosen else None
    page = reclassify_page(
        case=found,
        chosen=chosen,
        seen=seen,
        departments=list(departments()),
        pack=active_pack(),
        new_id=lambda: ids.uuid7(now),
        now=now,
        notice=Note(text, "warn") if text else None,
    )
    outer = shell(
        frame(request, now=now), title=_("改分类"), context=found.number, current="cases"
    )
    return render(request, "cases/reclassify.html", {"shell": outer, "page": page}, status=status)
