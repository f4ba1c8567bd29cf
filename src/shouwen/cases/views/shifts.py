"""Handing over many cases at the end of a shift, and taking them over."""

import uuid

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shouwen.access.permission import Action, can
from shouwen.adapters import ids, system_clock
from shouwen.cases import operations
from shouwen.cases.forms import ActForm, ShiftForm
from shouwen.cases.models import ShiftHandover
from shouwen.cases.presenters.shifts import Shift, shift_offer_page, shift_page
from shouwen.cases.queries import most_urgent_clocks, shift_cases, whole_shift
from shouwen.cases.views.deeds import addressee
from shouwen.cases.views.refusals import REFUSALS, first_error, refusal_words
from shouwen.clocks.queries import active_pack
from shouwen.people.models import Staff
from shouwen.people.presenters import shell
from shouwen.people.queries import colleagues, departments
from shouwen.people.requests import frame, person
from shouwen.ui.parts import Note


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def hand_over_shift(request: HttpRequest) -> HttpResponse:
    """My open cases, all chosen; POST offers the chosen ones with one note."""
    staff = person(request)
    if not can(staff, Action.HAND_OVER_SHIFT):
        raise PermissionDenied
    if request.method != "POST":
        return _show(request)
    mine = [case.pk for case in shift_cases(owner=staff, limit=operations.MOST_CASES)]
    form = ShiftForm(request.POST, mine=mine)
    if not form.is_valid():
        return _show(request, text=first_error(form), status=400)
    now = system_clock.now()
    try:
        offer = operations.hand_over_shift(
            act_id=form.act,
            case_ids=form.cleaned_data["case"],
            by=staff,
            note=form.cleaned_data["words"],
            at=now,
            now=now,
            **addressee(form),  # type: ignore[arg-type]  # one of the two, under its own name
        )
    except REFUSALS as refusal:
        return _show(request, text=refusal_words(refusal), status=409)
    return redirect("shift_offer", shift=offer.shift.pk)


@never_cache
@require_GET
def shift_offer(request: HttpRequest, shift: uuid.UUID) -> HttpResponse:
    """A shift as it was handed over, for its two sides."""
    return _show_offer(request, _seen_shift(request, shift))


@require_POST
def accept_shift(request: HttpRequest, shift: uuid.UUID) -> HttpResponse:
    """Takes over all that still waits of a shift."""
    found = _seen_shift(request, shift)
    if not _is_addressed(person(request), found):
        raise PermissionDenied
    form = ActForm(request.POST)
    if not form.is_valid():
        return _show_offer(request, found, text=first_error(form), status=400)
    now = system_clock.now()
    operations.accept_shift(
        act_id=form.act, shift_id=found.pk, by=person(request), at=now, now=now
    )
    return redirect("shift_offer", shift=found.pk)


def _seen_shift(request: HttpRequest, shift: uuid.UUID) -> ShiftHandover:
    found = whole_shift(shift_id=shift)
    if found is None:
        raise Http404(_("没有这次交班"))
    staff = person(request)
    if not can(staff, Action.HAND_OVER_SHIFT):
        raise PermissionDenied
    if found.from_staff_id != staff.pk and not _is_addressed(staff, found):
        raise PermissionDenied
    return found


def _is_addressed(staff: Staff, shift: ShiftHandover) -> bool:
    if shift.to_staff_id is not None:
        return shift.to_staff_id == staff.pk
    return shift.to_department_id == staff.department_id


def _show(request: HttpRequest, *, text: str = "", status: int = 200) -> HttpResponse:
    now, staff = system_clock.now(), person(request)
    cases = shift_cases(owner=staff, limit=operations.MOST_CASES)
    posted = request.method == "POST"
    shift = Shift(
        viewer=staff,
        cases=cases,
        clocks=most_urgent_clocks(case_ids=[case.pk for case in cases]),
        colleagues=list(colleagues(of=staff)),
        departments=list(departments()),
        values={name: str(value) for name, value in request.POST.items()},
        chosen=frozenset(request.POST.getlist("case")) if posted else None,
        pack=active_pack(),
        new_id=lambda: ids.uuid7(now),
        now=now,
    )
    page = shift_page(shift, notice=Note(text, "warn") if text else None)
    outer = shell(frame(request, now=now), title=_("交班"), current="cases", watermark=True)
    return render(request, "cases/shift.html", {"shell": outer, "page": page}, status=status)


def _show_offer(
    request: HttpRequest, found: ShiftHandover, *, text: str = "", status: int = 200
) -> HttpResponse:
    now = system_clock.now()
    case_ids = [offer.case_id for offer in found.handovers.all()]
    page = shift_offer_page(
        found,
        viewer=person(request),
        clocks=most_urgent_clocks(case_ids=case_ids),
        may_answer=_is_addressed(person(request), found),
        pack=active_pack(),
        new_id=lambda: ids.uuid7(now),
        now=now,
        notice=Note(text, "warn") if text else None,
    )
    outer = shell(frame(request, now=now), title=_("交班"), current="cases", watermark=True)
    return render(request, "cases/shift_offer.html", {"shell": outer, "page": page}, status=status)
